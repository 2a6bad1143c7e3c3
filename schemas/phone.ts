import * as z from 'zod';
import { compact } from './width.ts';

/**
 * 电话: a mobile, a landline with its area code (0571-88886666, an extension behind it), or a service number (400, 800, and five-digit
 * ones such as 12345). Written in one way: a mobile without blanks or +86, a landline as area-number or area-number-extension.
 */
export type PhoneKind = 'mobile' | 'landline' | 'service';

const mobile = /^1[3-9]\d{9}$/;
const service = /^(?:[48]00\d{7}|1[02]\d{3}|9[56]\d{3,4})$/;
/** Two-digit areas (010, 02x) have eight digits, three-digit ones seven or eight; no number starts with 0 or 1. */
const landline = /^(0(?:10|2\d|[3-9]\d{2}))([2-9]\d{6,7})(?:(?:转|x|ext\.?|#|-)(\d{1,6}))?$/i;

/** Brackets, dashes and blanks are how people group digits; the last dash of a landline may part off its extension. */
function landlineOf(text: string): string | undefined {
  const bare = text.replace(/^\(?(0\d{2,3})\)?-?/, '$1').replace(/^(0\d{2,3}[2-9]\d{3})-(\d{4})/, '$1$2');
  const [, area, number = '', extension] = landline.exec(bare) ?? [];
  if (area === undefined || (area.length === 3 && number.length !== 8)) return undefined;
  return `${area}-${number}${extension === undefined ? '' : `-${extension}`}`;
}

/** @returns the number in its one form and what it is; undefined for what nobody can call */
export function phoneOf(text: string): { kind: PhoneKind; number: string } | undefined {
  const plain = compact(text)
    .replace(/[‐‑–—−]/g, '-')
    .replace(/^(?:\+|00)?86-?(?=1[3-9]|0\d|\()/, '');
  const digits = plain.replaceAll('-', '');
  if (mobile.test(digits)) return { kind: 'mobile', number: digits };
  if (service.test(digits)) return { kind: 'service', number: digits };
  const number = landlineOf(plain);
  return number === undefined ? undefined : { kind: 'landline', number };
}

/** A number as people write it; the result is its one form. 匿名 and 无 are no numbers: the caller knows what they mean. */
export const Phone = z.string().transform((text, ctx) => {
  const found = phoneOf(text);
  if (found) return found.number;
  ctx.addIssue({ code: 'custom', message: 'not a telephone number' });
  return z.NEVER;
});
