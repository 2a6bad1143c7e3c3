import type { Pii } from './primitive.ts';

/** 脱敏 (masking): how personal data looks to a reader without a reason, and what must not stand in a public text. */

type Pattern = { readonly find: RegExp; readonly mask: (found: string) => string };

/** 张*, 138****1234, 110105********002X: the first and the last of it, never the middle. */
export const maskName = (name: string): string => (name.length === 0 ? '' : `${[...name][0]}*`);
export const maskPhone = (phone: string): string => (phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`);
export const maskIdNo = (idNo: string): string =>
  idNo.length < 11 ? '****' : `${idNo.slice(0, 6)}${'*'.repeat(idNo.length - 10)}${idNo.slice(-4)}`;

/** One sign between digits does not hide a number: 138-0000 1234. */
const run = (digits: number): string => `(?:[\\s·.-]?\\d){${digits}}`;
/** In an identity number a dash stands around the birthday only: two dates and an hour are none. */
const spaced = (digits: number): string => `\\d(?:[\\s·]?\\d){${digits - 1}}`;
const bare = (found: string): string => found.replace(/[\s·.+-]/g, '');

/** Phones, landlines, identity numbers, and an address finer than the street. */
const patterns: readonly Pattern[] = [
  { find: new RegExp(`(?<!\\d)${spaced(6)}[\\s·-]?${spaced(8)}[\\s·-]?${spaced(3)}[\\s·]?[\\dXx](?![\\dXx])`, 'g'), mask: (found) => maskIdNo(bare(found)) },
  { find: new RegExp(`(?<!\\d)(?:\\+?(?:00)?86[\\s-]?)?1[\\s·.-]?[3-9]${run(9)}(?!\\d)`, 'g'), mask: (found) => maskPhone(bare(found).slice(-11)) },
  { find: new RegExp(`(?<!\\d)0\\d{2}${run(7)}(?:[\\s·.-]?\\d)?(?:[\\s·.-]?\\d)?(?!\\d)`, 'g'), mask: (found) => maskPhone(bare(found)) },
  { find: /\d+\s*(?:号楼|栋|单元|室)/g, mask: (found) => found.replace(/\d+/, '*') },
];

/** Full-width digits do not hide a number. */
const plain = (text: string): string => text.normalize('NFKC');

/** Does the text still show personal data? */
export const unmasked = (text: string): boolean => patterns.some((p) => plain(text).search(p.find) >= 0);

/** What is left of one number may make another with its neighbour: until nothing is found. Each pass leaves fewer digits. */
const hide = (text: string): string => (unmasked(text) ? hide(patterns.reduce((t, p) => t.replace(p.find, p.mask), plain(text))) : text);

/** A free text with every number, address and known name in it masked. `names` are those of the people it is about. */
export const maskText = (text: string, names: readonly string[] = []): string =>
  names.filter((n) => [...n].length > 1).reduce((t, n) => t.replaceAll(n, maskName(n)), hide(text));

/** One mask for each kind of personal data; what is kept aside of a file is not shown at all. */
export const masks: Readonly<Record<Exclude<Pii, 'aside'>, (value: string, names?: readonly string[]) => string>> = {
  name: (n) => maskName(n),
  phone: (p) => maskPhone(p),
  idNo: (i) => maskIdNo(i),
  address: maskText,
  text: maskText,
};
