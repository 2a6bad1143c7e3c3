import type { Amount, Calendar } from '../../schemas/index.ts';
import { type EpochDay, dateOf, epochDay, msPerDay, realMs, toCivil, toInstant, yearAt } from './day.ts';

/** A date that was computed: provisional when a year without a published calendar was touched. */
export type Due = { instant: number; date: string; provisional: boolean };

const saturday = 6;
/** 0 is Sunday. */
export const weekday = (day: EpochDay): number => (((day + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday

const hexDigit = (text: string, index: number): number => {
  const code = text.charCodeAt(index);
  return code >= 97 ? code - 87 : code - 48;
};

/** Is it a working day (工作日)? Years outside the edition are plain weekdays, and say so. */
export const isWorkingDay = (calendar: Calendar, day: EpochDay): { working: boolean; provisional: boolean } => {
  const { year, first } = yearAt(day);
  const edition = calendar.years[year];
  if (!edition) return { working: weekday(day) !== 0 && weekday(day) !== saturday, provisional: true };
  const index = day - first;
  return { working: ((hexDigit(edition.days, index >> 2) >> (3 - (index & 3))) & 1) === 1, provisional: edition.provisional };
};

/** No notice closes the country for this long; a walk that exceeds it meets a broken edition and stops. */
export const longestWalk = 40;

const nextWorking = (calendar: Calendar, from: EpochDay, step: 1 | -1): { day: EpochDay; provisional: boolean } => {
  let provisional = false;
  for (let day = from, n = 0; n < longestWalk; day += step, n += 1) {
    const d = isWorkingDay(calendar, day);
    provisional ||= d.provisional;
    if (d.working) return { day, provisional };
  }
  return { day: from, provisional: true };
};

/** `amount` working days after (negative: before) a day; the day itself is not counted. */
export const addWorkingDays = (calendar: Calendar, from: EpochDay, amount: number): { day: EpochDay; provisional: boolean } => {
  const step = amount < 0 ? -1 : 1;
  let at = { day: from, provisional: false };
  for (let n = 0; n < Math.abs(amount); n += 1) {
    const next = nextWorking(calendar, at.day + step, step);
    at = { day: next.day, provisional: at.provisional || next.provisional };
  }
  return at;
};

/** Beyond this span no edition speaks: plain weekdays are counted by arithmetic, so that a date of the year 9999 costs nothing. */
const longestSpan = 3660;

/** Working days in (a, b]: negative when b lies before a. */
export const workingDaysBetween = (calendar: Calendar, a: EpochDay, b: EpochDay): number => {
  if (b < a) return -workingDaysBetween(calendar, b, a);
  if (b - a > longestSpan) {
    const weeks = Math.floor((b - a - longestSpan) / 7) + 1;
    return weeks * 5 + workingDaysBetween(calendar, a, b - weeks * 7);
  }
  let n = 0;
  for (let day = a + 1; day <= b; day += 1) if (isWorkingDay(calendar, day).working) n += 1;
  return n;
};

export const endOfDay = (calendar: Calendar, day: EpochDay): number => toInstant(calendar, day, msPerDay);

/**
 * When a limit that starts at `from` ends. wd: the day of receipt is not counted, receipt on an off day counts as the next working
 * day, ends at 24:00 of the last day (民法典 201). d: likewise in natural days, and an off day at the end rolls on to the next
 * working day (民法典 203). h: hours round the clock.
 */
export const dueOf = (calendar: Calendar, from: number, limit: Amount): Due => {
  const { day } = toCivil(calendar, from);
  if (limit.unit === 'h') {
    const instant = from + realMs(calendar, limit.amount * 3_600_000);
    return { instant, date: dateOf(toCivil(calendar, instant).day), provisional: false };
  }
  const last = limit.unit === 'wd' ? afterReceipt(calendar, day, Math.ceil(limit.amount)) : nextWorking(calendar, day + limit.amount, 1);
  return { instant: endOfDay(calendar, last.day), date: dateOf(last.day), provisional: last.provisional };
};

const afterReceipt = (calendar: Calendar, day: EpochDay, amount: number): { day: EpochDay; provisional: boolean } => {
  const received = nextWorking(calendar, day, 1);
  const due = addWorkingDays(calendar, received.day, amount);
  return { day: due.day, provisional: received.provisional || due.provisional };
};

/** The end of a civil date as a due instant. */
export const dueOn = (calendar: Calendar, date: string): Due => {
  const day = epochDay(date);
  return { instant: endOfDay(calendar, day), date, provisional: isWorkingDay(calendar, day).provisional };
};

/** Civil date of an instant; a due instant (24:00) belongs to the day that it ends. */
export const dateAt = (calendar: Calendar, instant: number): string => dateOf(toCivil(calendar, instant).day);
export const dueDateAt = (calendar: Calendar, instant: number): string => dateOf(toCivil(calendar, instant - 1).day);

/** The same day `months` later, the month's last day at most; end of that day. */
export const monthsAfter = (calendar: Calendar, from: number, months: number): number => {
  const [y, m, d] = dateAt(calendar, from).split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(y, m - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return endOfDay(calendar, Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(d, last)) / msPerDay);
};
