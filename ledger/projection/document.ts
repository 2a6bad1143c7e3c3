import type { EntryDraft } from '../../schemas/index.ts';
import { asJson } from '../sql-text.ts';
import type { Queries } from '../sql-store.ts';

/** 文书 of these entries, numbered within their entry. */
export async function insertDocuments(db: Queries, drafts: readonly EntryDraft[]): Promise<void> {
  const rows = drafts.flatMap(({ case: caseNo, seq, body }) => body.documents.map((document, n) => ({ ...document, case: caseNo, seq, n })));
  if (rows.length === 0) return;
  await db.query(
    `insert into documents (case_no, seq, n, kind, number, signer, recipient, served_at, hash)
     select r."case", r.seq, r.n, r.kind, r.number, r.signer, r.recipient, r."servedAt", r.hash
     from json_to_recordset($1::json) as r("case" text, seq integer, n integer, kind text, number text, signer text, recipient jsonb, "servedAt" bigint, hash text)
     on conflict (case_no, seq, n) do nothing`,
    [asJson(rows)],
  );
}
