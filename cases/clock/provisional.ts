import type { Calendar, Deadline } from '../../schemas/index.ts';
import { toCivil, touchesUnpublished } from '../calendar/index.ts';
import { isHours } from './moment.ts';

/**
 * 暂定: a day between the beginning of a limit and its end lies in a year whose calendar is not published. Asked of the dates as they
 * stand, whatever moved them, so that no move can leave it stale. Limits in hours ask no calendar.
 */
export const isProvisional = (calendar: Calendar, d: Pick<Deadline, 'since' | 'due' | 'amount'>): boolean => {
  if (isHours(d)) return false;
  return touchesUnpublished(calendar, toCivil(calendar, Math.min(d.since, d.due - 1)).day, toCivil(calendar, d.due - 1).day);
};
