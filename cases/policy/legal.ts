import type { Amount } from '../../schemas/index.ts';

/**
 * What national law fixes for any authority, whatever its pack cites. `most`: an office may not take longer. `least`: a right may
 * not be shortened. Texts of a place are ceilings of the pack's own sources.
 */
export type LegalBound = { path: string; kind: 'most' | 'least'; bound: Amount; zh: string; en: string };

export const legalBounds: readonly LegalBound[] = [
  { path: 'limits.F3', kind: 'most', bound: { amount: 30, unit: 'd' }, zh: '政府督查工作条例第十七条: 30 日内作出复核决定', en: 'Government Supervision Regulation art. 17: decided within 30 days' },
  { path: 'limits.F1', kind: 'least', bound: { amount: 30, unit: 'd' }, zh: '政府督查工作条例第十七条: 30 日内可申请复核', en: 'Government Supervision Regulation art. 17: 30 days to apply' },
  { path: 'caps.appealDays', kind: 'least', bound: { amount: 30, unit: 'd' }, zh: '政府督查工作条例第十七条: 30 日内可申请复核', en: 'Government Supervision Regulation art. 17: 30 days to apply' },
];

/** Days that an amount may span at the most (weekends counted, holidays not) and at the least. */
const longest = ({ amount, unit }: Amount): number => (unit === 'h' ? amount / 24 : unit === 'd' ? amount : amount + 2 * Math.ceil(amount / 5));
const shortest = ({ amount, unit }: Amount): number => (unit === 'h' ? amount / 24 : amount);

/** Not surely within the ceiling. */
export const isOver = (limit: Amount, ceiling: Amount): boolean => (limit.unit === ceiling.unit ? limit.amount > ceiling.amount : longest(limit) > shortest(ceiling));
export const isUnder = (limit: Amount, floor: Amount): boolean => (limit.unit === floor.unit ? limit.amount < floor.amount : shortest(limit) < longest(floor));
