import type { CivilDate } from '../../schemas/index.ts';
import { addWorkingDays, dateOf, dueDateAt, dueOn, epochDay, toCivil, workingDaysBetween } from '../calendar/index.ts';
import { timed } from '../machine/index.ts';
import { type PlannedTask, type PlannedTasks, type Scheduled, isMeasured, tasksBehind } from './planned.ts';
import { type Measure, reserveDays } from './reserve.ts';

/** Why the dates of a plan do not stand, whether it has durations or not (SCHEDULE-INVALID). */
export type DateFault =
  | { readonly kind: 'past'; readonly taskId: string; readonly due: CivilDate }
  | { readonly kind: 'afterLastDay'; readonly taskId: string; readonly due: CivilDate; readonly lastDay: CivilDate }
  | { readonly kind: 'nodeAfterDue'; readonly taskId: string }
  | { readonly kind: 'dueBefore'; readonly taskId: string; readonly before: string }
  | { readonly kind: 'unknownPredecessor'; readonly taskId: string; readonly after: string }
  | { readonly kind: 'inCircle'; readonly taskId: string };

/** Tasks that wait in a circle, or for one that does; every link is walked once. */
const inCircles = (tasks: readonly PlannedTask[]): ReadonlySet<string> => {
  const stuck = new Set(tasks.map((t) => t.taskId));
  for (let found = true; found; ) {
    found = false;
    for (const t of tasks) if (stuck.has(t.taskId) && !t.after.some((id) => stuck.has(id))) found = stuck.delete(t.taskId);
  }
  return stuck;
};

/**
 * The last day for a task. From case-2 on a plan of dates alone leaves free what a schedule does - self-check, reinspection buffer and
 * closure review - unless it is work sent back, whose date is short on purpose, or no more than twice those days is left: then the due
 * date alone binds. Who plans so late says the durations, and is scheduled.
 */
const lastDayOf = (state: Scheduled, { calendar, reserve }: Measure, at: number, totalDue: number): string => {
  const due = dueDateAt(calendar, totalDue);
  const kept = reserveDays(reserve);
  const [today, last] = [toCivil(calendar, at).day, epochDay(due)];
  const bound = timed(state) && state.lastReturn === null && workingDaysBetween(calendar, today, last) > 2 * kept;
  return bound ? dateOf(addWorkingDays(calendar, last, -kept).day) : due;
};

/**
 * Every date lies between today and the last day for work (an overdue case has none before it), predecessors end no later than their
 * followers, nodes within their task, no circles. `at`: the instant of the plan.
 */
export const dateFaults = (plan: PlannedTasks, state: Scheduled, by: Measure, at: number): DateFault[] => {
  const { totalDue } = state.clocks;
  const lastDay = totalDue === null || at > totalDue ? null : lastDayOf(state, by, at, totalDue);
  const behind = isMeasured(plan) || timed(state) ? tasksBehind(plan, state) : [];
  // From case-2 on nothing waits for what was done.
  const done = timed(state) ? behind : [];
  const circles = inCircles(plan.tasks.filter((t) => !done.includes(t.taskId)).map((t) => ({ ...t, after: t.after.filter((id) => !done.includes(id)) })));
  return plan.tasks.flatMap(({ taskId, due, after, nodes = [] }): DateFault[] => {
    if (due === undefined || behind.includes(taskId)) return [];
    return [
      ...(dueOn(by.calendar, due).instant <= at ? [{ kind: 'past' as const, taskId, due }] : []),
      ...(lastDay !== null && due > lastDay ? [{ kind: 'afterLastDay' as const, taskId, due, lastDay }] : []),
      ...(nodes.some((n) => n.due > due) ? [{ kind: 'nodeAfterDue' as const, taskId }] : []),
      ...after.filter((id) => !done.includes(id)).flatMap((id): DateFault[] => {
        const before = plan.tasks.find((x) => x.taskId === id);
        if (!before) return [{ kind: 'unknownPredecessor', taskId, after: id }];
        return (before.due ?? '') > due ? [{ kind: 'dueBefore', taskId, before: id }] : [];
      }),
      ...(circles.has(taskId) ? [{ kind: 'inCircle' as const, taskId }] : []),
    ];
  });
};
