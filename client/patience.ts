import { setTimeout as wait } from 'node:timers/promises';
import type { WorkflowClient } from '@temporalio/client';
import { caseError } from '../schemas/index.ts';
import { outcomeOf, type Outcome } from './failure.ts';

/** One attempt waits so long for the server: a worker that was killed is back, or another has taken over, well within it. */
const attemptMs = 8_000;

/** Full jitter, 25 ms doubling to 2 s: many clients that were refused together do not come back together. */
const pause = (attempt: number): number => Math.random() * Math.min(2_000, 25 * 2 ** attempt);

export type Asked<T> = { answer: T } | { failed: Exclude<Outcome, { kind: 'busy' | 'unknown' }> };

/**
 * Asks until there is an answer: busy and unknown outcomes are asked again, with the same id, for `patience` ms.
 * @throws UNAVAILABLE when time is up. What happened is then still unknown: the same call with the same commandId finds out.
 */
export async function askAgain<T>(temporal: WorkflowClient, patience: number, ask: () => Promise<T>): Promise<Asked<T>> {
  const until = Date.now() + patience;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return { answer: await temporal.withDeadline(Math.min(until, Date.now() + attemptMs), ask) };
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome.kind !== 'busy' && outcome.kind !== 'unknown') return { failed: outcome };
      const ms = pause(attempt);
      if (Date.now() + ms >= until) throw unavailable(error);
      await wait(ms);
    }
  }
}

function unavailable(error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error);
  return caseError('UNAVAILABLE', { zh: `Temporal 无应答, 请用同一操作编号再试 (${why})`, en: `no answer from Temporal; try again with the same command id (${why})` });
}
