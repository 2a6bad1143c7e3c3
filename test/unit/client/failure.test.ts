import { ServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError, type WorkflowClient } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../client/failure.ts';
import { askAgain } from '../../../client/patience.ts';
import { caseError, refusal } from '../../../schemas/index.ts';

const grpc = (code: number) => new ServiceError('failed', { cause: Object.assign(new Error('grpc'), { code }) });
const refused = new WorkflowUpdateFailedError('no', ApplicationFailure.nonRetryable('no', 'SAME-PERSON', refusal('SAME-PERSON')));

describe('what a failed call means', () => {
  it('is a refusal when the case said no, with the words of the case', () => {
    expect(outcomeOf(refused)).toMatchObject({ kind: 'refused', error: { code: 'SAME-PERSON', refusal: refusal('SAME-PERSON') } });
    expect(outcomeOf(new WorkflowUpdateFailedError('no', ApplicationFailure.nonRetryable('no', 'LEDGER-BEHIND')))).toMatchObject({ kind: 'refused', error: { code: 'LEDGER-BEHIND' } });
    expect(outcomeOf(Object.assign(new Error('from another process'), { code: 'LEDGER-FORK' }))).toMatchObject({ kind: 'refused', error: { code: 'LEDGER-FORK' } });
  });

  it('is unknown when nobody can say whether it happened', () => {
    for (const error of [new WorkflowUpdateRPCTimeoutOrCancelledError('late'), grpc(4), grpc(14), grpc(10), grpc(1)]) expect(outcomeOf(error)).toEqual({ kind: 'unknown' });
  });

  it('is busy when the server turned it away', () => {
    expect(outcomeOf(grpc(8))).toEqual({ kind: 'busy' });
    expect(outcomeOf(new WorkflowUpdateFailedError('x', ApplicationFailure.nonRetryable('x', 'UnprocessedUpdate')))).toEqual({ kind: 'busy' });
    expect(outcomeOf(new WorkflowUpdateRPCTimeoutOrCancelledError('busy', { cause: Object.assign(new Error('x'), { code: 8 }) }))).toEqual({ kind: 'busy' });
  });

  it('is gone when no workflow runs, also when it ended under the command', () => {
    expect(outcomeOf(new WorkflowNotFoundError('gone', 'case/X', undefined))).toEqual({ kind: 'gone' });
    expect(outcomeOf(new WorkflowUpdateFailedError('x', ApplicationFailure.nonRetryable('x', 'AcceptedUpdateCompletedWorkflow')))).toEqual({ kind: 'gone' });
  });

  it('is broken when it is none of these, and is then shown as it is', () => {
    const bug = new TypeError('bug');
    expect(outcomeOf(bug)).toEqual({ kind: 'broken', error: bug });
    expect(outcomeOf(grpc(3))).toMatchObject({ kind: 'broken' });
  });
});

describe('asking again', () => {
  const temporal = { withDeadline: (_: unknown, ask: () => Promise<unknown>) => ask() } as unknown as WorkflowClient;
  const failing = (...errors: Error[]) => {
    const calls = { count: 0 };
    const ask = async (): Promise<string> => {
      const error = errors[calls.count];
      calls.count += 1;
      if (error) throw error;
      return 'done';
    };
    return { calls, ask };
  };

  it('goes on while the server is busy or the outcome unknown, until there is an answer', async () => {
    const { calls, ask } = failing(grpc(8), grpc(14), new WorkflowUpdateRPCTimeoutOrCancelledError('late'));
    expect(await askAgain(temporal, 30_000, ask)).toEqual({ answer: 'done' });
    expect(calls.count).toBe(4);
  });

  it('stops at a refusal at once', async () => {
    const { calls, ask } = failing(refused);
    expect(await askAgain(temporal, 30_000, ask)).toMatchObject({ failed: { kind: 'refused' } });
    expect(calls.count).toBe(1);
  });

  it('gives up when patience ends, and says how to find out', async () => {
    await expect(askAgain(temporal, 60, () => Promise.reject(grpc(14)))).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('same command id') });
    await expect(askAgain(temporal, 60, () => Promise.reject(caseError('LEDGER-BEHIND')))).resolves.toMatchObject({ failed: { error: { code: 'LEDGER-BEHIND' } } });
  });
});
