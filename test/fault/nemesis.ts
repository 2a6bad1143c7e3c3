import type { Postgres } from '../../tools/postgres.ts';
import type { Dice } from './dice.ts';
import type { ClientLog } from './log.ts';
import type { TemporalProcess, WorkerProcess } from './processes.ts';

/** worker: kill -9 of one, or now and then of all; temporal: kill -9 and start on the same file; postgres: stop -m immediate and start. */
export const faultKinds = ['worker', 'temporal', 'postgres'] as const;
export type FaultKind = (typeof faultKinds)[number];
export type Victims = { workers: readonly WorkerProcess[]; temporal: TemporalProcess; postgres: Pick<Postgres, 'stopImmediate' | 'start'> };
export type Fired = Record<FaultKind, number>;

/** What is down stays down for so long, at most. */
const longestDownMs = 1500;
const allAtOnce = 0.3;
const lapse = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/**
 * Fires one fault after the other, each when `turn` says so and after what was hit before is up again.
 * @returns how often each kind really fired: a nemesis that sleeps proves nothing
 */
export async function harass(plan: Iterable<FaultKind>, turn: (index: number) => Promise<boolean>, victims: Victims, dice: Dice, log: ClientLog): Promise<Fired> {
  const fired: Fired = { worker: 0, temporal: 0, postgres: 0 };
  let index = 0;
  for (const kind of plan) {
    if (!(await turn(index))) return fired;
    await fire(kind, victims, dice, log);
    log.write({ t: 'up', kind });
    fired[kind] += 1;
    index += 1;
  }
  return fired;
}

async function fire(kind: FaultKind, { workers, temporal, postgres }: Victims, dice: Dice, log: ClientLog): Promise<void> {
  const down = dice.int(0, longestDownMs);
  const struck = (what: string, all = true): void => log.write({ t: 'fault', kind, what, all });
  if (kind === 'worker') {
    const hit = dice.chance(allAtOnce) ? workers : [dice.pick(workers)];
    struck(`${hit.length} of ${workers.length}`, hit.length === workers.length);
    await Promise.all(hit.map((worker) => worker.kill9()));
    await lapse(down);
    await Promise.all(hit.map((worker) => worker.start()));
  } else if (kind === 'temporal') {
    struck('kill -9');
    await temporal.kill9();
    await lapse(down);
    await temporal.start();
  } else {
    struck('stop -m immediate');
    await postgres.stopImmediate();
    await lapse(down);
    await postgres.start();
  }
}

/** So many of each kind, in an order of chance. */
export function shuffled(counts: Fired, dice: Dice): FaultKind[] {
  const all = faultKinds.flatMap((kind) => Array.from({ length: counts[kind] }, () => ({ kind, rank: dice.next() })));
  return all.sort((a, b) => a.rank - b.rank).map(({ kind }) => kind);
}
