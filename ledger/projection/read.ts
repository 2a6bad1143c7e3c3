import { Board } from '../../schemas/index.ts';
import type { TaskQuery, TaskRow } from '../ledger.ts';
import { pageSize, textOf } from '../sql-text.ts';
import type { Queries, Row } from '../sql-store.ts';

const board = (row: Row): Board => Board.parse(row['board']);

/** One row of the ledger of problems. */
export async function readProblem(db: Queries, caseNo: string): Promise<Board | null> {
  const [row] = await db.query('select board from problems where case_no = $1', [caseNo]);
  return row ? board(row) : null;
}

/** By case and task, 100 to a page unless told. */
export async function readTasks(db: Queries, q: TaskQuery = {}): Promise<TaskRow[]> {
  const rows = await db.query(
    `select case_no as "caseNo", task_id as "taskId", measure, unit, owner, due, state, rework from tasks
     where ($1::text is null or case_no = $1) and ($2::text is null or unit = $2) and ($3::text is null or owner = $3)
       and ($4::text is null or state = $4) and ($5::text is null or due < $5) and ($6::text is null or (case_no, task_id) > ($6, $7::text))
     order by case_no, task_id limit $8`,
    [q.case ?? null, q.unit ?? null, q.owner ?? null, q.state ?? null, q.dueBefore ?? null, q.after?.caseNo ?? null, q.after?.taskId ?? null, pageSize(q.limit, 100)],
  );
  return rows.map((row) => taskRow.parse(row));
}

const taskRow = Board.shape.tasks.element.extend({ caseNo: Board.shape.caseNo });

/** What the public may read at this instant: texts within their window, not those exempt. */
export async function readPublications(db: Queries, at: number): Promise<{ caseNo: string; text: string; from: number; until: number }[]> {
  const rows = await db.query('select case_no, text, starts, ends from publications where text is not null and exempt is null and starts <= $1 and $1 < ends order by case_no', [at]);
  return rows.map((row) => ({ caseNo: String(row['case_no']), text: String(row['text']), from: Number(row['starts']), until: Number(row['ends']) }));
}

/** Signed within [from, until), closed still, exempt from a window for the monthly list (EXEMPT-GROUND: blue, 立行立改). */
export async function readMonthly(db: Queries, { from, until }: { from: number; until: number }): Promise<{ caseNo: string; text: string | null; closedAt: number }[]> {
  const rows = await db.query(
    `select u.case_no, u.text, u.starts from publications u join problems p on p.case_no = u.case_no
     where u.exempt = '月度汇总' and u.starts >= $1 and u.starts < $2 and p.colour = 'blue' and p.board->>'track' = 'immediate' and p.board->>'closedAt' is not null
     order by u.case_no collate "C"`,
    [from, until],
  );
  return rows.map((row) => ({ caseNo: String(row['case_no']), text: textOf(row['text']), closedAt: Number(row['starts']) }));
}

/** sha256 -> cases that used the file already; a file nobody used is left out. */
export async function readProofs(db: Queries, sha256s: readonly string[]): Promise<Record<string, string[]>> {
  if (sha256s.length === 0) return {};
  const rows = await db.query('select sha256, case_no from proofs where sha256 = any($1::text[]) order by sha256, case_no', [sha256s]);
  const seen: Record<string, string[]> = {};
  for (const row of rows) (seen[String(row['sha256'])] ??= []).push(String(row['case_no']));
  return seen;
}

/** `refusals` counts causes, not repeats. */
export async function readCounts(db: Queries): Promise<{ cases: number; entries: number; refusals: number; byStage: Record<string, number> }> {
  const [all] = await db.query('select (select count(*) from problems) as cases, (select count(*) from entries) as entries, (select count(*) from refusals) as refusals');
  const stages = await db.query('select stage, count(*) as n from problems group by stage order by stage');
  return {
    cases: Number(all?.['cases']),
    entries: Number(all?.['entries']),
    refusals: Number(all?.['refusals']),
    byStage: Object.fromEntries(stages.map((row) => [String(row['stage']), Number(row['n'])])),
  };
}
