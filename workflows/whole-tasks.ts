import { type ActivateInput, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { taskNotBegun } from './messages.ts';

/**
 * 整任务: a case moves by whole workflow tasks alone.
 *
 * A query of somebody's own (a page of Temporal, the stack trace; this product asks none of a running case) is not bound to a task. The
 * worker that gets it is sent the history as far as it goes, and where something happened after the last completed task (a timer fired,
 * an append came back), the SDK (1.24.0) hands that over before it asks the query, as if its task had begun here. What the case then
 * does goes out with its next real task, before the Updates of that task; a replay sees Updates first, and fails for good (TMPRL1100).
 *
 * Nobody can tell from within whether what was last handled came with a task or with such a query. So a query that follows it fails,
 * which makes the worker forget the case; asked again, it is answered from the history alone.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({ internals: [{ activate: wholeTasks() }] });

/** What the SDK calls a query that did not come with a task. */
const ofItsOwn = 'legacy_query';

export function wholeTasks(): (input: ActivateInput, next: (input: ActivateInput) => void) => void {
  let onRecord = true;
  return function activate(input, next) {
    const { jobs, isReplaying, historyLength } = input.activation;
    const queries = jobs?.flatMap(({ queryWorkflow }) => queryWorkflow ?? []) ?? [];
    if (queries.length === 0) onRecord = isReplaying === true;
    else if (!onRecord && queries.some(({ queryId }) => queryId === ofItsOwn))
      throw new Error(`${taskNotBegun}: event ${String(historyLength)} may have come without its workflow task; ask again`);
    next(input);
  };
}
