import { Feedback } from '../schemas/index.ts';
import type { Queries, SqlStore } from './sql-store.ts';
import { fillFeedback } from './tables/feedback.ts';
import { partsOf, refOf } from './tables/feedback-row.ts';
import { recogniser } from './tables/keys.ts';
import { reseal, unseal } from './tables/sealed.ts';

const CHUNK = 500;
const LOCK = 7_216_004;

/**
 * Splits feedback that a version before 0004 kept whole, when the ledger opens: masks and keys are made by the program, and a text may
 * hold what SQL cannot read as JSON. Killed half-way, the next opening goes on.
 */
export async function splitOldFeedback(store: SqlStore): Promise<void> {
  while ((await store.transaction(splitSome)) > 0);
}

async function splitSome(tx: Queries): Promise<number> {
  await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
  const ids = (await tx.query('select feedback_id from feedback where content is null order by feedback_id limit $1', [CHUNK])).map((row) => String(row['feedback_id']));
  if (ids.length === 0) return 0;
  const recognise = await recogniser(tx);
  const whole = await unseal(tx, ids.map(refOf));
  const parts = ids.map((id) => partsOf(Feedback.parse(JSON.parse(whole.get(refOf(id)) ?? 'null')), recognise, null));
  await reseal(tx, parts.map((part) => part.sealed));
  await fillFeedback(tx, parts.map((part) => part.row));
  return ids.length;
}
