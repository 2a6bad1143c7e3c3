import * as z from 'zod';
import { Id, CaseText as Text } from '../primitive.ts';
import { Rework } from '../plan.ts';

const Exhibits = z.array(Id).max(200);
const Reworks = z.array(Rework).max(100).default([]);
const Compared = z.array(z.object({ taskId: Id, met: z.boolean(), note: Text.optional() })).max(200);
/** 拉网式, 随机式, 点穴式. */
export const VisitMode = z.enum(['DRAGNET', 'RANDOM', 'PINPOINT']);
export const Method = z.enum(['MOCK_SERVICE', 'COVERT_RECORDING', 'CITIZEN_VISIT', 'PHONE', 'ONLINE', 'DATA_CHECK', 'RATER_CALL']);

/** 建章立制: a rule by title, number and date, or why none is needed. */
export const LastingRule = z.union([z.object({ title: Text, number: Text, date: Text }), z.object({ notNeeded: Text })]);
/** 五条标准, each with what was found. */
export const FiveStandards = z.object({ measuresDone: Text, lawfullyHandled: Text, effect: Text, analogous: Text, source: Text });

export const closure = {
  applyClosure: z.object({
    standards: FiveStandards.partial().optional(),
    analogousFix: z.array(z.object({ where: Text, found: Text })).max(200).default([]),
    lastingRule: LastingRule.optional(),
    report: Text,
  }),
  acceptApplication: z.object({ checked: z.array(Id).max(50) }),
  returnForSupplement: z.object({ items: z.array(Text).max(100) }),
  submitSupplement: z.object({ materials: Exhibits.default([]), note: Text.optional() }),
  returnApplication: z.object({ missing: z.array(Text).max(100).default([]), rework: Reworks }),
  withdrawApplication: z.object({ reason: Text.optional(), rework: Reworks }),
  passPrelim: z.object({ compared: Compared, opinion: Text }),
  returnPrelim: z.object({ opinion: Text, rework: Reworks }),
  passByCallback: z.object({ compared: Compared, opinion: Text }),
  startReinspection: z.object({ plan: Id.optional(), draw: Id.optional(), team: z.array(Id).max(40), pledges: Exhibits.default([]) }),
  voidVisit: z.object({ ground: z.string().max(20), detail: Text.optional() }),
  reinspectionPass: z.object({
    points: z.array(z.object({ point: Text, must: z.boolean(), pass: z.boolean() })).max(300),
    methods: z.array(Method).max(10),
    evidence: Exhibits,
    signatures: Exhibits,
  }),
  reinspectionFail: z.object({ evidence: Exhibits, reason: Text, rework: Reworks }),
  reinspectionPartial: z.object({ evidence: Exhibits, reason: Text, rework: Reworks }),
  falseRectification: z.object({ evidence: Exhibits, witnesses: Exhibits, finding: Text, rework: Reworks }),
  signClosure: z.object({ opinion: Text, unsolvedReason: Text.optional(), notice: Id.optional(), secrecyReview: Id.optional(), exempt: z.string().max(20).optional() }),
  declineSignoff: z.object({ reason: Text.optional(), newDraw: z.boolean().default(false), rework: Reworks }),
  raiseObjection: z.object({ reason: Text.optional() }),
  upholdObjection: z.object({ finding: Text.optional(), rework: Reworks }),
  dismissObjection: z.object({ reason: Text.optional() }),
  confirmClosure: z.object({}),
  reRate: z.object({ raterId: Id, satisfied: z.boolean(), solved: z.boolean(), call: Id.optional() }),
  lookbackDue: z.object({}),
  orderLookback: z.object({ reason: Text.optional(), mode: VisitMode.optional() }),
  orderSpotCheck: z.object({ reason: Text.optional(), mode: VisitMode.optional() }),
  recordSpotCheck: z.object({ evidence: Exhibits, finding: Text }),
  lookbackStable: z.object({ methods: z.array(Method).max(10), evidence: Exhibits }),
  archive: z.object({ check: Id.optional() }),
  retire: z.object({}),
  rebound: z.object({ feedbackId: Id, finding: Text }),
  callbackDue: z.object({}),
  recordCallback: z.object({
    raterId: Id,
    result: z.enum(['done', 'unreachable']),
    calls: Exhibits,
    answers: z.object({ solved: z.boolean(), satisfied: z.boolean(), contacted: z.boolean(), truthful: z.boolean() }).optional(),
  }),
} as const;
