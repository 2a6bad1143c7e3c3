import type { Amount, CaseState, Pack } from '../schemas/index.ts';
import type { Due } from './calendar/index.ts';
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
