import type { Board } from '../../schemas/index.ts';
import { asJson } from '../sql-text.ts';
import type { Queries } from '../sql-store.ts';

/** Shows cases as they are now: 问题台账, tasks, publication, used proofs. A board of an older seq changes nothing. */
export async function writeBoards(db: Queries, boards: readonly Board[]): Promise<void> {
  const newer = await upsertProblems(db, boards);
  const shown = boards.filter((board) => newer.has(board.caseNo));
  if (shown.length === 0) return;
  await replaceTasks(db, shown);
  await replacePublications(db, shown);
  await addProofs(db, shown);
}

async function upsertProblems(db: Queries, boards: readonly Board[]): Promise<Set<string>> {
  const rows = boards.map((b) => ({ case: b.caseNo, seq: b.seq, stage: b.stage, colour: b.colour, unit: b.leadUnit, field: b.field, due: b.due, board: b }));
  const written = await db.query(
    `insert into problems (case_no, seq, stage, colour, lead_unit, field, due, board)
     select r."case", r.seq, r.stage, r.colour, r.unit, r.field, r.due, r.board
     from json_to_recordset($1::json) as r("case" text, seq integer, stage text, colour text, unit text, field text, due bigint, board jsonb)
     on conflict (case_no) do update set seq = excluded.seq, stage = excluded.stage, colour = excluded.colour, lead_unit = excluded.lead_unit,
       field = excluded.field, due = excluded.due, board = excluded.board
     where problems.seq < excluded.seq returning case_no`,
    [asJson(rows)],
  );
  return new Set(written.map((row) => String(row['case_no'])));
}

async function replaceTasks(db: Queries, boards: readonly Board[]): Promise<void> {
  const rows = boards.flatMap((board) => board.tasks.map((task) => ({ ...task, case: board.caseNo })));
  await db.query('delete from tasks where case_no = any($1::text[])', [boards.map((b) => b.caseNo)]);
  if (rows.length === 0) return;
  await db.query(
    `insert into tasks (case_no, task_id, measure, unit, owner, due, state, rework)
     select r."case", r."taskId", r.measure, r.unit, r.owner, r.due, r.state, r.rework
     from json_to_recordset($1::json) as r("case" text, "taskId" text, measure text, unit text, owner text, due text, state text, rework boolean)
     on conflict (case_no, task_id) do nothing`,
    [asJson(rows)],
  );
}

async function replacePublications(db: Queries, boards: readonly Board[]): Promise<void> {
  const rows = boards.flatMap(({ caseNo, publication: p }) => (p ? [{ case: caseNo, text: p.text, starts: p.from, ends: p.until, exempt: p.exempt }] : []));
  await db.query('delete from publications where case_no = any($1::text[])', [boards.map((b) => b.caseNo)]);
  if (rows.length === 0) return;
  await db.query(
    `insert into publications (case_no, text, starts, ends, exempt)
     select r."case", r.text, r.starts, r.ends, r.exempt from json_to_recordset($1::json) as r("case" text, text text, starts bigint, ends bigint, exempt text)`,
    [asJson(rows)],
  );
}

/** A file once used stays used, also when the case no longer shows it. */
async function addProofs(db: Queries, boards: readonly Board[]): Promise<void> {
  const rows = boards.flatMap((board) => board.proofs.map((sha256) => ({ case: board.caseNo, sha256 })));
  if (rows.length === 0) return;
  await db.query('insert into proofs (sha256, case_no) select r.sha256, r."case" from json_to_recordset($1::json) as r("case" text, sha256 text) on conflict do nothing', [asJson(rows)]);
}
