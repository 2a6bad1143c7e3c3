import { asJson } from '../sql-text.ts';
import type { Queries, Row } from '../sql-store.ts';
import { inOrder, projectionTables, type ProjectionRow, type ProjectionTable } from './rows.ts';

/** Rows as a source to select from. Names and types come from the list of tables, never from a caller. */
export function recordset(table: ProjectionTable, rows: readonly ProjectionRow[]): { columns: string; source: string; params: unknown[] } {
  const types = Object.entries(projectionTables[table].columns);
  return {
    columns: types.map(([name]) => `"${name}"`).join(', '),
    source: `json_to_recordset($1::json) as r(${types.map(([name, type]) => `"${name}" ${type}`).join(', ')})`,
    params: [asJson(rows)],
  };
}

/** What stands under the same key already stays. */
export async function insertRows(db: Queries, table: ProjectionTable, rows: readonly ProjectionRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { columns, source, params } = recordset(table, rows);
  await db.query(`insert into ${table} (${columns}) select ${columns} from ${source} on conflict do nothing`, params);
}

export const deleteRows = async (db: Queries, table: ProjectionTable, cases: readonly string[]): Promise<void> =>
  void (await db.query(`delete from ${table} where case_no = any($1::text[])`, [cases]));

/** The live rows of one case, in the order of their key. */
export async function readRows(db: Queries, table: ProjectionTable, caseNo: string): Promise<ProjectionRow[]> {
  const columns = Object.keys(projectionTables[table].columns).map((name) => `"${name}"`).join(', ');
  const rows: Row[] = await db.query(`select ${columns} from ${table} where case_no = $1`, [caseNo]);
  return inOrder(table, rows.map((row) => ({ ...row })));
}
