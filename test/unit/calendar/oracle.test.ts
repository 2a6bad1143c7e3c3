/** The arithmetic of limits against a minute hand that knows nothing of it, over random calendars, in several time zones of the process. */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { compileCalendar, limitDue, openBetween, workingDaysIn, epochDay } from '../../../cases/index.ts';
import { answer, lineOf, minuteOf, openMinutes, type Line, type Wish } from '../../support/calendar-oracle.ts';
import { editionOf, periods } from '../../support/random-edition.ts';

const ownZone = process.env['TZ'];
afterAll(() => {
  if (ownZone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = ownZone;
});

const zones = ['Asia/Shanghai', 'UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'Europe/London'] as const;
const edition = editionOf([2024, 2025, 2026], periods(1));

/** A third of all starts lie within days of a new year. */
const from = fc.oneof(
  fc.integer({ min: 0, max: 1095 * 1440 }),
  fc.integer({ min: 0, max: 1095 }).map((n) => n * 1440),
  fc.tuple(fc.constantFrom(366, 731, 1096), fc.integer({ min: -9 * 1440, max: 5 * 1440 })).map(([n, minutes]) => n * 1440 + minutes),
);
const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ amount: fc.integer({ min: -25, max: 25 }), unit: fc.constantFrom('workingDay' as const, 'calendarDay' as const), emergency: fc.boolean() }),
  fc.record({ amount: fc.integer({ min: -160, max: 160 }).filter((n) => n !== 0).map((n) => n / 4), unit: fc.constant('hour' as const), emergency: fc.boolean() }),
);
const started = Date.parse('2024-01-01T00:00:00+08:00');
const calendars = 60;
const wishes = 500;

describe('the arithmetic of limits', () => {
  it('agrees with a minute hand over random calendars, 30,000 limits a run, whatever the zone of the process', { timeout: 240_000 }, () => {
    let asked = 0;
    fc.assert(
      fc.property(edition, fc.constantFrom(...zones), fc.integer(), (e, zone, seed) => {
        process.env['TZ'] = zone;
        const [calendar, line] = [compileCalendar(e), lineOf(e)];
        for (const [minutes, w] of fc.sample(fc.tuple(from, wish), { seed, numRuns: wishes })) {
          const instant = started + minutes * 60_000;
          const [is, should] = [limitDue(calendar, instant, w), answer(line, minuteOf(instant), w)];
          if (is?.instant !== should.instant || is.date !== should.date || is.provisional !== should.provisional) expect([new Date(instant).toISOString(), w, is]).toEqual([new Date(instant).toISOString(), w, should]);
          asked += 1;
        }
      }),
      { numRuns: calendars, endOnFailure: true },
    );
    expect(asked).toBe(calendars * wishes);
  });

  it('counts open time and working days between two moments as the minute hand does', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(edition, fc.integer(), (e, seed) => {
        const [calendar, line] = [compileCalendar(e), lineOf(e)];
        for (const [minutes, length] of fc.sample(fc.tuple(from, fc.integer({ min: 0, max: 40 * 1440 })), { seed, numRuns: 100 })) {
          const [a, b] = [started + minutes * 60_000, started + (minutes + length) * 60_000];
          expect(openBetween(calendar, a, b).ms).toBe(openMinutes(line, minuteOf(a), minuteOf(b)) * 60_000);
          expect(openBetween(calendar, b, a).ms + openBetween(calendar, a, b).ms).toBe(0);
          const [first, last] = [Math.floor(minuteOf(a) / 1440), Math.floor(minuteOf(b) / 1440)];
          expect(workingDaysIn(calendar, epochDay(dateAt(line, first)), epochDay(dateAt(line, last))).days).toBe(line.working.slice(first + 1, last + 1).reduce((x, y) => x + y, 0));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('the zones really differ, so that a date of the process would be seen', () => {
    const offsets = zones.map((zone) => {
      process.env['TZ'] = zone;
      return new Date(started).getTimezoneOffset();
    });
    expect(new Set(offsets).size).toBe(zones.length - 1);
  });
});

const dateAt = (line: Line, n: number): string => line.days[n]?.date ?? '';
