import { caseError, type Batch } from '../schemas/index.ts';
import type { Appended, Outcome } from './append.ts';
import { sqlState } from './sql-text.ts';

type Waiting = { batch: Batch; resolve: (value: Appended) => void; reject: (error: unknown) => void };
/** Runs one transaction over batches of different cases. */
export type RunGroup = (batches: readonly Batch[]) => Promise<Outcome[]>;

/** Larger groups gain nothing and hold their locks longer. */
const LARGEST = 64;

export type Grouped = { append(batch: Batch): Promise<Appended>; /** Settles when nothing waits. */ idle(): Promise<void> };

/**
 * Batches that arrive in one turn, or while a transaction is under way, share the next transaction. Those of one case keep their
 * order: at most one of each case stands in a group. When the group's transaction fails over somebody's data, each runs alone.
 */
export function grouped(run: RunGroup): Grouped {
  let queue: Waiting[] = [];
  let running: Promise<void> | null = null;

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      const group = firstOfEachCase(queue);
      queue = queue.filter((waiting) => !group.includes(waiting));
      await settle(group, run);
    }
    running = null;
  };
  const append = (batch: Batch): Promise<Appended> =>
    new Promise((resolve, reject) => {
      queue.push({ batch, resolve, reject });
      running ??= nextTurn().then(drain);
    });
  return { append, idle: async () => void (await running) };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

function firstOfEachCase(queue: readonly Waiting[]): Waiting[] {
  const group = new Map<string, Waiting>();
  for (const waiting of queue) if (group.size < LARGEST && !group.has(waiting.batch.case)) group.set(waiting.batch.case, waiting);
  return [...group.values()];
}

/** Never throws: every batch is answered. */
async function settle(group: readonly Waiting[], run: RunGroup): Promise<void> {
  try {
    const outcomes = await run(group.map(({ batch }) => batch));
    for (const [index, waiting] of group.entries()) answer(waiting, outcomes[index]);
  } catch (error) {
    if (group.length === 1 || !isAboutData(error)) for (const waiting of group) waiting.reject(translated(error));
    else for (const waiting of group) await settle([waiting], run);
  }
}

function answer(waiting: Waiting, outcome: Outcome | undefined): void {
  if (outcome?.ok) waiting.resolve(outcome.value);
  else waiting.reject(outcome ? outcome.error : new Error('a batch without an outcome'));
}

/** 22 data, 23 constraint, 40 serialisation or deadlock: another batch may be at fault. Anything else is the store's. */
const isAboutData = (error: unknown): boolean => /^(22|23|40)/.test(sqlState(error) ?? '');

/** A key that exists already is a command or an entry recorded twice by different senders. */
const translated = (error: unknown): unknown => (sqlState(error) === '23505' ? caseError('LEDGER-FORK', { en: error instanceof Error ? error.message : 'a key exists already' }) : error);
