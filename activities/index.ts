import { Context } from '@temporalio/activity';
import type { Batch, Effect } from '../schemas/index.ts';
import { type LedgerDeps, append } from './ledger.ts';
import { type NotifyDeps, deliver } from './notify.ts';
import { type RunDeps, type RunToKeep, keepRun } from './runs.ts';

export type ActivityDeps = LedgerDeps & RunDeps & NotifyDeps;
export type Activities = ReturnType<typeof createActivities>;

/** The neighbours of a case, each behind one name that workflows call. */
export const createActivities = (deps: ActivityDeps) => ({
  append: (batch: Batch) => untilStopped(append(deps, batch)),
  keepRun: (run: RunToKeep) => untilStopped(keepRun(deps, run)),
  deliver: (of: { kind: Effect['kind'] }) => untilStopped(deliver(deps, of)),
});

/** A neighbour that hangs must not hold up the end of the worker: another one repeats what was asked, and every act here may be repeated. */
const untilStopped = <T>(work: Promise<T>): Promise<T> => Promise.race([work, Context.current().cancelled]);

export { ratersTo, type Deliver } from './notify.ts';
export { noticeFolder } from './notice-folder.ts';
export type { Alarm } from './ledger.ts';
