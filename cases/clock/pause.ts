import type { Amount, Calendar, CaseState, Pack } from '../../schemas/index.ts';
import { addWorkingDays, afterOpen, endOfDay, instantOf, openBetween, toCivil, workingDaysBetween } from '../calendar/index.ts';
import { timed } from '../machine/version.ts';
import { policyLimit } from '../policy/index.ts';
import type { Row } from '../row.ts';
import { isHours, usedBetween } from './moment.ts';

/**
 * 暂停计时: one rule for every limit that stands still while a case is suspended. What was left of it when it stood still is counted on
 * from the instant of resuming; what had passed by then stays passed. docs/design/time.md, "Pausing".
 */
export type Pause = { readonly from: number; /** Null while the case is suspended. */ readonly to: number | null };

/** 暂缓 in this round, the oldest first; none in a case of the first machine version, which keeps the working days of the total alone. */
export const pausesOf = (s: CaseState): readonly Pause[] => {
  const { since } = s.suspension;
  return timed(s) ? [...(s.time?.pauses ?? []), ...(since === null ? [] : [{ from: since, to: null }])] : [];
};

/** Does the limit of a row stand still? By the policy; and what cannot be done while a case is suspended is not late meanwhile. */
export const standsStill = (row: Row, { policy }: Pack): boolean => policyLimit(policy, row).pause === 'suspension' || !row.from.includes('suspended');

/** Hours, and parts of a working day (of opening time): to the millisecond. Days: to whole working days. */
const isPart = (amount: Amount | null): boolean => amount?.unit === 'wd' && !Number.isInteger(amount.amount);

/** What stood still at `at`, being due at `due`, is due when it runs again from `to`. */
export const countedOn = (calendar: Calendar, of: { readonly due: number; readonly amount: Amount | null }, at: number, to: number): number => {
  const { due, amount } = of;
  if (isHours(of)) return due + to - at;
  if (isPart(amount)) {
    const end = afterOpen(calendar, toCivil(calendar, to), openBetween(calendar, at, due).ms);
    return end === null ? due + to - at : instantOf(calendar, end);
  }
  const left = workingDaysBetween(calendar, toCivil(calendar, at).day, toCivil(calendar, due - 1).day);
  return endOfDay(calendar, addWorkingDays(calendar, toCivil(calendar, to).day, left).day);
};

type Counted = { readonly since: number; readonly due: number; readonly amount: Amount | null };
/** Where a limit ends, and from where its time counts on after so much of it (civil ms) that was used before a pause. */
export type Course = { readonly due: number; readonly countedFrom: number; readonly spent: number };

/**
 * A limit through all pauses: each that began before its end gives back what was left. `moved`: its end has been moved by them already,
 * and only what was used of it is asked.
 */
export const through = (calendar: Calendar, pauses: readonly Pause[], limit: Counted, moved = false): Course =>
  pauses.filter((p) => p.to === null || p.to > limit.since).reduce<Course>((c, p) => {
    const at = Math.max(p.from, limit.since);
    if (c.due <= at) return c;
    const spent = c.spent + usedBetween(calendar, limit, c.countedFrom, at);
    if (p.to === null) return { ...c, countedFrom: at, spent };
    return { due: moved ? c.due : countedOn(calendar, { ...limit, due: c.due }, at, p.to), countedFrom: p.to, spent };
  }, { due: limit.due, countedFrom: limit.since, spent: 0 });

/** Since when limits stand still; null while they run. */
export const pausedSince = (s: CaseState): number | null => (timed(s) ? s.suspension.since : null);
/** Pauses that are over: what a decision sets while the case is suspended is moved by the pause under way when it ends. */
export const pausesOver = (s: CaseState): readonly Pause[] => pausesOf(s).filter((p) => p.to !== null);

/** Since when the stage has been in force, suspensions of it aside. */
export const enteredAt = (s: CaseState): number => s.time?.entered ?? s.stageSince;
/** The stage, or the one that a suspension holds. */
export const heldOr = (s: CaseState): CaseState['stage'] => (timed(s) && s.stage === 'suspended' && s.suspension.from !== null ? s.suspension.from : s.stage);
