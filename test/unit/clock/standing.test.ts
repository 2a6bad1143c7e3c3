import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueOf, dueStandingOf } from '../../../cases/index.ts';
import { day, hour, monday, pack } from '../../support/world.ts';

/** Monday 2026-03-02, 10:00 in Shanghai; its day ends 14 hours later. */
const endOf = (days: number): number => monday + 14 * hour + days * day;
const five = { since: monday, due: endOf(7), paused: false };

describe('how a deadline stands', () => {
  it('is in time, soon due from three working days on, and due on its last day', () => {
    expect(dueStandingOf(pack.calendar, five, monday)).toEqual({ standing: 'running', left: 5 });
    expect(dueStandingOf(pack.calendar, five, monday + day)).toEqual({ standing: 'running', left: 4 });
    expect(dueStandingOf(pack.calendar, five, monday + 2 * day)).toEqual({ standing: 'soon', left: 3 });
    expect(dueStandingOf(pack.calendar, five, endOf(7) - 1)).toEqual({ standing: 'soon', left: 0 });
    expect(dueStandingOf(pack.calendar, five, endOf(7))).toEqual({ standing: 'overdue', left: -1 });
  });

  it('is overdue from the first instant after, over a weekend by no working day yet', () => {
    const friday = { since: monday, due: endOf(4), paused: false };
    expect(dueStandingOf(pack.calendar, friday, endOf(4))).toEqual({ standing: 'overdue', left: 0 });
    expect(dueStandingOf(pack.calendar, friday, endOf(7) - hour)).toEqual({ standing: 'overdue', left: -1 });
  });

  it('is said apart when more than three times the limit has gone by', () => {
    const one = { since: monday, due: endOf(1), paused: false };
    expect(dueStandingOf(pack.calendar, one, monday + 3 * day)).toEqual({ standing: 'overdue', left: -2 });
    expect(dueStandingOf(pack.calendar, one, monday + 4 * day)).toEqual({ standing: 'overdueThrice', left: -3 });
  });

  it('stands still while the case is suspended, however late it is', () => {
    expect(dueStandingOf(pack.calendar, { ...five, paused: true }, monday + 90 * day).standing).toBe('paused');
  });

  it('never gets better as time goes on', () => {
    const rank = ['running', 'soon', 'overdue', 'overdueThrice'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 60 }), (amount, a, more) => {
        const { instant } = dueOf(pack.calendar, monday, { unit: 'wd', amount: Math.max(1, amount) });
        const at = (hours: number) => dueStandingOf(pack.calendar, { since: monday, due: instant, paused: false }, monday + hours * 6 * hour);
        const [before, after] = [at(a), at(a + more)];
        expect(rank.indexOf(after.standing)).toBeGreaterThanOrEqual(rank.indexOf(before.standing));
        expect(after.left).toBeLessThanOrEqual(before.left);
      }),
    );
  });
});
