import { Board, CaseError, Effect, badInput, caseError } from '../../schemas/index.ts';
import { pageSize } from '../sql-text.ts';
import type { Queries, SqlStore, Tx } from '../sql-store.ts';
import { readEntries, readHead } from '../tables/entries.ts';
import { type Projections, type ProjectionRow, projectionRows, type ProjectionTable, tableNames } from './rows.ts';
import { deleteRows, insertRows, readRows } from './tables.ts';

/** The live projections of a case and where its chain ends, of one instant. */
export type LiveProjections = { head: { seq: number; hash: string } | null; tables: Projections };

/** Numbers of the cases that have entries, behind `after`, 500 unless told. */
export async function readCaseNos(db: Queries, after = '', limit?: number): Promise<string[]> {
  const rows = await db.query(`select case_no from heads where seq > 0 and case_no collate "C" > $1 order by case_no collate "C" limit $2`, [after, pageSize(limit, 500)]);
  return rows.map((row) => String(row['case_no']));
}

export const readProjections = (store: SqlStore, caseNo: string): Promise<LiveProjections> =>
  store.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const tables: Partial<Record<ProjectionTable, ProjectionRow[]>> = {};
    for (const table of tableNames) tables[table] = await readRows(tx, table, caseNo);
    return { head: await readHead(tx, caseNo), tables: tables as Projections };
  });

/** Cases that stand in a projection and have no entry. */
export async function readOrphans(db: Queries): Promise<{ caseNo: string; tables: string[] }[]> {
  const all = tableNames.map((table) => `select '${table}' as name, case_no from ${table}`).join(' union ');
  const rows = await db.query(
    `select x.case_no, string_agg(x.name, ' ' order by x.name) as names from (${all}) x
     where not exists (select from heads h where h.case_no = x.case_no and h.seq > 0) group by x.case_no order by x.case_no limit 1000`,
  );
  return rows.map((row) => ({ caseNo: String(row['case_no']), tables: String(row['names']).split(' ') }));
}

/** Each statement sees an append whole or not at all, so that a case that begins meanwhile is left alone. */
export async function removeOrphan(db: Queries, caseNo: string): Promise<void> {
  for (const table of tableNames) await db.query(`delete from ${table} where case_no = $1 and not exists (select from heads where case_no = $1 and seq > 0)`, [caseNo]);
}

/**
 * Writes every projection of a case anew under the lock of its chain, all or nothing. What was delivered stays delivered.
 * @returns false when the chain does not end at `expectedSeq` (any more) @throws BAD-INPUT for parts of another case
 */
export function rebuildCase(store: SqlStore, caseNo: string, expectedSeq: number, of: { board: Board; effects: readonly Effect[] }): Promise<boolean> {
  const board = Board.safeParse(of.board);
  const effects = Effect.array().safeParse(of.effects);
  if (!board.success || !effects.success) throw new CaseError(badInput((board.error ?? effects.error) as NonNullable<typeof board.error>));
  if (board.data.caseNo !== caseNo || board.data.seq !== expectedSeq || effects.data.some((e) => e.case !== caseNo)) throw caseError('BAD-INPUT', { field: 'case', en: 'parts of another case' });
  return store.transaction(async (tx) => {
    const [head] = await tx.query('select seq from heads where case_no = $1 for update', [caseNo]);
    if (head === undefined || Number(head['seq']) !== expectedSeq) return false;
    await replaceAll(tx, caseNo, await rowsOf(tx, caseNo, board.data, effects.data));
    return true;
  });
}

async function rowsOf(tx: Tx, caseNo: string, board: Board, effects: readonly Effect[]): Promise<Projections> {
  const entries = [];
  for (;;) {
    const page = await readEntries(tx, caseNo, { after: entries.at(-1)?.seq ?? 0, limit: 1000 });
    if (page.length === 0) return projectionRows(entries, board, effects);
    entries.push(...page);
  }
}

async function replaceAll(tx: Tx, caseNo: string, rows: Projections): Promise<void> {
  for (const table of tableNames) {
    if (table === 'effects') await replaceEffects(tx, caseNo, rows.effects);
    else {
      await deleteRows(tx, table, [caseNo]);
      await insertRows(tx, table, rows[table]);
    }
  }
}

async function replaceEffects(tx: Tx, caseNo: string, rows: readonly ProjectionRow[]): Promise<void> {
  await tx.query('delete from effects where case_no = $1 and not key = any($2::text[])', [caseNo, rows.map((row) => row['key'])]);
  await insertRows(tx, 'effects', rows);
  for (const row of rows) await tx.query('update effects set kind = $2, case_no = $3, seq = $4, at = $5, content = $6 where key = $1', [row['key'], row['kind'], row['case_no'], row['seq'], row['at'], row['content']]);
}
