/** 总期限 as the policy gives it. */
import type { Amount } from '../../schemas/index.ts';
import { countingOf } from './deadlines.ts';
import type { Law, Life } from './life.ts';
import { endOfLimit } from './limits.ts';
import { dayAt, endOf, workingDay, workingDaysIn } from './line.ts';
import { withPauses } from './pause.ts';

export const daysFrom = (from: number, due: number, { line }: Law): number => workingDaysIn(line, dayAt(line.moment(from)), dayAt(line.moment(due - 1)));
/** From 交办, or from where it was counted anew: after a failed visit half of it. Through the pauses that are over. */
export const counted = (life: Life, law: Law, total: Amount, assigned: number): { plain: number; own: number; from: number } => {
  const from = life.base ?? assigned;
  const plain = endOfLimit(law.line, from, total);
  const halved = life.fails > 0 && life.base !== null;
  const half = (): number => endOf(law.line, workingDay(law.line, dayAt(law.line.moment(from)), Math.max(1, Math.floor(daysFrom(from, plain, law) / 2))));
  const counting = halved ? 'days' : countingOf(total);
  const own = withPauses({ ...life, suspension: null }, law, { since: from, from, spent: 0, due: halved ? half() : plain, hours: counting === 'hours' }, counting).due;
  return { plain, own, from };
};
