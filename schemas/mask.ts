import type { Pii } from './primitive.ts';

/** 脱敏 (masking): how personal data looks to a reader without a reason, and what must not stand in a public text. */

type Pattern = { readonly find: RegExp; readonly mask: (found: string) => string };

/** 张*, 138****1234, 110105********002X: the first and the last of it, never the middle. */
export const maskName = (name: string): string => (name.length === 0 ? '' : `${[...name][0]}*`);
export const maskPhone = (phone: string): string => (phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`);
export const maskIdNo = (idNo: string): string =>
  idNo.length < 11 ? '****' : `${idNo.slice(0, 6)}${'*'.repeat(idNo.length - 10)}${idNo.slice(-4)}`;

/** Phones, landlines, identity numbers, and an address finer than the street. */
const patterns: readonly Pattern[] = [
  { find: /(?<!\d)\d{17}[\dXx](?![\dXx])/g, mask: maskIdNo },
  { find: /(?<!\d)1[3-9]\d{9}(?!\d)/g, mask: maskPhone },
  { find: /(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/g, mask: maskPhone },
  { find: /\d+\s*(?:号楼|栋|单元|室)/g, mask: (found) => found.replace(/\d+/, '*') },
];

/** Full-width digits and blanks inside a number do not hide it. */
const plain = (text: string): string => text.normalize('NFKC').replace(/(?<=\d)[\s·.](?=\d)/g, '');

/** Does the text still show personal data? */
export const unmasked = (text: string): boolean => patterns.some((p) => plain(text).search(p.find) >= 0);

/** A free text with every number, address and known name in it masked. `names` are those of the people it is about. */
export const maskText = (text: string, names: readonly string[] = []): string => {
  const hidden = unmasked(text) ? patterns.reduce((t, p) => t.replace(p.find, p.mask), plain(text)) : text;
  return names.filter((n) => [...n].length > 1).reduce((t, n) => t.replaceAll(n, maskName(n)), hidden);
};

/** One mask for each kind of personal data; what is kept aside of a file is not shown at all. */
export const masks: Readonly<Record<Exclude<Pii, 'aside'>, (value: string, names?: readonly string[]) => string>> = {
  name: (n) => maskName(n),
  phone: (p) => maskPhone(p),
  idNo: (i) => maskIdNo(i),
  address: maskText,
  text: maskText,
};
