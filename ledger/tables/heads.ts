import { randomBytes } from 'node:crypto';
import { GENESIS } from '../entry.ts';
import { asJson } from '../sql-text.ts';
import type { Queries } from '../sql-store.ts';

export type Head = { case: string; seq: number; hash: string; key: string };

/**
 * Locks the chains of these cases for the rest of the transaction, always in the same order, and makes the keys of new ones.
 * A case that is not there yet stands at seq 0 with `prev` of the first entry.
 */
export async function lockHeads(db: Queries, cases: readonly string[]): Promise<Map<string, Head>> {
  const wanted = cases.toSorted();
  let heads = await selectHeads(db, wanted);
  if (heads.length < wanted.length) {
    await begin(db, wanted);
    heads = await selectHeads(db, wanted);
  }
  return new Map(heads.map((head) => [head.case, head]));
}

async function selectHeads(db: Queries, cases: readonly string[]): Promise<Head[]> {
  const rows = await db.query(
    `select h.case_no, h.seq, h.hash, k.key from heads h join case_keys k on k.case_no = h.case_no
     where h.case_no = any($1::text[]) order by h.case_no for update of h`,
    [cases],
  );
  return rows.map((row) => ({ case: String(row['case_no']), seq: Number(row['seq']), hash: String(row['hash']), key: String(row['key']) }));
}

async function begin(db: Queries, cases: readonly string[]): Promise<void> {
  const keys = cases.map((caseNo) => ({ case: caseNo, key: randomBytes(32).toString('hex') }));
  await db.query('insert into heads (case_no, seq, hash) select c, 0, $2 from unnest($1::text[]) as c on conflict (case_no) do nothing', [cases, GENESIS]);
  await db.query(
    `insert into case_keys (case_no, key) select r."case", r.key from json_to_recordset($1::json) as r("case" text, key text)
     on conflict (case_no) do nothing`,
    [asJson(keys)],
  );
}

/** Moves the ends of the chains. */
export async function moveHeads(db: Queries, heads: readonly { case: string; seq: number; hash: string }[]): Promise<void> {
  if (heads.length === 0) return;
  await db.query(
    `update heads set seq = r.seq, hash = r.hash from json_to_recordset($1::json) as r("case" text, seq integer, hash text)
     where heads.case_no = r."case"`,
    [asJson(heads)],
  );
}
