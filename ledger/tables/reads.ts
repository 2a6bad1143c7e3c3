import { badInput, CaseError, ReadRecord } from '../../schemas/index.ts';
import { pageSize, plain } from '../sql-text.ts';
import type { Queries } from '../sql-store.ts';

/** Puts one look at personal data on record. @throws BAD-INPUT */
export async function noteRead(db: Queries, record: ReadRecord): Promise<void> {
  const parsed = ReadRecord.safeParse(record);
  if (!parsed.success) throw new CaseError(badInput(parsed.error, 'read'));
  const r = parsed.data;
  await db.query('insert into reads (case_no, what, person, role, unit, reason, masked, at) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
    plain(r.case), r.what, plain(r.person), plain(r.role), plain(r.unit), r.reason === null ? null : plain(r.reason), r.masked, r.at,
  ]);
}

/** The latest first. */
export async function readReads(db: Queries, query: { case?: string; limit?: number } = {}): Promise<ReadRecord[]> {
  const rows = await db.query(
    'select case_no as "case", what, person, role, unit, reason, masked, at from reads where ($1::text is null or case_no = $1) order by id desc limit $2',
    [query.case ?? null, pageSize(query.limit, 100)],
  );
  return rows.map((row) => ReadRecord.parse(row));
}
