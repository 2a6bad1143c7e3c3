import type { Calendar, CivilDate } from '../../schemas/index.ts';
import { epochDay, touchesUnpublished } from '../calendar/index.ts';
import { type Axis, axisOf, datesOf } from './axis.ts';
import { type Draft, type NetworkFault, inOrder } from './network.ts';
import { type Reserve, type StageTimes, defaultReserve, reserveDays, stagesFrom } from './reserve.ts';
import { chainsOf } from './short.ts';

/**
 * 倒排工期: from the deadline back through closure review, reinspection buffer and self-check to the last day of work, from there
 * through the tasks to the day on which each must begin. Tasks that do not wait for each other run side by side.
 */
export type ScheduleInput = {
  readonly tasks: readonly Draft[];
  readonly today: CivilDate;
  /** null: none lies ahead (overdue); the dates of the tasks alone bound them. */
  readonly deadline: CivilDate | null;
  readonly reserve?: Reserve;
};

/** `slack` (机动时间): working days by which it may end later than it can, once the plan begins; below zero, how much is missing. */
export type TaskTimes = {
  readonly taskId: string;
  readonly duration: number;
  readonly fixed: boolean;
  readonly earliestStart: CivilDate;
  readonly earliestFinish: CivilDate;
  readonly latestStart: CivilDate;
  readonly latestFinish: CivilDate;
  readonly slack: number;
  /** 关键线路: no task of the plan has less slack. */
  readonly critical: boolean;
};

type Timed = {
  readonly today: CivilDate;
  readonly tasks: readonly TaskTimes[];
  /** The critical tasks, predecessors first; and chain by chain, each in steps: what stands in one step waits for nothing in it. */
  readonly chain: readonly string[];
  readonly chains: readonly (readonly (readonly string[])[])[];
  /** The last day of work, before self-check; null without a deadline. */
  readonly lastDay: CivilDate | null;
  readonly stages: readonly StageTimes[];
  /** A year without a published calendar is touched. */
  readonly provisional: boolean;
};
export type Schedule =
  /** `margin`: working days that may pass before the plan must begin. */
  | (Timed & { readonly kind: 'feasible'; readonly margin: number })
  | (Timed & { readonly kind: 'short'; readonly shortage: number })
  | { readonly kind: 'broken'; readonly faults: readonly NetworkFault[] };

export type SlackTask = Numbered & { readonly latest: number; readonly earliest: number; readonly slack: number };
export type Numbered = { readonly taskId: string; readonly duration: number; readonly after: readonly string[]; readonly due: number | undefined; readonly fixed: number | undefined };

/** End of each task at the latest: the horizon, its own dates, and the latest start of whatever waits for it. */
const latestFinishes = (order: readonly Numbered[], horizon: number): Map<string, number> => {
  const finish = new Map(order.map((t) => [t.taskId, Math.min(horizon, t.due ?? horizon, t.fixed ?? horizon)]));
  for (const t of order.toReversed()) {
    const start = (finish.get(t.taskId) ?? horizon) - t.duration;
    for (const id of t.after) finish.set(id, Math.min(finish.get(id) ?? horizon, start));
  }
  return finish;
};

/** End of each task at the earliest when the plan begins after `begin` working days; a fixed node waits for its day. */
const earliestFinishes = (order: readonly Numbered[], begin: number): Map<string, number> => {
  const finish = new Map<string, number>();
  for (const t of order) {
    const done = Math.max(begin, ...t.after.map((id) => finish.get(id) ?? begin)) + t.duration;
    finish.set(t.taskId, Math.max(done, t.fixed ?? done));
  }
  return finish;
};

/** The arithmetic alone, in numbers of working days. `slack` >= 0 everywhere: the plan can be done. */
export const slacksOf = (order: readonly Numbered[], horizon: number) => {
  const latest = latestFinishes(order, horizon);
  const begins = order.map((t) => (latest.get(t.taskId) ?? horizon) - t.duration);
  const margin = Math.min(horizon, ...begins);
  const earliest = earliestFinishes(order, Math.max(0, margin));
  const of = (t: Numbered): SlackTask => {
    const [late, early] = [latest.get(t.taskId) ?? horizon, earliest.get(t.taskId) ?? 0];
    return { ...t, latest: late, earliest: early, slack: late - early };
  };
  const tasks = order.map(of);
  const least = Math.min(...tasks.map((t) => t.slack), ...(tasks.length === 0 ? [Math.min(0, horizon)] : []));
  return { tasks, margin, least, chain: tasks.filter((t) => t.slack === least).map((t) => t.taskId) };
};

export const numberedBy = (axis: Axis, t: Draft): Numbered => ({
  taskId: t.taskId,
  duration: t.duration,
  after: t.after,
  due: t.due === undefined ? undefined : axis.numberOf(t.due),
  fixed: t.fixed === undefined ? undefined : axis.numberOf(t.fixed),
});

/** Number of the last working day for tasks. Without a deadline so late that nothing but the plan's own dates binds. */
export const horizonOf = (axis: Axis, { tasks, deadline, reserve = defaultReserve }: ScheduleInput): number => {
  if (deadline !== null) return axis.numberOf(deadline) - reserveDays(reserve);
  const own = tasks.flatMap((t) => [t.due, t.fixed]).filter((d) => d !== undefined);
  return tasks.reduce((n, t) => n + t.duration, Math.max(0, ...own.map(axis.numberOf)));
};
export const datesIn = ({ tasks, deadline }: ScheduleInput): string[] => [...tasks.flatMap((t) => [t.due, t.fixed]), deadline ?? undefined].filter((d) => d !== undefined);

/** The whole schedule with dates, for people to read; `calendar` is the only source of working days. */
export const backwardSchedule = (calendar: Calendar, input: ScheduleInput): Schedule => {
  const { today, deadline, reserve = defaultReserve } = input;
  const sorted = inOrder(input.tasks);
  if ('faults' in sorted) return { kind: 'broken', faults: sorted.faults };
  const axis = axisOf(calendar, today, datesIn(input));
  const horizon = horizonOf(axis, input);
  const { tasks, margin, least, chain } = slacksOf(sorted.order.map((t) => numberedBy(axis, t)), horizon);
  const stages = deadline === null ? [] : stagesFrom(horizon, reserve);
  const first = (finish: number, duration: number): number => (duration === 0 ? finish : finish - duration + 1);
  const dates = datesOf(calendar, today, [horizon, ...tasks.flatMap((t) => [t.latest, t.earliest, first(t.latest, t.duration), first(t.earliest, t.duration)]), ...stages.flatMap((s) => [s.start, s.finish])]);
  const on = (n: number): string => dates.get(n) ?? axis.dateOf(n);
  const timed: Timed = {
    today,
    tasks: tasks.map((t) => ({
      taskId: t.taskId, duration: t.duration, fixed: t.fixed !== undefined,
      earliestStart: on(first(t.earliest, t.duration)), earliestFinish: on(t.earliest), latestStart: on(first(t.latest, t.duration)), latestFinish: on(t.latest),
      slack: t.slack, critical: t.slack === least,
    })),
    chain,
    chains: chainsOf(tasks, least),
    lastDay: deadline === null ? null : on(horizon),
    stages: stages.map((s) => ({ stage: s.stage, start: on(s.start), finish: on(s.finish) })),
    provisional: touchesUnpublished(calendar, epochDay(today), epochDay([on(horizon), deadline ?? today].sort().at(-1) ?? today)),
  };
  return least < 0 ? { ...timed, kind: 'short', shortage: -least } : { ...timed, kind: 'feasible', margin };
};
