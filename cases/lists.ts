import type { CaseState, EdgeFacts, Pack, Plan } from '../schemas/index.ts';
import { type DateFault, dateFaults } from './schedule/dates.ts';
import { measureOf } from './schedule/reserve.ts';

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

const fieldOf = (f: DateFault): string => {
  switch (f.kind) {
    case 'past':
      return 'due: past';
    case 'afterLastDay':
      return `due: after ${f.lastDay}`;
    case 'nodeAfterDue':
      return 'nodes';
    case 'dueBefore':
      return `due: before ${f.before}`;
    case 'unknownPredecessor':
      return `after: ${f.after}`;
    case 'inCircle':
      return 'after: circle';
  }
};
/** 倒排工期: what is wrong with the dates of a plan, by field (SCHEDULE-INVALID). One with durations is also scheduled. */
export const wrongInSchedule = (plan: Plan, state: CaseState, pack: Pack, at: number): string[] =>
  dateFaults(plan, state, measureOf(pack), at).map((f) => `tasks.${f.taskId}.${fieldOf(f)}`);

/** Rework items of the last return that the plan leaves out (REWORK-NOT-IN-PLAN). */
export const reworkNotIn = (plan: Plan, state: CaseState): string[] =>
  state.tasks.filter((t) => t.rework && t.state !== 'taskClosed' && !plan.tasks.some((p) => (p.rework ?? p.taskId) === t.taskId)).map((t) => t.taskId);
