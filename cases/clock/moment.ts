import type { Amount, Calendar, Deadline, PolicyMore } from '../../schemas/index.ts';
import { afterOpen, beforeOpen, instantOf, lastAfter, lastBefore, openBetween, opensOn, realMs, toCivil, toInstant } from '../calendar/index.ts';

export type MarkRule = NonNullable<PolicyMore['marks']>[number];
type Running = Pick<Deadline, 'since' | 'due' | 'amount' | 'countedFrom' | 'spent'>;

const msPerHour = 3_600_000;
/** Emergency limits run round the clock, and so do their marks. */
export const isHours = (d: Pick<Running, 'amount'>): boolean => d.amount?.unit === 'h';
/** What of a limit passes between two instants: opening time, round the clock for hours. */
export const usedBetween = (calendar: Calendar, d: Pick<Running, 'amount'>, from: number, to: number): number => (to <= from ? 0 : isHours(d) ? to - from : openBetween(calendar, from, to).ms);

/** 已用时间: how much of it was used at an instant, in civil opening time (round the clock for hours); before a pause included. */
export const spentAt = (calendar: Calendar, d: Running, instant: number): number => d.spent + usedBetween(calendar, d, d.countedFrom, Math.min(instant, d.due));

/** When the part `share` of the whole limit (`all`, where it is known) will have been used; the due instant when all of it, or when there is nothing to count. */
export const whenSpent = (calendar: Calendar, d: Running, share: number, all?: number): number => {
  // What was due before it is counted on again - a pause of what was late - has no time left to share out.
  if (share >= 1 || d.due <= d.countedFrom) return d.due;
  if (isHours(d)) return Math.min(d.due, d.countedFrom + Math.ceil(share * (d.spent + d.due - d.countedFrom)) - d.spent);
  const whole = all ?? spentAt(calendar, d, d.due);
  const ms = Math.ceil(share * whole) - d.spent;
  if (whole === 0) return d.due;
  if (ms <= 0) return d.countedFrom;
  const end = afterOpen(calendar, toCivil(calendar, d.countedFrom), ms);
  return end === null ? d.due : Math.min(d.due, instantOf(calendar, end));
};

const unitOf = { wd: 'workingDay', d: 'calendarDay' } as const;
/** A working day on which the office does not open at all: the last closing before it. */
export const opening = (calendar: Calendar, day: number): number => {
  const [first] = opensOn(calendar, day).periods;
  const closed = first ? null : beforeOpen(calendar, { day, ms: 0 }, 0);
  return closed ? instantOf(calendar, closed) : toInstant(calendar, day, first?.[0] ?? 0);
};

/** An amount before (1) or after (-1) the due instant; null where that says nothing (days beside a limit in hours). */
const beside = (calendar: Calendar, d: Running, { amount, unit }: Amount, sign: 1 | -1): number | null => {
  if (unit === 'h') return hoursBeside(calendar, d, sign * amount);
  if (isHours(d) || amount < 1) return null;
  const lastDay = toCivil(calendar, d.due - 1).day;
  const limit = { amount: -sign * Math.round(amount), unit: unitOf[unit] } as const;
  const found = sign === 1 ? lastBefore(calendar, lastDay, limit) : lastAfter(calendar, toInstant(calendar, lastDay, 0), limit);
  return found && opening(calendar, found.day);
};

/** Moved back to the last closing when the office is closed then: nobody is told at night. At its very opening it is open. */
const hoursBeside = (calendar: Calendar, d: Running, hours: number): number => {
  const at = d.due - realMs(calendar, hours * msPerHour);
  const { day, ms } = toCivil(calendar, at);
  if (isHours(d) || opensOn(calendar, day).periods.some(([from, to]) => from <= ms && ms < to)) return at;
  const closed = beforeOpen(calendar, { day, ms }, 0);
  return closed === null ? at : instantOf(calendar, closed);
};

/** When a mark of a deadline falls due, late or not; null where its rule says nothing about such a limit. */
export const instantOfMark = (calendar: Calendar, d: Running, at: MarkRule['at'], all?: number): number | null => {
  if ('elapsed' in at) return whenSpent(calendar, d, at.elapsed, all);
  if ('left' in at) return whenSpent(calendar, d, 1 - at.left, all);
  const instant = 'before' in at ? beside(calendar, d, at.before, 1) : beside(calendar, d, at.after, -1);
  return instant === null || 'after' in at ? instant : Math.min(instant, d.due);
};
