import { appendFile, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/**
 * 通知 into a folder: `notices/KEY.json` for each, and before it a line in `notices.jsonl`. The file is what counts: it is made once,
 * whole; a crash between the two leaves a line that is written again, under the same key.
 */
export function noticeFolder(dataDir: string): Deliver {
  const folder = join(dataDir, 'notices');
  return async (effect) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${fileName(effect.key)}.json`);
    if (await exists(file)) return;
    await appendFile(join(dataDir, 'notices.jsonl'), `${JSON.stringify(effect)}\n`, { mode: 0o600 });
    await writeFile(`${file}.part`, `${JSON.stringify(effect, null, 2)}\n`, { mode: 0o600 });
    await rename(`${file}.part`, file);
  };
}

/** 并单 to the other case. `tell` must be durable when it resolves; the case itself sees to it that a move counts once. */
export const ratersTo =
  (tell: (caseNo: string, move: RatersMoved) => Promise<void>): Deliver =>
  ({ data }) => {
    const { into, move } = RatersData.parse(data);
    return tell(into, move);
  };

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
const fileName = (key: string): string => key.replaceAll(/[^\p{L}\p{N}._-]/gu, '_');
