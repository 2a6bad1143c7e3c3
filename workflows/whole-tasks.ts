import { type ActivateInput, type WorkflowInterceptorsFactory, workflowInfo } from '@temporalio/workflow';
import { taskNotBegun } from './messages.ts';

/**
 * 整任务: a case moves by whole workflow tasks alone.
 *
 * A worker that is asked a query about a case it does not hold is sent the history so far. Where something happened after the last task
 * (a timer fired, an append came back) and the task that will bring it has not begun, the SDK hands it over all the same, at the time
 * of the task before; what the case then does goes out with its next task, before the Updates of that task. A replay sees one task
 * with all of it, Updates first, and fails for good (TMPRL1100). So the case is let go of: the query fails, the worker forgets the
 * case, and the task, when it comes, brings the whole history. A history that is replayed may end so; its last events then wait too.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({ internals: [{ activate: wholeTasks(isReplayed) }] });

/** Where the SDK replays a recorded history, which nobody asks a query about: its own name for such a queue. */
const isReplayed = (): boolean => workflowInfo().taskQueue.startsWith('fake_replay_queue');

export function wholeTasks(replayed: () => boolean): (input: ActivateInput, next: (input: ActivateInput) => void) => void {
  let task: string | undefined;
  let length = 0;
  return function activate(input, next) {
    const { activation } = input;
    // A query comes alone and moves nothing.
    if (activation.jobs?.some(({ queryWorkflow }) => queryWorkflow)) return next(input);
    const begun = taskOf(activation);
    const seen = activation.historyLength ?? 0;
    if (begun === task && seen > length) {
      if (replayed()) return next({ ...input, activation: { ...activation, jobs: [] } });
      throw new Error(`${taskNotBegun}: event ${seen} has come without its workflow task`);
    }
    task = begun;
    length = seen;
    next(input);
  };
}

/** Two tasks of a case do not begin at the same nanosecond with the same size of history. */
const taskOf = ({ timestamp, historySizeBytes }: ActivateInput['activation']): string =>
  [timestamp?.seconds, timestamp?.nanos, historySizeBytes].map(String).join(' ');
