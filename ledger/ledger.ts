/**
 * The record that auditors trust, in the caller's words. Implemented over PGlite, over PostgreSQL and, without `append`, by the
 * socket door. Every method owns its transaction. Errors are `CaseError` by code; anything else is a fault of the store.
 */
import type {
  DuplicateQuery, FeedbackQuery, FeedbackRow, IntakeResult, IntakeRow, LikelyDuplicate, Numbering, PastItem, PastProblem, RehearsalItem, RehearsalOutcome, Suspicion, SuspicionQuery,
} from './intake.ts';
import type {
  Batch, Board, Calendar, Directory, Edition, Effect, Exhibit, Feedback, Pack, Policy, PolicyPack, ProblemPage, ProblemQuery, Receipt, ReadRecord, RefusalRecord, StoredEntry,
} from '../schemas/index.ts';
import type { ActRow } from './projection/act.ts';
import type { LiveProjections } from './projection/rebuild.ts';
import type { KeptPolicy } from './tables/policies.ts';

/**
 * Whose list it is. `unit`: a unit's own cases by their public stage, and nothing by what is hidden from it. `stages`: these alone.
 * `at`: the moment by which cases are overdue.
 */
export type ProblemScope = { unit?: string; stages?: readonly string[]; at?: number };
/** Filters of the tasks (任务清单) of all cases; `dueBefore` is a date, excluded; `after` the last task of the page before. */
export type TaskQuery = { case?: string; unit?: string; owner?: string; state?: string; dueBefore?: string; after?: { caseNo: string; taskId: string }; limit?: number };
export type TaskRow = Board['tasks'][number] & { caseNo: string };
export type RefusalRow = RefusalRecord & { count: number; lastAt: number };
/** A calendar edition as it was written and what it compiles to (日历版本). */
export type NewEdition = { edition: Edition; calendar: Calendar };
export type EditionRow = { hash: string; calendar: string; savedAt: number; edition: Edition };
export type KeptRun = { case: string; runId: string; sha256: string; bytes: Uint8Array; at: number };
export type EffectQuery = { pending?: boolean; case?: string; kind?: Effect['kind']; limit?: number };
export type EffectRow = Effect & { deliveredAt: number | null; attempts: number };

/** What comes out of entries by the rules: the board and the effects of a case. */
export type Rebuilt = { board: Board; effects: readonly Effect[] };

export interface LedgerReader {
  entries(caseNo: string, page?: { after?: number; limit?: number }): Promise<StoredEntry[]>;
  head(caseNo: string): Promise<{ seq: number; hash: string } | null>;
  /** What became of a command, for workflows that ended: (case, commandId). */
  recall(caseNo: string, commandId: string): Promise<{ fingerprint: string; seq: number; receipt: Receipt } | null>;
  problem(caseNo: string): Promise<Board | null>;
  /** One page of 问题台账. @throws BAD-INPUT */
  problems(query?: ProblemQuery, scope?: ProblemScope): Promise<ProblemPage>;
  /** What was done in these cases, by case and order: what statistics count by. */
  acts(caseNos: readonly string[]): Promise<ActRow[]>;
  tasks(query?: TaskQuery): Promise<TaskRow[]>;
  publications(at: number): Promise<{ caseNo: string; text: string; from: number; until: number }[]>;
  /** Closed without a window of their own (月度汇总), by the instant of their signature: blue cases of the short track alone. */
  monthly(range: { from: number; until: number }): Promise<{ caseNo: string; text: string | null; closedAt: number }[]>;
  refusals(query?: { case?: string; limit?: number }): Promise<RefusalRow[]>;
  /** Who looked at personal data, the latest first. */
  reads(query?: { case?: string; limit?: number }): Promise<ReadRecord[]>;
  /** The open part: personal data masked. */
  feedback(feedbackId: string): Promise<Feedback | null>;
  feedbacks(query?: FeedbackQuery): Promise<FeedbackRow[]>;
  /** Found when asked for, kept nowhere, acted on by nobody. The latest first. */
  suspicions(query?: SuspicionQuery): Promise<Suspicion[]>;
  likelyDuplicates(query?: DuplicateQuery): Promise<LikelyDuplicate[]>;
  pastProblems(query?: { after?: string; limit?: number }): Promise<PastProblem[]>;
  /** What taking these in would come to; nothing is kept. @throws BAD-INPUT */
  rehearse(items: readonly RehearsalItem[]): Promise<RehearsalOutcome[]>;
  /** By which one person is recognised in this ledger, in the order given; null for who left no number. */
  raterKeys(raters: readonly (Feedback['rater'] | undefined)[]): Promise<(string | null)[]>;
  exhibits(ids: readonly string[]): Promise<Exhibit[]>;
  /** sha256 -> cases that used the file already. */
  proofSeen(sha256s: readonly string[]): Promise<Record<string, string[]>>;
  /** The directory in force: the newest version. */
  directory(): Promise<{ version: number; directory: Directory } | null>;
  pack(hashes: { policy: string; calendar: string }): Promise<Pack | null>;
  /** The pack for new cases. */
  currentPack(): Promise<Pack | null>;
  /** Every policy pack (限时方案) kept here. */
  policies(): Promise<KeptPolicy[]>;
  /** Names and citations of a pack, by the hash that cases pin; null where it was kept without. */
  policyText(hash: string): Promise<PolicyPack | null>;
  /** Every calendar edition that was ever kept, the oldest first. */
  editions(): Promise<EditionRow[]>;
  draw(caseNo: string): Promise<{ commitment: string; drawn: boolean } | null>;
  runs(caseNo: string): Promise<Omit<KeptRun, 'bytes'>[]>;
  run(caseNo: string, runId: string): Promise<KeptRun | null>;
  effects(query?: EffectQuery): Promise<EffectRow[]>;
  /** Numbers of the cases that have entries, behind `after`, 500 to a page unless told. */
  caseNos(after?: string, limit?: number): Promise<string[]>;
  /** What the case has in each projection, and where its chain ends, of one instant. */
  projections(caseNo: string): Promise<LiveProjections>;
  /** Cases that stand in a projection and have no entry. */
  orphans(): Promise<{ caseNo: string; tables: string[] }[]>;
  counts(): Promise<{ cases: number; entries: number; refusals: number; byStage: Record<string, number> }>;
  /** Which class of durability is active: power loss is covered by PostgreSQL with fsync only. */
  durability(): Promise<{ store: 'pglite' | 'postgres'; survives: 'process-crash' | 'power-loss'; detail: string }>;
}

