import type { KeptRun } from '../ledger.ts';
import { caseError } from '../../schemas/index.ts';
import type { Queries, Row } from '../sql-store.ts';

/** Keeps the history of a finished run; kept once. @throws BAD-INPUT when another history stands under the same run. */
export async function keepRun(db: Queries, run: KeptRun): Promise<void> {
  const saved = await db.query('insert into runs (case_no, run_id, sha256, bytes, at) values ($1, $2, $3, $4, $5) on conflict (case_no, run_id) do nothing returning run_id', [
    run.case,
    run.runId,
    run.sha256,
    run.bytes,
    run.at,
  ]);
  if (saved.length > 0) return;
  const kept = await readRun(db, run.case, run.runId);
  if (kept?.sha256 !== run.sha256) throw caseError('BAD-INPUT', { zh: `运行 ${run.runId} 已存另一份历史`, en: `run ${run.runId} is kept with another history` });
}

const about = (row: Row): Omit<KeptRun, 'bytes'> => ({ case: String(row['case_no']), runId: String(row['run_id']), sha256: String(row['sha256']), at: Number(row['at']) });

/** The kept runs of a case, oldest first, without their bytes. */
export async function readRuns(db: Queries, caseNo: string): Promise<Omit<KeptRun, 'bytes'>[]> {
  const rows = await db.query('select case_no, run_id, sha256, at from runs where case_no = $1 order by at, run_id', [caseNo]);
  return rows.map(about);
}

export async function readRun(db: Queries, caseNo: string, runId: string): Promise<KeptRun | null> {
  const [row] = await db.query('select case_no, run_id, sha256, at, bytes from runs where case_no = $1 and run_id = $2', [caseNo, runId]);
  return row ? { ...about(row), bytes: new Uint8Array(row['bytes'] as Uint8Array) } : null;
}
