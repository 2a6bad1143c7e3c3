import type { Amount, CaseState, Pack } from '../schemas/index.ts';
import { type Due, addWorkingDays, dateOf, endOfDay, toCivil, workingDaysBetween } from './calendar/index.ts';
import { pausesOver, through } from './clock/pause.ts';
import { dueIn } from './due.ts';

/** The total limit (总期限) that policy gives a graded case: what the unit owes from 交办. Null while it is not graded. */
export const totalOf = (state: Pick<CaseState, 'grade'>, pack: Pack): Amount | null => {
  const { grade } = state;
  if (!grade) return null;
  return pack.policy.totals[grade.ordinary ? 'ordinary' : grade.colour][grade.track];
};

/** When that limit ends for an assignment made at `from`. */
export const totalDueOf = (state: Pick<CaseState, 'grade' | 'machine'>, pack: Pack, from: number): Due | null => {
  const total = totalOf(state, pack);
  return total && dueIn(state, pack, from, total);
};

/** Since when the total is counted: 交办; the taking over of what had no date; a failed visit, from which half of it runs. */
const countedSince = (s: Pick<CaseState, 'clocks' | 'time'>): number | null => s.time?.base ?? s.clocks.assignedAt;
const isHalved = (s: Pick<CaseState, 'fails' | 'time'>): boolean => s.fails > 0 && s.time?.base != null;

/** Working days from then to a date. */
export const daysTo = (s: Pick<CaseState, 'clocks' | 'time'>, { calendar }: Pack, due: number): number | null => {
  const since = countedSince(s);
  return since === null ? null : workingDaysBetween(calendar, toCivil(calendar, since).day, toCivil(calendar, due - 1).day);
};

/** 返工减半: at most half of so many working days from a day, at least 1. */
export const halfFrom = ({ calendar }: Pack, from: number, days: number): Due => {
  const last = addWorkingDays(calendar, toCivil(calendar, from).day, Math.max(1, Math.floor(days / 2)));
  return { instant: endOfDay(calendar, last.day), date: dateOf(last.day), provisional: last.provisional };
};

/** The total by the grade that the case has, from where it is counted and through the suspensions since; `plain`: without them and whole. */
export const totalCounted = (s: CaseState, pack: Pack): { since: number; plain: Due; due: number } | null => {
  const since = countedSince(s);
  const plain = since === null ? null : totalDueOf(s, pack, since);
  if (since === null || plain === null) return null;
  const from = isHalved(s) ? halfFrom(pack, since, daysTo(s, pack, plain.instant) ?? 0) : plain;
  return { since, plain, due: through(pack.calendar, pausesOver(s), { since, due: from.instant, amount: isHalved(s) ? null : totalOf(s, pack) }).due };
};

/** 原定工作日数: what the limit had at first, by the grade that the case has now; pauses and extensions do not count. */
export const originalDays = (s: CaseState, pack: Pack): number | null => s.time?.limitDays ?? (s.clocks.originalDue === null ? null : daysTo(s, pack, s.clocks.originalDue));
