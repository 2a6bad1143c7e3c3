/** A deadline explained day by day, held against the arithmetic that the case counts with. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, compileCalendar, daysCounted, dueOf, endOfDay, epochDay, explainDue, explainedUntil, explainRest, toCivil, workingDaysBetween, type DayStep, type Sheet } from '../../../cases/index.ts';
import { dueBy } from '../../../cases/due.ts';
import { newestEdition } from '../../../cli/seed.ts';
import type { Amount } from '../../../schemas/index.ts';
import { randomEdition, randomInstant } from '../../support/random-edition.ts';

const edition = await newestEdition();
const sheet = { calendar: compileCalendar(edition), edition };
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const wd = (amount: number): Amount => ({ amount, unit: 'wd' });
const told = (steps: readonly DayStep[]): string[] => steps.map((s) => [s.date.slice(5), s.step, s.n, s.why, s.kind === 'workday' ? null : s.kind, s.name].filter((x) => x !== null && x !== '').join(' '));

describe('a limit explained', () => {
  it('names the day of receipt, every day counted, every day skipped and why', () => {
    expect(told(explainDue(sheet, at('2026-02-13 10:00'), wd(2)).steps)).toEqual([
      '02-13 received',
      '02-14 counted 1 workingWeekend 春节',
      ...[15, 16, 17, 18, 19, 20, 21, 22, 23].map((d) => `02-${d} skipped holiday 春节`),
      '02-24 counted 2',
    ]);
  });

  it('says why something does not count as received when it arrives', () => {
    expect(told(explainDue(sheet, at('2026-03-06 18:00'), wd(1)).steps)).toEqual(['03-06 arrived afterHours', '03-07 arrived weekend', '03-08 arrived weekend', '03-09 received', '03-10 counted 1']);
    expect(told(explainDue(sheet, at('2026-03-06 12:30'), wd(1)).steps)).toEqual(['03-06 received', '03-07 skipped weekend', '03-08 skipped weekend', '03-09 counted 1']);
  });

  it('counts as the case was recorded: under the first machine version an evening is still received that day', () => {
    expect(told(explainDue(sheet, at('2026-03-05 18:00'), wd(1), 'first').steps)).toEqual(['03-05 received', '03-06 counted 1']);
    expect(explainDue(sheet, at('2026-03-05 18:00'), wd(1)).due.date).toBe('2026-03-09');
  });

  it('counts every natural day and rolls on over the days that are off', () => {
    const { steps, due } = explainDue(sheet, at('2026-02-13 10:00'), { amount: 3, unit: 'd' });
    expect([told(steps).slice(0, 4), told(steps).at(-1), due.date]).toEqual([['02-13 received', '02-14 counted 1 workingWeekend 春节', '02-15 counted 2 holiday 春节', '02-16 counted 3 holiday 春节'], '02-24 rolled', '2026-02-24']);
    expect(steps.filter((s) => s.step === 'rolled')).toHaveLength(8);
  });

  it('spends a part of a working day in opening hours, and emergency hours round the clock', () => {
    const half = explainDue(sheet, at('2026-03-06 16:00'), wd(0.5));
    expect([half.steps.map((s) => [s.date, s.step, s.ms]), half.due.instant]).toEqual([[['2026-03-06', 'counted', 3_600_000], ['2026-03-07', 'skipped', null], ['2026-03-08', 'skipped', null], ['2026-03-09', 'counted', 9_000_000]], at('2026-03-09 11:30')]);
    const hours = explainDue(sheet, at('2026-03-06 23:00'), { amount: 2, unit: 'h' });
    expect([hours.steps.map((s) => [s.date, s.ms]), hours.due.instant]).toEqual([[['2026-03-06', 3_600_000], ['2026-03-07', 3_600_000]], at('2026-03-07 01:00')]);
  });

  it('marks the days of a year without a published calendar', () => {
    const { steps, due } = explainDue(sheet, at('2026-12-30 10:00'), wd(3));
    expect(due.provisional).toBe(true);
    expect(steps.filter((s) => s.provisional).every((s) => s.date.startsWith('2027'))).toBe(true);
  });

  it('counts on after a pause, from the day after resuming, what remained', () => {
    const whole = explainDue(sheet, at('2026-03-02 10:00'), wd(10));
    const paused = at('2026-03-05 11:00');
    const before = explainedUntil(sheet.calendar, whole.steps, paused);
    const left = workingDaysBetween(sheet.calendar, toCivil(sheet.calendar, paused).day, epochDay(whole.due.date));
    const after = explainRest(sheet, at('2026-03-18 10:00'), left);
    expect([daysCounted(before), left, told(after.steps)[0], after.due.date]).toEqual([3, 7, '03-18 received resumed', '2026-03-27']);
  });
});

const amounts: fc.Arbitrary<Amount> = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map((amount) => ({ amount, unit: 'wd' as const })),
  fc.integer({ min: 1, max: 40 }).map((n) => ({ amount: n / 2, unit: 'wd' as const })),
  fc.integer({ min: 1, max: 200 }).map((amount) => ({ amount, unit: 'd' as const })),
  fc.integer({ min: 1, max: 96 }).map((n) => ({ amount: n / 2, unit: 'h' as const })),
);
const counting = fc.constantFrom('whole' as const, 'first' as const);

/** Many limits on each calendar: making one costs more than counting by it. */
const onCalendars = <T>(calendars: number, limits: fc.Arbitrary<T>, check: (sheet: Sheet, limit: T) => void): void =>
  fc.assert(
    fc.property(randomEdition, fc.integer(), (e, seed) => {
      const random = { calendar: compileCalendar(e), edition: e };
      for (const limit of fc.sample(limits, { seed, numRuns: 60 })) check(random, limit);
    }),
    { numRuns: calendars },
  );

