import { ApplicationFailure } from '@temporalio/common';
import { ServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { CaseError, ErrorCode, Refusal, caseError, codeOf, refusal } from '../schemas/index.ts';

/**
 * What a failed call means: refused by the case; the case's workflow is not there (any more); busy (nothing happened, try later);
 * unknown (it may have happened: ask again with the same id); or broken.
 */
export type Outcome = { kind: 'refused'; error: CaseError } | { kind: 'gone' } | { kind: 'busy' } | { kind: 'unknown' } | { kind: 'broken'; error: unknown };

const grpc = { cancelled: 1, unknown: 2, deadline: 4, exhausted: 8, precondition: 9, aborted: 10, internal: 13, unavailable: 14 } as const;
const grpcCode = (error: unknown): number | undefined => {
  const cause = (error as { cause?: { code?: unknown } } | null)?.cause;
  return typeof cause?.code === 'number' ? cause.code : undefined;
};

export function outcomeOf(error: unknown): Outcome {
  if (error instanceof CaseError || codeOf(error) !== undefined) return { kind: 'refused', error: asCaseError(error) };
  if (error instanceof WorkflowUpdateFailedError) return ofCase(error.cause);
  if (error instanceof WorkflowNotFoundError) return { kind: 'gone' };
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return grpcCode(error) === grpc.exhausted ? { kind: 'busy' } : { kind: 'unknown' };
  if (error instanceof ServiceError) return ofService(error);
  return { kind: 'broken', error };
}

/** The case said no: the refusal travels in the failure's details. A workflow that ended under the command is gone. */
function ofCase(cause: unknown): Outcome {
  if (!(cause instanceof ApplicationFailure)) return { kind: 'unknown' };
  if (cause.type === 'AcceptedUpdateCompletedWorkflow') return { kind: 'gone' };
  // The server's word for an Update that came with a task and was not looked at.
  if (cause.type === 'UnprocessedUpdate') return { kind: 'busy' };
  const details = Refusal.safeParse(cause.details?.[0]);
  if (details.success) return { kind: 'refused', error: new CaseError(details.data) };
  const code = ErrorCode.safeParse(cause.type);
  return code.success ? { kind: 'refused', error: new CaseError(refusal(code.data)) } : { kind: 'broken', error: cause };
}

function ofService(error: ServiceError): Outcome {
  const code = grpcCode(error);
  if (code === grpc.exhausted) return { kind: 'busy' };
  const lasting = [grpc.cancelled, grpc.unknown, grpc.deadline, grpc.precondition, grpc.aborted, grpc.internal, grpc.unavailable] as readonly (number | undefined)[];
  return lasting.includes(code) ? { kind: 'unknown' } : { kind: 'broken', error };
}

/** An error that crossed a process keeps its refusal, not its class. */
function asCaseError(error: unknown): CaseError {
  if (error instanceof CaseError) return error;
  const found = Refusal.safeParse((error as { refusal?: unknown }).refusal);
  return found.success ? new CaseError(found.data) : caseError(codeOf(error) ?? 'INTERNAL');
}
