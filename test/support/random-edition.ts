/** Calendars that nobody published: holidays up to nine days long, some over new year, working weekends, odd opening hours. */
import fc from 'fast-check';
import { faultsOfEdition } from '../../cases/index.ts';
import { Edition } from '../../schemas/index.ts';

const dayOf = (year: number, n: number): string => new Date(Date.UTC(year, 0, 1 + n)).toISOString().slice(0, 10);
const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const offOf = (year: number) => fc.array(fc.tuple(fc.integer({ min: 0, max: 356 }), fc.integer({ min: 0, max: 8 })), { maxLength: 8 }).map((all) => all.map(([at, length]): [string, string, string] => [dayOf(year, at), dayOf(year, at + length), '假']));
const yearOf = (year: number) =>
  fc.record({ provisional: fc.boolean(), off: offOf(year), weekends: fc.array(fc.integer({ min: 0, max: 364 }), { maxLength: 14 }) }).map(({ provisional, off, weekends }) => {
    const on = [...new Set(weekends.map((n) => dayOf(year, n)))].filter((date) => isWeekend(date) && !off.some(([a, b]) => a <= date && date <= b));
    return { year, provisional, off, on: on.map((date): [string, string] => [date, '班']) };
  });
const periods = (least: number) =>
  fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2 * least, maxLength: 6 }).map((ticks) => {
    const sorted = ticks.toSorted((a, b) => a - b).map((t) => clock(t * 15));
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i): [string, string] => [sorted[2 * i] ?? '', sorted[2 * i + 1] ?? '']);
  });

/** Of 2025 and 2026, or one of them alone; what lies outside is provisional. */
export const randomEdition: fc.Arbitrary<Edition> = fc
  .record({
    years: fc.tuple(yearOf(2025), yearOf(2026)),
    covered: fc.subarray([2025, 2026], { minLength: 1 }),
    ordinary: fc.option(periods(1), { nil: undefined }),
    except: fc.array(fc.tuple(fc.integer({ min: 0, max: 729 }), fc.oneof(fc.constant<[string, string][]>([]), periods(0))), { maxLength: 20 }),
  })
  .map(({ years, covered, ordinary, except }) =>
    Edition.parse({
      id: 'random', source: '', years: years.filter((y) => covered.includes(y.year)),
      ...(ordinary === undefined ? {} : { hours: { day: ordinary, except: Object.fromEntries(except.map(([n, p]) => [dayOf(2025, n), p])) } }),
    }),
  )
  .filter((e) => faultsOfEdition(e).length === 0);

/** Any minute of two years, some in the days around new year. */
export const randomInstant: fc.Arbitrary<number> = fc
  .oneof(fc.integer({ min: 0, max: 730 * 1440 }), fc.tuple(fc.constantFrom(365, 730), fc.integer({ min: -9 * 1440, max: 5 * 1440 })).map(([n, minutes]) => n * 1440 + minutes))
  .map((minutes) => Date.parse('2025-01-01T00:00:00+08:00') + minutes * 60_000);
