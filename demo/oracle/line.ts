/**
 * Time as a line of days from 2000 to 2060, written out from the text of a calendar edition: which days are worked on, when the office
 * is open, and how long it has been open up to each day. An oracle for `cases/calendar`: it shares nothing with it, neither bits nor
 * walks over days nor the arithmetic of dates.
 */
import type { Calendar, Edition } from '../../schemas/index.ts';

export type Scale = NonNullable<Calendar['scale']>;
export const dayMs = 24 * 60 * 60 * 1000;
const [firstYear, lastYear] = [2000, 2060];
/** Midnight of 2000-01-01 in Shanghai; it was a Saturday. */
const origin = Date.parse('2000-01-01T00:00:00+08:00');
const firstWeekday = 6;

const leap = (y: number): boolean => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const monthLength = (y: number, m: number): number => (m === 2 && leap(y) ? 29 : (lengths[m - 1] ?? 0));
const yearLength = (y: number): number => (leap(y) ? 366 : 365);

const yearStarts: readonly number[] = Array.from({ length: lastYear - firstYear + 2 }, (_, n) => Array.from({ length: n }, (_, k) => yearLength(firstYear + k)).reduce((a, b) => a + b, 0));
const dayCount = yearStarts.at(-1) ?? 0;

/** `2026-02-13` -> its place on the line. @throws outside of it */
export const placeOf = (date: string): number => {
  const [y = 0, m = 0, d = 0] = date.split('-').map(Number);
  const start = yearStarts[y - firstYear];
  if (start === undefined || y > lastYear) throw new RangeError(`${date} is not on the line`);
  let place = start + d - 1;
  for (let k = 1; k < m; k += 1) place += monthLength(y, k);
  return place;
};
/** The same day so many months later, at most the month's last. */
export const monthsLater = (place: number, months: number): number => {
  let [y, rest] = [firstYear, place];
  for (; rest >= yearLength(y); y += 1) rest -= yearLength(y);
  let m = 1;
  for (; rest >= monthLength(y, m); m += 1) rest -= monthLength(y, m);
  const all = m - 1 + months;
  const [year, month] = [y + Math.floor(all / 12), (all % 12) + 1];
  const first = placeOf(`${year}-${String(month).padStart(2, '0')}-01`);
  return first + Math.min(rest, monthLength(year, month) - 1);
};

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
type Period = readonly [from: number, to: number];
const periodsOf = (text: readonly (readonly [string, string])[]): Period[] => text.map(([a, b]) => [minuteOf(a) * 60_000, minuteOf(b) * 60_000]);
const lengthOf = (periods: readonly Period[]): number => periods.reduce((ms, [a, b]) => ms + b - a, 0);
const shipped: readonly (readonly [string, string])[] = [['09:00', '12:00'], ['13:00', '17:00']];

/** Places on the line, and moments in civil milliseconds since its beginning. */
export type Line = {
  /** 1 where the day is worked on, 1 where its year has a notice. */
  readonly working: Uint8Array;
  readonly published: Uint8Array;
  /** Working days before each day, and those days one after the other. */
  readonly before: Int32Array;
  readonly workingDays: Int32Array;
  /** Opening time in all, before each day. */
  readonly opened: Float64Array;
  readonly periods: (day: number) => readonly Period[];
  readonly ordinary: number;
  readonly moment: (instant: number) => number;
  readonly instant: (moment: number) => number;
  /** Real milliseconds that so many civil ones last. */
  readonly real: (ms: number) => number;
};

const markYears = (edition: Edition): Pick<Line, 'working' | 'published'> => {
  const working = Uint8Array.from({ length: dayCount }, (_, day) => ((day + firstWeekday) % 7 === 0 || (day + firstWeekday) % 7 === 6 ? 0 : 1));
  const published = new Uint8Array(dayCount);
  for (const year of edition.years) {
    const [start, end] = [yearStarts[year.year - firstYear] ?? 0, yearStarts[year.year - firstYear + 1] ?? 0];
    if (!year.provisional) published.fill(1, start, end);
    // A notice speaks of its own year; a holiday that runs on into the next is that year's to say.
    for (const [a, b] of year.off) working.fill(0, Math.max(start, placeOf(a)), Math.min(end, placeOf(b) + 1));
    for (const on of year.on) {
      const place = placeOf(typeof on === 'string' ? on : on[0]);
      if (place >= start && place < end) working[place] = 1;
    }
  }
  return { working, published };
};

