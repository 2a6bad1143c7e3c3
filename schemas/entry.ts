import * as z from 'zod';
import { Actor, RoleId } from './actor.ts';
import { Fingerprint, Seal } from './command.ts';
import { Deadline } from './deadline.ts';
import { EdgeFacts } from './exhibit.ts';
import { Id, Instant, Sha256 } from './primitive.ts';
import { Unknown } from './payload/imported.ts';
import { Receipt } from './receipt.ts';

/**
 * 台账分录: an entry is header + body. The format is frozen: version 1 is never edited, only added to (golden bytes in a test).
 * The header is stored as the RFC 8785 bytes that were hashed; `prev` is the SHA-256 of the header before it (64 zeros at seq 1).
 */

/** `case`: whoever may read the case. Others are need-to-know with the event that reveals them, if any. */
export const Audience = z.object({
  scope: z.enum(['case', 'office', 'served', 'covert', 'sealed']),
  people: z.array(Id).optional(),
  reveal: z.enum(['served', 'operationEnded']).optional(),
});
export type Audience = z.infer<typeof Audience>;

/** 文书 record; `hash` is of the body that a template will print. The number is unique within the case: office-wide 发文字号 come with templates. */
export const DocumentRecord = z.object({
  kind: z.string(),
  number: z.string(),
  signer: Id,
  recipient: z.array(z.string()),
  servedAt: Instant.nullable(),
  hash: Sha256,
});
export type DocumentRecord = z.infer<typeof DocumentRecord>;

export const Body = z.object({
  row: z.string(),
  /** done: the row fired; proposed, approved: a step of a two-person act; noop: a mark whose guards no longer held. */
  outcome: z.enum(['done', 'proposed', 'approved', 'noop']),
  payload: z.record(z.string(), z.unknown()),
  actor: Actor,
  facts: EdgeFacts,
  expectedRevision: z.int().optional(),
  seal: Seal.optional(),
  documents: z.array(DocumentRecord),
  /** Proposals that became void, by id; and what else a reader of the case wants to see. */
  voided: z.array(Id),
  from: z.string(),
  to: z.string(),
  receipt: Receipt.nullable(),
});
export type Body = z.infer<typeof Body>;

const HeaderCore = {
  v: z.literal(1),
  case: z.string(),
  seq: z.int().positive(),
  type: z.string(),
  at: Instant,
  effectiveAt: Instant.optional(),
  commandId: Id.optional(),
  fingerprint: Fingerprint.optional(),
  actor: z.object({ person: Id, role: RoleId, unit: Id, onBehalfOf: Id.optional() }),
  machine: z.string(),
  policy: Sha256,
  calendar: Sha256,
  audience: Audience,
  before: Sha256,
  after: Sha256,
} as const;

/** What the core decides about an entry; the ledger adds hashes and the chain. */
export const EntryDraft = z.object({ ...HeaderCore, body: Body });
export type EntryDraft = z.infer<typeof EntryDraft>;

export const Header = z.object({
  ...HeaderCore,
  /** SHA-256 of the body's RFC 8785 bytes. */
  bodyHash: Sha256,
  /** HMAC-SHA-256 of the same bytes under the case's key: opening one record proves it is the logged one. */
  bodyCommit: Sha256,
  prev: Sha256,
});
export type Header = z.infer<typeof Header>;

/** An entry as read back: the header's very bytes, their hash, and the body's bytes. */
export type StoredEntry = { case: string; seq: number; header: string; hash: string; body: string };

/** 事项 for the outside world, in the transaction of the append. Key `case:seq:name`, delivered at least once under that key. */
export const Effect = z.object({
  key: z.string(),
  /** `notice` to people; `raters` to another case, whose raters join or come back (row 1, 1a). */
  kind: z.enum(['notice', 'raters']),
  case: z.string(),
  seq: z.int(),
  to: z.array(z.object({ role: z.string(), unit: z.string().nullable(), /** Where one person is named. */ person: Id.optional(), /** Told because it stands above whoever holds the limit (责任链). */ line: z.literal('superior').optional() })),
  name: z.string(),
  at: Instant,
  data: z.record(z.string(), z.unknown()),
});
export type Effect = z.infer<typeof Effect>;

