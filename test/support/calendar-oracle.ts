/**
 * Time counted the long way, minute by minute over a line of days that is written out here: no bitmap, no epoch arithmetic, nothing of
 * the code under test. Minutes are counted from 2022-01-01 00:00 in Shanghai.
 */
import type { Edition } from '../../schemas/index.ts';

type OracleDay = { date: string; working: boolean; published: boolean; open: readonly (readonly [number, number])[] };
export type Answer = { instant: number; date: string; provisional: boolean };
export type Wish = { amount: number; unit: 'workingDay' | 'calendarDay' | 'hour'; emergency: boolean };
export type Line = { days: readonly OracleDay[]; open: Uint8Array; working: Uint8Array };

const start = Date.parse('2022-01-01T00:00:00+08:00');
const perDay = 1440;
const lastYear = 2028;

const monthLength = (y: number, m: number): number => (m === 2 ? (y % 4 === 0 ? 29 : 28) : [4, 6, 9, 11].includes(m) ? 30 : 31);
const minutesOf = (clock: string): number => {
  const [h = 0, m = 0] = clock.split(':').map(Number);
  return h * 60 + m;
};

/** The days one after the other; 2022-01-01 was a Saturday. */
export function lineOf(edition: Edition): Line {
  const days: OracleDay[] = [];
  let weekday = 6;
  for (let y = 2022; y < lastYear; y += 1)
    for (let m = 1; m <= 12; m += 1)
      for (let d = 1; d <= monthLength(y, m); d += 1) {
        const date = `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
        days.push(dayOf(edition, y, date, weekday === 0 || weekday === 6));
        weekday = (weekday + 1) % 7;
      }
  const [open, working] = [new Uint8Array(days.length * perDay), new Uint8Array(days.length)];
  for (const [i, day] of days.entries()) {
    working[i] = day.working ? 1 : 0;
    for (const [from, to] of day.open) open.fill(1, i * perDay + from, i * perDay + to);
  }
  return { days, open, working };
}

function dayOf(edition: Edition, y: number, date: string, isWeekend: boolean): OracleDay {
  const year = edition.years.find((one) => one.year === y);
  const off = year?.off.some(([from, to]) => date >= from && date <= to) ?? false;
  const on = year?.on.some((one) => (typeof one === 'string' ? one : one[0]) === date) ?? false;
  const working = on || (!isWeekend && !off);
  const hours = edition.hours ?? { day: [['09:00', '12:00'], ['13:00', '17:00']] };
  const open = working ? (hours.except?.[date] ?? hours.day).map(([a, b]) => [minutesOf(a), minutesOf(b)] as const) : [];
  return { date, working, published: year !== undefined && !year.provisional, open };
}

export const minuteOf = (instant: number): number => (instant - start) / 60_000;
const instantOf = (minute: number): number => start + minute * 60_000;
const dayAt = (minute: number): number => Math.floor(minute / perDay);
const unpublished = (line: Line, a: number, b: number): boolean => line.days.slice(Math.min(a, b), Math.max(a, b) + 1).some((d) => !d.published);

const endOf = (line: Line, day: number, provisional: boolean): Answer => ({ instant: instantOf((day + 1) * perDay), date: line.days[day]?.date ?? '', provisional });

/** @throws behind either end of the line: a hand that goes on there would never stop */
function openAt(line: Line, minute: number): boolean {
  const open = line.open[minute];
  if (open === undefined) throw new Error(`minute ${minute} is not on the line`);
  return open === 1;
}

export function answer(line: Line, from: number, wish: Wish): Answer {
  if (wish.unit === 'hour') return wish.amount < 0 ? hoursBefore(line, from, wish) : hoursAfter(line, from, wish);
  return wish.amount < 0 ? daysBefore(line, from, wish) : daysAfter(line, from, wish);
}

/** The minute hand goes on until the office opens, then until enough days have ended, then on to a working day. */
function daysAfter(line: Line, from: number, { amount, unit }: Wish): Answer {
  let minute = from;
  while (!openAt(line, minute)) minute += 1;
  const received = dayAt(minute);
  let [ended, day] = [0, received];
  while (ended < amount) {
    minute += 1;
    if (minute % perDay !== 0) continue;
    day = dayAt(minute);
    if (unit === 'calendarDay' || line.working[day] === 1) ended += 1;
  }
  const asked = unit === 'calendarDay' ? day : received;
  while (line.working[day] !== 1) day += 1;
  return endOf(line, day, unpublished(line, dayAt(from), received) || unpublished(line, asked, day));
}

function daysBefore(line: Line, from: number, { amount, unit }: Wish): Answer {
  let [minute, left, day] = [from, -amount, dayAt(from)];
  while (left > 0) {
    minute -= 1;
    if (dayAt(minute) === day) continue;
    day = dayAt(minute);
    if (unit === 'calendarDay' || line.working[day] === 1) left -= 1;
  }
  const asked = unit === 'calendarDay' ? day : dayAt(from) - 1;
  while (line.working[day] !== 1) day -= 1;
  return endOf(line, day, unpublished(line, asked, day));
}

function hoursAfter(line: Line, from: number, { amount, emergency }: Wish): Answer {
  let [minute, left] = [from, amount * 60];
  while (left > 0) {
    if (emergency || openAt(line, minute)) left -= 1;
    minute += 1;
  }
  const last = dayAt(minute - 1);
  return { instant: instantOf(minute), date: line.days[last]?.date ?? '', provisional: !emergency && unpublished(line, dayAt(from), last) };
}

function hoursBefore(line: Line, from: number, { amount, emergency }: Wish): Answer {
  let [minute, left] = [from, -amount * 60];
  while (left > 0) {
    minute -= 1;
    if (emergency || openAt(line, minute)) left -= 1;
  }
  const first = dayAt(minute);
  return { instant: instantOf(minute), date: line.days[first]?.date ?? '', provisional: !emergency && unpublished(line, first, dayAt(from - 1)) };
}

/** Minutes in which the office is open between two. */
export function openMinutes(line: Line, a: number, b: number): number {
  let n = 0;
  for (let minute = a; minute < b; minute += 1) n += line.open[minute] ?? 0;
  return n;
}
