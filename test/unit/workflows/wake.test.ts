import { describe, expect, it } from 'vitest';
import { dueOf, epochDay, toInstant } from '../../../cases/index.ts';
import { wakeAt } from '../../../workflows/wake.ts';
import { monday, pack } from '../../support/world.ts';

const scaled = { ...pack, calendar: { ...pack.calendar, scale: { realEpoch: monday, civilEpoch: monday, msPerDay: 500 } } };
const cases = Array.from({ length: 200 }, (_, n) => `YC-2026-JY-${String(n).padStart(4, '0')}`);
const midnight = toInstant(pack.calendar, epochDay('2026-03-13'), 0);

describe('the wake-up for a due instant', () => {
  it('of a limit in days is spread over five minutes after it, always the same for a case', () => {
    const delays = cases.map((no) => (wakeAt({ at: midnight, exact: false }, no, pack) ?? 0) - midnight);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThan(300_000);
    expect(new Set(delays.map((ms) => Math.floor(ms / 30_000))).size).toBe(10);
    expect(cases.map((no) => (wakeAt({ at: midnight, exact: false }, no, pack) ?? 0) - midnight)).toEqual(delays);
  });

  it('of a mark at opening time is spread as well: thousands of cases are reminded at nine', () => {
    const nine = toInstant(pack.calendar, epochDay('2026-03-13'), 9 * 3_600_000);
    expect(new Set(cases.map((no) => wakeAt({ at: nine, exact: false }, no, pack))).size).toBeGreaterThan(150);
  });

  it('of a limit in hours is that very instant', () => {
    const due = dueOf(pack.calendar, monday, { amount: 2, unit: 'h' }).instant;
    expect(cases.map((no) => wakeAt({ at: due, exact: true }, no, pack))).toEqual(cases.map(() => due));
  });

  it("is spread by the calendar's own minutes where time is scaled", () => {
    const due = toInstant(scaled.calendar, epochDay('2026-03-13'), 0);
    const delays = cases.map((no) => (wakeAt({ at: due, exact: false }, no, scaled) ?? 0) - due);
    expect(Math.max(...delays)).toBeLessThanOrEqual(2);
    expect(Math.max(...delays)).toBeGreaterThan(0);
  });

  it('is none when nothing is due', () => {
    expect(wakeAt(null, 'YC-2026-JY-0001', pack)).toBeNull();
  });
});
