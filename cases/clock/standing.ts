import type { Calendar, Deadline } from '../../schemas/index.ts';
import { openBetween, toCivil, workingDaysBetween } from '../calendar/index.ts';
import { endsWithDay } from './countdown.ts';

export const standings = ['overdueThrice', 'overdue', 'soon', 'running', 'paused'] as const;
/**
 * How a deadline stands: 暂停 paused, 逾期 overdue, more than three times its limit gone by (the limit and twice as much again),
 * 将到期 soon (three working days or fewer left, domain 6.5: 提醒; of a limit in hours half of it), or 在期内 running. Hours are told by
 * hours, parts of a day by opening time, days by working days.
 */
export type Standing = { readonly standing: (typeof standings)[number]; /** Whole working days, negative when late, 0 on the last day. */ readonly left: number };

const soon = 3;
const times = 3;
type Asked = Pick<Deadline, 'since' | 'due' | 'paused'> & Partial<Pick<Deadline, 'amount' | 'countedFrom' | 'spent'>>;

/** How much of it has gone by and how much there was in all, both in one measure. */
const measured = (calendar: Calendar, d: Asked, now: number): { gone: number; all: number } => {
  if (d.amount?.unit === 'h') return { gone: now - d.since, all: d.due - d.since };
  const { countedFrom = d.since, spent = 0 } = d;
  // A suspension is no part of the limit, and none of the time that went by.
  if (countedFrom > d.since && d.due > countedFrom) return { gone: spent + openBetween(calendar, countedFrom, Math.max(now, countedFrom)).ms, all: spent + openBetween(calendar, countedFrom, d.due).ms };
  if (!endsWithDay(calendar, d.due)) return { gone: openBetween(calendar, d.since, now).ms, all: openBetween(calendar, d.since, d.due).ms };
  const dayOf = (instant: number): number => toCivil(calendar, instant).day;
  return { gone: workingDaysBetween(calendar, dayOf(d.since), dayOf(now)), all: Math.max(1, workingDaysBetween(calendar, dayOf(d.since), dayOf(d.due - 1))) };
};

/** @param now instant; of a paused deadline the days count as if it ran, for nobody knows yet how long it stands still */
export function dueStandingOf(calendar: Calendar, d: Asked, now: number): Standing {
  // A due instant is the end of a day, which is the day before it. Over a weekend it is late by no working day: 0, and never -0.
  const left = workingDaysBetween(calendar, toCivil(calendar, now).day, toCivil(calendar, d.due - 1).day) + 0;
  const { gone, all } = measured(calendar, d, now);
  const isSoon = d.amount?.unit === 'h' ? 2 * gone >= all : left <= soon;
  const standing = d.paused ? 'paused' : now < d.due ? (isSoon ? 'soon' : 'running') : gone > times * all ? 'overdueThrice' : 'overdue';
  return { standing, left };
}
