import { caseError } from '../../schemas/index.ts';
import { asJson } from '../sql-text.ts';
import type { Queries } from '../sql-store.ts';

export type DrawBatch = { commitment: string; cases: { caseNo: string; drawn: boolean }[] };

/** 抽签封存: all of the batch or nothing, within its transaction; the same batch again changes nothing. @throws BAD-INPUT for a case committed otherwise */
export async function commitDraw(tx: Queries, batch: DrawBatch, at: number): Promise<void> {
  const rows = batch.cases.map((one) => ({ ...one, commitment: batch.commitment, at })).toSorted((a, b) => (a.caseNo < b.caseNo ? -1 : 1));
  await tx.query(
    `insert into draws (case_no, commitment, drawn, committed_at) select r."caseNo", r.commitment, r.drawn, r.at
     from json_to_recordset($1::json) as r("caseNo" text, commitment text, drawn boolean, at bigint) on conflict (case_no) do nothing`,
    [asJson(rows)],
  );
  const [other] = await tx.query(
    `select d.case_no from draws d join json_to_recordset($1::json) as r("caseNo" text, commitment text, drawn boolean) on d.case_no = r."caseNo"
     where d.commitment <> r.commitment or d.drawn <> r.drawn order by d.case_no limit 1`,
    [asJson(rows)],
  );
  if (other) throw caseError('BAD-INPUT', { zh: `${String(other['case_no'])} 已在另一批抽签中`, en: `${String(other['case_no'])} stands in a committed draw` });
}

export async function readDraw(db: Queries, caseNo: string): Promise<{ commitment: string; drawn: boolean } | null> {
  const [row] = await db.query('select commitment, drawn from draws where case_no = $1', [caseNo]);
  return row ? { commitment: String(row['commitment']), drawn: row['drawn'] === true } : null;
}
