import * as z from 'zod';
import type { Calendar } from '../../schemas/index.ts';
import { type EpochDay, dateOf, realMs, toCivil } from './day.ts';
import { type Found, afterOpen, beforeOpen, instantOf, receivedOn } from './opening.ts';
import { type Due, dateAt, dueDateAt, endOfDay, isWorkingDay, longestWalk } from './working.ts';

export const LimitUnit = z.enum(['workingDay', 'calendarDay', 'hour']);
export type LimitUnit = z.infer<typeof LimitUnit>;

/** No limit is longer; a walk over more would burn time and reach years that no date is written for. */
const mostDays = 3660;
const msPerHour = 3_600_000;

/**
 * A limit (期限) as people say it: so many working days (工作日), natural days (自然日) or hours; a negative amount goes backward.
 * `emergency`: hours that run round the clock (紧急事项), without it they run while the office is open.
 */
export const Limit = z
  .object({ amount: z.number(), unit: LimitUnit, emergency: z.boolean().optional() })
  .refine((l) => l.unit === 'hour' || Number.isInteger(l.amount), { path: ['amount'], message: 'whole days' })
  .refine((l) => Math.abs(l.amount) <= (l.unit === 'hour' ? mostDays * 8 : mostDays), { path: ['amount'], message: `at most ${mostDays} days or ${mostDays * 8} hours` });
export type Limit = z.infer<typeof Limit>;

/**
 * When a limit that something arriving at `from` sets off is due.
 * - What arrives on an off day or after closing counts as received on the next day on which the office opens; that day is not counted.
 * - Working days: the last one counted. Natural days: the last one, moved on to the next working day when it is off.
 * - Both are due at 24:00 of that day, Asia/Shanghai. Hours end at their instant.
 * - Backward from a day: working days before it; a natural day that is off moves back to the working day before.
 * Provisional: a day that had to be asked about lies in a year without a published calendar.
 * Null: the edition has no working day or opening hours to count, for weeks on end. Always bounded.
 */
export const limitDue = (calendar: Calendar, from: number, limit: Limit): Due | null => {
  if (limit.unit === 'hour') return limit.emergency === true ? roundTheClock(calendar, from, limit.amount) : inOpeningHours(calendar, from, limit.amount);
  const last = limit.amount < 0 ? lastBefore(calendar, toCivil(calendar, from).day, limit) : lastAfter(calendar, from, limit);
  return last && { instant: endOfDay(calendar, last.day), date: dateOf(last.day), provisional: last.provisional };
};

type Last = Found<{ day: EpochDay }> | null;

export const lastAfter = (calendar: Calendar, from: number, { amount, unit }: Limit): Last => {
  const received = receivedOn(calendar, toCivil(calendar, from));
  if (!received) return null;
  const last = unit === 'workingDay' ? stepWorking(calendar, received.day, amount) : onWorking(calendar, received.day + amount, 1);
  return last && { day: last.day, provisional: last.provisional || received.provisional };
};

/** The day before which an amount lies, backward from a day; a bridge to instants and back would round it into the day before on a scaled calendar. */
export const lastBefore = (calendar: Calendar, day: EpochDay, { amount, unit }: Limit): Last => (unit === 'workingDay' ? stepWorking(calendar, day, amount) : onWorking(calendar, day + amount, -1));

/** The day itself when it is a working day, else the next one in this direction. */
const onWorking = (calendar: Calendar, from: EpochDay, step: 1 | -1): Last => {
  let provisional = false;
  for (let n = 0, day = from; n < longestWalk; n += 1, day += step) {
    const asked = isWorkingDay(calendar, day);
    provisional ||= asked.provisional;
    if (asked.working) return { day, provisional };
  }
  return null;
};

const stepWorking = (calendar: Calendar, from: EpochDay, amount: number): Last => {
  const step = amount < 0 ? -1 : 1;
  let at: Last = { day: from, provisional: false };
  for (let n = 0; n < Math.abs(amount) && at !== null; n += 1) {
    const next = onWorking(calendar, at.day + step, step);
    at = next && { day: next.day, provisional: at.provisional || next.provisional };
  }
  return at;
};

const roundTheClock = (calendar: Calendar, from: number, amount: number): Due => hoursEnd(calendar, amount, from + realMs(calendar, amount * msPerHour), false);

const inOpeningHours = (calendar: Calendar, from: number, amount: number): Due | null => {
  const walk = amount < 0 ? beforeOpen : afterOpen;
  const end = walk(calendar, toCivil(calendar, from), Math.abs(amount) * msPerHour);
  return end && hoursEnd(calendar, amount, instantOf(calendar, end), end.provisional);
};

/** What ends at midnight ends the day before it; what starts at midnight, backward, starts the day that it opens. */
const hoursEnd = (calendar: Calendar, amount: number, instant: number, provisional: boolean): Due => ({ instant, date: amount < 0 ? dateAt(calendar, instant) : dueDateAt(calendar, instant), provisional });

/** Working days in (a, b], day by day whatever the span, and whether any of them is provisional; negative when b lies before a. */
export const workingDaysIn = (calendar: Calendar, a: EpochDay, b: EpochDay): Found<{ days: number }> => {
  let [days, provisional] = [0, false];
  for (let day = Math.min(a, b) + 1; day <= Math.max(a, b); day += 1) {
    const asked = isWorkingDay(calendar, day);
    provisional ||= asked.provisional;
    if (asked.working) days += 1;
  }
  return { days: b < a && days > 0 ? -days : days, provisional };
};