export interface Ledger extends LedgerReader {
  /** Grouped with others into one transaction per turn. @throws LEDGER-FORK, ACTOR-FORGED */
  append(batch: Batch): Promise<{ seq: number; hash: string }>;
  /** Reserves the next 问题编号 of field and year for an external key: the same key and commandId gives the same number again,
   *  the same key by another commandId gives `fresh: false` with the number it stands under. */
  reserveCase(wish: { prefix: string; year: number; field: string; externalKey: string; commandId: string }): Promise<{ caseNo: string; fresh: boolean }>;
  refuse(record: RefusalRecord): Promise<void>;
  noteRead(record: ReadRecord): Promise<void>;
  /** @throws BAD-INPUT when the id is on record with other content; when it was received is not compared, and the first stays. */
  saveFeedback(feedback: Feedback): Promise<void>;
  /**
   * A chunk of a file, at most 1,000 rows, in one transaction: feedback kept, numbers reserved in the order of the rows as `reserveCase`
   * would. Sent again it gives the same numbers. @throws BAD-INPUT before anything is kept
   */
  intake(chunk: readonly IntakeRow[], numbering: Numbering, at: number): Promise<IntakeResult[]>;
  /** Whole, in the order asked for, unknown ids left out. The look is on record, once, before anything is shown. */
  unseal(feedbackIds: readonly string[], read: ReadRecord): Promise<Feedback[]>;
  /** Closed items of an imported ledger, append-only. */
  keepPast(items: readonly PastItem[], at: number): Promise<{ key: string; outcome: 'new' | 'same' | 'other' }[]>;
  /** Server time is stamped here. Same id and content again: the first one comes back; other content: BAD-INPUT. */
  registerExhibit(exhibit: Omit<Exhibit, 'registeredAt'>, at: number): Promise<Exhibit>;
  importDirectory(directory: Directory, at: number): Promise<{ version: number }>;
  savePack(pack: Pack, names: { policy: string; calendar: string }, at: number): Promise<void>;
  /** Keeps both halves of a pack, for the cases that adopt it. @throws BAD-INPUT when other content is kept under a hash */
  keepPack(pack: Pack, names: { policy: string; calendar: string }, at: number): Promise<void>;
  /** Both forms of a policy pack, for ever: a name and version stand for one text. @throws BAD-INPUT */
  keepPolicy(given: { policy: Policy; text: PolicyPack }, at: number): Promise<void>;
  /** Makes a kept pack the one for new cases, on record; false when it was already. @throws BAD-INPUT */
  adoptPolicy(hash: string, at: number): Promise<boolean>;
  /** Keeps a calendar edition for ever; it is in force for nobody by that. @throws BAD-INPUT when its id is kept with other content */
  saveEdition(edition: NewEdition, at: number): Promise<{ hash: string; fresh: boolean }>;
  /** Commits which cases of a batch are drawn, before anything is applied for; a case is committed once. */
  commitDraw(batch: { commitment: string; cases: { caseNo: string; drawn: boolean }[] }, at: number): Promise<void>;
  keepRun(run: KeptRun): Promise<void>;
  /** Writes every projection of the case anew, under the lock of its chain; false when that does not end at `expectedSeq`. */
  rebuild(caseNo: string, expectedSeq: number, of: Rebuilt): Promise<boolean>;
  /** Takes a case without entries out of every projection. */
  removeOrphan(caseNo: string): Promise<void>;
  deliver(key: string, at: number): Promise<void>;
  attempted(key: string): Promise<void>;
  close(): Promise<void>;
}
