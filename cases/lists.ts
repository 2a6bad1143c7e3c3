import type { CaseState, EdgeFacts, Pack, Plan, PlanTask } from '../schemas/index.ts';
import { addWorkingDays, dateOf, dueDateAt, dueOn, epochDay, toCivil, workingDaysBetween } from './calendar/index.ts';
import { timed } from './machine/index.ts';
import { isMeasured, tasksBehind } from './schedule/guard.ts';
import { reserveDays, reserveOf } from './schedule/reserve.ts';

/** 三张清单 checked as lists: what is missing, in words of the field; empty when complete (LISTS-INCOMPLETE). */
export const missingInLists = (plan: Plan, state: CaseState, people: EdgeFacts['people']): string[] => {
  const out: string[] = [];
  if (plan.problems.length === 0) out.push('problems');
  if (state.grade?.colour === 'red' && state.responsibility.caseLeader === null) out.push('caseLeader');
  for (const p of plan.problems) {
    if (!plan.tasks.some((t) => t.problem === p.problemId)) out.push(`problems.${p.problemId}.tasks`);
    if (plan.duties.filter((d) => d.problemId === p.problemId).length !== 1) out.push(`duties.${p.problemId}`);
  }
  for (const d of plan.duties) out.push(...missingInDuty(d, plan, state));
  const ids = plan.tasks.map((t) => t.taskId);
  for (const t of plan.tasks) {
    if (t.due === undefined) out.push(`tasks.${t.taskId}.due`);
    if (ids.filter((id) => id === t.taskId).length > 1) out.push(`tasks.${t.taskId}.taskId`);
    if (!plan.problems.some((p) => p.problemId === t.problem)) out.push(`tasks.${t.taskId}.problem`);
    // One task answers one rework item, and takes no other task's name.
    if (t.rework !== undefined && t.rework !== t.taskId && state.tasks.some((x) => x.taskId === t.taskId)) out.push(`tasks.${t.taskId}.rework`);
    if (!unitsInPlan(plan, state).includes(t.unit)) out.push(`tasks.${t.taskId}.unit`);
    // 责任人: somebody of the unit that does the work.
    if (!people[t.owner]?.units.includes(t.unit)) out.push(`tasks.${t.taskId}.owner`);
  }
  return [...new Set(out)];
};

/** Exactly one lead unit, the case's; supporting units are those of the case. */
const missingInDuty = (d: Plan['duties'][number], plan: Plan, state: CaseState): string[] => {
  const coops = state.responsibility.coops.map((c) => c.unit);
  const out: string[] = [];
  if (!plan.problems.some((p) => p.problemId === d.problemId)) out.push(`duties.${d.problemId}.problemId`);
  if (d.leadUnit !== state.responsibility.leadUnit) out.push(`duties.${d.problemId}.leadUnit`);
  if (d.unitHead !== state.responsibility.unitHead) out.push(`duties.${d.problemId}.unitHead`);
  if (!d.coopUnits.every((u) => coops.includes(u))) out.push(`duties.${d.problemId}.coopUnits`);
  return out;
};
const unitsInPlan = (plan: Plan, state: CaseState): string[] => [
  ...plan.duties.flatMap((d) => [d.leadUnit, ...d.coopUnits]),
  ...(state.responsibility.leadUnit ? [state.responsibility.leadUnit] : []),
];

/** Tasks that wait in a circle, or for one that does; every link is walked once. */
const inCircles = (tasks: readonly PlanTask[]): ReadonlySet<string> => {
  const stuck = new Set(tasks.map((t) => t.taskId));
  for (let found = true; found; ) {
    found = false;
    for (const t of tasks) if (stuck.has(t.taskId) && !t.after.some((id) => stuck.has(id))) found = stuck.delete(t.taskId);
  }
  return stuck;
};

/**
 * The last day for a task. From case-2 on a plan of dates alone leaves free what a schedule does - self-check, reinspection buffer and
 * closure review - unless it is work sent back, whose date is short on purpose, or so little is left that nothing but the due date can bind.
 */
const lastDayOf = (state: CaseState, { policy, calendar }: Pack, at: number, totalDue: number): string => {
  const due = dueDateAt(calendar, totalDue);
  const kept = reserveDays(reserveOf(policy));
  const [today, last] = [toCivil(calendar, at).day, epochDay(due)];
  const bound = timed(state) && state.lastReturn === null && workingDaysBetween(calendar, today, last) > 2 * kept;
  return bound ? dateOf(addWorkingDays(calendar, last, -kept).day) : due;
};

/**
 * 倒排工期: every date lies between today and the total due (an overdue case has no date left before it), predecessors end no later than their followers, nodes within their
 * task, no circles (SCHEDULE-INVALID). Says what is wrong by field. A plan with durations is also scheduled (`schedule/guard.ts`).
 */
export const wrongInSchedule = (plan: Plan, state: CaseState, pack: Pack, at: number): string[] => {
  const { totalDue } = state.clocks;
  const last = totalDue === null || at > totalDue ? null : lastDayOf(state, pack, at, totalDue);
  const out: string[] = [];
  const circles = inCircles(plan.tasks);
  const behind = isMeasured(plan) ? tasksBehind(plan, state) : [];
  for (const t of plan.tasks) {
    if (t.due === undefined || behind.includes(t.taskId)) continue;
    if (dueOn(pack.calendar, t.due).instant <= at) out.push(`tasks.${t.taskId}.due: past`);
    if (last !== null && t.due > last) out.push(`tasks.${t.taskId}.due: after ${last}`);
    if (t.nodes.some((n) => n.due > (t.due ?? ''))) out.push(`tasks.${t.taskId}.nodes`);
    for (const id of t.after) {
      const before = plan.tasks.find((x) => x.taskId === id);
      if (!before) out.push(`tasks.${t.taskId}.after: ${id}`);
      else if ((before.due ?? '') > t.due) out.push(`tasks.${t.taskId}.due: before ${id}`);
    }
    if (circles.has(t.taskId)) out.push(`tasks.${t.taskId}.after: circle`);
  }
  return out;
};

/** Rework items of the last return that the plan leaves out (REWORK-NOT-IN-PLAN). */
export const reworkNotIn = (plan: Plan, state: CaseState): string[] =>
  state.tasks.filter((t) => t.rework && t.state !== 'taskClosed' && !plan.tasks.some((p) => (p.rework ?? p.taskId) === t.taskId)).map((t) => t.taskId);
