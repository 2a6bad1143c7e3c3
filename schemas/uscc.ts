import * as z from 'zod';
import { isFictionalRegion, isProvince } from './region.ts';
import { compact } from './width.ts';

/**
 * 统一社会信用代码 (GB 32100-2015), 18 characters: who registered it, what it is, six digits of region, 主体标识码 (nine characters that
 * carry the check of GB 11714 at their end), and a check over all of it. `91350100M000100Y43`.
 */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const form = /^[1-9A-HJ-NP-RTUWY][0-9A-HJ-NP-RTUWXY]\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/;

const sum = (text: string, weightOf: (i: number) => number, valueOf: (c: string) => number): number =>
  [...text].reduce((total, c, i) => total + valueOf(c) * weightOf(i), 0);

/** The 18th character over the first 17: weights are the powers of 3, modulo 31. */
export function usccCheck(first17: string): string {
  const power = (i: number): number => (i === 0 ? 1 : (power(i - 1) * 3) % 31);
  return alphabet[(31 - (sum(first17, power, (c) => alphabet.indexOf(c)) % 31)) % 31] ?? '';
}

/** The 9th character of 主体标识码 (GB 11714) over its first 8; letters count from A = 10 without a gap there. */
export function orgCheck(first8: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const rest =
    11 -
    (sum(
      first8,
      (i) => weights[i] ?? 0,
      (c) => Number.parseInt(c, 36),
    ) %
      11);
  return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest);
}

export type UsccFault = 'form' | 'region' | 'orgCheck' | 'check';

/** Region 100000 is the nation's own registry. */
const regionFits = (region: string, fictional: boolean): boolean =>
  region === '100000' || isProvince(region) || (fictional && isFictionalRegion(region));

/** What is wrong with a code, in the order in which a person would look. `fictional`: the directory is marked so, region 99 is allowed. */
export function usccFault(code: string, { fictional = false }: { fictional?: boolean } = {}): UsccFault | undefined {
  if (!form.test(code)) return 'form';
  if (!regionFits(code.slice(2, 8), fictional)) return 'region';
  if (orgCheck(code.slice(8, 16)) !== code[16]) return 'orgCheck';
  return usccCheck(code.slice(0, 17)) === code[17] ? undefined : 'check';
}

const usccOf = (options: { fictional?: boolean }) =>
  z
    .string()
    .transform((text) => compact(text).toUpperCase())
    .refine((code) => usccFault(code, options) === undefined, 'not a unified social credit code');

/** A code as people write it; the result is its 18 characters. */
export const Uscc = usccOf({});
/** The same where the directory is marked fictional. */
export const UsccFictional = usccOf({ fictional: true });
