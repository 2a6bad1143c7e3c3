import { type Calendar, type Edition, canonical } from '../../schemas/index.ts';
import { type EpochDay, dateOf, epochDay, yearOf } from './day.ts';
import { compileCalendar, onDays } from './edition.ts';
import { openingHours } from './opening.ts';
import { isWorkingDay } from './working.ts';

/** Why a day is off or working: the holiday's name, empty for an ordinary day. */
export const nameOfDay = (edition: Edition, date: string): string => {
  const year = edition.years.find((y) => date.startsWith(String(y.year)));
  return year?.off.find(([from, to]) => from <= date && date <= to)?.[2] ?? (year && onDays(year).find((d) => d.date === date)?.name) ?? '';
};

export type YearStanding = 'published' | 'provisional' | 'absent';
export const standingOf = (calendar: Calendar, year: number): YearStanding => {
  const found = calendar.years[String(year)];
  return found ? (found.provisional ? 'provisional' : 'published') : 'absent';
};

/** The longest span of years that is looked through: nothing runs longer. */
const mostYears = 50;
/** Does any day from one to another lie in a year whose calendar is not published? */
export const touchesUnpublished = (calendar: Calendar, first: EpochDay, last: EpochDay): boolean => {
  const from = yearOf(first);
  const until = Math.min(Math.max(from, yearOf(last)), from + mostYears);
  for (let year = from; year <= until; year += 1) if (standingOf(calendar, year) !== 'published') return true;
  return false;
};

export type DayDifference = { date: string; before: { working: boolean; name: string }; after: { working: boolean; name: string } };
export type EditionDifference = { days: DayDifference[]; years: { year: number; before: YearStanding; after: YearStanding }[]; hours: boolean };

/** What one edition changes against another; a year that one of them lacks counts as plain weekdays there. */
export const differenceOf = (before: Edition, after: Edition): EditionDifference => {
  const [old, fresh] = [compileCalendar(before), compileCalendar(after)];
  const years = [...new Set([...before.years, ...after.years].map((y) => y.year))].toSorted((a, b) => a - b);
  const days = years.flatMap(daysOf).flatMap((day) => {
    const [was, is] = [isWorkingDay(old, day).working, isWorkingDay(fresh, day).working];
    const date = dateOf(day);
    return was === is ? [] : [{ date, before: { working: was, name: nameOfDay(before, date) }, after: { working: is, name: nameOfDay(after, date) } }];
  });
  const standings = years.map((year) => ({ year, before: standingOf(old, year), after: standingOf(fresh, year) }));
  return { days, years: standings.filter((y) => y.before !== y.after), hours: canonical(openingHours(old)) !== canonical(openingHours(fresh)) };
};

const daysOf = (year: number): number[] => {
  const first = epochDay(`${year}-01-01`);
  return Array.from({ length: epochDay(`${year + 1}-01-01`) - first }, (_, i) => first + i);
};
