import { describe, expect, it } from 'vitest';
import { regionCoverage, regionStanding, regionYears } from '../../../schemas/index.ts';
import { regionTable } from '../../../schemas/region-table.ts';

describe('行政区划 by date', () => {
  it.each([
    ['110000', 1990, 'valid'],
    ['110103', 2005, 'valid'],
    ['110103', 2015, 'abolished'],
    ['110117', 1995, 'notYet'],
    ['510200', 1990, 'valid'], // 重庆 was a city of 四川 until 1997.
    ['510200', 2000, 'abolished'],
    ['500101', 1990, 'notYet'],
    ['110199', 2005, 'unknown'],
    ['990100', 2005, 'noProvince'],
    ['330106001000', 2015, 'valid'],
  ])('%s in %d: %s', (code, year, standing) => expect(regionStanding(code, year)).toBe(standing));

  it('the table is in its one form, and its years are in order', () => {
    expect(regionTable).toMatch(/^(\|\d{4}:(\d{2}[0-9A-Za-z][0-9A-Za-z-])+)+\|$/);
    const prefixes = [...regionTable.matchAll(/\|(\d{4}):/g)].map((m) => m[1] ?? '');
    expect(prefixes).toEqual([...new Set(prefixes)].sort());
    for (const [, prefix = '', codes = ''] of regionTable.matchAll(/(?<=\|)(\d{4}):([^|]+)/g)) {
      for (const [, code] of codes.matchAll(/(\d{2})../g)) {
        const years = regionYears(`${prefix}${code}`);
        expect(years && years.from <= years.to && (years.to === 9999 || years.to <= regionCoverage.to + 2)).toBe(true);
      }
    }
  });

  it('stays small enough to ride in every workflow bundle', () => {
    expect(regionTable.length).toBeLessThan(40_000);
  });
});
