import { ApplicationFailure } from '@temporalio/common';
import type { Refusal } from '../schemas/index.ts';
import { core } from './core.ts';
import { seenType } from './messages.ts';

/** A refusal as the caller of an Update receives it: `type` is the code, the refusal itself is the only detail; nothing retries it. */
export const refused = (of: Refusal): ApplicationFailure => ApplicationFailure.nonRetryable(`${of.code}: ${of.zh} (${of.en})`, of.code, of);

/** How a look is answered: with what was seen, as a failure that refuses the Update. */
export const seen = (what: unknown): ApplicationFailure => ApplicationFailure.nonRetryable('seen', seenType, what);

/**
 * Runs what answers a message. Any other exception than ours would fail the workflow task and hold the case up for ever, so a fault of
 * our own becomes INTERNAL; nothing was changed by then, because handlers assign last.
 */
export function answering<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof ApplicationFailure) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw refused(core().refusal('INTERNAL', { zh: why, en: why }));
  }
}

type Stop = 'LEDGER-FORK' | 'ACTOR-FORGED';
const isStop = (type: unknown): type is Stop => type === 'LEDGER-FORK' || type === 'ACTOR-FORGED';

/** Why the ledger will never take a batch, somewhere in the causes of a failed append; undefined when the failure says something else. */
export function stopOf(error: unknown): Stop | undefined {
  const { type, cause } = (error ?? {}) as { type?: unknown; cause?: unknown };
  if (isStop(type)) return type;
  return cause === undefined ? undefined : stopOf(cause);
}
