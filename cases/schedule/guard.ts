import type { Calendar, CivilDate, Task } from '../../schemas/index.ts';
import { dateAt, dueDateAt, epochDay, toCivil, workingDaysBetween } from '../calendar/index.ts';
import { axisOf } from './axis.ts';
import { type ScheduleInput, datesIn, horizonOf, numberedBy, slacksOf } from './backward.ts';
import { type DateFault, dateFaults } from './dates.ts';
import { type Draft, type NetworkFault, inOrder } from './network.ts';
import { type PlannedTask, type PlannedTasks, type Scheduled, isMeasured, tasksBehind } from './planned.ts';
import type { Measure } from './reserve.ts';
import { type Shortage, shortagesIn } from './short.ts';

/** Why a plan with durations does not stand (SCHEDULE-INVALID), each with the working days that are missing. */
export type ScheduleFault =
  | NetworkFault
  | Shortage
  /** Its date leaves no room for self-check, reinspection and review. */
  | { readonly kind: 'dueTooLate'; readonly taskId: string; readonly shortage: number; readonly lastDay: CivilDate }
  /** Between the date of a predecessor and its own there are fewer working days than it takes. */
  | { readonly kind: 'dueTooSoon'; readonly taskId: string; readonly before: string; readonly shortage: number };
/** Everything for which a plan is refused as a schedule: its days, and its dates. */
export type PlanFault = ScheduleFault | DateFault;

/** 工期 that is left: what was begun has used the working days since, but takes today at least. A task without a duration is its date alone. */
const durationLeft = (p: PlannedTask, found: Task | undefined, calendar: Calendar, today: CivilDate): number => {
  if (found?.state !== 'doing' || found.startedAt === null || !p.duration) return p.duration ?? 0;
  const begun = toCivil(calendar, found.startedAt).day;
  return Math.max(1, p.duration - workingDaysBetween(calendar, begun - 1, epochDay(today) - 1));
};

/** What of a plan is still to be done in this case at this instant. */
export const scheduleOf = (plan: PlannedTasks, state: Pick<Scheduled, 'tasks' | 'clocks'>, { calendar, reserve }: Measure, at: number): ScheduleInput => {
  const today = dateAt(calendar, at);
  const found = (p: PlannedTask): Task | undefined => state.tasks.find((t) => t.taskId === p.taskId);
  const behind = tasksBehind(plan, state);
  const left = plan.tasks.filter((p) => !behind.includes(p.taskId));
  const { totalDue } = state.clocks;
  const tasks: Draft[] = left.map((p) => ({ taskId: p.taskId, duration: durationLeft(p, found(p), calendar, today), after: p.after.filter((id) => !behind.includes(id)), due: p.due, fixed: p.fixed }));
  return { tasks, today, deadline: totalDue === null || at > totalDue ? null : dueDateAt(calendar, totalDue), reserve };
};

/** Faults of a schedule as it is written down: the chain first, then date by date. */
export const faultsIn = (calendar: Calendar, input: ScheduleInput): ScheduleFault[] => {
  const sorted = inOrder(input.tasks);
  if ('faults' in sorted) return sorted.faults;
  const axis = axisOf(calendar, input.today, datesIn(input));
  const horizon = horizonOf(axis, input);
  const order = sorted.order.map((t) => numberedBy(axis, t));
  const { tasks, least } = slacksOf(order, horizon);
  const lastDay = input.deadline === null ? null : axis.dateOf(horizon);
  // A plan without tasks can lack days as well: those that are kept free.
  const short: ScheduleFault[] = tasks.length === 0 && least < 0 ? [{ kind: 'short', shortage: -least, tasks: [], steps: [], bounds: [], lastDay }] : shortagesIn(tasks, horizon, axis.dateOf, lastDay);
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

/** 倒排工期 of a plan with durations, in this case at this instant; empty when it stands, and for a plan of dates alone. */
export const scheduleFaults = (plan: PlannedTasks, state: Scheduled, by: Measure, at: number): ScheduleFault[] =>
  isMeasured(plan) ? faultsIn(by.calendar, scheduleOf(plan, state, by, at)) : [];
/** Of a plan of dates alone: what is no order at all. */
const orderFaults = (plan: PlannedTasks, state: Scheduled, by: Measure, at: number): NetworkFault[] => {
  const sorted = inOrder(scheduleOf(plan, state, by, at).tasks);
  return 'faults' in sorted ? sorted.faults : [];
};

/** What both say is said once, by the one that knows the working days that are missing. */
const saidBy = (scheduled: readonly ScheduleFault[], d: DateFault): boolean =>
  scheduled.some((s) => {
    if (s.kind === 'circle') return d.kind === 'inCircle';
    if (!('taskId' in s) || s.taskId !== d.taskId) return false;
    if (d.kind === 'unknownPredecessor') return s.kind === 'unknownPredecessor' && s.after === d.after;
    if (d.kind === 'dueBefore') return s.kind === 'dueTooSoon' && s.before === d.before;
    return d.kind === 'afterLastDay' && s.kind === 'dueTooLate';
  });

/** Everything for which `submitPlan` and `amendPlan` refuse the schedule of a plan, in this case at this instant. */
export const faultsOfPlan = (plan: PlannedTasks, state: Scheduled, by: Measure, at: number): PlanFault[] => {
  const scheduled = isMeasured(plan) ? scheduleFaults(plan, state, by, at) : orderFaults(plan, state, by, at);
  return [...scheduled, ...dateFaults(plan, state, by, at).filter((d) => !saidBy(scheduled, d))];
};
