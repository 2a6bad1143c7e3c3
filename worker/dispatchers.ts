import { type WorkflowClient } from '@temporalio/client';
import { type EffectKind, dispatchWorkflowId, dispatchWorkflowType, wakeSignal } from '../workflows/messages.ts';

const kinds: readonly EffectKind[] = ['notice', 'raters'];

/** Starts the dispatchers that do not run yet. May be repeated, by every worker. */
export async function ensureDispatchers(temporal: WorkflowClient, taskQueue: string): Promise<void> {
  for (const kind of kinds)
    await temporal.start(dispatchWorkflowType, {
      workflowId: dispatchWorkflowId(kind, taskQueue),
      taskQueue,
      args: [{ kind }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowTaskTimeout: '3s',
    });
}

/**
 * Wakes the dispatchers, at most once in `everyMs`, however many appends ask for it. Never throws: the sweep finds what a lost signal
 * would have told.
 */
export function dispatcherWake(temporal: WorkflowClient, taskQueue: string, everyMs = 500): () => void {
  let planned = false;
  return () => {
    if (planned) return;
    planned = true;
    setTimeout(() => {
      planned = false;
      for (const kind of kinds)
        void temporal
          .getHandle(dispatchWorkflowId(kind, taskQueue))
          .signal(wakeSignal)
          .catch(() => undefined);
    }, everyMs).unref();
  };
}
