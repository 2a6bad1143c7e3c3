import type { Batch, Effect } from '../schemas/index.ts';
import { type LedgerDeps, append } from './ledger.ts';
import { type NotifyDeps, deliver } from './notify.ts';
import { type RunDeps, type RunToKeep, keepRun } from './runs.ts';

export type ActivityDeps = LedgerDeps & RunDeps & NotifyDeps;
export type Activities = ReturnType<typeof createActivities>;

/** The neighbours of a case, each behind one name that workflows call. */
export const createActivities = (deps: ActivityDeps) => ({
  append: (batch: Batch) => append(deps, batch),
  keepRun: (run: RunToKeep) => keepRun(deps, run),
  deliver: (of: { kind: Effect['kind'] }) => deliver(deps, of),
});

export { noticeFolder, ratersTo, type Deliver } from './notify.ts';
export type { Alarm } from './ledger.ts';
