import type { CivilDate } from '../../schemas/index.ts';

/** A task as it is scheduled: 工期 in working days, predecessors (前置任务), the promised last day, and the day that cannot be moved. */
export type Draft = {
  readonly taskId: string;
  readonly duration: number;
  readonly after: readonly string[];
  /** 完成时限: it ends then or earlier. */
  readonly due?: CivilDate | undefined;
  /** 固定节点: it ends on this very day. */
  readonly fixed?: CivilDate | undefined;
};

export type NetworkFault =
  | { readonly kind: 'unknownPredecessor'; readonly taskId: string; readonly after: string }
  | { readonly kind: 'duplicate'; readonly taskId: string }
  | { readonly kind: 'circle'; readonly tasks: readonly string[] };

/** Tasks with every predecessor before its followers, or why there is no such order. Bounded by tasks and links. */
export const inOrder = <T extends Pick<Draft, 'taskId' | 'after'>>(tasks: readonly T[]): { order: T[] } | { faults: NetworkFault[] } => {
  const known = new Map<string, T>();
  const faults: NetworkFault[] = [];
  for (const t of tasks) {
    if (known.has(t.taskId)) faults.push({ kind: 'duplicate', taskId: t.taskId });
    known.set(t.taskId, t);
  }
  for (const t of tasks) for (const after of t.after) if (!known.has(after)) faults.push({ kind: 'unknownPredecessor', taskId: t.taskId, after });
  if (faults.length > 0) return { faults };
  const order = sorted(tasks);
  if (order.length === tasks.length) return { order };
  return { faults: [{ kind: 'circle', tasks: circleAmong(tasks.filter((t) => !order.includes(t))) }] };
};

const followersOf = <T extends Pick<Draft, 'taskId' | 'after'>>(tasks: readonly T[]): ReadonlyMap<string, T[]> => {
  const followers = new Map<string, T[]>(tasks.map((t) => [t.taskId, []]));
  for (const t of tasks) for (const id of t.after) followers.get(id)?.push(t);
  return followers;
};

/** Those that wait for nothing, then those that wait for these alone, and so on; who waits in a circle never comes. */
const sorted = <T extends Pick<Draft, 'taskId' | 'after'>>(tasks: readonly T[]): T[] => {
  const followers = followersOf(tasks);
  const waiting = new Map(tasks.map((t) => [t.taskId, t.after.length]));
  const order = tasks.filter((t) => t.after.length === 0);
  for (let i = 0; i < order.length; i += 1) {
    for (const next of followers.get(order[i]?.taskId ?? '') ?? []) {
      const left = (waiting.get(next.taskId) ?? 0) - 1;
      waiting.set(next.taskId, left);
      if (left === 0) order.push(next);
    }
  }
  return order;
};

/** Each of these waits for another of them: going back along the waits, a task must come again. */
const circleAmong = (stuck: readonly Pick<Draft, 'taskId' | 'after'>[]): string[] => {
  const byId = new Map(stuck.map((t) => [t.taskId, t]));
  const path: string[] = [];
  let at = stuck[0];
  while (at !== undefined && !path.includes(at.taskId)) {
    path.push(at.taskId);
    at = byId.get(at.after.find((id) => byId.has(id)) ?? '');
  }
  return path.slice(path.indexOf(at?.taskId ?? '')).toReversed();
};
