/** Calendars that nobody published: holidays up to nine days long, some over new year, working weekends, odd opening hours. */
import fc from 'fast-check';
import { faultsOfEdition } from '../../cases/index.ts';
import { Edition } from '../../schemas/index.ts';

const dayOf = (year: number, n: number): string => new Date(Date.UTC(year, 0, 1 + n)).toISOString().slice(0, 10);
const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Holidays of up to nine days, some over the end of the year. */
const offOf = (year: number) => fc.array(fc.tuple(fc.oneof(fc.integer({ min: 0, max: 356 }), fc.constantFrom(0, 356)), fc.integer({ min: 0, max: 8 })), { maxLength: 8 }).map((all) => all.map(([at, length]): [string, string, string] => [dayOf(year, at), dayOf(year, at + length), '假']));
const yearOf = (year: number) =>
  fc.record({ provisional: fc.boolean(), off: offOf(year), weekends: fc.array(fc.integer({ min: 0, max: 364 }), { maxLength: 14 }) }).map(({ provisional, off, weekends }) => {
    const on = [...new Set(weekends.map((n) => dayOf(year, n)))].filter((date) => isWeekend(date) && !off.some(([a, b]) => a <= date && date <= b));
    return { year, provisional, off, on: on.map((date): [string, string] => [date, '班']) };
  });
/** Some up to midnight; none at all for the days of zero length. */
export const periods = (least: number) =>
  fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2 * least, maxLength: 6 }).map((ticks) => {
    const sorted = ticks.toSorted((a, b) => a - b).map((t) => clock(t * 15));
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i): [string, string] => [sorted[2 * i] ?? '', sorted[2 * i + 1] ?? '']);
  });

const daysIn = (years: readonly number[]): number => (Date.UTC((years.at(-1) ?? 0) + 1, 0, 1) - Date.UTC(years[0] ?? 0, 0, 1)) / 86_400_000;

/** Of these years, one after another, or some of them alone, what lies outside being provisional; hours stated, or those of an edition that states none. */
export const editionOf = (years: readonly [number, ...number[]], hours: fc.Arbitrary<[string, string][] | undefined>): fc.Arbitrary<Edition> =>
  fc
    .record({
      all: fc.tuple(...years.map(yearOf)),
      covered: fc.subarray([...years], { minLength: 1 }),
      ordinary: hours,
      except: fc.array(fc.tuple(fc.integer({ min: 0, max: daysIn(years) - 1 }), fc.oneof(fc.constant<[string, string][]>([]), periods(0))), { maxLength: 10 * years.length }),
    })
    .map(({ all, covered, ordinary, except }) =>
      Edition.parse({
        id: 'random', source: '', years: all.filter((y) => covered.includes(y.year)),
        ...(ordinary === undefined ? {} : { hours: { day: ordinary, except: Object.fromEntries(except.map(([n, p]) => [dayOf(years[0], n), p])) } }),
      }),
    )
    .filter((e) => faultsOfEdition(e).length === 0);

export const randomEdition = editionOf([2025, 2026], fc.option(periods(1), { nil: undefined }));

/** Any minute of two years, some in the days around new year. */
export const randomInstant: fc.Arbitrary<number> = fc
  .oneof(fc.integer({ min: 0, max: 730 * 1440 }), fc.tuple(fc.constantFrom(365, 730), fc.integer({ min: -9 * 1440, max: 5 * 1440 })).map(([n, minutes]) => n * 1440 + minutes))
  .map((minutes) => Date.parse('2025-01-01T00:00:00+08:00') + minutes * 60_000);
