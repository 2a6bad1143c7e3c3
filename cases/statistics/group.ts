import { dateAt } from '../calendar/index.ts';
import type { Calendar } from '../../schemas/index.ts';
import { type CaseFacts, type Counted, countAll } from './count.ts';
import type { Metric, MetricId } from './metric.ts';

export type By = 'unit' | 'field' | 'month';
/** `rank` among the groups for one metric, best first; null below 30: a handful of cases ranks nobody (domain 3). */
export type Ranked = Metric & { readonly rank: number | null };
export type Group = { readonly key: string; readonly cases: number; readonly metrics: readonly Ranked[] };

export const leastForRank = 30;
/** Of these the smaller share is the better one. */
const lowIsGood: readonly MetricId[] = ['rebound', 'returned', 'extended', 'badRated'];

/** By the unit that is answerable (else the rated one), the field, or the civil month of taking in. */
const keyOf = (by: By, calendar: Calendar, { board }: CaseFacts): string =>
  by === 'unit' ? (board.leadUnit ?? board.ratedUnit ?? '—') : by === 'field' ? board.field : dateAt(calendar, board.capturedAt).slice(0, 7);

export type RatingOf = Counted['ratings'][number] & { readonly unit: string | null; readonly field: string; readonly at: number };
const ratingKey = (by: By, calendar: Calendar, r: RatingOf): string => (by === 'unit' ? (r.unit ?? '—') : by === 'field' ? r.field : dateAt(calendar, r.at).slice(0, 7));

/** Groups in the order of their keys, never of their rates: whoever wants to rank reads `rank`, which says when it may not. */
export function countBy(by: By, of: { cases: readonly CaseFacts[]; ratings: readonly RatingOf[]; now: number; calendar: Calendar }): Group[] {
  const keys = [...new Set([...of.cases.map((c) => keyOf(by, of.calendar, c)), ...of.ratings.map((r) => ratingKey(by, of.calendar, r))])].toSorted();
  const groups = keys.map((key) => {
    const cases = of.cases.filter((c) => keyOf(by, of.calendar, c) === key);
    const ratings = of.ratings.filter((r) => ratingKey(by, of.calendar, r) === key);
    return { key, cases: cases.length, metrics: countAll({ cases, ratings, now: of.now }) };
  });
  return groups.map((g) => ({ ...g, metrics: g.metrics.map((m) => ({ ...m, rank: rankOf(m, groups.map((x) => x.metrics)) })) }));
}

function rankOf(metric: Metric, all: readonly (readonly Metric[])[]): number | null {
  if (metric.rate === null || (metric.denominator ?? 0) < leastForRank) return null;
  const sign = lowIsGood.includes(metric.id) ? 1 : -1;
  const others = all.flatMap((ms) => ms.filter((m) => m.id === metric.id && m.rate !== null && (m.denominator ?? 0) >= leastForRank));
  return 1 + others.filter((m) => sign * ((m.rate ?? 0) - (metric.rate ?? 0)) < 0).length;
}
