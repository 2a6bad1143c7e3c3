import type { Calendar } from '../../schemas/index.ts';
import { civilMs, endOfDay, msPerDay, toCivil, workingDaysBetween } from '../calendar/index.ts';

/**
 * 倒计时, as people say it: in working days where a limit ends with its day; hours and minutes, within a day of it, where it ends at
 * an hour. `amount` 0: on the last day of it, or late by less than one.
 */
export type Countdown = { readonly late: boolean; readonly unit: 'workingDay' | 'minute'; readonly amount: number };

/** Does it end with its civil day? On a scaled calendar the end of a day is rounded to a real millisecond: compared as instants. */
export const endsWithDay = (calendar: Calendar, due: number): boolean => endOfDay(calendar, toCivil(calendar, due - 1).day) === due;

/** @param now instant, like `due` */
export function countdownOf(calendar: Calendar, due: number, now: number): Countdown {
  const late = now >= due;
  const days = Math.abs(workingDaysBetween(calendar, toCivil(calendar, now).day, toCivil(calendar, due - 1).day));
  const civil = civilMs(calendar, Math.abs(due - now));
  if (endsWithDay(calendar, due) || (civil >= msPerDay && days > 0)) return { late, unit: 'workingDay', amount: days };
  return { late, unit: 'minute', amount: Math.floor(civil / 60_000) };
}
