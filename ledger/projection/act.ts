import type { EntryDraft } from '../../schemas/index.ts';
import type { Queries } from '../sql-store.ts';
import { actRow } from './rows.ts';
import { insertRows } from './tables.ts';

/** One act of a case: the row of the case table that fired, from which stage to which, at the instant by which all arithmetic goes. */
export type ActRow = { caseNo: string; seq: number; type: string; row: string; outcome: string; from: string; to: string; at: number };

export const insertActs = (db: Queries, drafts: readonly EntryDraft[]): Promise<void> => insertRows(db, 'acts', drafts.map((d) => actRow(d, d.body)));

/** What was done in these cases, in order; at most 1,000 cases are asked about. */
export async function readActs(db: Queries, cases: readonly string[]): Promise<ActRow[]> {
  const rows = await db.query('select case_no, seq, type, fired, outcome, from_stage, to_stage, at from acts where case_no = any($1::text[]) order by case_no, seq', [cases.slice(0, 1000)]);
  return rows.map((r) => ({
    caseNo: String(r['case_no']), seq: Number(r['seq']), type: String(r['type']), row: String(r['fired']), outcome: String(r['outcome']),
    from: String(r['from_stage']), to: String(r['to_stage']), at: Number(r['at']),
  }));
}
