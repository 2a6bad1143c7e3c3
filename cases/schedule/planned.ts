import type { CaseState, PlanTask, Task } from '../../schemas/index.ts';

/** What scheduling reads of a task; a draft need not say more. */
export type PlannedTask = Pick<PlanTask, 'taskId' | 'after' | 'duration' | 'due' | 'fixed'> & { readonly nodes?: readonly { readonly due: string }[] | undefined } & { readonly [K in 'measure' | 'target' | 'mark']?: string | undefined };
export type PlannedTasks = { readonly tasks: readonly PlannedTask[] };
/** What scheduling reads of a case. */
export type Scheduled = Pick<CaseState, 'tasks' | 'machine' | 'lastReturn'> & { readonly clocks: Pick<CaseState['clocks'], 'totalDue'> };

/** A plan of dates alone means what it always meant: only durations make a schedule. */
export const isMeasured = (plan: PlannedTasks): boolean => plan.tasks.some((t) => t.duration !== undefined);

/** Shown, checked or waived, and still the same task: nothing of it is left to schedule. */
const isBehind = (p: PlannedTask, found: Task | undefined): boolean =>
  found !== undefined && ['submitted', 'taskClosed', 'waived'].includes(found.state) && (['measure', 'target', 'mark'] as const).every((k) => p[k] === undefined || p[k] === found[k]);

export const tasksBehind = (plan: PlannedTasks, state: Pick<CaseState, 'tasks'>): string[] =>
  plan.tasks.filter((p) => isBehind(p, state.tasks.find((t) => t.taskId === p.taskId))).map((p) => p.taskId);
