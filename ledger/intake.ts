/** What the ledger keeps of feedback, in the caller's words: taking it in, and what is shown of it without opening anything. */
import type { Feedback } from '../schemas/index.ts';

/** One row of a file. `opens`: it becomes a case, whose number is reserved for `externalKey` under `commandId`. */
export type IntakeRow = { feedback: Feedback; opens: boolean; externalKey: string; commandId: string };
export type Numbering = { prefix: string; year: number };
/** `same`: on record already. `other`: on record with other content, and nothing was changed. `captured`: the case is in the ledger. */
export type IntakeResult = { feedbackId: string; outcome: 'new' | 'same' | 'other'; caseNo: string | null; captured: boolean };

/** All given ones hold. Times are those at which it was said, `to` excluded; `after` is the last feedbackId of the page before. */
export type FeedbackQuery = {
  kind?: string;
  level?: number;
  unit?: string;
  field?: string;
  channel?: string;
  from?: number;
  to?: number;
  /** A rater's key, or its beginning. */
  rater?: string;
  case?: string;
  /** False: without reports of misconduct and secret orders. */
  secret?: boolean;
  after?: string;
  limit?: number;
};
/** The masked record. `raterKey` is the same for the same person, and does not show who. */
export type FeedbackRow = { feedback: Feedback; caseNo: string | null; raterKey: string | null; recordedAt: number | null };

/** 异常线索: reasons to look, never reasons to act. */
export const suspicionCodes = ['RATED-BEFORE-SERVICE', 'TERMINAL-BURST', 'DEFAULT-FIVE', 'SAME-RATER'] as const;
export type SuspicionCode = (typeof suspicionCodes)[number];
export type Thresholds = {
  /** So many ratings of one terminal within so many minutes. */
  burst?: { count: number; minutes: number };
  /** So many feedbacks of one rater within so many days. */
  rater?: { count: number; days: number };
};
export type SuspicionQuery = { code?: SuspicionCode; unit?: string; from?: number; to?: number; secret?: boolean; limit?: number } & Thresholds;
/** `numbers` are those by which it was found: counts, spans in ms, instants. */
export type Suspicion = { code: SuspicionCode; feedbackId: string; caseNo: string | null; unit: string | null; at: number; numbers: Record<string, number> };

/** 疑似重复: `caseNo` may belong to `other`, the older one; a person merges, or does not. */
export type DuplicateQuery = { unit?: string; field?: string; case?: string; days?: number; limit?: number };
export type LikelyDuplicate = { caseNo: string; other: string; because: { matter: string; unit: string | null; place: string | null; apartMs: number } };

/** A closed item of an imported ledger, by its columns. `names` are the people in it, who are masked in every text. */
export type PastItem = { key: string; content: Record<string, string>; names?: readonly string[] };
/** What a dry run asks about. */
export type RehearsalItem = { feedback: Feedback } | { past: PastItem };
export type RehearsalOutcome = 'new' | 'same' | 'other' | 'open';
export type PastProblem = { key: string; content: Record<string, string>; importedAt: number };
