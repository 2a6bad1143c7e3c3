import type { CivilDate } from '../../schemas/index.ts';
import type { SlackTask } from './backward.ts';

/** A date that a chain cannot move: its fixed node (固定节点), or the promised last day of a task. */
export type Bound = { readonly taskId: string; readonly by: 'fixed' | 'due'; readonly date: CivilDate };

/** A chain takes so many working days more than there are. */
export type Shortage = {
  readonly kind: 'short';
  readonly shortage: number;
  /** What causes it, predecessors first. */
  readonly tasks: readonly string[];
  /** The same, side by side where nothing makes one wait for the other. */
  readonly steps: readonly (readonly string[])[];
  readonly bounds: readonly Bound[];
  /** The last day of work, where it is what binds. */
  readonly lastDay: CivilDate | null;
};

type Links = ReadonlyMap<string, readonly string[]>;
/** Everything that is reached over links, the start included; every link is walked once. */
const reached = (start: readonly string[], links: Links): Set<string> => {
  const found = new Set(start);
  for (const id of found) for (const next of links.get(id) ?? []) found.add(next);
  return found;
};

/** Links over which a date is handed on: back from the end, because one must be done before the other begins, or on from the start. */
const bindingLinks = (tasks: readonly SlackTask[]): { forward: Links; backward: Links } => {
  const byId = new Map(tasks.map((t) => [t.taskId, t]));
  const [forward, backward] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const t of tasks) {
    for (const id of t.after) {
      const before = byId.get(id);
      if (before === undefined) continue;
      if (before.latest === t.latest - t.duration) forward.set(id, [...(forward.get(id) ?? []), t.taskId]);
      if (before.earliest + t.duration === t.earliest) backward.set(t.taskId, [...(backward.get(t.taskId) ?? []), id]);
    }
  }
  return { forward, backward };
};

/** One after the other, in steps: a task stands behind all that it waits for. */
const stepsOf = (tasks: readonly SlackTask[]): string[][] => {
  const depth = new Map<string, number>();
  for (const t of tasks) depth.set(t.taskId, Math.max(0, ...t.after.map((id) => (depth.get(id) ?? -1) + 1)));
  const steps: string[][] = [];
  for (const [id, n] of depth) steps[n] = [...(steps[n] ?? []), id];
  return steps;
};

/** Dates of its own that bind a chain: a node that it waits for, one that it must reach, a day that was promised. */
const boundsOf = (tasks: readonly SlackTask[], on: (n: number) => CivilDate): Bound[] =>
  tasks.flatMap(({ taskId, latest, earliest, fixed, due }): Bound[] => [
    ...(fixed !== undefined && (latest === fixed || earliest === fixed) ? [{ taskId, by: 'fixed' as const, date: on(fixed) }] : []),
    ...(due !== undefined && latest === due ? [{ taskId, by: 'due' as const, date: on(due) }] : []),
  ]);

/** Those of these tasks that have the same slack and hang together over binding links, group by group. */
const groupsOf = (tasks: readonly SlackTask[], { forward, backward }: { forward: Links; backward: Links }): SlackTask[][] => {
  const slack = new Map(tasks.map((t) => [t.taskId, t.slack]));
  const alike = (of: Links): Links => new Map([...of].map(([id, ends]) => [id, ends.filter((end) => slack.has(end) && slack.get(end) === slack.get(id))]));
  const both = bothWays(alike(forward), alike(backward));
  const done = new Set<string>();
  return tasks.flatMap(({ taskId }) => {
    if (done.has(taskId)) return [];
    const group = reached([taskId], both);
    for (const id of group) done.add(id);
    return [tasks.filter((t) => group.has(t.taskId))];
  });
};

/** 关键线路: the tasks with the least slack, chain by chain, each in steps. */
export const chainsOf = (tasks: readonly SlackTask[], least: number): string[][][] => groupsOf(tasks.filter((t) => t.slack === least), bindingLinks(tasks)).map(stepsOf);

/**
 * Every cause for which a plan cannot be done, the worst first: tasks that lack the same number of days and hang together, with what they
 * wait for and what waits for them. One that is mended leaves the others.
 */
export const shortagesIn = (tasks: readonly SlackTask[], horizon: number, on: (n: number) => CivilDate, lastDay: CivilDate | null): Shortage[] => {
  const links = bindingLinks(tasks);
  const found = groupsOf(tasks.filter((t) => t.slack < 0), links).map((group): Shortage => {
    const ids = group.map((t) => t.taskId);
    const all = new Set([...reached(ids, links.forward), ...reached(ids, links.backward)]);
    const shown = tasks.filter((t) => all.has(t.taskId));
    const steps = stepsOf(shown);
    return { kind: 'short', shortage: -(group[0]?.slack ?? 0), tasks: steps.flat(), steps, bounds: boundsOf(shown, on), lastDay: shown.some((t) => t.latest === horizon) ? lastDay : null };
  });
  return found.sort((a, b) => b.shortage - a.shortage);
};

const bothWays = (...all: readonly Links[]): Links => {
  const found = new Map<string, string[]>();
  const link = (a: string, b: string): void => void found.set(a, [...(found.get(a) ?? []), b]);
  for (const links of all) {
    for (const [id, ends] of links) {
      for (const end of ends) {
        link(id, end);
        link(end, id);
      }
    }
  }
  return found;
};
