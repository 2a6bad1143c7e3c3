import type { WorkflowClient } from '@temporalio/client';
import { dateAt } from '../cases/index.ts';
import { type Directory, type Pack, caseError } from '../schemas/index.ts';
import type { RemoteLedger } from '../ledger/index.ts';

/** What every part of the client works with. */
export type Context = {
  /** Null where nothing runs: cases are then read as the ledger has them, and nothing can be done. */
  readonly temporal: WorkflowClient | null;
  readonly ledger: RemoteLedger;
  /** The edge's secret: it signs actor and facts of every command. */
  readonly sealSecret: string;
  readonly taskQueue: string;
  /** Server time in ms; tests hand in another. */
  readonly now: () => number;
  /** How long an unknown outcome is asked for again, in ms. */
  readonly patience: number;
};

/** The moment in which one call is made: directory, pack for new cases, civil date. */
export type Moment = { at: number; today: string; directory: Directory; pack: Pack };

/** @throws NOT-RUNNING when no directory or no pack was ever loaded */
export async function momentOf(ctx: Context): Promise<Moment> {
  const [found, pack] = await Promise.all([ctx.ledger.directory(), ctx.ledger.currentPack()]);
  if (!found) throw caseError('UNKNOWN-PERSON', { zh: '尚未导入人员目录 (xiaohao directory import)', en: 'no directory yet: xiaohao directory import FILE.json' });
  if (!pack) throw caseError('NOT-RUNNING', { zh: '没有现行的限时方案和日历', en: 'no policy pack and calendar in force' });
  const at = ctx.now();
  return { at, today: dateAt(pack.calendar, at), directory: found.directory, pack };
}

/** @throws NOT-RUNNING where there is only a ledger to read */
export function runningOf(ctx: Pick<Context, 'temporal'>): WorkflowClient {
  if (ctx.temporal === null) throw caseError('NOT-RUNNING');
  return ctx.temporal;
}
