import { ApplicationFailure } from '@temporalio/common';
import { type Batch, codeOf } from '../schemas/index.ts';
import type { Ledger } from '../ledger/index.ts';

/** What stops a case: told to whoever watches the machine, as the case itself can only refuse from then on. */
export type Alarm = (alarm: { code: string; case: string; message: string; at: number }) => Promise<void> | void;
export type LedgerDeps = {
  readonly ledger: Pick<Ledger, 'append'>;
  readonly alarm: Alarm;
  /** Called after an append that brought effects; must not throw or wait. */
  readonly wake: () => void;
  readonly now: () => number;
};

/**
 * 记账: one drained batch into the ledger; idempotent on (case, seq).
 * @throws ApplicationFailure LEDGER-FORK, ACTOR-FORGED, which nothing retries; anything else is the store's and will pass
 */
export async function append(deps: LedgerDeps, batch: Batch): Promise<{ seq: number; hash: string }> {
  const appended = await deps.ledger.append(batch).catch((error: unknown) => stopped(deps, batch, error));
  if (batch.effects.length > 0) deps.wake();
  return appended;
}

async function stopped({ alarm, now }: LedgerDeps, batch: Batch, error: unknown): Promise<never> {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code !== 'LEDGER-FORK' && code !== 'ACTOR-FORGED') throw error;
  await alarm({ code, case: batch.case, message, at: now() });
  throw ApplicationFailure.nonRetryable(message, code);
}
