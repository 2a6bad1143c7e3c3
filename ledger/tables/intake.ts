import { caseError, type Feedback } from '../../schemas/index.ts';
import type { IntakeResult, IntakeRow, Numbering } from '../intake.ts';
import type { Queries } from '../sql-store.ts';
import { insertFeedback, linkFeedback, parseFeedback, readPrints } from './feedback.ts';
import { partsOf } from './feedback-row.ts';
import { recogniser } from './keys.ts';
import { lockNumbers, parseWish, reserveInOrder, type NumberWish } from './numbers.ts';

const LARGEST = 1000;
type Outcome = IntakeResult['outcome'];

/** Refuses a chunk before any of it reaches a transaction. @throws BAD-INPUT */
export function checkIntake(chunk: readonly IntakeRow[], numbering: Numbering): IntakeRow[] {
  if (!Array.isArray(chunk) || chunk.length > LARGEST) throw caseError('BAD-INPUT', { field: 'chunk', zh: `至多 ${LARGEST} 行`, en: `at most ${LARGEST} rows` });
  const rows = chunk.map((row) => ({ ...row, feedback: parseFeedback(row.feedback) }));
  for (const row of rows) if (row.opens) parseWish(wishOf(row, numbering));
  return rows;
}

/**
 * Takes in checked rows in their order, within one transaction: feedback in its two parts, numbers for those that open a case. Sent
 * again, the same rows have the same numbers; a row that is on record with other content changes nothing.
 */
export async function intake(tx: Queries, rows: readonly IntakeRow[], numbering: Numbering, at: number): Promise<IntakeResult[]> {
  await lockNumbers(tx);
  const outcomes = await keep(tx, rows.map((row) => row.feedback), at);
  const opening = rows.flatMap((row, i) => (row.opens && outcomes[i] !== 'other' ? [{ i, wish: wishOf(row, numbering) }] : []));
  const reserved = await reserveInOrder(tx, opening.map(({ wish }) => wish));
  const numbers = new Map(opening.map(({ i }, n) => [i, reserved[n]]));
  await linkFeedback(tx, rows.flatMap((row, i) => (numbers.get(i)?.fresh ? [{ feedbackId: row.feedback.feedbackId, caseNo: numbers.get(i)?.caseNo ?? '' }] : [])));
  const captured = await readCaptured(tx, reserved.map((r) => r.caseNo));
  return rows.map((row, i) => {
    const caseNo = numbers.get(i)?.caseNo ?? null;
    return { feedbackId: row.feedback.feedbackId, outcome: outcomes[i] ?? 'other', caseNo, captured: caseNo !== null && captured.has(caseNo) };
  });
}

const wishOf = ({ feedback, externalKey, commandId }: IntakeRow, { prefix, year }: Numbering): NumberWish => ({ prefix, year, field: feedback.field, externalKey, commandId });

/** The first of an id in the chunk may be new; what follows under it is compared with what is on record then. */
async function keep(tx: Queries, all: readonly Feedback[], at: number): Promise<Outcome[]> {
  const recognise = await recogniser(tx);
  const parts = all.map((one) => partsOf(one, recognise, at));
  const firsts = new Map(parts.map((part, i) => [part.row.id, i] as const).toReversed());
  const fresh = await insertFeedback(tx, parts.filter((part, i) => firsts.get(part.row.id) === i));
  const prints = await readPrints(tx, parts.map((part) => part.row.id));
  return parts.map(({ row }, i) => {
    if (firsts.get(row.id) === i && fresh.has(row.id)) return 'new';
    return prints.get(row.id) === row.print ? 'same' : 'other';
  });
}

async function readCaptured(tx: Queries, caseNos: readonly string[]): Promise<Set<string>> {
  if (caseNos.length === 0) return new Set();
  const rows = await tx.query('select case_no from problems where case_no = any($1::text[])', [caseNos]);
  return new Set(rows.map((row) => String(row['case_no'])));
}
