/** What crosses into every run of a case stays small: it is sent, stored and parsed again each time. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { blank, compileCalendar, currentVersion, Edition } from '../../../cases/index.ts';
import type { CaseState, Plan } from '../../../schemas/index.ts';
import edition from '../../../data/calendar-cn.json' with { type: 'json' };
import { planOf } from '../../support/payloads.ts';
import { go, lead, sup, both, toAssigned, uc, uh, hub, uo } from '../../support/scenarios/build.ts';
import { World, pack } from '../../support/world.ts';

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const taskIds = Array.from({ length: 20 }, (_, n) => `N${n + 1}`);

function planOfTwenty(w: World): Plan {
  const plan = planOf(w);
  const [first] = plan.tasks;
  if (first === undefined) throw new Error('the plan has no task');
  return { ...plan, tasks: taskIds.map((taskId) => ({ ...first, taskId, measure: '修订办事指南并向窗口人员逐项说明, 一次告知', target: '不再跑第二趟' })) };
}

/** 二十项任务: each begun and shown by its owner; and, where wished, closed by two people. */
function twentyTasks(closed: boolean): CaseState {
  const w = new World();
  // Ids as long as those that clients make.
  const envelope = w.envelope.bind(w);
  w.envelope = (type, by, payload, more) => envelope(type, by, payload, { commandId: `c-${randomUUID()}`, ...more });
  toAssigned(w, 'yellow', 'list');
  go(w, 'signFor', uc);
  go(w, 'submitPlan', uh, { plan: planOfTwenty(w) });
  both(w, 'approvePlan', [hub]);
  for (const taskId of taskIds) {
    go(w, 'startTask', uo, { taskId });
    go(w, 'submitTaskProof', uo, { taskId });
    if (closed) both(w, 'closeTask', [lead, sup], { taskId });
  }
  expect(w.state.tasks.filter((task) => task.state === (closed ? 'taskClosed' : 'submitted'))).toHaveLength(20);
  return w.state;
}

const inputOf = (state: CaseState) => ({ caseNo: state.caseNo, machine: currentVersion, pack, carried: { state, outbox: [], previousRun: 'x'.repeat(36), unkept: [] } });

describe('what a run of a case starts with', () => {
  it('is at most 32 KB for a case with twenty tasks under way, and grows by the ids and receipts of what is done to them', () => {
    const [underWay, done] = [inputOf(twentyTasks(false)), inputOf(twentyTasks(true))];
    const { commands, receipts } = done.carried.state;
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
