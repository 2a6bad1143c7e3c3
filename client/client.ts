/** The one interface of the back office to the engine: the CLI, the demonstration and embedding code are written against it. */
import type { By, PlannedTasks } from '../cases/index.ts';
import type { DuplicateQuery, FeedbackQuery, LikelyDuplicate, Suspicion, SuspicionQuery } from '../ledger/index.ts';
import type { Adopted, AdoptionResult } from './adopt.ts';
import type { AdoptionReport } from './adoption.ts';
import type { Said, SaidPage } from './feedback.ts';
import type { CaseDeadlines } from './deadlines.ts';
import type { OpenDuty } from './handover.ts';
import type { CasePlan } from './plans.ts';
import type { Statistics } from './statistics.ts';
import type { Actor, Allowed, Answer, CommandType, Exhibit, ExhibitKind, Feedback, ImportedInput, Payload, ProblemPage, ProblemQuery, RoleId, View } from '../schemas/index.ts';

/** Who acts. The edge resolves the rest from the directory of that moment; a role must be named when the person holds several. */
export type As = { as: string; role?: RoleId; unit?: string; onBehalfOf?: string; forRole?: RoleId };
export type CommandOptions = As & { commandId?: string; expectedRevision?: number };

/** An entry as one reader may see it: positions count only what that reader sees. */
export type HistoryItem = { position: number; at: number; type: string; zh: string; by: string; role: string; outcome: string; from: string; to: string; documents: string[] };

/** What is put on record before a command may rely on it: the bytes or their hash, never a claim about them. */
export type NewExhibit = { id?: string; kind: ExhibitKind; content?: string | Uint8Array; sha256?: string; takenAt?: number; data?: Exhibit['data'] };

export interface CaseClient {
  /** Saves the feedback, reserves the number, starts the case and captures it. The same externalKey again: KEY-NOT-NEW. */
  openCase(feedback: Feedback, options: CommandOptions & { externalKey?: string; predecessor?: string; imported?: ImportedInput }): Promise<Answer & { caseNo: string }>;
  /** One command, happening once: a timed-out Update is asked again. @throws CaseError with the rule that refused */
  command<T extends CommandType>(caseNo: string, type: T, payload: Payload<T>, options: CommandOptions): Promise<Answer>;
  /** A timer event, sent by the operator's edge as SYS; people are refused with SYS-ONLY. */
  tick(caseNo: string, type: CommandType, options?: { commandId?: string; payload?: unknown }): Promise<Answer>;
  view(caseNo: string, as: As): Promise<View>;
  allowed(caseNo: string, as: As): Promise<Allowed[]>;
  history(caseNo: string, as: As): Promise<HistoryItem[]>;
  /** Waits until the ledger has the command (read-your-writes for lists). */
  recorded(caseNo: string, commandId: string, timeoutMs?: number): Promise<void>;
  exhibit(caseNo: string, exhibit: NewExhibit, as: As): Promise<Exhibit>;
  /** Who complained: masked by default, by reading rights (6.8), with a reason. @throws NOT-FOR-YOU */
  contact(caseNo: string, as: As & { reason?: string }): Promise<{ raterId: string; name: string | null; phone: string | null; named: boolean }[]>;
  /** What was said, masked; who said it by the rules of `contact`, and on record. @throws NOT-FOR-YOU */
  feedback(caseNo: string, as: As & { reason?: string }): Promise<Said[]>;
  commitDraw(batch: { cases: { caseNo: string; drawn: boolean }[]; nonce: string }, as: As): Promise<{ commitment: string }>;
  /** One page of 问题台账, as far as this reader may see it; `everyProblem` walks all pages. @throws NOT-FOR-YOU, BAD-INPUT */
  problems(query: ProblemQuery, as: As): Promise<ProblemPage>;
  renew(caseNo: string): Promise<void>;
  close(): Promise<void>;
}

/** What the office asks of the ledger as a whole, beside the cases one by one. */
export interface OfficeClient extends CaseClient {
  /** 统计 over everything, and by unit, field or month. @throws NOT-FOR-YOU */
  statistics(by: By | null, as: As): Promise<Statistics>;
  /** Open duties whose holder is gone (事事有人抓). @throws NOT-FOR-YOU */
  handovers(as: As): Promise<OpenDuty[]>;
  /** 反馈 of all cases and of none, masked, without the person. @throws NOT-FOR-YOU */
  feedbacks(query: Omit<FeedbackQuery, 'secret'>, as: As): Promise<SaidPage>;
  /** 异常线索: shown, never acted on. @throws NOT-FOR-YOU */
  suspicions(query: Omit<SuspicionQuery, 'secret'>, as: As): Promise<Suspicion[]>;
  /** 疑似重复: suggestions that a person merges. @throws NOT-FOR-YOU */
  duplicates(query: DuplicateQuery, as: As): Promise<LikelyDuplicate[]>;
  /** 倒排工期 of the plan in force, or of a draft for this case; and every plan before. @throws NOT-FOR-YOU */
  plan(caseNo: string, as: As, draft?: PlannedTasks): Promise<CasePlan>;
  /** 期限: those in force, each with its rule, source and days, and every one before, as far as this reader may see them. @throws NOT-FOR-YOU */
  deadlines(caseNo: string, as: As): Promise<CaseDeadlines>;
  /** Moves one case to another calendar edition or policy pack, on record; once, however often it is asked. @throws CaseError with the rule that refused */
  adopt(caseNo: string, adopted: Adopted, as: As): Promise<AdoptionResult>;
  /** The same for every case that is not retired, each with an outcome of its own. @throws UNKNOWN-PERSON, NOT-RUNNING */
  adoptEverywhere(adopted: Adopted, as: As, onCase?: (done: number) => void): Promise<AdoptionReport>;
  /** Whether this person may take files in. @throws ROLE-NOT-ALLOWED */
  mayTakeIn(as: As): Promise<Actor>;
}
