import type { Calendar, CaseState, CivilDate, Pack, Plan, PlanTask, Task } from '../../schemas/index.ts';
import { dateAt, dueDateAt, epochDay, toCivil, workingDaysBetween } from '../calendar/index.ts';
import { axisOf } from './axis.ts';
import { type ScheduleInput, datesIn, horizonOf, numberedBy, slacksOf } from './backward.ts';
import { type Draft, type NetworkFault, inOrder } from './network.ts';
import { type Reserve, reserveOf } from './reserve.ts';

/** Why a plan with durations does not stand (SCHEDULE-INVALID), each with the working days that are missing. */
export type ScheduleFault =
  | NetworkFault
  /** The chain takes so many working days more than there are. */
  | { readonly kind: 'short'; readonly shortage: number; readonly tasks: readonly string[]; readonly lastDay: CivilDate | null }
  /** Its date leaves no room for self-check, reinspection and review. */
  | { readonly kind: 'dueTooLate'; readonly taskId: string; readonly shortage: number; readonly lastDay: CivilDate }
  /** Between the date of a predecessor and its own there are fewer working days than it takes. */
  | { readonly kind: 'dueTooSoon'; readonly taskId: string; readonly before: string; readonly shortage: number };

/** What scheduling reads of a task; a draft need not say more. */
export type PlannedTask = Pick<PlanTask, 'taskId' | 'after' | 'duration' | 'due' | 'fixed'> & { readonly [K in 'measure' | 'target' | 'mark']?: string | undefined };
export type PlannedTasks = { readonly tasks: readonly PlannedTask[] };

/** A plan of dates alone means what it always meant: only durations make a schedule. */
export const isMeasured = (plan: PlannedTasks): boolean => plan.tasks.some((t) => t.duration !== undefined);

/** Shown, checked or waived, and still the same task: nothing of it is left to schedule. */
const isBehind = (p: PlannedTask, found: Task | undefined): boolean =>
  found !== undefined && ['submitted', 'taskClosed', 'waived'].includes(found.state) && (['measure', 'target', 'mark'] as const).every((k) => p[k] === undefined || p[k] === found[k]);

export const tasksBehind = (plan: PlannedTasks, state: Pick<CaseState, 'tasks'>): string[] =>
  plan.tasks.filter((p) => isBehind(p, state.tasks.find((t) => t.taskId === p.taskId))).map((p) => p.taskId);

/** 工期 that is left: what was begun has used the working days since, but takes today at least. A task without a duration is its date alone. */
const durationLeft = (p: PlannedTask, found: Task | undefined, calendar: Calendar, today: CivilDate): number => {
  if (found?.state !== 'doing' || found.startedAt === null || !p.duration) return p.duration ?? 0;
  const begun = toCivil(calendar, found.startedAt).day;
  return Math.max(1, p.duration - workingDaysBetween(calendar, begun - 1, epochDay(today) - 1));
};

/** What of a plan is still to be done in this case at this instant. */
export const scheduleOf = (plan: PlannedTasks, state: Pick<CaseState, 'tasks'> & { readonly clocks: Pick<CaseState['clocks'], 'totalDue'> }, calendar: Calendar, at: number, reserve?: Reserve): ScheduleInput => {
  const today = dateAt(calendar, at);
  const found = (p: PlannedTask): Task | undefined => state.tasks.find((t) => t.taskId === p.taskId);
  const behind = tasksBehind(plan, state);
  const left = plan.tasks.filter((p) => !behind.includes(p.taskId));
  const { totalDue } = state.clocks;
  const tasks: Draft[] = left.map((p) => ({ taskId: p.taskId, duration: durationLeft(p, found(p), calendar, today), after: p.after.filter((id) => !behind.includes(id)), due: p.due, fixed: p.fixed }));
  return { tasks, today, deadline: totalDue === null || at > totalDue ? null : dueDateAt(calendar, totalDue), ...(reserve ? { reserve } : {}) };
};

/** Faults of a schedule as it is written down: the chain first, then date by date. */
export const faultsIn = (calendar: Calendar, input: ScheduleInput): ScheduleFault[] => {
  const sorted = inOrder(input.tasks);
  if ('faults' in sorted) return sorted.faults;
  const axis = axisOf(calendar, input.today, datesIn(input));
  const horizon = horizonOf(axis, input);
  const order = sorted.order.map((t) => numberedBy(axis, t));
  const { least, chain } = slacksOf(order, horizon);
  const lastDay = input.deadline === null ? null : axis.dateOf(horizon);
  const short: ScheduleFault[] = least < 0 ? [{ kind: 'short', shortage: -least, tasks: chain, lastDay }] : [];
  const byId = new Map(order.map((t) => [t.taskId, t]));
  const dated = order.flatMap(({ taskId, due, duration, after }): ScheduleFault[] => {
    if (due === undefined) return [];
    const late = lastDay !== null && due > horizon ? [{ kind: 'dueTooLate' as const, taskId, shortage: due - horizon, lastDay }] : [];
    const soon = after.flatMap((before) => {
      const shortage = (byId.get(before)?.due ?? Number.NEGATIVE_INFINITY) + duration - due;
      return shortage > 0 ? [{ kind: 'dueTooSoon' as const, taskId, before, shortage }] : [];
    });
    return [...late, ...soon];
  });
  return [...short, ...dated];
};

/** A plan of dates alone is only refused for what is no order at all. */
export const faultsOfPlan = (calendar: Calendar, plan: PlannedTasks, input: ScheduleInput): ScheduleFault[] => {
  if (isMeasured(plan)) return faultsIn(calendar, input);
  const sorted = inOrder(input.tasks);
  return 'faults' in sorted ? sorted.faults : [];
};

/** 倒排工期 of a plan with durations, in this case at this instant; empty when it stands, and for a plan of dates alone. */
export const scheduleFaults = (plan: Plan, state: CaseState, pack: Pack, at: number): ScheduleFault[] =>
  isMeasured(plan) ? faultsIn(pack.calendar, scheduleOf(plan, state, pack.calendar, at, reserveOf(pack.policy))) : [];
