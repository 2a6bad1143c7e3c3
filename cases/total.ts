import type { Amount, CaseState, Pack } from '../schemas/index.ts';
import { type Due, toCivil, workingDaysBetween } from './calendar/index.ts';
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

/** Working days from 交办 to a date. */
export const daysTo = ({ clocks: { assignedAt } }: Pick<CaseState, 'clocks'>, { calendar }: Pack, due: number): number | null =>
  assignedAt === null ? null : workingDaysBetween(calendar, toCivil(calendar, assignedAt).day, toCivil(calendar, due - 1).day);

/** 原定工作日数: what the limit had at first, by the grade that the case has now; pauses and extensions do not count. */
export const originalDays = (s: CaseState, pack: Pack): number | null => s.time?.limitDays ?? (s.clocks.originalDue === null ? null : daysTo(s, pack, s.clocks.originalDue));
