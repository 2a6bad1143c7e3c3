/** A plan with durations is judged when it is filed and when it is amended; amending keeps what was in force. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Recorded, faultsOfPlan, planHistory, reserveOf, scheduleOf, scheduleWords } from '../../../cases/index.ts';
import type { Plan, PlanTask } from '../../../schemas/index.ts';
import * as b from '../../support/scenarios/build.ts';
import { World, day, pack } from '../../support/world.ts';

/** Monday 2 March; the total due is Wednesday 1 April, so the tasks may take until Friday 20 March: 15 working days. */
const drafting = (): World => {
  const w = new World();
  b.toDrafting(w);
  return w;
};
const planned = (w: World, ...tasks: (Partial<PlanTask> & { taskId: string })[]): Plan => {
  const plan = b.planOf(w);
  return { ...plan, tasks: tasks.map((t) => ({ ...(plan.tasks[0] as PlanTask), due: '2026-03-20', ...t })) };
};
const tried = (w: World, type: 'submitPlan' | 'amendPlan', plan: Plan) => {
  const stepped = w.send(w.envelope(type, b.uh, { plan, ...(type === 'amendPlan' ? { reason: '增加一项' } : {}) }));
  return stepped.ok ? null : stepped.refusal;
};
const by = { calendar: pack.calendar, reserve: reserveOf(pack.policy) };
const standing = (w: World): Plan => planned(w, { taskId: 'A', duration: 5, due: '2026-03-09' }, { taskId: 'B', duration: 3, after: ['A'], due: '2026-03-12' });

describe('filing a plan with durations', () => {
  it('is accepted when they fit', () => {
    const w = drafting();
    expect(w.state.clocks.totalDue).toBe(Date.UTC(2026, 3, 1, 16));
    expect(tried(w, 'submitPlan', standing(w))).toBeNull();
    expect(w.state.stage).toBe('planReview');
  });

  it('is refused with the working days that are missing and the tasks that cause it, in both languages', () => {
    const w = drafting();
    const refusal = tried(w, 'submitPlan', planned(w, { taskId: 'A', duration: 10, due: '2026-03-13' }, { taskId: 'B', duration: 8, after: ['A'] }, { taskId: 'C', duration: 2 }));
    expect(refusal?.code).toBe('SCHEDULE-INVALID');
    expect(refusal?.zh).toContain('工期不足 3 个工作日: A → B');
    expect(refusal?.en).toContain('3 working days short: A → B');
    expect(`${refusal?.zh}${refusal?.en}`).not.toContain('C');
  });

  it('is refused when a date leaves no time for self-check, reinspection and review', () => {
    const w = drafting();
    const refusal = tried(w, 'submitPlan', planned(w, { taskId: 'A', duration: 5, due: '2026-03-24' }));
    expect(refusal?.zh).toContain('任务 A 的完成时限超出 2026-03-20 共 2 个工作日');
  });

  it('of dates alone leaves as many days free as one with durations, and no more is asked of it', () => {
    const w = drafting();
    expect(tried(w, 'submitPlan', planned(w, { taskId: 'A', due: '2026-03-24' }))?.zh).toContain('after 2026-03-20');
    expect(tried(w, 'submitPlan', planned(w, { taskId: 'A', due: '2026-03-20' }, { taskId: 'B', after: ['A'], due: '2026-03-20' }))).toBeNull();
  });

  it('says of dates alone, too, what is wrong with them in both languages', () => {
    const w = drafting();
    const refusal = tried(w, 'submitPlan', planned(w, { taskId: 'A', due: '2026-03-01' }, { taskId: 'B', due: '2026-03-24', after: ['C'], nodes: [{ what: '中期', due: '2026-03-25' }] }, { taskId: 'C', due: '2026-03-26' }));
    for (const words of ['任务 A 的完成时限 2026-03-01 已过', '任务 B 的完成时限 2026-03-24 晚于任务最迟做完的 2026-03-20', '任务 B 有节点晚于其完成时限', '任务 B 的完成时限早于前置任务 C 的时限']) expect(refusal?.zh).toContain(words);
    for (const words of ['task A is due 2026-03-01, which is past', 'task B is due 2026-03-24, after 2026-03-20', 'task B has a node after its own due date', 'task B is due before C, for which it waits']) expect(refusal?.en).toContain(words);
  });

  it('is refused for just what a check of the draft finds beforehand, with durations or without', () => {
    const dates = fc.oneof({ weight: 1, arbitrary: fc.integer({ min: -4, max: 40 }) }, { weight: 9, arbitrary: fc.integer({ min: 8, max: 18 }) });
    const task = (n: number, measured: boolean) =>
      fc.record({ due: dates, node: fc.option(dates, { nil: undefined, freq: 1 }), after: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(fc.nat(n)) }), duration: measured ? fc.option(fc.nat(5), { nil: undefined, freq: 5 }) : fc.constant(undefined), fixed: measured ? fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: dates }) : fc.constant(undefined) });
    const drafts = fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 4 })).chain(([measured, n]) => fc.tuple(...Array.from({ length: n }, (_, i) => task(Math.max(0, i - 1), measured))));
    const w = drafting();
    let refused = 0;
    fc.assert(fc.property(drafts, (all) => {
      const plan = planned(w, ...all.map(({ due, node, after, duration, fixed }, i) => ({
        taskId: `T${i}`, due: b.inDays(w, due), after: after.filter((n) => n < i || i === 0).map((n) => `T${n}`), nodes: node === undefined ? [] : [{ what: '中期', due: b.inDays(w, node) }],
        ...(duration === undefined ? {} : { duration }), ...(fixed === undefined ? {} : { fixed: b.inDays(w, fixed) }),
      })));
      const faults = faultsOfPlan(plan, w.state, by, w.at);
      const refusal = tried(w.copy(), 'submitPlan', plan);
      expect(refusal?.code ?? null).toBe(faults.length > 0 ? 'SCHEDULE-INVALID' : null);
      for (const fault of faults.slice(0, 10)) expect(refusal?.zh).toContain(scheduleWords(fault).zh);
      refused += faults.length > 0 ? 1 : 0;
    }), { numRuns: 300 });
    // Neither answer is the only one that was tried.
    expect(refused).toBeGreaterThan(30);
    expect(refused).toBeLessThan(270);
  });

  it('names a predecessor that is missing, and a circle', () => {
    const w = drafting();
    expect(tried(w, 'submitPlan', planned(w, { taskId: 'A', duration: 1, after: ['Z'] }))?.zh).toContain('任务 A 的前置任务 Z 不在清单中');
    expect(tried(w, 'submitPlan', planned(w, { taskId: 'A', duration: 1, after: ['B'] }, { taskId: 'B', after: ['A'] }))?.en).toContain('tasks wait for each other');
  });

  it('answers at once for two hundred tasks that each wait for twenty, with or without durations', () => {
    const w = drafting();
    const all = (duration?: number) => planned(w, ...Array.from({ length: 200 }, (_, i) => ({ taskId: `T${i}`, after: Array.from({ length: Math.min(i, 20) }, (_x, n) => `T${i - 1 - n}`), ...(duration === undefined ? {} : { duration }) })));
    const before = process.cpuUsage();
    expect(tried(w, 'submitPlan', all(1))?.zh).toContain('工期不足 185 个工作日');
    expect(tried(w, 'submitPlan', all())).toBeNull();
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(5);
  });
});

