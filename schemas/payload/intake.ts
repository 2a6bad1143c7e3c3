import * as z from 'zod';
import { CaseNo, CivilDate, Id, RaterId, CaseText as Text } from '../primitive.ts';
import { Colour, GradeCode, Track, UrgencyCode } from './grade.ts';
import { Imported } from './imported.ts';

const Exhibits = z.array(Id).max(100);
/** What a person saw that bears on the colour: facts, not a verdict (domain 6.5). */
export const TriageFacts = z.object({
  danger: z.boolean().default(false),
  utilitiesCut: z.boolean().default(false),
  vulnerable: z.boolean().default(false),
  publicOutcry: z.boolean().default(false),
  leaderLimit: z.boolean().default(false),
  groupSize: z.int().min(0).default(1),
  repeats: z.int().min(0).default(1),
  departments: z.int().min(0).default(1),
  policyGap: z.boolean().default(false),
  specialCase: z.boolean().default(false),
  legacy: z.boolean().default(false),
  legislation: z.boolean().default(false),
  planning: z.boolean().default(false),
  works: z.boolean().default(false),
  shortFix: z.boolean().default(true),
});
export type TriageFacts = z.infer<typeof TriageFacts>;

/** 交办: who is answerable. Exactly one lead unit, its head, and the last day (the policy's total when left out). */
export const Assignment = z.object({
  leadUnit: Id.optional(),
  unitHead: Id.optional(),
  coopUnits: z.array(Id).max(30).default([]),
  dutyLeader: Id.optional(),
  owner: Id.optional(),
  liaison: Id.optional(),
  caseLeader: Id.optional(),
  due: CivilDate.optional(),
});
export type Assignment = z.infer<typeof Assignment>;

const Record = z.object({ facts: Text.optional(), contacted: Text.optional(), conclusion: Text.optional() });
const InvalidKind = z.enum(['误评', '恶意']);

export const intake = {
  capture: z.object({
    feedbackId: Id.optional(),
    source: z.enum(['rating', 'hotline', 'visit', 'inspection', 'report']),
    externalKey: Id,
    field: z.string().regex(/^[A-Z]{2,6}$/),
    matter: z.object({ code: Id, name: Text }),
    ratedUnit: Id.optional(),
    place: Text.optional(),
    raters: z.array(z.object({ raterId: RaterId, feedbackId: Id, named: z.boolean() })).max(500),
    predecessor: CaseNo.optional(),
    /** Taken over from a ledger kept elsewhere: where the item stands there. */
    imported: Imported.optional(),
  }),
  merge: z.object({ into: CaseNo }),
  splitMerged: z.object({ mistake: Text.optional() }),
  routeOut: z.object({ channel: z.string().max(20), to: Text }),
  sentBack: z.object({ letter: Id.optional() }),
  verifyStart: z.object({}),
  urgentAssign: Assignment.extend({ urgency: UrgencyCode.optional() }),
  confirmValid: z.object({ record: Record }),
  verifyUnreachable: z.object({ tries: Exhibits }),
  flagInvalid: z.object({ kind: InvalidKind, filedBy: Id.optional(), evidence: Exhibits }),
  noBasis: z.object({ clause: Text.optional(), explained: Id.optional() }),
  notSubstantiated: z.object({ records: Exhibits, told: Id.optional(), finding: Text }),
  requestExplain: z.object({ clause: Text.optional(), done: z.array(z.object({ what: Text, proof: Id })).max(50), explained: Id.optional() }),
  upholdInvalid: z.object({ kind: InvalidKind, statement: Id.optional(), panel: z.array(Id).max(20), reason: Text }),
  rejectInvalid: z.object({ panel: z.array(Id).max(20), reason: Text }),
  triage: z.object({ colour: Colour.optional(), track: Track.optional(), reasonCode: GradeCode.optional(), facts: TriageFacts.optional(), overrideReason: Text.optional() }),
  assign: Assignment,
  recall: z.object({ reason: Text.optional() }),
  signFor: z.object({}),
  coopSignFor: z.object({}),
  /** Another lead unit comes with its head: there is a first responsible person at any time. */
  changeDuty: z
    .object({ reason: Text.optional(), unitHead: Id.optional(), dutyLeader: Id.optional(), owner: Id.optional(), liaison: Id.optional(), caseLeader: Id.optional(), leadUnit: Id.optional(), coopUnits: z.array(Id).max(30).optional() })
    .refine((p) => p.leadUnit === undefined || p.unitHead !== undefined, { path: ['unitHead'], message: 'a lead unit comes with its head' }),
  coopObject: z.object({ dutyCited: Text.optional(), ground: Text.optional() }),
  requestReturn: z.object({ dutyCited: Text.optional(), reason: Text.optional() }),
  reassign: Assignment,
  designate: Assignment.extend({ opinion: Id.optional() }),
} as const;
