import * as z from 'zod';
import { type Effect, Id } from '../schemas/index.ts';
import type { EffectRow, Ledger } from '../ledger/index.ts';

/** Hands one effect over under its key; may be called again with the same key and must then change nothing. */
export type Deliver = (effect: Effect) => Promise<void>;
export type NotifyDeps = {
  readonly ledger: Pick<Ledger, 'effects' | 'deliver' | 'attempted'>;
  readonly receivers: Readonly<Record<Effect['kind'], Deliver>>;
  readonly now: () => number;
};

const RatersData = z.object({
  into: z.string(),
  move: z.object({
    key: z.string(),
    kind: z.enum(['join', 'leave']),
    from: z.string(),
    raters: z.array(z.object({ raterId: Id, feedbackId: Id, named: z.boolean() })),
  }),
});

type RatersMoved = z.infer<typeof RatersData>['move'];

const roundOf = 100;

/**
 * 派发 one round: pending effects of a kind, those that failed least often first, so that a receiver that is down holds up nobody else.
 * @returns how many were handed over, how many failed, and whether some that never failed are still waiting
 */
export async function deliver(
  { ledger, receivers, now }: NotifyDeps,
  { kind }: { kind: Effect['kind'] },
): Promise<{ delivered: number; failed: number; more: boolean }> {
  const waiting = await ledger.effects({ pending: true, kind, limit: roundOf + 1 });
  const round = waiting.slice(0, roundOf);
  let failed = 0;
  for (const effect of round) failed += (await handOver(effect)) ? 0 : 1;
  return { delivered: round.length - failed, failed, more: waiting.slice(roundOf).some((effect) => effect.attempts === 0) };

  async function handOver({ deliveredAt: _at, attempts: _n, ...effect }: EffectRow): Promise<boolean> {
    try {
      await receivers[kind](effect);
      await ledger.deliver(effect.key, now());
      return true;
    } catch {
      await ledger.attempted(effect.key);
      return false;
    }
  }
}

/** 并单 to the other case. `tell` must be durable when it resolves; the case itself sees to it that a move counts once. */
export const ratersTo =
  (tell: (caseNo: string, move: RatersMoved) => Promise<void>): Deliver =>
  ({ data }) => {
    const { into, move } = RatersData.parse(data);
    return tell(into, move);
  };
