import { type Policy, type PolicyMore, type PolicyPack, type RowAmount, canonical, caseError, hashOf, packId } from '../../schemas/index.ts';
import { conditions } from '../conditions.ts';
import type { Row } from '../row.ts';
import { rows } from '../table.ts';
import { standard } from './standard.ts';

/** Compiled amounts -> what a workflow carries, with their hash. */
export const compilePolicy = (amounts: Omit<Policy, 'hash'>): Policy => ({ hash: hashOf(amounts), ...amounts });

/** Without citations, at any depth: an amount alone, `{value, cite}` as its value. */
type Bare<T> = T extends { value: infer V; cite: string[] } ? V : T extends readonly (infer E)[] ? Bare<E>[] : T extends object ? { [K in keyof T as K extends 'cite' ? never : K]: Bare<T[K]> } : T;
export function bare<T>(value: T): Bare<T> {
  if (Array.isArray(value)) return value.map(bare) as Bare<T>;
  if (typeof value !== 'object' || value === null) return value as Bare<T>;
  if ('value' in value) return value.value as Bare<T>;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (key === 'cite' ? [] : [[key, bare(inner)]]))) as Bare<T>;
}

const differs = (a: unknown, b: unknown): boolean => canonical(a) !== canonical(b);
export const tableLimit = (row: Row): RowAmount => row.limit as RowAmount;

/** The limit of a row under a pack: the pack's own, else the case table's. */
export const policyLimit = (policy: Pick<Policy, 'limits'>, row: Row): RowAmount => policy.limits?.[row.row] ?? tableLimit(row);

/** Caps, thresholds, marks or ladder in force under a pack. */
export const policyPart = <K extends keyof typeof standard>(policy: Policy, part: K): (typeof standard)[K] => (policy[part] ?? standard[part]) as (typeof standard)[K];

const limitsOf = (pack: PolicyPack): Record<string, RowAmount> => {
  const own = bare(pack.limits) as Record<string, RowAmount>;
  return Object.fromEntries(rows.flatMap((row) => (differs(own[row.row], tableLimit(row)) ? [[row.row, own[row.row] as RowAmount]] : [])));
};

/** Only what is not as `standard` and the case table say: a pack that keeps to them compiles as it always did. */
function moreOf(pack: PolicyPack): PolicyMore {
  const { extensions, extensionNotice, redExtensionNotice, renewals, reinspectionBuffer, selfCheck, closureReview } = bare(pack.caps);
  const closing = { ...(selfCheck === undefined ? {} : { selfCheck }), ...(closureReview === undefined ? {} : { closureReview }) };
  const all = { caps: { extensions, extensionNotice, redExtensionNotice, renewals, reinspectionBuffer, ...closing }, thresholds: bare(pack.thresholds), marks: bare(pack.marks), ladder: bare(pack.ladder) };
  const parts = Object.entries(all).filter(([part, value]) => differs(value, standard[part as keyof typeof standard]));
  const limits = limitsOf(pack);
  return { ...Object.fromEntries(parts), ...(Object.keys(limits).length === 0 ? {} : { limits }) } as PolicyMore;
}

/** Every row of the case table has its line, and no other; conditions are the table's. @throws BAD-INPUT */
function checkRows(pack: PolicyPack): void {
  const known = new Set(rows.map((r) => r.row));
  const wrong = [...[...known].filter((id) => !Object.hasOwn(pack.limits, id)), ...Object.keys(pack.limits).filter((id) => !known.has(id))];
  const [row] = wrong;
  if (row !== undefined) throw caseError('BAD-INPUT', { field: `limits.${row}`, zh: `各行期限须与案件状态表一一对应: ${wrong.join(' ')}`, en: `one limit for each row of the case table: ${wrong.join(' ')}` });
  const strange = Object.entries(pack.limits).find(([, l]) => l.alt?.some((a) => !Object.hasOwn(conditions, a.if)));
  if (strange) throw caseError('BAD-INPUT', { field: `limits.${strange[0]}.alt`, zh: '没有这个条件', en: 'no such condition' });
}

/** Pack -> the flat table of amounts, without names and citations. @throws BAD-INPUT */
export function compilePack(pack: PolicyPack): Policy {
  checkRows(pack);
  const { totals, fixed, lookback, caps } = bare({ totals: pack.totals, fixed: pack.fixed, lookback: pack.lookback, caps: pack.caps });
  const { extensionShare, suspensionDays, reRateDays, reboundMonths, appealDays } = caps;
  const retire = { closedMonths: caps.retireClosedMonths, settledDays: caps.retireSettledDays };
  return compilePolicy({ id: packId(pack), totals, ...fixed, lookback, extensionShare, suspensionDays, reRateDays, reboundMonths, appealDays, retire, ...moreOf(pack) });
}
