import { ApplicationFailure } from '@temporalio/common';
import { WorkflowNotFoundError, WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import type { CaseState } from '../schemas/index.ts';
import { type Look, type Sight, lookUpdate, seenType, stateQuery } from '../workflows/messages.ts';

/** What a running case is. The answer comes as the refusal of an Update. @throws as an Update does; WorkflowNotFoundError when it has ended */
export async function lookAt<L extends Look>(handle: WorkflowHandle, look: L): Promise<Sight[L['of']]> {
  try {
    return await handle.executeUpdate(lookUpdate, { args: [look] });
  } catch (error) {
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : null;
    if (cause instanceof ApplicationFailure && cause.type === seenType) return cause.details?.[0] as Sight[L['of']];
    throw error;
  }
}

/** The state that a case's workflow has or ended with, for as long as the server keeps it. */
export async function liveState(handle: WorkflowHandle, now: number): Promise<CaseState> {
  try {
    return await lookAt(handle, { of: 'state', now });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return handle.query(stateQuery, { now });
    throw error;
  }
}
