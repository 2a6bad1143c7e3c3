import type { Board } from '../../schemas/index.ts';
import type { Queries } from '../sql-store.ts';
import { problemRow, proofRows, publicationRows, taskRows } from './rows.ts';
import { deleteRows, insertRows, recordset } from './tables.ts';

/** Shows cases as they are now: 问题台账, tasks, publication, used proofs. A board of an older seq changes nothing. */
export async function writeBoards(db: Queries, boards: readonly Board[]): Promise<void> {
  const newer = await upsertProblems(db, boards);
  const shown = boards.filter((board) => newer.has(board.caseNo));
  if (shown.length === 0) return;
  const cases = shown.map((board) => board.caseNo);
  for (const table of ['tasks', 'publications'] as const) await deleteRows(db, table, cases);
  await insertRows(db, 'tasks', shown.flatMap(taskRows));
  await insertRows(db, 'publications', shown.flatMap(publicationRows));
  // A file once used stays used, also when the case no longer shows it.
  await insertRows(db, 'proofs', shown.flatMap(proofRows));
}

async function upsertProblems(db: Queries, boards: readonly Board[]): Promise<Set<string>> {
  const { columns, source, params } = recordset('problems', boards.map(problemRow));
  const written = await db.query(
    `insert into problems (${columns}) select ${columns} from ${source}
     on conflict (case_no) do update set seq = excluded.seq, stage = excluded.stage, colour = excluded.colour, lead_unit = excluded.lead_unit,
       field = excluded.field, due = excluded.due, board = excluded.board
     where problems.seq < excluded.seq returning case_no`,
    params,
  );
  return new Set(written.map((row) => String(row['case_no'])));
}
