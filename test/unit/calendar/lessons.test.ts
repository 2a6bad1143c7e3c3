/** What users of other systems suffered from in exactly this part, each as a sentence; and where the older arithmetic of cases stands. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCalendar, dateOf, dueOf, epochDay, limitDue, opensOn, toCivil, toInstant, workingDaysBetween, workingDaysIn, type Limit } from '../../../cases/index.ts';
import { newestEdition } from '../../../cli/seed.ts';
import { Edition } from '../../../schemas/index.ts';

const newest = await newestEdition();
const calendar = compileCalendar(newest);
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const due = (from: string, limit: Limit, by = calendar): string => {
  const found = limitDue(by, at(from), limit);
  if (!found) return 'nothing';
  const { day, ms } = toCivil(by, found.instant - 1);
  return `${dateOf(day)} ${String(Math.floor((ms + 1) / 3_600_000)).padStart(2, '0')}:${String(Math.floor(((ms + 1) % 3_600_000) / 60_000)).padStart(2, '0')}`;
};
const hours = (amount: number, emergency = false): Limit => ({ amount, unit: 'hour', emergency });
const open = (day: [string, string][], except: Record<string, [string, string][]> = {}) => compileCalendar(Edition.parse({ ...newest, hours: { day, except } }));

describe('what went wrong elsewhere', () => {
  it('a day is a working day, not so many opening hours', () => {
    expect(due('2026-03-02 16:00', { amount: 1, unit: 'workingDay' })).toBe('2026-03-03 24:00');
    expect(due('2026-03-02 16:00', hours(7))).toBe('2026-03-03 16:00');
  });

  it('nobody works through lunch', () => {
    expect(due('2026-03-02 11:30', hours(1))).toBe('2026-03-02 13:30');
    expect(due('2026-03-02 12:15', hours(1))).toBe('2026-03-02 14:00');
  });

  it('an office that opens on some days only still gets its hours', () => {
    const closed = Object.fromEntries(['2026-03-03', '2026-03-04', '2026-03-06'].map((date) => [date, [] as [string, string][]]));
    expect(due('2026-03-02 16:00', hours(2), open([['09:00', '17:00']], closed))).toBe('2026-03-05 10:00');
    expect(due('2026-03-03 10:00', { amount: 1, unit: 'workingDay' }, open([['09:00', '17:00']], closed))).toBe('2026-03-06 24:00');
  });

  it('a limit that ends when the office closes ends that day, not at the next opening', () => {
    expect(due('2026-03-06 15:00', hours(2))).toBe('2026-03-06 17:00');
    expect(limitDue(calendar, at('2026-03-06 15:00'), hours(2))?.date).toBe('2026-03-06');
  });

  it('a mark before a deadline lies inside opening hours, and earlier the more hours it is before', () => {
    fc.assert(
      fc.property(fc.integer({ min: epochDay('2024-02-01'), max: epochDay('2026-12-20') }), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 30 }), (day, minute, n) => {
        const deadline = toInstant(calendar, day, minute * 60_000);
        const [near, far] = [limitDue(calendar, deadline, hours(-n)), limitDue(calendar, deadline, hours(-n - 1))];
        if (!near || !far) throw new Error('the office opens');
        const { day: on, ms } = toCivil(calendar, near.instant);
        expect(opensOn(calendar, on).periods.some(([from, to]) => from <= ms && ms < to)).toBe(true);
        expect(far.instant).toBeLessThan(near.instant);
      }),
    );
  });

  it('the days of the year change nothing: the last of February, of a leap year, of December', () => {
    expect(due('2024-02-28 10:00', { amount: 1, unit: 'workingDay' })).toBe('2024-02-29 24:00');
    expect(due('2025-02-28 10:00', { amount: 1, unit: 'workingDay' })).toBe('2025-03-03 24:00');
    expect(due('2024-12-31 10:00', { amount: 1, unit: 'calendarDay' })).toBe('2025-01-02 24:00');
    expect(due('2024-12-31 23:59', hours(1, true))).toBe('2025-01-01 00:59');
  });

  it('a year without a calendar neither hangs nor is passed over in silence', () => {
    expect(limitDue(calendar, at('2026-12-30 10:00'), { amount: 3660, unit: 'workingDay' })).toMatchObject({ provisional: true });
    expect(limitDue(calendar, at('2026-12-30 10:00'), { amount: 1, unit: 'workingDay' })).toMatchObject({ date: '2026-12-31', provisional: false });
  });
});

const within = fc.tuple(fc.integer({ min: epochDay('2024-01-02'), max: epochDay('2027-06-30') }), fc.integer({ min: 0, max: 16 * 60 + 59 })).filter(([day]) => opensOn(calendar, day).periods.length > 0);

describe('the arithmetic of recorded cases', () => {
  it('agrees on what arrives while the office is open or still to open', () => {
    fc.assert(
      fc.property(within, fc.integer({ min: 1, max: 60 }), ([day, minute], amount) => {
        const from = toInstant(calendar, day, minute * 60_000);
        expect(limitDue(calendar, from, { amount, unit: 'workingDay' })).toEqual(dueOf(calendar, from, { amount, unit: 'wd' }));
        expect(limitDue(calendar, from, { amount, unit: 'calendarDay' })).toEqual(dueOf(calendar, from, { amount, unit: 'd' }));
        expect(limitDue(calendar, from, hours(amount, true))?.instant).toBe(dueOf(calendar, from, { amount, unit: 'h' }).instant);
      }),
      { numRuns: 500 },
    );
  });

  it('differs after closing, on the receipt day of natural days, and in hours: as written down, so that records replay', () => {
    const old = (from: string, amount: number, unit: 'wd' | 'd' | 'h'): string => dueOf(calendar, at(from), { amount, unit }).date;
    expect([old('2026-03-06 18:00', 1, 'wd'), due('2026-03-06 18:00', { amount: 1, unit: 'workingDay' })]).toEqual(['2026-03-09', '2026-03-10 24:00']);
    expect([old('2026-03-07 10:00', 3, 'd'), due('2026-03-07 10:00', { amount: 3, unit: 'calendarDay' })]).toEqual(['2026-03-10', '2026-03-12 24:00']);
    expect([old('2026-03-06 16:00', 2, 'h'), due('2026-03-06 16:00', hours(2))]).toEqual(['2026-03-06', '2026-03-09 10:00']);
  });

  it('counts the same working days up to ten years, beyond which it leaves holidays out', () => {
    const [a, b] = [epochDay('2017-01-01'), epochDay('2026-12-31')];
    expect(workingDaysBetween(calendar, a, b)).toBe(workingDaysIn(calendar, a, b).days);
    expect(workingDaysBetween(calendar, epochDay('2012-01-01'), b)).toBeGreaterThan(workingDaysIn(calendar, epochDay('2012-01-01'), b).days);
  });
});
