import { regionTable } from './region-table.ts';

/**
 * 行政区划 by date. `unknown` is a code that the table lacks under a province that exists: counties are founded and renumbered every
 * year, and the table ends with its last edition.
 */
export type RegionStanding = 'valid' | 'notYet' | 'abolished' | 'unknown' | 'noProvince';

/** The years that the table knows: a code of this time that it lacks did not exist. */
export const regionCoverage = { from: 1981, to: 2019 } as const;

const provinces = '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83';
/** 83 is on the residence permits of people from Taiwan, beside 81 and 82 for Hong Kong and Macau. */
export const isProvince = (code: string): boolean => provinces.split(' ').includes(code.slice(0, 2));

/** Region 99 is nobody's: a directory that is marked fictional may use it. */
export const isFictionalRegion = (code: string): boolean => code.startsWith('99');

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const yearOf = (letter: string): number => (letter === '-' ? 9999 : 1980 + digits.indexOf(letter));

/** First and last year of a six-digit code. The first edition lists what is older as well. */
export function regionYears(code: string): { from: number; to: number } | undefined {
  const start = regionTable.indexOf(`|${code.slice(0, 4)}:`);
  if (start < 0) return undefined;
  const list = regionTable.slice(start + 6, regionTable.indexOf('|', start + 6));
  for (let i = 0; i < list.length; i += 4) {
    if (list.slice(i, i + 2) !== code.slice(4, 6)) continue;
    const from = yearOf(list.charAt(i + 2));
    return { from: from === 1980 ? 0 : from, to: yearOf(list.charAt(i + 3)) };
  }
  return undefined;
}

/** How a code stood in a year. Of twelve digits (街道, 村) the first six are looked at. */
export function regionStanding(code: string, year: number): RegionStanding {
  if (!isProvince(code)) return 'noProvince';
  const years = regionYears(code);
  if (years === undefined) return 'unknown';
  if (year < years.from) return 'notYet';
  return year > years.to ? 'abolished' : 'valid';
}
