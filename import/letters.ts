/** 16 letters of a hash: digits could look like somebody's number, which no reference may be. */
export const lettersOf = (hex: string): string => hex.slice(0, 16).replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '');
