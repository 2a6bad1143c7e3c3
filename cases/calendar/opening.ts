import type { Calendar, OpeningHours } from '../../schemas/index.ts';
import { type EpochDay, dateOf, msPerDay, toCivil, toInstant } from './day.ts';
import { isWorkingDay, longestWalk } from './working.ts';

/** 09:00 to 12:00 and 13:00 to 17:00, for editions that state no hours. */
const usual: OpeningHours = { day: [[540, 720], [780, 1020]] };
const msPerMinute = 60_000;

/** A civil moment: a day and milliseconds since its midnight. */
export type Moment = { day: EpochDay; ms: number };
type Minutes = readonly (readonly [number, number])[];
type Opening = { periods: readonly (readonly [number, number])[]; provisional: boolean };
/** Where a walk ended, and whether it asked a day of a year without a published calendar. */
export type Found<T> = T & { provisional: boolean };

export const openingHours = (calendar: Calendar): OpeningHours => calendar.hours ?? usual;

/** In minutes of the day. */
const minutesOn = (calendar: Calendar, day: EpochDay, working: boolean): Minutes => {
  if (!working) return [];
  const { day: ordinary, except } = openingHours(calendar);
  return except === undefined ? ordinary : (except[dateOf(day)] ?? ordinary);
};
const lengthOf = (periods: Minutes): number => {
  let minutes = 0;
  for (const [from, to] of periods) minutes += to - from;
  return minutes * msPerMinute;
};

/** When the office is open on a day, in milliseconds since its midnight; never on an off day. */
export const opensOn = (calendar: Calendar, day: EpochDay): Opening => {
  const { working, provisional } = isWorkingDay(calendar, day);
  return { periods: minutesOn(calendar, day, working).map(([from, to]) => [from * msPerMinute, to * msPerMinute]), provisional };
};

/**
 * The day on which something counts as received (视为收到): the day of its arrival while the office still opens or is open on it, else
 * the next day on which it opens. Null when no edition lets it open within `longestWalk` days.
 */
export const receivedOn = (calendar: Calendar, arrived: Moment): Found<{ day: EpochDay }> | null => {
  let provisional = false;
  for (let day = arrived.day; day < arrived.day + longestWalk; day += 1) {
    const opening = opensOn(calendar, day);
    provisional ||= opening.provisional;
    const closes = opening.periods.at(-1)?.[1] ?? 0;
    if (closes > (day === arrived.day ? arrived.ms : 0)) return { day, provisional };
  }
  return null;
};

/** The moment at which the office will have been open for `ms` since `from`; at closing time when that is exact. */
export const afterOpen = (calendar: Calendar, from: Moment, ms: number): Found<Moment> | null => {
  let [left, provisional, idle] = [ms, false, 0];
  for (let day = from.day; idle < longestWalk; day += 1) {
    const asked = isWorkingDay(calendar, day);
    const periods = minutesOn(calendar, day, asked.working);
    provisional ||= asked.provisional;
    idle = periods.length === 0 ? idle + 1 : 0;
    const whole = day === from.day ? null : lengthOf(periods);
    if (whole !== null && whole < left) {
      left -= whole;
      continue;
    }
    for (const [start, end] of periods) {
      const [begin, stop] = [Math.max(start * msPerMinute, day === from.day ? from.ms : 0), end * msPerMinute];
      if (stop <= begin) continue;
      if (left <= stop - begin) return { day, ms: begin + left, provisional };
      left -= stop - begin;
    }
  }
  return null;
};

/** The same backward: the latest moment from which the office is open for `ms` up to `to`; at opening time when that is exact. */
export const beforeOpen = (calendar: Calendar, to: Moment, ms: number): Found<Moment> | null => {
  let [left, provisional, idle] = [ms, false, 0];
  // Nothing of the day that starts at midnight lies before it, so that it is not asked about.
  for (let day = to.ms === 0 ? to.day - 1 : to.day; idle < longestWalk; day -= 1) {
    const opening = opensOn(calendar, day);
    provisional ||= opening.provisional;
    idle = opening.periods.length === 0 ? idle + 1 : 0;
    for (const [start, end] of opening.periods.toReversed()) {
      const stop = Math.min(end, day === to.day ? to.ms : end);
      if (stop <= start) continue;
      if (left <= stop - start) return { day, ms: stop - left, provisional };
      left -= stop - start;
    }
  }
  return null;
};

/** How long the office is open from one instant to another, in civil milliseconds; negative when `b` lies before `a`. */
export const openBetween = (calendar: Calendar, a: number, b: number): Found<{ ms: number }> => {
  if (b < a) {
    const back = openBetween(calendar, b, a);
    return { ms: -back.ms, provisional: back.provisional };
  }
  const [from, to] = [toCivil(calendar, a), toCivil(calendar, b)];
  let [ms, provisional] = [0, false];
  for (let day = from.day; day <= to.day; day += 1) {
    const asked = isWorkingDay(calendar, day);
    const periods = minutesOn(calendar, day, asked.working);
    provisional ||= asked.provisional;
    ms += day === from.day || day === to.day ? within(periods, day === from.day ? from.ms : 0, day === to.day ? to.ms : msPerDay) : lengthOf(periods);
  }
  return { ms, provisional };
};
/** What of the opening hours of a day lies between two moments of it. */
const within = (periods: Minutes, from: number, to: number): number => periods.reduce((ms, [start, end]) => ms + Math.max(0, Math.min(end * msPerMinute, to) - Math.max(start * msPerMinute, from)), 0);

/** Does everybody's time turn here: midnight, opening, closing? Day limits end and their marks lie at such instants, of thousands of cases at once. */
export const isTurn = (calendar: Calendar, instant: number): boolean => {
  const { day } = toCivil(calendar, instant);
  const turns = opensOn(calendar, day).periods.flatMap(([from, to]) => [from, to]);
  return [toInstant(calendar, day, 0), toInstant(calendar, day + 1, 0), ...turns.map((ms) => toInstant(calendar, day, ms))].includes(instant);
};

export const instantOf = (calendar: Calendar, at: Moment): number => toInstant(calendar, at.day, at.ms);