/** The rows of the projections that one case has now: 问题台账, tasks, publication. A column added later has a default: boards are stored. */
export const Board = z.object({
  caseNo: z.string(),
  seq: z.int(),
  stage: z.string(),
  unitStage: z.string().nullable(),
  kind: z.enum(['open', 'settled', 'final']),
  since: Instant,
  round: z.int(),
  field: z.string(),
  source: z.string(),
  matter: z.string(),
  matterCode: z.string(),
  place: z.string().nullable(),
  ratedUnit: z.string().nullable(),
  ledgerNo: z.string().nullable(),
  colour: z.string().nullable(),
  ordinary: z.boolean(),
  track: z.string().nullable(),
  alert: z.string(),
  /** 办内预警: how late the office is with what it has to do now. */
  officeAlert: z.string().default('none'),
  leadUnit: z.string().nullable(),
  coopUnits: z.array(z.string()),
  unitHead: z.string().nullable(),
  owner: z.string().nullable(),
  dutyLeader: z.string().nullable().default(null),
  liaison: z.string().nullable().default(null),
  caseLeader: z.string().nullable().default(null),
  capturedAt: Instant,
  due: Instant.nullable(),
  originalDue: Instant.nullable(),
  dueProvisional: z.boolean(),
  /** 延期: how often it was granted, and the due date since. */
  extensions: z.int().default(0),
  grantedDue: Instant.nullable().default(null),
  /** When the application that stands now was filed: on time is judged by it. */
  appliedAt: Instant.nullable().default(null),
  /** The pack whose limits these are; absent on boards of earlier versions. */
  policy: Sha256.optional(),
  /** The calendar by which they are counted; likewise. */
  calendar: Sha256.optional(),
  /** 期限: every limit in force, the earliest first. */
  deadlines: z.array(Deadline).default([]),
  closedAt: Instant.nullable(),
  revision: z.int(),
  stateHash: Sha256,
  /** 佐证 used by this case, for PROOF-REUSED elsewhere. */
  proofs: z.array(Sha256),
  feedback: z.array(Id),
  tasks: z.array(
    z.object({
      taskId: Id, measure: z.string(), unit: Id, owner: Id, due: z.string(), state: z.string(), rework: z.boolean(),
      target: z.string().optional(),
      mark: z.string().optional(),
      since: Instant.optional(),
      nodes: z.array(z.object({ what: z.string(), due: z.string() })).optional(),
    }),
  ),
  /** What the ledger of problems prints beside the rest; absent on boards of earlier versions. */
  problems: z.array(z.object({ what: z.string(), nature: z.string().optional() })).optional(),
  gradeReason: z.string().nullable().optional(),
  acts: z.array(z.object({ code: z.string(), answered: z.boolean() })).optional(),
  /** The independent check once it was passed: a call-back, or a reinspection by its mode. */
  check: z.object({ by: z.enum(['callback', 'reinspection']), mode: z.string().nullable() }).nullable().optional(),
  fails: z.int().optional(),
  lookbacks: z.object({ planned: z.int(), done: z.int() }).optional(),
  publication: z.object({ text: z.string().nullable(), from: Instant, until: Instant, exempt: z.string().nullable() }).nullable(),
  /** 回访, by rater: for those who may read call-backs. */
  callbacks: z.array(z.object({ raterId: Id, named: z.boolean(), state: z.string(), solved: z.boolean().nullable(), satisfied: z.boolean().nullable() })).default([]),
  /** Taken over from a ledger kept elsewhere, with what could not be known. */
  imported: z.object({ originalNo: z.string(), unknown: z.array(Unknown) }).nullable().default(null),
});
export type Board = z.infer<typeof Board>;

/** One drained batch. Idempotent on (case, seq): the same bytes are done already, other bytes are LEDGER-FORK. */
export const Batch = z.object({ case: z.string(), entries: z.array(EntryDraft).min(1), effects: z.array(Effect), board: Board });
export type Batch = z.infer<typeof Batch>;

/** 拒绝记录: who was refused what and why, without bodies; unique on (case, commandId, fingerprint, revision, code), repeats counted. */
export const RefusalRecord = z.object({
  case: z.string(),
  commandId: z.string(),
  fingerprint: z.string(),
  revision: z.int(),
  code: z.string(),
  type: z.string(),
  person: z.string(),
  role: z.string(),
  unit: z.string(),
  at: Instant,
  by: z.enum(['validator', 'client']),
});
export type RefusalRecord = z.infer<typeof RefusalRecord>;
