import { Effect } from '../../schemas/index.ts';
import type { EffectQuery, EffectRow } from '../ledger.ts';
import { effectRows } from '../projection/rows.ts';
import { insertRows } from '../projection/tables.ts';
import { pageSize } from '../sql-text.ts';
import type { Queries, Row } from '../sql-store.ts';

/** One row for each key, for ever: a repeat adds nothing. */
export const insertEffects = (db: Queries, effects: readonly Effect[]): Promise<void> => insertRows(db, 'effects', effectRows(effects));

/** Oldest first; of pending ones those that failed least often come first, so that a page is never full of hopeless ones. */
export async function readEffects(db: Queries, query: EffectQuery = {}): Promise<EffectRow[]> {
  const rows = await db.query(
    `select content, delivered_at, attempts from effects
     where (not $1::boolean or delivered_at is null) and ($2::text is null or case_no = $2) and ($3::text is null or kind = $3)
     order by case when $1::boolean then attempts else 0 end, at, key limit $4`,
    [query.pending ?? false, query.case ?? null, query.kind ?? null, pageSize(query.limit, 100)],
  );
  return rows.map(effectRow);
}

function effectRow(row: Row): EffectRow {
  const delivered = row['delivered_at'];
  return { ...Effect.parse(JSON.parse(String(row['content']))), deliveredAt: delivered === null ? null : Number(delivered), attempts: Number(row['attempts']) };
}

/** Marks it delivered; the first time stays. */
export async function deliver(db: Queries, key: string, at: number): Promise<void> {
  await db.query('update effects set delivered_at = $2 where key = $1 and delivered_at is null', [key, at]);
}

/** Counts one more attempt. */
export async function attempted(db: Queries, key: string): Promise<void> {
  await db.query('update effects set attempts = attempts + 1 where key = $1', [key]);
}
