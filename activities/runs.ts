import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { WorkflowClient } from '@temporalio/client';
import type { Ledger } from '../ledger/index.ts';

/** `events`: keep only so many from the start; for a run that has not ended yet, so that a repeat keeps the same. */
export type RunToKeep = { case: string; workflowId: string; runId: string; events?: number };
export type RunDeps = {
  readonly ledger: Pick<Ledger, 'keepRun'>;
  readonly temporal: Pick<WorkflowClient, 'getHandle'>;
  readonly now: () => number;
};

/**
 * 留存: the history of a run into the ledger's side store: gzip of the JSON text that Temporal's own tools read and replay; the hash is
 * that of the text, which any gzip restores. A repeat stores nothing new.
 */
export async function keepRun(
  { ledger, temporal, now }: RunDeps,
  { case: caseNo, workflowId, runId, events }: RunToKeep,
): Promise<{ sha256: string }> {
  const history = await temporal.getHandle(workflowId, runId).fetchHistory();
  const kept = events === undefined ? history.events : history.events?.slice(0, events);
  const text = historyToJSON({ events: kept ?? [] });
  const sha256 = createHash('sha256').update(text).digest('hex');
  await ledger.keepRun({ case: caseNo, runId, sha256, bytes: new Uint8Array(await promisify(gzip)(text)), at: now() });
  return { sha256 };
}
