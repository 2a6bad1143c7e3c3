import { badInput, CaseError, caseError, Feedback, joinPersonal, type ReadRecord } from '../../schemas/index.ts';
import type { FeedbackQuery, FeedbackRow } from '../intake.ts';
import { asJson, numberOf, pageSize, textOf } from '../sql-text.ts';
import type { Queries, Row } from '../sql-store.ts';
import { type FeedbackColumns, partsOf, printOf, refOf } from './feedback-row.ts';
import { recogniser } from './keys.ts';
import { noteRead } from './reads.ts';
import { seal, unseal, type SealedText } from './sealed.ts';

/**
 * Keeps what a person said, within its transaction; the one place where it stands. The same again is nothing new, whenever it was
 * received again. @throws BAD-INPUT
 */
export async function saveFeedback(tx: Queries, feedback: Feedback): Promise<void> {
  const said = parseFeedback(feedback);
  const recognise = await recogniser(tx);
  const fresh = await insertFeedback(tx, [partsOf(said, recognise, null)]);
  if (fresh.has(said.feedbackId)) return;
  const print = (await readPrints(tx, [said.feedbackId])).get(said.feedbackId);
  if (print !== printOf(said, recognise)) throw caseError('BAD-INPUT', { zh: `${said.feedbackId} 已登记, 内容不同`, en: `${said.feedbackId} is on record with other content` });
}

/** @throws BAD-INPUT, which names the field and never its value */
export function parseFeedback(feedback: unknown): Feedback {
  const parsed = Feedback.safeParse(feedback);
  if (!parsed.success) throw new CaseError(badInput(parsed.error, 'feedback'));
  return parsed.data;
}

/** @returns the ids that were not there: only they were written. */
export async function insertFeedback(tx: Queries, parts: readonly { row: FeedbackColumns; sealed: SealedText }[]): Promise<Set<string>> {
  const written = await tx.query(`insert into feedback (${COLUMNS}) select ${VALUES} from ${RECORDS} on conflict (feedback_id) do nothing returning feedback_id`, [asJson(parts.map((p) => p.row))]);
  const fresh = new Set(written.map((row) => String(row['feedback_id'])));
  await seal(tx, parts.filter((p) => fresh.has(p.row.id)).map((p) => p.sealed));
  return fresh;
}

const COLUMNS = 'feedback_id, content, print, kind, level, channel, field, matter_code, unit, place, said_at, received_at, accepted_at, terminal, is_default, secret, rater_key, recorded_at';
const VALUES = 'r.id, r.content, r.print, r.kind, r.level, r.channel, r.field, r.matter, r.unit, r.place, r."saidAt", r."receivedAt", r."acceptedAt", r.terminal, r."isDefault", r.secret, r.rater, r.at';
const RECORDS = `json_to_recordset($1::json) as r(id text, content text, print text, kind text, level integer, channel text, field text, matter text, unit text, place text,
  "saidAt" bigint, "receivedAt" bigint, "acceptedAt" bigint, terminal text, "isDefault" boolean, secret boolean, rater text, at bigint)`;

/** Fills rows that an older version left unsplit. */
export async function fillFeedback(tx: Queries, rows: readonly FeedbackColumns[]): Promise<void> {
  await tx.query(`update feedback set (${COLUMNS}) = (select ${VALUES}) from ${RECORDS} where feedback.feedback_id = r.id`, [asJson(rows)]);
}

/** feedbackId -> what a repeat is recognised by. */
export async function readPrints(db: Queries, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query('select feedback_id, print from feedback where feedback_id = any($1::text[])', [ids]);
  return new Map(rows.map((row) => [String(row['feedback_id']), String(row['print'])]));
}

/** The open part, with masks. */
export async function readFeedback(db: Queries, feedbackId: string): Promise<Feedback | null> {
  const [row] = await db.query('select content from feedback where feedback_id = $1', [feedbackId]);
  return row ? openPart(row) : null;
}

const openPart = (row: Row): Feedback => Feedback.parse(JSON.parse(String(row['content'])));

/**
 * Whole, in the order asked for, within its transaction: the look is on record, or nothing is shown. Unknown ids are left out; what was
 * erased comes back masked. @throws BAD-INPUT for a record that says nothing
 */
export async function unsealFeedback(tx: Queries, feedbackIds: readonly string[], read: ReadRecord): Promise<Feedback[]> {
  await noteRead(tx, read);
  const ids = [...new Set(feedbackIds)];
  const rows = await tx.query('select feedback_id, content from feedback where feedback_id = any($1::text[])', [ids]);
  const sealed = await unseal(tx, ids.map(refOf));
  const whole = new Map(rows.map((row) => [String(row['feedback_id']), join(row, sealed.get(refOf(String(row['feedback_id']))))]));
  return ids.flatMap((id) => whole.get(id) ?? []);
}

const join = (row: Row, personal: string | undefined): Feedback =>
  personal === undefined ? openPart(row) : Feedback.parse(joinPersonal(JSON.parse(String(row['content'])) as Record<string, unknown>, JSON.parse(personal) as Record<string, unknown>));

/** Masked, the latest first, 100 to a page unless told. */
export async function readFeedbacks(db: Queries, q: FeedbackQuery = {}): Promise<FeedbackRow[]> {
  const rows = await db.query(
    `select content, case_no, rater_key, recorded_at from feedback
     where ($1::text is null or kind = $1) and ($2::integer is null or level = $2) and ($3::text is null or unit = $3) and ($4::text is null or field = $4)
       and ($5::text is null or channel = $5) and ($6::bigint is null or happened_at >= $6) and ($7::bigint is null or happened_at < $7)
       and ($8::text is null or starts_with(rater_key, $8)) and ($9::text is null or case_no = $9) and ($10::boolean is null or secret = $10)
       and ($11::text is null or (happened_at, feedback_id) < (select l.happened_at, l.feedback_id from feedback l where l.feedback_id = $11))
     order by happened_at desc, feedback_id desc limit $12`,
    [q.kind ?? null, q.level ?? null, q.unit ?? null, q.field ?? null, q.channel ?? null, q.from ?? null, q.to ?? null, q.rater ?? null, q.case ?? null, q.secret ?? null, q.after ?? null, pageSize(q.limit, 100)],
  );
  return rows.map((row) => ({ feedback: openPart(row), caseNo: textOf(row['case_no']), raterKey: textOf(row['rater_key']), recordedAt: numberOf(row['recorded_at']) }));
}

/**
 * Writes to which cases these belong, within a transaction. Rows are locked in one order, because a file that is taken in and cases that
 * are captured do it at once.
 */
export async function linkFeedback(tx: Queries, links: readonly { feedbackId: string; caseNo: string }[]): Promise<void> {
  if (links.length === 0) return;
  await tx.query(
    `with wanted as (
       select f.feedback_id, r."caseNo" from feedback f join json_to_recordset($1::json) as r("feedbackId" text, "caseNo" text) on f.feedback_id = r."feedbackId"
       where f.case_no is distinct from r."caseNo" order by f.feedback_id for update of f)
     update feedback set case_no = w."caseNo" from wanted w where feedback.feedback_id = w.feedback_id`,
    [asJson(links)],
  );
}
