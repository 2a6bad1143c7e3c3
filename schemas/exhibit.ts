import * as z from 'zod';
import { Id, Instant, Sha256, Text } from './primitive.ts';
import { RoleId } from './actor.ts';

/**
 * What is on record and may be relied on (凭据): a payload only names exhibits by id; the edge looks them up and the core reads
 * what the ledger says about them. `registeredAt` is server time; `takenAt` is the device's claim and can only make an exhibit older.
 */
export const ExhibitKind = z.enum([
  'proof', // 佐证: a file a unit offers for a task
  'evidence', // 取证: sealed by an inspector
  'call', // 回访录音 of one rater: data.raterId, data.answered
  'letter', // 书面函件 received or sent
  'record', // 独立记录: service record, window log, video ...: data.what
  'opinion', // 编办/司法行政意见
  'visitPlan', // 暗访方案, approved: data.mode
  'teamDraw', // 随机抽取结果: data.team
  'pledge', // 回避承诺 of one inspector
  'signature', // 签名 on a report
  'witness', // 见证
  'draft', // 公示稿: data.text
  'secrecyReview', // 保密审查: data.draft
  'statement', // 当事人陈述
  'hearing', // 听取陈述记录
  'consent', // 评价人同意授权
  'fourProperties', // 四性检测报告
  'draw', // 抽签(先行封存): data.batch
]);
export type ExhibitKind = z.infer<typeof ExhibitKind>;

export const Exhibit = z.object({
  id: Id,
  caseNo: z.string(),
  kind: ExhibitKind,
  sha256: Sha256,
  takenAt: Instant.optional(),
  registeredAt: Instant,
  by: z.object({ person: Id, role: RoleId, unit: Id }),
  data: z
    .object({
      raterId: Id.optional(),
      answered: z.boolean().optional(),
      what: z.string().max(200).optional(),
      mode: z.enum(['DRAGNET', 'RANDOM', 'PINPOINT']).optional(),
      team: z.array(Id).max(40).optional(),
      text: Text.optional(),
      draft: Id.optional(),
      batch: Id.optional(),
    })
    .default({}),
});
export type Exhibit = z.infer<typeof Exhibit>;

/** Facts fetched by the edge for one command, sealed together with the actor and kept with the entry. */
export const EdgeFacts = z.object({
  exhibits: z.record(z.string(), Exhibit).default({}),
  /** Roles and units, today, of the people a payload names. */
  people: z.record(z.string(), z.object({ roles: z.array(RoleId), units: z.array(Id), conflicted: z.boolean().default(false) })).default({}),
  units: z.array(Id).default([]),
  /** The case a payload points at: the target of a merge, the predecessor. */
  target: z
    .object({ caseNo: z.string(), kind: z.enum(['open', 'settled', 'final']), matter: z.string(), place: z.string().nullable(), unit: z.string().nullable(), colour: z.string().nullable() })
    .optional(),
  /** The feedback a payload points at (a new rating after closing). */
  feedback: z.object({ feedbackId: Id, matter: z.string(), place: z.string().nullable(), unit: z.string().nullable() }).optional(),
  keyNew: z.boolean().optional(),
  /** sha256 -> cases in which the same file was used before. */
  proofSeen: z.record(z.string(), z.array(z.string())).default({}),
  /** The committed draw of the batch in which this case stands. Need-to-know. */
  draw: z.object({ commitment: Sha256, drawn: z.boolean() }).optional(),
  /** Present holders of the role named in `actor.forRole`. */
  holders: z.array(z.object({ person: Id, memberOf: z.array(Id), conflicted: z.boolean() })).optional(),
});
export type EdgeFacts = z.infer<typeof EdgeFacts>;
export const noFacts: EdgeFacts = { exhibits: {}, people: {}, units: [], proofSeen: {} };
