import { Batch, badInput, CaseError, caseError, type EntryDraft, type StoredEntry } from '../schemas/index.ts';
import { GENESIS, sealEntry } from './entry.ts';
import { writeBoards } from './projection/board.ts';
import { insertActs } from './projection/act.ts';
import { insertDocuments } from './projection/document.ts';
import { sealFault } from './seal.ts';
import type { Tx } from './sql-store.ts';
import { insertEffects } from './tables/effects.ts';
import { insertCommands, insertEntries, readRanges, type CommandRow } from './tables/entries.ts';
import { linkFeedback } from './tables/feedback.ts';
import { lockHeads, moveHeads, type Head } from './tables/heads.ts';

export type Appended = { seq: number; hash: string };
export type Outcome = { ok: true; value: Appended } | { ok: false; error: unknown };
/** What one batch adds: nothing at all when all of it was stored before. */
type Plan = { batch: Batch; fresh: { draft: EntryDraft; stored: StoredEntry }[]; last: Appended };

/**
 * Appends checked batches of different cases in one transaction. A batch that is refused is left out and the others stand.
 * Each entry is compared byte for byte with what is stored under its (case, seq): the same is done already, other is LEDGER-FORK.
 */
export async function appendGroup(tx: Tx, batches: readonly Batch[]): Promise<Outcome[]> {
  const heads = await lockHeads(tx, batches.map((b) => b.case));
  const before = byCase(await readRanges(tx, overlaps(batches, heads)));
  const plans = batches.map((batch) => planOrFault(batch, heads.get(batch.case), before.get(batch.case) ?? new Map()));
  await write(tx, plans.filter((plan) => 'batch' in plan && plan.fresh.length > 0) as Plan[]);
  return plans.map((plan) => ('batch' in plan ? { ok: true, value: plan.last } : { ok: false, error: plan.error }));
}

/** Refuses what no store should see. @throws BAD-INPUT, ACTOR-FORGED */
export function checkBatch(batch: Batch, secret: string): void {
  const parsed = Batch.safeParse(batch);
  if (!parsed.success) throw new CaseError(badInput(parsed.error, 'batch'));
  const first = batch.entries[0]?.seq ?? 0;
  for (const [index, draft] of batch.entries.entries())
    if (draft.case !== batch.case || draft.seq !== first + index) throw caseError('BAD-INPUT', { field: 'entries', zh: '分录序号不连续', en: `entry ${index} is not ${batch.case} ${first + index}` });
  if (batch.board.caseNo !== batch.case || batch.effects.some((e) => e.case !== batch.case)) throw caseError('BAD-INPUT', { field: 'case', en: 'parts of another case' });
  const fault = batch.entries.map((draft) => ({ seq: draft.seq, why: sealFault(draft, secret) })).find(({ why }) => why !== null);
  if (fault) throw caseError('ACTOR-FORGED', { zh: `${batch.case} ${fault.seq}`, en: `${batch.case} ${fault.seq}: ${fault.why}` });
}

type Stored = Map<number, StoredEntry>;

function byCase(entries: readonly StoredEntry[]): Map<string, Stored> {
  const cases = new Map<string, Stored>();
  for (const entry of entries) cases.set(entry.case, (cases.get(entry.case) ?? new Map<number, StoredEntry>()).set(entry.seq, entry));
  return cases;
}

function overlaps(batches: readonly Batch[], heads: Map<string, Head>): { case: string; since: number; upto: number }[] {
  const ranges = batches.map(({ case: caseNo, entries }) => ({ case: caseNo, since: (entries[0]?.seq ?? 1) - 1, upto: entries.at(-1)?.seq ?? 0 }));
  return ranges.filter(({ case: caseNo, since }) => since < (heads.get(caseNo)?.seq ?? 0));
}

function planOrFault(batch: Batch, head: Head | undefined, before: Stored): Plan | { error: unknown } {
  try {
    return plan(batch, head, before);
  } catch (error) {
    return { error };
  }
}

function plan(batch: Batch, head: Head | undefined, before: Stored): Plan {
  if (!head) throw new Error(`no head row for ${batch.case}`);
  const first = batch.entries[0]?.seq ?? 0;
  if (first > head.seq + 1) throw fork(batch.case, first, `the ledger ends at ${head.seq}`);
  let last: Appended = first === head.seq + 1 ? head : { seq: first - 1, hash: before.get(first - 1)?.hash ?? head0(batch.case, first) };
  const fresh: Plan['fresh'] = [];
  for (const draft of batch.entries) {
    const stored = sealEntry(draft, last.hash, head.key);
    if (draft.seq > head.seq) fresh.push({ draft, stored });
    else if (!sameBytes(stored, before.get(draft.seq))) throw fork(batch.case, draft.seq, 'other bytes are on record');
    last = { seq: stored.seq, hash: stored.hash };
  }
  return { batch, fresh, last };
}

const sameBytes = (a: StoredEntry, b: StoredEntry | undefined): boolean => b !== undefined && a.header === b.header && a.body === b.body;
const fork = (caseNo: string, seq: number, why: string): CaseError => caseError('LEDGER-FORK', { zh: `${caseNo} ${seq}`, en: `${caseNo} ${seq}: ${why}` });

/** The hash before the first entry; anything else missing below the head means that rows have gone. */
function head0(caseNo: string, first: number): string {
  if (first === 1) return GENESIS;
  throw fork(caseNo, first - 1, 'the entry before is missing');
}

async function write(tx: Tx, plans: readonly Plan[]): Promise<void> {
  if (plans.length === 0) return;
  const fresh = plans.flatMap((p) => p.fresh);
  await insertEntries(tx, fresh.map(({ stored }) => stored));
  await insertCommands(tx, fresh.flatMap(({ draft }) => commandRow(draft)));
  await moveHeads(tx, plans.map(({ batch, last }) => ({ case: batch.case, ...last })));
  await insertEffects(tx, plans.flatMap(({ batch }) => batch.effects));
  await insertActs(tx, fresh.map(({ draft }) => draft));
  await insertDocuments(tx, fresh.map(({ draft }) => draft));
  await linkFeedback(tx, fresh.flatMap(({ draft }) => captured(draft)));
  await writeBoards(tx, plans.map(({ batch }) => batch.board));
}

/** The feedback by which a case begins. */
function captured({ type, case: caseNo, body }: EntryDraft): { feedbackId: string; caseNo: string }[] {
  const feedbackId = type === 'capture' ? (body.payload as { feedbackId?: unknown } | null)?.feedbackId : undefined;
  return typeof feedbackId === 'string' ? [{ feedbackId, caseNo }] : [];
}

function commandRow(draft: EntryDraft): CommandRow[] {
  const { case: caseNo, commandId, fingerprint, seq, body } = draft;
  return commandId === undefined || fingerprint === undefined ? [] : [{ case: caseNo, commandId, fingerprint, seq, receipt: body.receipt }];
}
