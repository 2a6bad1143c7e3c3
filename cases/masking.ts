/** 脱敏: what must not stand in a public text. Phones, landlines, identity numbers, and an address finer than the street. */
const patterns: readonly RegExp[] = [/(?<!\d)1[3-9]\d{9}(?!\d)/, /(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/, /(?<!\d)\d{17}[\dXx](?![\dXx])/, /\d+\s*(?:号楼|栋|单元|室)/];

/** Full-width digits and blanks inside a number do not hide it. */
const plain = (text: string): string => text.normalize('NFKC').replace(/(?<=\d)[\s·.](?=\d)/g, '');

/** Does the text still show personal data? */
export const unmasked = (text: string): boolean => patterns.some((p) => p.test(plain(text)));

/** 张*, 138****1234, 110105********002X: how a reader without a reason sees personal data. */
export const maskName = (name: string): string => (name.length === 0 ? '' : `${[...name][0]}*`);
export const maskPhone = (phone: string): string => (phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`);
