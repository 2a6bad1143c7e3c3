import * as z from 'zod';
import { OpeningHours } from './edition.ts';
import { Instant, Sha256 } from './primitive.ts';

/** wd working days (工作日), d natural days (自然日), h hours round the clock (小时). */
export const Amount = z.object({ amount: z.number().positive(), unit: z.enum(['wd', 'd', 'h']) });
export type Amount = z.infer<typeof Amount>;

const Totals = z.object({ immediate: Amount, list: Amount });

/** Limit of a row of the case table as a pack sets it anew, without texts. */
const RowAmount = z.object({
  amount: z.number().positive().nullable(),
  unit: z.enum(['wd', 'd', 'h', 'none']),
  anchor: z.string().nullable(),
  pause: z.enum(['none', 'suspension']),
  alt: z.array(Amount.extend({ if: z.string() })).optional(),
});
export type RowAmount = z.infer<typeof RowAmount>;

const PolicyCaps = z.object({ extensions: z.int(), extensionNotice: Amount, redExtensionNotice: Amount, renewals: z.int(), reinspectionBuffer: Amount, /** 自查 and 销号审核; one and two working days where a pack names none. */ selfCheck: Amount.optional(), closureReview: Amount.optional() });
const Thresholds = z.object({ behindPoints: z.int(), failsRed: z.int(), dissatisfiedRed: z.int(), extensionsRed: z.int(), planReturnsTalk: z.int(), talkAfterRed: Amount, overdueTimes: z.int() });
const MarkRule = z.object({
  id: z.string(),
  command: z.enum(['remind', 'nearDue', 'fallOverdue']),
  at: z.union([z.object({ elapsed: z.number() }), z.object({ left: z.number() }), z.object({ before: Amount }), z.object({ after: Amount })]),
});
const Rung = z.object({ level: z.int(), command: z.string(), alert: z.enum(['none', 'blue', 'yellow', 'red']), by: z.array(z.string()) });

/** What every pack has and early packs did not write: each is absent where it is as `standard` of `cases/policy` says. */
export const PolicyMore = z.object({
  caps: PolicyCaps.optional(),
  thresholds: Thresholds.optional(),
  marks: z.array(MarkRule).optional(),
  ladder: z.array(Rung).optional(),
  /** Rows whose limit is not the case table's. */
  limits: z.record(z.string(), RowAmount).optional(),
});
export type PolicyMore = z.infer<typeof PolicyMore>;

/** Policy pack (限时方案), compiled: amounts without texts. Names and citations stay in the ledger under the hash. */
export const Policy = z.object({
  id: z.string(),
  hash: Sha256,
  totals: z.object({ red: Totals, yellow: Totals, blue: Totals, ordinary: Totals }),
  /** 公示. */
  publicity: Amount,
  supplement: Amount,
  actReply: Amount,
  /** 补签 after an urgent act. */
  ratify: Amount,
  objectionRest: Amount,
  /** 回头看: days after closing, by colour. */
  lookback: z.object({ red: z.array(Amount), yellow: z.array(Amount), blue: z.array(Amount) }),
  extensionShare: z.number(),
  suspensionDays: z.int(),
  reRateDays: z.int(),
  reboundMonths: z.int(),
  appealDays: z.int(),
  ratingAppeal: Amount,
  retire: z.object({ closedMonths: z.int(), settledDays: z.int() }),
  ...PolicyMore.shape,
});
export type Policy = z.infer<typeof Policy>;

/** A calendar edition (日历版本), compiled: one bit a day, 1 = working day; years without a notice are provisional weekdays. */
export const Calendar = z.object({
  hash: Sha256,
  years: z.record(z.string(), z.object({ days: z.string().regex(/^[0-9a-f]{92}$/), provisional: z.boolean() })),
  /** Absent in editions that state none, whose hash does not know of them. */
  hours: OpeningHours.optional(),
  /** Demonstrations only: one civil day lasts `msPerDay` real milliseconds, counted from the two epochs. */
  scale: z.object({ realEpoch: Instant, civilEpoch: Instant, msPerDay: z.int().positive() }).optional(),
});
export type Calendar = z.infer<typeof Calendar>;

/** What a case is judged by; pinned by hash in its state. */
export const Pack = z.object({ policy: Policy, calendar: Calendar });
export type Pack = z.infer<typeof Pack>;
