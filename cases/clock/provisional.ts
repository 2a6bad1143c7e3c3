import type { Calendar, Deadline } from '../../schemas/index.ts';
import { isWorkingDay, toCivil, yearOf } from '../calendar/index.ts';

/**
 * 暂定: a day between the beginning of a limit and its end lies in a year whose calendar is not published. Asked of the dates as they
 * stand, whatever moved them, so that no move can leave it stale. Limits in hours ask no calendar.
 */
export const isProvisional = (calendar: Calendar, d: Pick<Deadline, 'since' | 'due' | 'amount'>): boolean => {
  if (d.amount?.unit === 'h') return false;
  const [first, last] = [toCivil(calendar, Math.min(d.since, d.due - 1)).day, toCivil(calendar, d.due - 1).day];
  for (let year = yearOf(first), day = first; year <= yearOf(last); year += 1, day = Date.UTC(year, 0, 1) / 86_400_000) if (isWorkingDay(calendar, day).provisional) return true;
  return false;
};
