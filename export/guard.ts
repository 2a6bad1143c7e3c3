/**
 * What a spreadsheet could take for a formula (公式注入) gets one more apostrophe in front, which the importer takes away again.
 * A text that begins with apostrophes before such a character gets one too: otherwise two texts would look the same.
 */
export const guardText = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** The text as it was before `guardText`. */
export const unguardText = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text);
