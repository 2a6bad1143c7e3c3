import * as z from 'zod';
import { isCivilDate } from './civil-date.ts';
import { isProvince, regionCoverage, regionYears } from './region.ts';
import { compact } from './width.ts';

/** 公民身份号码 (GB 11643-1999): six digits of region, date of birth, three of sequence, a check digit. `11010519491231002X`. */
const form = /^[1-9]\d{16}[\dX]$/;
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** ISO 7064, MOD 11-2. */
export const citizenCheck = (first17: string): string =>
  '10X98765432'[weights.reduce((total, weight, i) => total + weight * Number(first17[i]), 0) % 11] ?? '';

export type CitizenIdFault = 'form' | 'region' | 'birth' | 'check';

export const birthOf = (id: string): string => `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;

/**
 * The number is given at or after birth: a region abolished before then cannot stand in it, one founded later may. A county that the
 * table lacks is refused only for a birth in the years that it covers.
 */
function regionFits(region: string, birthYear: number): boolean {
  if (!isProvince(region)) return false;
  // Numbers of people from Hong Kong, Macau and Taiwan are given by the mainland, without counties.
  if (/^8[123]0000$/.test(region)) return true;
  const years = regionYears(region);
  if (years !== undefined) return birthYear <= years.to;
  return birthYear < regionCoverage.from || birthYear > regionCoverage.to;
}

/** @param today so that nobody is born tomorrow; without it the future is not looked at */
export function citizenIdFault(id: string, { today }: { today?: string } = {}): CitizenIdFault | undefined {
  if (!form.test(id)) return 'form';
  const birth = birthOf(id);
  if (!isCivilDate(birth) || birth < '1850-01-01' || (today !== undefined && birth > today)) return 'birth';
  if (!regionFits(id.slice(0, 6), Number(id.slice(6, 10)))) return 'region';
  return citizenCheck(id.slice(0, 17)) === id[17] ? undefined : 'check';
}

/** A number as people write it; the result is its 18 characters. Numbers of 15 digits went out of use in 2013. */
export const CitizenId = z
  .string()
  .transform((text) => compact(text).toUpperCase())
  .refine((id) => citizenIdFault(id) === undefined, 'not a citizen identity number');
