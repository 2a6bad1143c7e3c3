/** Recorded histories against the workflow code of today. */
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../../worker/index.ts';
import { quiet } from './worker.ts';

/** @returns what each history that does not replay failed of, by workflow id */
export async function replayErrors(handles: Iterable<Pick<WorkflowHandle, 'workflowId' | 'fetchHistory'>>): Promise<Map<string, string>> {
  quiet();
  const histories = async function* () {
    for (const handle of handles) yield { workflowId: handle.workflowId, history: await handle.fetchHistory() };
  };
  const errors = new Map<string, string>();
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { codePath: await workflowBundle() } }, histories()))
    if (error !== undefined) errors.set(workflowId, error.message);
  return errors;
}
