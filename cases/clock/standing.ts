import type { Calendar, Deadline } from '../../schemas/index.ts';
import { toCivil, workingDaysBetween } from '../calendar/index.ts';

export const standings = ['overdueThrice', 'overdue', 'soon', 'running', 'paused'] as const;
/**
 * How a deadline stands: 暂停 paused, 逾期 overdue, more than three times its limit gone by (the limit and twice as much again),
 * 临期 soon (three working days or fewer left; domain 6.5: 提醒), or 在期内 running.
 */
export type Standing = { readonly standing: (typeof standings)[number]; /** Whole working days, negative when late, 0 on the last day. */ readonly left: number };

const soon = 3;

/** @param now instant; of a paused deadline the days count as if it ran, for nobody knows yet how long it stands still */
export function dueStandingOf(calendar: Calendar, d: Pick<Deadline, 'since' | 'due' | 'paused'>, now: number): Standing {
  const dayOf = (instant: number): number => toCivil(calendar, instant).day;
  // A due instant is the end of a day, which is the day before it.
  const [start, last, today] = [dayOf(d.since), dayOf(d.due - 1), dayOf(now)];
  // Over a weekend it is late by no working day: 0, and never -0.
  const left = workingDaysBetween(calendar, today, last) + 0;
  const limit = Math.max(1, workingDaysBetween(calendar, start, last));
  const standing = d.paused ? 'paused' : now < d.due ? (left <= soon ? 'soon' : 'running') : workingDaysBetween(calendar, start, today) > 3 * limit ? 'overdueThrice' : 'overdue';
  return { standing, left };
}
