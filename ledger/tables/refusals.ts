import { badInput, CaseError, RefusalRecord } from '../../schemas/index.ts';
import type { RefusalRow } from '../ledger.ts';
import { pageSize, plain } from '../sql-text.ts';
import type { Queries } from '../sql-store.ts';

/** What anybody may have sent: storable, and short enough for a key. */
const short = (text: string): string => plain(text.slice(0, 200));

/** One row for each (case, commandId, fingerprint, revision, code); repeats are counted. Strings come from anybody. @throws BAD-INPUT */
export async function refuse(db: Queries, record: RefusalRecord): Promise<void> {
  const parsed = RefusalRecord.safeParse(record);
  if (!parsed.success) throw new CaseError(badInput(parsed.error, 'refusal'));
  const r = parsed.data;
  await db.query(
    `insert into refusals (case_no, command_id, fingerprint, revision, code, type, person, role, unit, by, count, first_at, last_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $11)
     on conflict (case_no, command_id, fingerprint, revision, code) do update set count = refusals.count + 1,
       first_at = least(refusals.first_at, excluded.first_at), last_at = greatest(refusals.last_at, excluded.last_at)`,
    [short(r.case), short(r.commandId), short(r.fingerprint), r.revision, short(r.code), short(r.type), short(r.person), short(r.role), short(r.unit), r.by, r.at],
  );
}

/** The latest first. `at` is the first time, `lastAt` the last. */
export async function readRefusals(db: Queries, query: { case?: string; limit?: number } = {}): Promise<RefusalRow[]> {
  const rows = await db.query(
    `select case_no as "case", command_id as "commandId", fingerprint, revision, code, type, person, role, unit, by, count, first_at as at, last_at as "lastAt"
     from refusals where ($1::text is null or case_no = $1) order by last_at desc, case_no, command_id, code limit $2`,
    [query.case ?? null, pageSize(query.limit, 100)],
  );
  return rows.map((row) => ({ ...RefusalRecord.parse(row), count: Number(row['count']), lastAt: Number(row['lastAt']) }));
}
