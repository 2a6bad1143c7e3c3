import type { Amount, Calendar, Deadline, PolicyMore } from '../../schemas/index.ts';
import { afterOpen, beforeOpen, instantOf, limitDue, openBetween, opensOn, realMs, toCivil, toInstant } from '../calendar/index.ts';

export type MarkRule = NonNullable<PolicyMore['marks']>[number];
type Running = Pick<Deadline, 'since' | 'due' | 'amount' | 'countedFrom' | 'spent'>;

const msPerHour = 3_600_000;
/** Emergency limits run round the clock, and so do their marks. */
const isHours = (d: Running): boolean => d.amount?.unit === 'h';

/** 已用时间: how much of it was used at an instant, in civil opening time (round the clock for hours); before a pause included. */
export const spentAt = (calendar: Calendar, d: Running, instant: number): number => {
  const at = Math.min(Math.max(instant, d.countedFrom), d.due);
  return d.spent + (isHours(d) ? at - d.countedFrom : openBetween(calendar, d.countedFrom, at).ms);
};

/** When the part `share` of the whole limit will have been used; the due instant when all of it, or when there is nothing to count. */
export const whenSpent = (calendar: Calendar, d: Running, share: number): number => {
  if (share >= 1) return d.due;
  if (isHours(d)) return Math.min(d.due, d.countedFrom + Math.ceil(share * (d.spent + d.due - d.countedFrom)) - d.spent);
  const all = spentAt(calendar, d, d.due);
  const ms = Math.ceil(share * all) - d.spent;
  if (all === 0) return d.due;
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
  const found = limitDue(calendar, toInstant(calendar, lastDay, 0), { amount: -sign * Math.round(amount), unit: unitOf[unit] });
  return found && opening(calendar, toCivil(calendar, found.instant - 1).day);
};

/** Moved back to the last closing when the office is closed then: nobody is told at night. */
const hoursBeside = (calendar: Calendar, d: Running, hours: number): number => {
  const at = d.due - realMs(calendar, hours * msPerHour);
  if (isHours(d)) return at;
  const open = beforeOpen(calendar, toCivil(calendar, at), 0);
  return open === null ? at : instantOf(calendar, open);
};

/** When a mark of a deadline falls due, late or not; null where its rule says nothing about such a limit. */
export const instantOfMark = (calendar: Calendar, d: Running, at: MarkRule['at']): number | null => {
  if ('elapsed' in at) return whenSpent(calendar, d, at.elapsed);
  if ('left' in at) return whenSpent(calendar, d, 1 - at.left);
  const instant = 'before' in at ? beside(calendar, d, at.before, 1) : beside(calendar, d, at.after, -1);
  return instant === null || 'after' in at ? instant : Math.min(instant, d.due);
};
