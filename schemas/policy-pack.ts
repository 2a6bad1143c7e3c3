import * as z from 'zod';
import { RoleId } from './actor.ts';
import { Amount } from './policy.ts';
import { CivilDate } from './primitive.ts';
import { commands } from './vocabulary.ts';

/**
 * A policy pack (限时方案) as people write and read it: every amount with its citation. What a workflow carries is compiled from it;
 * this form stays in the ledger under the hash of the compiled one. Unknown keys are refused: a misspelt limit would be none.
 */
const Line = z.string().min(1).max(300);
const Words = z.strictObject({ zh: Line, en: Line });
const SourceId = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/);
const cite = z.array(SourceId).min(1).max(6);
const Command = z.enum(Object.keys(commands) as [keyof typeof commands, ...(keyof typeof commands)[]]);

/**
 * Where an amount comes from; `ceiling` is the most (上限) that this text allows to whatever cites it, and to what it `covers` (by path,
 * `limits.12`, with its alternatives) whatever that cites: an amount does not escape a law by citing something else.
 */
const Source = z.strictObject({
  title: Line,
  article: Line.optional(),
  kind: z.enum(['national', 'local', 'standard', 'practice', 'design', 'example']),
  ceiling: Amount.strict().optional(),
  covers: z.array(z.string().regex(/^[a-zA-Z0-9]+(\.[a-zA-Z0-9]+)+$/)).min(1).max(30).optional(),
});

const Limit = Amount.extend({ cite }).strict();
const Totals = z.strictObject({ immediate: Limit, list: Limit });
const count = z.strictObject({ value: z.int().positive().max(1000), cite });

export const Anchor = z.enum(['stateEntered', 'capture', 'assign', 'application', 'regionEntered', 'cause', 'closing', 'served', 'due', 'resumeBy', 'period']);
const bare = { amount: z.number().positive().nullable(), unit: z.enum(['wd', 'd', 'h', 'none']) };
const paired = (l: { amount: number | null; unit: string }): boolean => (l.amount === null) === (l.unit === 'none');

/** The limit of one row of the case table; `alt`: the first whose condition holds wins. */
export const RowLimit = z
  .strictObject({
    ...bare,
    anchor: Anchor.nullable(),
    pause: z.enum(['none', 'suspension']),
    alt: z.array(Amount.extend({ if: z.string().regex(/^\w+$/), cite }).strict()).min(1).max(5).optional(),
    cite,
  })
  .refine(paired, { message: '有数额须有单位, 无数额单位须为 none · amount and unit go together' });
export type RowLimit = z.infer<typeof RowLimit>;

/** Days before an end are whole days: half a day has no opening to fire at. */
const Whole = Amount.strict().refine((a) => a.unit === 'h' || Number.isInteger(a.amount), { path: ['amount'], message: '须为整日 · whole days' });

/** When a mark fires, against the time of its limit: a share of it gone or left, or an amount before or after its end. */
export const MarkAt = z.union([
  // All of it left is none of it gone: no mark, where nothing has happened yet.
  z.strictObject({ elapsed: z.number().gt(0).max(10) }),
  z.strictObject({ left: z.number().min(-10).lt(1) }),
  z.strictObject({ before: Whole }),
  z.strictObject({ after: Whole }),
]);
export type MarkAt = z.infer<typeof MarkAt>;
const PackMark = z.strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]*$/), command: z.enum(['remind', 'nearDue', 'fallOverdue']), at: MarkAt, cite });

const Rung = z.strictObject({ level: z.int().min(0).max(7), command: Command, alert: z.enum(['none', 'blue', 'yellow', 'red']), by: z.array(RoleId).min(1), cite });
/** Who decides an act, step by step; `when` narrows it, the line without one is for all else. */
const Approver = z.strictObject({ act: Command, when: z.string().regex(/^\w+$/).optional(), steps: z.array(z.array(RoleId).min(1)).min(1).max(4), cite });

const Sampling = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('ratio'), share: z.number().gt(0).max(1), least: z.int().positive(), redShare: z.number().gt(0).max(1), cite }),
  z.strictObject({ rule: z.literal('discovery'), confidence: z.number().gt(0.5).lt(1), defectRate: z.number().gt(0).lt(1), redShare: z.number().gt(0).max(1), cite }),
  z.strictObject({ rule: z.literal('gb2828'), level: z.enum(['I', 'II', 'III']), aql: z.enum(['1.0', '2.5', '4.0']), redShare: z.number().gt(0).max(1), cite }),
]);

