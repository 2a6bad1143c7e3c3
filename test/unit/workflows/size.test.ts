/** What crosses into every run of a case stays small: it is sent, stored and parsed again each time. */
import { describe, expect, it } from 'vitest';
import { blank, compileCalendar, currentVersion, Edition } from '../../../cases/index.ts';
import edition from '../../../data/calendar-cn.json' with { type: 'json' };
import { bytes, inputOf, twentyTasks } from '../../support/twenty-tasks.ts';
import { pack } from '../../support/world.ts';

describe('what a run of a case starts with', () => {
  it('is at most 32 KB for a case with twenty tasks under way, and grows by the ids and receipts of what is done to them', () => {
    const [underWay, done] = [inputOf(twentyTasks(false)), inputOf(twentyTasks(true))];
    const { commands, receipts } = done.carried.state;
    const ends = [underWay, done].map((of) => of.carried.state.tasks.filter((t) => ['submitted', 'taskClosed'].includes(t.state)).length);
    expect(ends).toEqual([20, 20]);
    console.log(`twenty tasks: ${bytes(underWay)} bytes when shown, ${bytes(done)} when all are closed, of them receipts ${bytes(receipts)} and command ids ${bytes(commands)}`);
    expect(bytes(underWay)).toBeLessThanOrEqual(32 * 1024);
    const more = Object.keys(commands).length - Object.keys(underWay.carried.state.commands).length;
    expect((bytes(done) - bytes(underWay)) / more).toBeLessThanOrEqual(256);
  });

  it('holds the policy without its texts in 3 KB, and a year of the calendar in 150 bytes', () => {
    expect(bytes(pack.policy)).toBeLessThanOrEqual(3 * 1024);
    const years = Object.entries(compileCalendar(Edition.parse(edition)).years);
    expect(years.length).toBeGreaterThan(0);
    for (const [year, of] of years) expect([year, bytes({ [year]: of }) <= 150]).toEqual([year, true]);
  });

  it('names the machine version and the hashes of policy and calendar, which stay what they were', () => {
    const state = twentyTasks(true);
    const { machine, policy, calendar } = blank('YC-2026-JY-0001', currentVersion, pack);
    expect([state.machine, state.policy, state.calendar]).toEqual([machine, policy, calendar]);
    expect([policy, calendar]).toEqual([pack.policy.hash, pack.calendar.hash]);
  });
});
