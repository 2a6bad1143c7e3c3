import * as z from 'zod';
import { badInput, CaseError } from '../../schemas/index.ts';
import { asJson } from '../sql-text.ts';
import type { Queries } from '../sql-store.ts';

const letters = z.string().regex(/^[A-Z]{2,6}$/);
const key = z.string().min(1).max(400).regex(/^[^\0]*$/);
export const NumberWish = z.object({ prefix: letters, year: z.int().min(2000).max(9999), field: letters, externalKey: key, commandId: key });
export type NumberWish = z.infer<typeof NumberWish>;

/** Reservations wait for each other: rare, and a number must not be left out. */
const LOCK = 7_216_002;

/** Reservations wait for each other, for the rest of their transactions. */
export const lockNumbers = (tx: Queries): Promise<unknown> => tx.query('select pg_advisory_xact_lock($1)', [LOCK]);

/** @throws BAD-INPUT */
export function parseWish(wish: NumberWish): NumberWish {
  const parsed = NumberWish.safeParse(wish);
  if (!parsed.success) throw new CaseError(badInput(parsed.error));
  return parsed.data;
}

/**
 * The next 问题编号, `YC-2026-JY-0012`, within its transaction. The same key and command give the same number again; the same key by
 * another command gives the number it stands under and `fresh: false`. @throws BAD-INPUT
 */
export async function reserveCase(tx: Queries, wish: NumberWish): Promise<{ caseNo: string; fresh: boolean }> {
  const parsed = parseWish(wish);
  await lockNumbers(tx);
  const [reserved] = await reserveInOrder(tx, [parsed]);
  return reserved ?? Promise.reject(new Error('no number was reserved'));
}

type Reserved = { caseNo: string; fresh: boolean };

/** One for each wish, in their order, as if each had been reserved by itself. Under `lockNumbers`. */
export async function reserveInOrder(tx: Queries, wishes: readonly NumberWish[]): Promise<Reserved[]> {
  if (wishes.length === 0) return [];
  const taken = await readTaken(tx, wishes);
  const wanted = [...new Map(wishes.filter((w) => !taken.has(w.externalKey)).toReversed().map((w) => [w.externalKey, w])).values()].toReversed();
  for (const row of await take(tx, wanted)) taken.set(row.externalKey, row);
  return wishes.map((wish) => {
    const stands = taken.get(wish.externalKey);
    return { caseNo: stands?.caseNo ?? '', fresh: stands?.commandId === wish.commandId };
  });
}

type NumberRow = { caseNo: string; externalKey: string; commandId: string };

async function readTaken(tx: Queries, wishes: readonly NumberWish[]): Promise<Map<string, NumberRow>> {
  const rows = await tx.query('select case_no, external_key, command_id from case_numbers where external_key = any($1::text[])', [wishes.map((w) => w.externalKey)]);
  return new Map(rows.map((row) => [String(row['external_key']), { caseNo: String(row['case_no']), externalKey: String(row['external_key']), commandId: String(row['command_id']) }]));
}

/** New numbers for wishes of different keys: each counter moves once, by as many as it gives. */
async function take(tx: Queries, wishes: readonly NumberWish[]): Promise<NumberRow[]> {
  if (wishes.length === 0) return [];
  const counters = new Map<string, NumberWish[]>();
  for (const wish of wishes) counters.set(seriesOf(wish), [...(counters.get(seriesOf(wish)) ?? []), wish]);
  const moves = [...counters.values()].flatMap((of) => (of[0] ? [{ prefix: of[0].prefix, year: of[0].year, field: of[0].field, count: of.length }] : []));
  const moved = await tx.query(
    `insert into case_counters (prefix, year, field, last)
     select r.prefix, r.year, r.field, r.count from json_to_recordset($1::json) as r(prefix text, year integer, field text, count integer)
     on conflict (prefix, year, field) do update set last = case_counters.last + excluded.last returning prefix, year, field, last`,
    [asJson(moves)],
  );
  const rows = moved.flatMap((row) => {
    const of = counters.get(`${String(row['prefix'])}-${String(row['year'])}-${String(row['field'])}`) ?? [];
    return of.map((wish, i) => ({ caseNo: `${seriesOf(wish)}-${String(Number(row['last']) - of.length + 1 + i).padStart(4, '0')}`, externalKey: wish.externalKey, commandId: wish.commandId }));
  });
  await tx.query(
    `insert into case_numbers (case_no, external_key, command_id)
     select r."caseNo", r."externalKey", r."commandId" from json_to_recordset($1::json) as r("caseNo" text, "externalKey" text, "commandId" text)`,
    [asJson(rows)],
  );
  return rows;
}

const seriesOf = (w: Pick<NumberWish, 'prefix' | 'year' | 'field'>): string => `${w.prefix}-${w.year}-${w.field}`;
