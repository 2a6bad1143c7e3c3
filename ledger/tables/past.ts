import * as z from 'zod';
import { badInput, canonical, CaseError, maskText } from '../../schemas/index.ts';
import type { PastItem, PastProblem } from '../intake.ts';
import { asJson, pageSize } from '../sql-text.ts';
import type { Queries } from '../sql-store.ts';
import { recogniser } from './keys.ts';
import { seal } from './sealed.ts';

const text = z.string().max(10_000);
const Items = z.array(z.object({ key: z.string().min(1).max(400).regex(/^[^\0]*$/), content: z.record(z.string().max(200), text), names: z.array(text).max(100).optional() })).max(1000);
type Outcome = 'new' | 'same' | 'other';

/** 历史台账, within its transaction: what may be shown of each item, and the whole of it sealed. @throws BAD-INPUT */
export async function keepPast(tx: Queries, items: readonly PastItem[], at: number): Promise<{ key: string; outcome: Outcome }[]> {
  const parsed = Items.safeParse(items);
  if (!parsed.success) throw new CaseError(badInput(parsed.error, 'items'));
  const recognise = await recogniser(tx);
  const rows = parsed.data.map(({ key, content, names = [] }) => ({ key, content: masked(content, names), print: recognise('content', canonical({ content, names })), whole: canonical({ content, names }), at }));
  const firsts = new Map(rows.map((row, i) => [row.key, i] as const).toReversed());
  const fresh = await insert(tx, rows.filter((row, i) => firsts.get(row.key) === i));
  await seal(tx, rows.filter((row, i) => firsts.get(row.key) === i && fresh.has(row.key)).map((row) => ({ ref: `past:${row.key}`, text: row.whole })));
  const prints = await readPastPrints(tx, rows.map((row) => row.key));
  return rows.map(({ key, print }, i) => ({ key, outcome: firsts.get(key) === i && fresh.has(key) ? 'new' : prints.get(key) === print ? 'same' : 'other' }));
}

const masked = (content: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(content).map(([column, value]) => [column, maskText(value, names)]));

async function insert(tx: Queries, rows: readonly { key: string; content: Record<string, string>; print: string; at: number }[]): Promise<Set<string>> {
  const written = await tx.query(
    `insert into past_problems (key, content, print, imported_at)
     select r.key, r.content, r.print, r.at from json_to_recordset($1::json) as r(key text, content jsonb, print text, at bigint)
     on conflict (key) do nothing returning key`,
    [asJson(rows.map(({ key, content, print, at }) => ({ key, content, print, at })))],
  );
  return new Set(written.map((row) => String(row['key'])));
}

/** key -> what a repeat is recognised by. */
export async function readPastPrints(db: Queries, keys: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query('select key, print from past_problems where key = any($1::text[])', [keys]);
  return new Map(rows.map((row) => [String(row['key']), String(row['print'])]));
}

/** Masked, by key, 100 to a page unless told; `after` is the last key of the page before. */
export async function readPast(db: Queries, q: { after?: string; limit?: number } = {}): Promise<PastProblem[]> {
  const rows = await db.query('select key, content, imported_at from past_problems where ($1::text is null or key > $1) order by key limit $2', [q.after ?? null, pageSize(q.limit, 100)]);
  return rows.map((row) => ({ key: String(row['key']), content: row['content'] as Record<string, string>, importedAt: Number(row['imported_at']) }));
}