/** The bridge between instants and the line: rounded to whole milliseconds both ways, as the scale of a demonstration needs it. */
const bridge = (scale: Scale | undefined): Pick<Line, 'moment' | 'instant' | 'real'> => {
  if (scale === undefined) return { moment: (at) => at - origin, instant: (m) => m + origin, real: (ms) => ms };
  const start = scale.civilEpoch - origin;
  return {
    moment: (at) => start + Math.round(((at - scale.realEpoch) * dayMs) / scale.msPerDay),
    instant: (m) => scale.realEpoch + Math.round(((m - start) * scale.msPerDay) / dayMs),
    real: (ms) => Math.round((ms * scale.msPerDay) / dayMs),
  };
};

export const lineOf = (edition: Edition, scale?: Scale): Line => {
  const { working, published } = markYears(edition);
  const usual = periodsOf(edition.hours?.day ?? shipped);
  const except = new Map(Object.entries(edition.hours?.except ?? {}).map(([date, text]) => [placeOf(date), periodsOf(text)]));
  const periods = (day: number): readonly Period[] => (working[day] !== 1 ? [] : (except.get(day) ?? usual));
  const ordinary = lengthOf(usual);
  const before = new Int32Array(dayCount + 1);
  const opened = new Float64Array(dayCount + 1);
  for (let day = 0; day < dayCount; day += 1) {
    before[day + 1] = (before[day] ?? 0) + (working[day] ?? 0);
    opened[day + 1] = (opened[day] ?? 0) + (working[day] !== 1 ? 0 : except.has(day) ? lengthOf(periods(day)) : ordinary);
  }
  const workingDays = Int32Array.from([...working.keys()].filter((day) => working[day] === 1));
  return { working, published, before, workingDays, opened, periods, ordinary, ...bridge(scale) };
};

export const dayAt = (moment: number): number => Math.floor(moment / dayMs);
/** @throws beyond the line */
const known = (n: number | undefined): number => {
  if (n === undefined) throw new RangeError('beyond the line of days');
  return n;
};

/** How long the office has been open up to a moment. */
export const openUpTo = (line: Line, moment: number): number => {
  const day = dayAt(moment);
  const ms = moment - day * dayMs;
  return line.periods(day).reduce((sum, [a, b]) => sum + Math.min(Math.max(ms - a, 0), b - a), known(line.opened[day]));
};

/** The first moment at which the office has been open for so long in all. */
export const whenOpened = (line: Line, total: number): number => {
  let [low, high] = [0, line.opened.length - 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (known(line.opened[middle + 1]) >= total) high = middle;
    else low = middle + 1;
  }
  let left = total - known(line.opened[low]);
  for (const [a, b] of line.periods(low)) {
    if (left <= b - a) return low * dayMs + a + left;
    left -= b - a;
  }
  throw new RangeError('beyond the line of days');
};

/** The n-th working day after a day (n = 0: the day itself), or before it where n is negative. */
export const workingDay = (line: Line, day: number, n: number): number => (n === 0 ? day : known(line.workingDays[n > 0 ? known(line.before[day + 1]) + n - 1 : known(line.before[day]) + n]));
/** Working days in (a, b], negative where b lies before a. */
export const workingDaysIn = (line: Line, a: number, b: number): number => known(line.before[b + 1]) - known(line.before[a + 1]);
/** The day itself when it is worked on, else the next one, or the one before. */
export const onWorkingDay = (line: Line, day: number, way: 1 | -1): number => (line.working[day] === 1 ? day : workingDay(line, day, way));
/** 24:00 of a day. */
export const endOf = (line: Line, day: number): number => line.instant((day + 1) * dayMs);
/** The date that an instant ends. */
export const dateOn = (line: Line, due: number): string => new Date((dayAt(line.moment(due - 1)) + 10_957) * dayMs).toISOString().slice(0, 10);
export const endOfDate = (line: Line, date: string): number => endOf(line, placeOf(date));
