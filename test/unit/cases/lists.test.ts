/** 三张清单 are checked as lists, 倒排工期 as a schedule: each fault is named by its field. */
import { describe, expect, it } from 'vitest';
import { dueOn } from '../../../cases/index.ts';
import { missingInLists, wrongInSchedule } from '../../../cases/lists.ts';
import type { Plan } from '../../../schemas/index.ts';
import * as b from '../../support/scenarios/build.ts';
import { World } from '../../support/world.ts';

const w = new World();
b.toDrafting(w);
const { state, pack } = w;
const { people } = w.facts();
const [good, due] = [b.planOf(w), b.inDays(w, 3)];
const [problem, duty, task] = [good.problems[0], good.duties[0], good.tasks[0]] as [Plan['problems'][number], Plan['duties'][number], Plan['tasks'][number]];
const { due: _, ...undated } = task;
const tasks = (...list: object[]): Plan => ({ ...good, tasks: list.map((t) => ({ ...task, ...t })) });

describe('the three lists', () => {
  it('are complete as the unit should draw them up', () => expect(missingInLists(good, state, people)).toEqual([]));

  const faults: [string, string, Plan][] = [
    ['no problem at all', 'problems', { problems: [], duties: [], tasks: [] }],
    ['a problem without a task', 'problems.Q2.tasks', { ...good, problems: [problem, { problemId: 'Q2', what: '另一问题' }], duties: [duty, { ...duty, problemId: 'Q2' }] }],
    ['a problem that nobody answers for', 'duties.Q1', { ...good, duties: [] }],
    ['a problem with two lead units', 'duties.Q1', { ...good, duties: [duty, { ...duty, leadUnit: 'U2' }] }],
    ['a duty for no problem', 'duties.Q9.problemId', { ...good, duties: [duty, { ...duty, problemId: 'Q9' }] }],
    ['another lead unit than that of the case', 'duties.Q1.leadUnit', { ...good, duties: [{ ...duty, leadUnit: 'U2' }] }],
    ['another first responsible person', 'duties.Q1.unitHead', { ...good, duties: [{ ...duty, unitHead: 'UH-2@U1' }] }],
    ['a supporting unit that the case has not', 'duties.Q1.coopUnits', { ...good, duties: [{ ...duty, coopUnits: ['U3'] }] }],
    ['a task without a date', `tasks.${task.taskId}.due`, { ...good, tasks: [undated] }],
    ['two tasks of one number', `tasks.${task.taskId}.taskId`, tasks({}, { measure: '另一措施' })],
    ['a task for no problem', `tasks.${task.taskId}.problem`, tasks({}, { problem: 'Q9' })],
    ['a task of a unit outside the plan', `tasks.${task.taskId}.unit`, tasks({ unit: 'U3', owner: 'UO-1@U3' })],
    ['a responsible person whom the directory does not know', `tasks.${task.taskId}.owner`, tasks({ owner: 'GHOST' })],
    ['a responsible person of another unit', `tasks.${task.taskId}.owner`, tasks({ owner: 'UO-1@U2' })],
  ];
  it.each(faults)('%s: %s is missing', (_what, field, plan) => expect(missingInLists(plan, state, people)).toContain(field));

  it('a red case without its leader: caseLeader is missing', () => {
    const red = { ...state, grade: state.grade && { ...state.grade, colour: 'red' as const }, responsibility: { ...state.responsibility, caseLeader: null } };
    expect(missingInLists(good, red, people)).toEqual(['caseLeader']);
    expect(missingInLists(good, { ...red, responsibility: state.responsibility }, people)).toEqual([]);
  });
});

describe('the schedule', () => {
  const wrong = (plan: Plan): string[] => wrongInSchedule(plan, state, pack, w.at);
  it('stands as the unit should draw it up', () => expect(wrong(good)).toEqual([]));
  it.each<[string, string, Plan]>([
    ['a date that is past', 'A.due: past', tasks({ taskId: 'A', due: b.inDays(w, -1) })],
    ['a date after the total due', 'A.due: after', tasks({ taskId: 'A', due: '2026-12-31' })],
    ['a node after its task', 'A.nodes', tasks({ taskId: 'A', due, nodes: [{ what: '节点', due: b.inDays(w, 4) }] })],
    ['a task that ends before the one it waits for', 'B.due: before A', tasks({ taskId: 'A', due }, { taskId: 'B', due: b.inDays(w, 2), after: ['A'] })],
    ['a task that waits for one that is not there', 'A.after: Z', tasks({ taskId: 'A', due, after: ['Z'] })],
    ['tasks that wait for each other', 'A.after: circle', tasks({ taskId: 'A', due, after: ['B'] }, { taskId: 'B', due, after: ['A'] })],
  ])('%s: %s', (_what, field, plan) => expect(wrong(plan).some((x) => x.startsWith(`tasks.${field}`))).toBe(true));

  describe('leaves free what a schedule leaves free: self-check, reinspection, review', () => {
    // Due on Friday 2026-03-27 by the order of the case; eight working days before that is Tuesday the 17th.
    const until = (date: string, more: Partial<typeof state> = {}): string[] => {
      const due = dueOn(pack.calendar, '2026-03-27').instant;
      return wrongInSchedule(tasks({ taskId: 'A', due: date }), { ...state, ...more, clocks: { ...state.clocks, totalDue: due } }, pack, w.at);
    };
    it('a task ends eight working days before the case is due, and not one later', () => {
      expect([until('2026-03-17'), until('2026-03-18')]).toEqual([[], ['tasks.A.due: after 2026-03-17']]);
    });
    it('as long as more than twice those days are left; then the due date alone binds', () => {
      const ending = (totalDue: string, date: string): string[] => wrongInSchedule(tasks({ taskId: 'A', due: date }), { ...state, clocks: { ...state.clocks, totalDue: dueOn(pack.calendar, totalDue).instant } }, pack, w.at);
      // Monday 2 March: seventeen working days later is Wednesday the 25th, sixteen later Tuesday the 24th.
      expect([ending('2026-03-25', '2026-03-13'), ending('2026-03-25', '2026-03-14')]).toEqual([[], ['tasks.A.due: after 2026-03-13']]);
      expect([ending('2026-03-24', '2026-03-24'), ending('2026-03-24', '2026-03-25')]).toEqual([[], ['tasks.A.due: after 2026-03-24']]);
    });
    it('but not in work that was sent back, whose date is short on purpose, nor in a case of the first version', () => {
      expect(until('2026-03-27', { lastReturn: { by: 'returnPrelim', at: w.at, items: [], saved: null } })).toEqual([]);
      expect(until('2026-03-27', { machine: 'case-1' })).toEqual([]);
    });
  });
});
