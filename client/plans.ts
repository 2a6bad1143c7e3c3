import { type Cited, type Draft, type PlannedTasks, type PlanVersion, type Schedule, type PlanFault, backwardSchedule, citesOfTotal, faultsOfPlan, isMeasured, measureOf, planHistory, scheduleFaults, scheduleOf } from '../cases/index.ts';
import { type Calendar, type CaseState, type TaskState } from '../schemas/index.ts';
import type { As } from './client.ts';
import type { Context } from './context.ts';
import { sees } from './history.ts';
import { packOf } from './packs.ts';
import { isUnitSide, readable } from './reading.ts';
import { recordedEntries } from './state.ts';

/** The plan of a case, or a draft for it, as its own calendar and today's state schedule it. */
export type CasePlan = {
  readonly caseNo: string;
  readonly today: string;
  /** null: none lies ahead. */
  readonly deadline: string | null;
  /** What the pack of the case cites for the total due. */
  readonly cite: readonly Cited[];
  readonly schedule: Schedule;
  /** Why a draft would be refused now, or why the plan in force can no longer be done; empty when it stands. */
  readonly faults: readonly PlanFault[];
  /** Any task has a duration: only then it is scheduled. */
  readonly measured: boolean;
  /** What is scheduled: the tasks that are not behind. */
  readonly drafts: readonly Draft[];
  readonly tasks: readonly { readonly taskId: string; readonly measure: string; readonly due: string; readonly state: TaskState }[];
  /** 历次方案: what was in force before stays on record. */
  readonly versions: readonly PlanVersion[];
  readonly calendar: Calendar;
};

/** A supporting unit sees the tasks that are its own, as in the view of the case. */
const visibleTo = (state: CaseState, who: { role: Parameters<typeof isUnitSide>[0]['role']; unit: string }) => {
  const all = !isUnitSide(who) || who.unit === state.responsibility.leadUnit;
  return (unit: string): boolean => all || unit === who.unit;
};
const only = <T extends { taskId: string; unit: string; after: string[] }>(tasks: readonly T[], mine: (unit: string) => boolean): T[] => {
  const kept = tasks.filter((t) => mine(t.unit));
  return kept.map((t) => ({ ...t, after: t.after.filter((id) => kept.some((k) => k.taskId === id)) }));
};

/** @throws NOT-FOR-YOU, UNKNOWN-CASE */
export async function planOfCase(ctx: Context, caseNo: string, as: As, draft?: PlannedTasks): Promise<CasePlan> {
  const { state, actor } = await readable(ctx, caseNo, 'plan', as);
  const [pack, text] = await Promise.all([packOf(ctx.ledger, state), ctx.ledger.policyText(state.policy)]);
  const mine = visibleTo(state, actor);
  const own = state.tasks.filter((t) => mine(t.unit));
  const planned: PlannedTasks = draft ?? { tasks: state.plan ? only(state.plan.plan.tasks, mine) : only(state.tasks, mine) };
  const [seen, by, at] = [{ ...state, tasks: own }, measureOf(pack), ctx.now()];
  const input = scheduleOf(planned, seen, by, at);
  // What is in force is asked whether it can still be done: its dates were judged when it was filed, and are counted down elsewhere.
  const faults = draft === undefined ? scheduleFaults(planned, seen, by, at) : faultsOfPlan(draft, seen, by, at);
  const versions = planHistory((await recordedEntries(ctx, caseNo)).filter((e) => sees(state, actor, e))).map((v) => ({ ...v, plan: { ...v.plan, tasks: only(v.plan.tasks, mine) } }));
  return {
    caseNo, today: input.today, deadline: input.deadline, cite: text === null ? [] : citesOfTotal(text, state.grade), schedule: backwardSchedule(pack.calendar, input), faults, measured: isMeasured(planned), drafts: input.tasks, versions, calendar: pack.calendar,
    tasks: own.map(({ taskId, measure, due, state: now }) => ({ taskId, measure, due, state: now })),
  };
}
