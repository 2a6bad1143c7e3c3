/** 全角转半角: digits, letters and signs as keyboards in China may give them, without the blanks around. For codes, numbers and dates. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200B-\u200D\uFEFF]+/g, ' ')
    .trim();

/** The same without any blank: 138 0000 0000, 9135 0100 M000. */
export const compact = (text: string): string => normalise(text).replaceAll(' ', '');
