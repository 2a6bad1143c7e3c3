import { Receipt, type StoredEntry } from '../../schemas/index.ts';
import { asJson, pageSize } from '../sql-text.ts';
import type { Queries, Row } from '../sql-store.ts';

type Page = { after?: number; limit?: number };

const stored = (row: Row): StoredEntry => ({ case: String(row['case']), seq: Number(row['seq']), header: String(row['header']), hash: String(row['hash']), body: String(row['body']) });

/** Entries behind `after` (0: from the beginning), in order, 500 to a page unless told, at most 1,000. */
export async function readEntries(db: Queries, caseNo: string, page: Page = {}): Promise<StoredEntry[]> {
  const rows = await db.query('select case_no as "case", seq, header, hash, body from entries where case_no = $1 and seq > $2 order by seq limit $3', [
    caseNo,
    page.after ?? 0,
    pageSize(page.limit, 500),
  ]);
  return rows.map(stored);
}

/** The end of the chain, null for a case without entries. */
export async function readHead(db: Queries, caseNo: string): Promise<{ seq: number; hash: string } | null> {
  const [row] = await db.query('select seq, hash from heads where case_no = $1 and seq > 0', [caseNo]);
  return row ? { seq: Number(row['seq']), hash: String(row['hash']) } : null;
}

/** What became of a command that was accepted. */
export async function recall(db: Queries, caseNo: string, commandId: string): Promise<{ fingerprint: string; seq: number; receipt: Receipt } | null> {
  const [row] = await db.query('select fingerprint, seq, receipt from commands where case_no = $1 and command_id = $2 and receipt is not null', [caseNo, commandId]);
  return row ? { fingerprint: String(row['fingerprint']), seq: Number(row['seq']), receipt: Receipt.parse(row['receipt']) } : null;
}

/** For each case its stored entries from `since` to `upto`, both included. */
export async function readRanges(db: Queries, ranges: readonly { case: string; since: number; upto: number }[]): Promise<StoredEntry[]> {
  if (ranges.length === 0) return [];
  const rows = await db.query(
    `select e.case_no as "case", e.seq, e.header, e.hash, e.body from entries e
     join json_to_recordset($1::json) as r("case" text, since integer, upto integer) on e.case_no = r."case" and e.seq between r.since and r.upto`,
    [asJson(ranges)],
  );
  return rows.map(stored);
}

/** Rows of one append; keys are checked by the tables themselves. */
export async function insertEntries(db: Queries, entries: readonly StoredEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await db.query(
    `insert into entries (case_no, seq, hash, header, body)
     select r."case", r.seq, r.hash, r.header, r.body from json_to_recordset($1::json) as r("case" text, seq integer, hash text, header text, body text)`,
    [asJson(entries)],
  );
}

export type CommandRow = { case: string; commandId: string; fingerprint: string; seq: number; receipt: Receipt | null };

/** @throws 23505 when the case has the command id already. */
export async function insertCommands(db: Queries, commands: readonly CommandRow[]): Promise<void> {
  if (commands.length === 0) return;
  await db.query(
    `insert into commands (case_no, command_id, fingerprint, seq, receipt)
     select r."case", r."commandId", r.fingerprint, r.seq, r.receipt
     from json_to_recordset($1::json) as r("case" text, "commandId" text, fingerprint text, seq integer, receipt jsonb)`,
    [asJson(commands)],
  );
}