const Shape = z.strictObject({
  format: z.literal(1),
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  version: z.int().positive().max(9999),
  title: Words,
  /** Said wherever the pack is shown: an example, a demonstration. */
  notice: Words.optional(),
  demonstration: z.boolean().default(false),
  effectiveFrom: CivilDate,
  sources: z.record(SourceId, Source),
  /** Total due by colour and track, from 交办. */
  totals: z.strictObject({ red: Totals, yellow: Totals, blue: Totals, ordinary: Totals }),
  fixed: z.strictObject({ publicity: Limit, supplement: Limit, actReply: Limit, ratify: Limit, objectionRest: Limit, ratingAppeal: Limit }),
  lookback: z.strictObject({ red: z.array(Limit), yellow: z.array(Limit), blue: z.array(Limit) }),
  caps: z.strictObject({
    extensionShare: z.strictObject({ value: z.number().gt(0).max(1), cite }),
    extensions: count,
    extensionNotice: Limit,
    redExtensionNotice: Limit,
    suspensionDays: count,
    renewals: count,
    reRateDays: count,
    reboundMonths: count,
    appealDays: count,
    retireClosedMonths: count,
    retireSettledDays: count,
    reinspectionBuffer: Limit,
    selfCheck: Limit.optional(),
    closureReview: Limit.optional(),
  }),
  /** What raises the alert, beside the marks: points behind, and how often something may happen. */
  thresholds: z.strictObject({ behindPoints: count, failsRed: count, dissatisfiedRed: count, extensionsRed: count, planReturnsTalk: count, talkAfterRed: Limit, overdueTimes: count }),
  marks: z.array(PackMark).min(1).max(20),
  ladder: z.array(Rung).min(1).max(8),
  approvers: z.array(Approver).min(1).max(40),
  sampling: Sampling,
  /** Demonstrations alone: one civil day lasts so many real milliseconds. */
  scale: z.strictObject({ civilStart: z.iso.datetime({ offset: true }), msPerDay: z.int().positive() }).optional(),
  /** Row of the case table -> its limit. */
  limits: z.record(z.string().regex(/^[A-Z]?\d+[a-d]?$/), RowLimit),
});
type Shape = z.infer<typeof Shape>;

/** Every citation of a pack with the path at which it stands. */
export function citesOf(value: unknown, path: readonly string[] = []): { path: string; cite: readonly string[] }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'cite' ? [{ path: path.join('.'), cite: inner as string[] }] : citesOf(inner, [...path, key])));
}

/** An amount's path, or that of one of its alternatives. */
export const isAtOrBelow = (path: string, at: string): boolean => path === at || path.startsWith(`${at}.`);

const unknownCites = (pack: Shape): string[] => citesOf({ ...pack, sources: null }).flatMap((c) => c.cite.filter((id) => !Object.hasOwn(pack.sources, id)).map((id) => `${c.path}: ${id}`));
/** Paths that a source covers and at which nothing stands; a source without a ceiling bounds nothing. */
const strayCovers = (pack: Shape): string[] => {
  const known = citesOf({ ...pack, sources: null }).map((c) => c.path);
  return Object.entries(pack.sources).flatMap(([id, { covers = [], ceiling }]) => covers.filter((path) => ceiling === undefined || !known.some((k) => isAtOrBelow(k, path))).map((path) => `${id}: ${path}`));
};
const doubles = (all: readonly (string | number)[]): boolean => new Set(all).size < all.length;

export const PolicyPack = Shape.superRefine((pack, ctx) => {
  for (const at of unknownCites(pack)) ctx.addIssue({ code: 'custom', path: ['sources'], message: `没有这个依据 · no such source: ${at}` });
  for (const at of strayCovers(pack)) ctx.addIssue({ code: 'custom', path: ['sources'], message: `没有这一项, 或没有上限 · nothing to cover, or no ceiling: ${at}` });
  if (doubles(pack.ladder.map((r) => r.level))) ctx.addIssue({ code: 'custom', path: ['ladder'], message: '级别重复 · a level twice' });
  if (doubles(pack.marks.map((m) => m.id))) ctx.addIssue({ code: 'custom', path: ['marks'], message: '编号重复 · a mark id twice' });
  if (pack.scale !== undefined && !pack.demonstration) ctx.addIssue({ code: 'custom', path: ['scale'], message: '只有演示方案可以缩放时间 · only a demonstration scales time' });
});
export type PolicyPack = z.infer<typeof PolicyPack>;

/** What the compiled form is called, `default-1`. */
export const packId = (pack: Pick<PolicyPack, 'name' | 'version'>): string => `${pack.name}-${pack.version}`;
