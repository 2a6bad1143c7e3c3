/**
 * The record that auditors trust, in the caller's words. Implemented over PGlite, over PostgreSQL and, without `append`, by the
 * socket door. Every method owns its transaction. Errors are `CaseError` by code; anything else is a fault of the store.
 */
import type { Batch, Board, Directory, Effect, Exhibit, Feedback, Pack, Receipt, ReadRecord, RefusalRecord, StoredEntry } from '../schemas/index.ts';

/** Filters of the ledger of problems (问题台账); all given ones hold. `after` is the cursor: the last caseNo of the page before. */
export type ProblemQuery = { stage?: string; colour?: string; unit?: string; field?: string; dueBefore?: number; after?: string; limit?: number };
/** Filters of the tasks (任务清单) of all cases; `dueBefore` is a date, excluded; `after` the last task of the page before. */
export type TaskQuery = { case?: string; unit?: string; owner?: string; state?: string; dueBefore?: string; after?: { caseNo: string; taskId: string }; limit?: number };
export type TaskRow = Board['tasks'][number] & { caseNo: string };
export type RefusalRow = RefusalRecord & { count: number; lastAt: number };
export type KeptRun = { case: string; runId: string; sha256: string; bytes: Uint8Array; at: number };
export type EffectQuery = { pending?: boolean; case?: string; kind?: Effect['kind']; limit?: number };
export type EffectRow = Effect & { deliveredAt: number | null; attempts: number };

export interface LedgerReader {
  entries(caseNo: string, page?: { after?: number; limit?: number }): Promise<StoredEntry[]>;
  head(caseNo: string): Promise<{ seq: number; hash: string } | null>;
  /** What became of a command, for workflows that ended: (case, commandId). */
  recall(caseNo: string, commandId: string): Promise<{ fingerprint: string; seq: number; receipt: Receipt } | null>;
  problem(caseNo: string): Promise<Board | null>;
  problems(query?: ProblemQuery): Promise<Board[]>;
  tasks(query?: TaskQuery): Promise<TaskRow[]>;
  publications(at: number): Promise<{ caseNo: string; text: string; from: number; until: number }[]>;
  refusals(query?: { case?: string; limit?: number }): Promise<RefusalRow[]>;
  /** Who looked at personal data, the latest first. */
  reads(query?: { case?: string; limit?: number }): Promise<ReadRecord[]>;
  feedback(feedbackId: string): Promise<Feedback | null>;
  exhibits(ids: readonly string[]): Promise<Exhibit[]>;
  /** sha256 -> cases that used the file already. */
  proofSeen(sha256s: readonly string[]): Promise<Record<string, string[]>>;
  /** The directory in force: the newest version. */
  directory(): Promise<{ version: number; directory: Directory } | null>;
  pack(hashes: { policy: string; calendar: string }): Promise<Pack | null>;
  /** The pack for new cases. */
  currentPack(): Promise<Pack | null>;
  draw(caseNo: string): Promise<{ commitment: string; drawn: boolean } | null>;
  runs(caseNo: string): Promise<Omit<KeptRun, 'bytes'>[]>;
  run(caseNo: string, runId: string): Promise<KeptRun | null>;
  effects(query?: EffectQuery): Promise<EffectRow[]>;
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
  saveFeedback(feedback: Feedback): Promise<void>;
  /** Server time is stamped here. Same id and content again: the first one comes back; other content: BAD-INPUT. */
  registerExhibit(exhibit: Omit<Exhibit, 'registeredAt'>, at: number): Promise<Exhibit>;
  importDirectory(directory: Directory, at: number): Promise<{ version: number }>;
  savePack(pack: Pack, names: { policy: string; calendar: string }, at: number): Promise<void>;
  /** Commits which cases of a batch are drawn, before anything is applied for; a case is committed once. */
  commitDraw(batch: { commitment: string; cases: { caseNo: string; drawn: boolean }[] }, at: number): Promise<void>;
  keepRun(run: KeptRun): Promise<void>;
  deliver(key: string, at: number): Promise<void>;
  attempted(key: string): Promise<void>;
  close(): Promise<void>;
}