/** Approved as filed, task A begun on its first day. */
const underWay = (): World => {
  const w = drafting();
  expect(tried(w, 'submitPlan', standing(w))).toBeNull();
  b.both(w, 'approvePlan', [b.hub]);
  b.go(w, 'startTask', b.uo, { taskId: 'A' });
  return w;
};
const recorded = (w: World): Recorded[] => w.entries.map(({ body, ...header }) => ({ header: { ...header, bodyHash: '', bodyCommit: '', prev: '' }, body }));

describe('amending a plan', () => {
  it('is judged by what is left: of a task under way the days since, nothing of one that was shown', () => {
    const w = underWay();
    w.wait(3 * day);
    const left = () => scheduleOf(standing(w), w.state, by, w.at).tasks.map((t) => [t.taskId, t.duration, [...t.after]]);
    expect(left()).toEqual([['A', 2, []], ['B', 3, ['A']]]);
    w.wait(7 * day);
    expect(left()).toEqual([['A', 1, []], ['B', 3, ['A']]]);
    b.go(w, 'submitTaskProof', b.uo, { taskId: 'A' });
    expect(left()).toEqual([['B', 3, []]]);
    // Its own date lies behind today by now, which is no fault of a task that was done.
    expect(tried(w, 'amendPlan', planned(w, { taskId: 'A', duration: 5, due: '2026-03-09' }, { taskId: 'B', duration: 3, after: ['A'], due: '2026-03-17' }))).toBeNull();
  });

  it('is refused for just what a check finds beforehand, also where tasks wait for one that was shown, or it for them', () => {
    const task = (measured: boolean) => fc.record({ due: fc.integer({ min: 6, max: 20 }), after: fc.subarray(['A', 'B', 'C', 'Z'], { maxLength: 2 }), duration: measured ? fc.option(fc.nat(4), { nil: undefined }) : fc.constant(undefined) });
    const [shown, under] = [underWay(), underWay()];
    b.go(shown, 'submitTaskProof', b.uo, { taskId: 'A' });
    shown.wait(9 * day);
    const answers = new Set<string | null>();
    fc.assert(fc.property(fc.boolean().chain((measured) => fc.tuple(task(measured), task(measured), task(measured))), fc.constantFrom(shown, under), (all, w) => {
      const plan = planned(w, ...all.map(({ due, after, duration }, i) => ({ taskId: 'ABC'.charAt(i), due: b.inDays(w, due), after, ...(duration === undefined ? {} : { duration }) })));
      const faults = faultsOfPlan(plan, w.state, by, w.at);
      const refusal = tried(w.copy(), 'amendPlan', plan);
      expect(refusal?.code ?? null).toBe(faults.length > 0 ? 'SCHEDULE-INVALID' : null);
      for (const fault of faults.slice(0, 10)) expect(refusal?.zh).toContain(scheduleWords(fault).zh);
      answers.add(refusal?.code ?? null);
    }), { numRuns: 400 });
    expect(answers.size).toBe(2);
  });

  it('in a circle through what was shown waits for nothing; in a case of the first version it is refused, and says so', () => {
    const w = underWay();
    b.go(w, 'submitTaskProof', b.uo, { taskId: 'A' });
    const circle = planned(w, { taskId: 'A', after: ['B'] }, { taskId: 'B', after: ['A'] });
    expect(faultsOfPlan(circle, w.state, by, w.at)).toEqual([]);
    expect(faultsOfPlan(circle, { ...w.state, machine: 'case-1' }, by, w.at).map((f) => scheduleWords(f).zh)).toContain('任务 B 的前置任务互相等待');
  });

  it('of dates alone asks no new date of a task that was shown', () => {
    const w = drafting();
    const [a, more] = [{ taskId: 'A', due: '2026-03-09' }, { taskId: 'B', due: '2026-03-18' }];
    expect(tried(w, 'submitPlan', planned(w, a))).toBeNull();
    b.both(w, 'approvePlan', [b.hub]);
    b.go(w, 'startTask', b.uo, { taskId: 'A' });
    b.go(w, 'submitTaskProof', b.uo, { taskId: 'A' });
    w.wait(10 * day);
    expect(tried(w.copy(), 'amendPlan', planned(w, a, more))).toBeNull();
    // Under other words it is another task, and is to be done by a date that lies ahead.
    expect(tried(w.copy(), 'amendPlan', planned(w, { ...a, measure: '另一件事' }, more))?.code).toBe('SCHEDULE-INVALID');
  });

  it('is refused like a first plan when the new tasks do not fit', () => {
    const w = underWay();
    const refusal = tried(w, 'amendPlan', planned(w, { taskId: 'A', duration: 5, due: '2026-03-09' }, { taskId: 'B', duration: 12, after: ['A'] }));
    expect([refusal?.code, refusal?.zh.includes('工期不足 2 个工作日: A → B')]).toEqual(['SCHEDULE-INVALID', true]);
  });

  it('keeps the old plan in the entries, and nothing more in the state', () => {
    const w = underWay();
    const first = w.state.plan?.plan;
    const second = planned(w, { taskId: 'A', duration: 5, due: '2026-03-09' }, { taskId: 'B', duration: 4, after: ['A'], due: '2026-03-13' });
    b.both(w, 'amendPlan', [b.uh, b.hub], { plan: second, reason: '增加一天' });
    expect(w.state.plan).toEqual({ version: 2, plan: second, at: w.at });
    const versions = planHistory(recorded(w));
    expect(versions.map(({ version, by, reason, plan }) => ({ version, by, reason, plan }))).toEqual([
      { version: 1, by: 'UH-1@U1', reason: null, plan: first },
      { version: 2, by: 'UH-1@U1', reason: '增加一天', plan: second },
    ]);
    // A proposal that nobody approved, or that was sent back, is no version.
    b.go(w, 'amendPlan', b.uh, { plan: first, reason: '改回' });
    b.go(w, 'returnProposal', b.hub, b.newest(w));
    expect(planHistory(recorded(w))).toHaveLength(2);
    expect(JSON.stringify(w.state)).not.toContain('增加一天');
  });

  it('counts a plan that came back and was filed again as one version, the one that was approved', () => {
    const w = drafting();
    expect(tried(w, 'submitPlan', standing(w))).toBeNull();
    b.go(w, 'returnPlan', b.hub);
    const again = planned(w, { taskId: 'A', duration: 6, due: '2026-03-10' });
    expect(tried(w, 'submitPlan', again)).toBeNull();
    b.both(w, 'approvePlan', [b.hub]);
    expect(planHistory(recorded(w)).map((v) => v.plan)).toEqual([again]);
  });
});
