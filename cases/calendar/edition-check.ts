import type { Edition, EditionYear } from '../../schemas/index.ts';
import { compileCalendar, onDays } from './edition.ts';
import { dateOf, epochDay } from './day.ts';
import { isWorkingDay, longestWalk } from './working.ts';
import { opensOn } from './opening.ts';

/** What is wrong with an edition as a whole, where in it, in both languages. */
export type EditionFault = { path: string; zh: string; en: string };

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const outside = (year: number, date: string): boolean => date.slice(0, 4) !== String(year);

const ofOff = (y: EditionYear, i: number): EditionFault[] =>
  y.off.flatMap(([from, to], n) => {
    const path = `years.${i}.off.${n}`;
    if (from > to) return [{ path, zh: `${from} 晚于 ${to}`, en: `${from} is after ${to}` }];
    return outside(y.year, from) || outside(y.year, to) ? [{ path, zh: `${from} 至 ${to} 不在 ${y.year} 年内, 跨年假期分写在两年`, en: `${from} to ${to} is not within ${y.year}; a holiday over new year stands in both years` }] : [];
  });

const ofOn = (y: EditionYear, i: number): EditionFault[] =>
  onDays(y).flatMap(({ date }, n) => {
    const path = `years.${i}.on.${n}`;
    if (outside(y.year, date)) return [{ path, zh: `${date} 不在 ${y.year} 年内`, en: `${date} is not within ${y.year}` }];
    if (!isWeekend(date)) return [{ path, zh: `${date} 不是周末, 不用调休`, en: `${date} is no weekend: nothing to make up for` }];
    return y.off.some(([from, to]) => from <= date && date <= to) ? [{ path, zh: `${date} 既放假又上班`, en: `${date} is both off and working` }] : [];
  });

const twice = (edition: Edition): EditionFault[] =>
  edition.years.flatMap((y, i) => (edition.years.findIndex((o) => o.year === y.year) < i ? [{ path: `years.${i}.year`, zh: `${y.year} 年写了两次`, en: `${y.year} stands twice` }] : []));

/** Days on which nothing opens, longer in a row than any notice closes the country: arithmetic would walk for nothing. */
const closedTooLong = (edition: Edition): EditionFault[] => {
  const calendar = compileCalendar(edition);
  return edition.years.flatMap((y, i) => {
    let run = 0;
    for (let day = epochDay(`${y.year}-01-01`); dateOf(day).startsWith(String(y.year)); day += 1) {
      run = isWorkingDay(calendar, day).working && opensOn(calendar, day).periods.length > 0 ? 0 : run + 1;
      if (run > longestWalk / 2) return [{ path: `years.${i}`, zh: `至 ${dateOf(day)} 已连续 ${run} 天没有办公时间`, en: `no opening hours for ${run} days in a row up to ${dateOf(day)}` }];
    }
    return [];
  });
};

/** Everything that a schema cannot see; an edition with a fault is not taken in. */
export const faultsOfEdition = (edition: Edition): EditionFault[] => {
  const faults = [...twice(edition), ...edition.years.flatMap((y, i) => [...ofOff(y, i), ...ofOn(y, i)])];
  if (edition.years.length === 0) return [{ path: 'years', zh: '没有年份', en: 'no years' }];
  return faults.length > 0 ? faults : closedTooLong(edition);
};
