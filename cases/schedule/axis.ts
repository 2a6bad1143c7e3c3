import type { Calendar } from '../../schemas/index.ts';
import { type EpochDay, addWorkingDays, dateOf, epochDay, workingDaysBetween } from '../calendar/index.ts';

/**
 * Working days numbered from today: `n` is the end of the n-th working day, 0 what is over when today begins. An off day has the number
 * of the working day before it, so work that must be done by a Sunday is done by the Friday.
 */
export type Axis = { readonly numberOf: (date: string) => number; readonly dateOf: (n: number) => string };

/** Beyond so many working days no edition speaks: plain weeks are added, so that a date of the year 9999 costs nothing. */
const longestWalk = 2600;
const workingDayAfter = (calendar: Calendar, from: EpochDay, n: number): EpochDay => {
  const weeks = Math.max(0, Math.ceil((Math.abs(n) - longestWalk) / 5)) * Math.sign(n);
  return addWorkingDays(calendar, from, n - weeks * 5).day + weeks * 7;
};

/** One walk for all dates, however many there are. */
const numbered = (calendar: Calendar, base: EpochDay, days: readonly EpochDay[]): ReadonlyMap<EpochDay, number> => {
  const found = new Map([[base, 0]]);
  for (const side of [days.filter((d) => d > base).sort((a, b) => a - b), days.filter((d) => d < base).sort((a, b) => b - a)]) {
    let last = base;
    for (const day of side) {
      found.set(day, (found.get(last) ?? 0) + workingDaysBetween(calendar, last, day));
      last = day;
    }
  }
  return found;
};

/** Numbers for these dates, counted from the morning of `today`. */
export const axisOf = (calendar: Calendar, today: string, dates: readonly string[]): Axis => {
  const base = epochDay(today) - 1;
  const numbers = numbered(calendar, base, dates.map(epochDay));
  const numberOf = (date: string): number => numbers.get(epochDay(date)) ?? 0 + workingDaysBetween(calendar, base, epochDay(date)); // 0 + : no -0
  return { numberOf, dateOf: (n) => dateOf(n > 0 ? workingDayAfter(calendar, base, n) : workingDayAfter(calendar, base + 1, n - 1)) };
};

/** Dates of these numbers, in one walk to either side. */
export const datesOf = (calendar: Calendar, today: string, numbers: readonly number[]): ReadonlyMap<number, string> => {
  const base = epochDay(today) - 1;
  const found = new Map<number, string>();
  const walk = (from: EpochDay, steps: readonly number[], name: (step: number) => number): void => {
    let [day, gone] = [from, 0];
    for (const step of steps) {
      day = workingDayAfter(calendar, day, step - gone);
      gone = step;
      found.set(name(step), dateOf(day));
    }
  };
  walk(base, [...new Set(numbers.filter((n) => n > 0))].sort((a, b) => a - b), (n) => n);
  walk(base + 1, [...new Set(numbers.filter((n) => n <= 0).map((n) => n - 1))].sort((a, b) => b - a), (n) => n + 1);
  return found;
};
