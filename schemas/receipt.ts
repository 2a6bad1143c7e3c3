import * as z from 'zod';
import { Id, Instant } from './primitive.ts';
import { Refusal } from './error.ts';
import { Unknown } from './payload/imported.ts';

/** 回执: the same for the same command id and body, for ever. Positions are those of the reader's side: a unit is told no `seq`. */
export const Receipt = z.object({
  commandId: Id,
  seq: z.int().nullable(),
  revision: z.int(),
  stage: z.string(),
  at: Instant,
  outcome: z.enum(['done', 'proposed', 'approved']),
  /** The proposal that was opened, where the act needs a second person. */
  proposalId: Id.optional(),
});
export type Receipt = z.infer<typeof Receipt>;

/** What one actor may do next, with the reason where it may not, and the rules that the payload must still satisfy. */
export const Allowed = z.object({ command: z.string(), row: z.string(), zh: z.string(), enabled: z.boolean(), refusal: Refusal.optional(), payloadRules: z.array(z.string()) });
export type Allowed = z.infer<typeof Allowed>;

/** 案件视图 for one reader: what the reader's side may see, and nothing else. */
export const View = z.object({
  caseNo: z.string(),
  stage: z.string(),
  stageZh: z.string(),
  revision: z.int(),
  round: z.int(),
  colour: z.string().nullable(),
  ordinary: z.boolean(),
  track: z.string().nullable(),
  alert: z.string(),
  /** 办内预警; null for readers of a unit. */
  officeAlert: z.string().nullable().default(null),
  matter: z.string(),
  place: z.string().nullable(),
  leadUnit: z.string().nullable(),
  coopUnits: z.array(z.string()),
  due: Instant.nullable(),
  dueProvisional: z.boolean(),
  overdue: z.boolean(),
  tasks: z.array(z.object({ taskId: z.string(), measure: z.string(), unit: z.string(), owner: z.string(), due: z.string(), state: z.string(), rework: z.boolean() })),
  proposals: z.array(z.object({ proposalId: z.string(), command: z.string(), by: z.string(), at: Instant })),
  acts: z.array(z.object({ act: z.string(), code: z.string(), answered: z.boolean() })),
  publicUntil: Instant.nullable(),
  halted: z.string().nullable(),
  /** Taken over from a ledger kept elsewhere, with what could not be known. */
  imported: z.object({ originalNo: z.string(), unknown: z.array(Unknown) }).nullable(),
});
export type View = z.infer<typeof View>;

/** What the Update answers: the receipt (null when it is older than the state remembers: the ledger has it), today's view beside it. */
export const Answer = z.object({ receipt: Receipt.nullable(), view: View, recorded: z.boolean() });
export type Answer = z.infer<typeof Answer>;