describe('over random calendars', () => {
  it('an explanation ends where the case says that the limit ends, and is as provisional', () => {
    onCalendars(60, fc.tuple(randomInstant, amounts, counting), (random, [from, amount, way]) => {
      expect(explainDue(random, from, amount, way).due).toEqual((way === 'whole' ? dueBy : dueOf)(random.calendar, from, amount));
    });
  });

  it('its last line is the day on which the limit ends, each day stands once, and as many count as the limit has', () => {
    onCalendars(40, fc.tuple(randomInstant, amounts, counting), (random, [from, amount, way]) => {
      const { steps, due } = explainDue(random, from, amount, way);
      const days = steps.map((s) => epochDay(s.date));
      expect(days).toEqual(days.map((_, i) => (days[0] ?? 0) + i));
      if (amount.unit !== 'h') expect(steps.at(-1)?.date).toBe(due.date);
      if (amount.unit === 'd' || (amount.unit === 'wd' && (way === 'first' || Number.isInteger(amount.amount)))) {
        expect(daysCounted(steps)).toBe(Math.ceil(amount.amount));
        expect(steps.flatMap((s) => s.n ?? [])).toEqual(Array.from({ length: Math.ceil(amount.amount) }, (_, i) => i + 1));
        expect(steps.filter((s) => s.step === 'received')).toHaveLength(1);
      }
      if (amount.unit === 'h') expect(steps.reduce((ms, s) => ms + (s.ms ?? 0), 0)).toBe(amount.amount * 3_600_000);
      if (amount.unit === 'wd') for (const s of steps) if (s.step === 'counted') expect(['workday', 'workingWeekend']).toContain(s.kind);
      if (amount.unit === 'wd' && Number.isInteger(amount.amount)) for (const s of steps) if (s.step === 'skipped') expect(['weekend', 'holiday']).toContain(s.kind);
    });
  });

  it('the days before a pause and those after it are together the days of the limit', () => {
    const pause = fc.tuple(randomInstant, fc.integer({ min: 2, max: 40 }), fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.integer({ min: 1, max: 90 }));
    onCalendars(20, pause, (random, [from, n, share, days]) => {
      const { calendar } = random;
      const { steps, due } = explainDue(random, from, wd(n));
      const paused = Math.floor(from + share * (due.instant - from));
      const before = explainedUntil(calendar, steps, paused);
      const left = workingDaysBetween(calendar, toCivil(calendar, paused).day, epochDay(due.date));
      const resumed = paused + days * 86_400_000;
      if (before.some((s) => s.step === 'received')) expect(daysCounted(before) + left).toBe(n);
      expect(explainRest(random, resumed, left).due.instant).toBe(endOfDay(calendar, addWorkingDays(calendar, toCivil(calendar, resumed).day, left).day));
    });
  });
});
