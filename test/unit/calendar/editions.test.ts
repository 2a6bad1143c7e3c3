/** What ships agrees with two independent packages, keeps the hashes that cases are pinned to, and a wrong edition is not taken in. */
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { LegalHoliday } from 'tyme4ts';
import { describe, expect, it } from 'vitest';
import { compileCalendar, dateOf, differenceOf, epochDay, faultsOfEdition, isWorkingDay, limitDue, nameOfDay, standingOf, toInstant } from '../../../cases/index.ts';
import { shippedEditions, newestEdition } from '../../../cli/seed.ts';
import { Edition, Pack } from '../../../schemas/index.ts';

const chineseDays = createRequire(import.meta.url)('chinese-days') as { isWorkday(date: string): boolean };
const [old, newest] = await shippedEditions();
if (!old || !newest) throw new Error('two editions are shipped');
const calendar = compileCalendar(newest);

const every = (year: number): number[] => Array.from({ length: epochDay(`${year + 1}-01-01`) - epochDay(`${year}-01-01`) }, (_, i) => epochDay(`${year}-01-01`) + i);

/** tyme4ts lists the days of the notices alone; any other day is what its weekday says. */
const tymeWorks = (day: number): boolean => {
  const [y = 0, m = 0, d = 0] = dateOf(day).split('-').map(Number);
  const listed = LegalHoliday.fromYmd(y, m, d);
  const weekday = new Date(Date.UTC(y, m - 1, d)).getUTCDay();
  return listed === null ? weekday !== 0 && weekday !== 6 : listed.isWork();
};

describe('the editions that ship', () => {
  it.each([2024, 2025, 2026])('have the same working days in %i as two independent packages', (year) => {
    const ours = every(year).filter((day) => isWorkingDay(calendar, day).working).map(dateOf);
    expect(ours).toEqual(every(year).map(dateOf).filter((date) => chineseDays.isWorkday(date)));
    expect(ours).toEqual(every(year).filter(tymeWorks).map(dateOf));
    expect(standingOf(calendar, year)).toBe('published');
  });

  it('know nothing of 2027, which neither package covers either, and say so', () => {
    expect(every(2027).some((day) => LegalHoliday.fromYmd(2027, Number(dateOf(day).slice(5, 7)), Number(dateOf(day).slice(8))) !== null)).toBe(false);
    expect(standingOf(calendar, 2027)).toBe('absent');
    expect(every(2027).every((day) => isWorkingDay(calendar, day).provisional)).toBe(true);
  });

  it('keep the hash that recorded cases are pinned to', () => {
    expect(compileCalendar(old).hash).toBe('e0144a48ad9077e327afd1a543bffb124121def6cf6966e07e00488d5f751156');
    expect(compileCalendar(old)).not.toHaveProperty('hours');
  });

  it('hold no fault, cite a notice for each year and name each off day', async () => {
    for (const edition of [old, newest]) expect([edition.id, faultsOfEdition(edition)]).toEqual([edition.id, []]);
    expect((await newestEdition()).years.every((y) => y.source?.includes(String(y.year)))).toBe(true);
    expect(['2026-02-17', '2025-10-08', '2024-02-04', '2024-03-01'].map((date) => nameOfDay(newest, date))).toEqual(['春节', '国庆节、中秋节', '春节', '']);
  });

  it('of 2026 mark the same days, so that only the years before differ', () => {
    const difference = differenceOf(old, newest);
    expect(difference.years).toEqual([2024, 2025].map((year) => ({ year, before: 'absent', after: 'published' })));
    expect(difference.days.filter((d) => d.date >= '2026')).toEqual([]);
    expect(difference.days.find((d) => d.date === '2025-10-08')).toEqual({ date: '2025-10-08', before: { working: true, name: '' }, after: { working: false, name: '国庆节、中秋节' } });
    expect(difference.hours).toBe(false);
  });

  it('cross the wire of a workflow as they are: hours and all', () => {
    expect(Pack.shape.calendar.parse(JSON.parse(JSON.stringify(calendar)))).toEqual(calendar);
    expect(JSON.stringify(calendar).length).toBeLessThan(600);
  });
});

const year = (more: object): unknown => ({ id: 'x', source: '', years: [{ year: 2026, provisional: false, off: [], on: [], ...more }] });
const faults = (more: object): string[] => faultsOfEdition(Edition.parse(year(more))).map((f) => f.path);

describe('a wrong edition', () => {
  it.each([
    [{ off: [['2026-02-10', '2026-02-01', '春节']] }, 'years.0.off.0'],
    [{ off: [['2026-12-31', '2027-01-02', '元旦']] }, 'years.0.off.0'],
    [{ on: ['2026-02-13'] }, 'years.0.on.0'],
    [{ off: [['2026-02-14', '2026-02-14', '春节']], on: ['2026-02-14'] }, 'years.0.on.0'],
    [{ on: ['2025-01-04'] }, 'years.0.on.0'],
    [{ off: [['2026-03-01', '2026-04-30', '']] }, 'years.0'],
  ])('%j is found at %s', (more, path) => expect(faults(more)).toContain(path));

  it('with a day that is in no calendar, or hours that overlap, is not even read', () => {
    expect(Edition.safeParse(year({ on: ['2026-02-29'] })).success).toBe(false);
    const hours = (day: unknown): boolean => Edition.safeParse({ ...(year({}) as object), hours: { day } }).success;
    expect([hours([['09:00', '12:00']]), hours([['09:00', '12:00'], ['11:00', '17:00']]), hours([['12:00', '09:00']]), hours([])]).toEqual([true, false, false, false]);
  });

  it('that never opens cannot be counted by, and hangs nobody', () => {
    const never = compileCalendar(Edition.parse(year({ off: [['2026-01-01', '2026-12-31', '']] })));
    const from = toInstant(never, epochDay('2026-03-02'), 0);
    for (const unit of ['workingDay', 'calendarDay', 'hour'] as const) for (const amount of [-5, 5]) expect(limitDue(never, from, { amount, unit })).toBeNull();
  });

  it('or none at all is answered for any date and any length, in bounded time and as provisional', () => {
    const none = { hash: '', years: {} };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 84_000 }), fc.integer({ min: -3660, max: 3660 }), fc.constantFrom('workingDay' as const, 'calendarDay' as const, 'hour' as const), (day, amount, unit) => {
        const due = limitDue(none, toInstant(none, day, 0), { amount, unit });
        expect(due?.provisional === true || (unit !== 'calendarDay' && amount === 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
