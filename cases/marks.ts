import type { CaseState, CommandType, Pack } from '../schemas/index.ts';
import { monthsAfter } from './calendar/index.ts';
import { type TimeMark, timeMarks, timeRank } from './clock/marks.ts';
import { dueIn } from './due.ts';
import { kindOf, openItems } from './facts/case.ts';

/**
 * Due instants (到期时点) as a function of the state: what is armed is never stored beside what arms it, so that no transition can
 * forget one. Ordered by instant, rank, id. `of`: the limit that it is about, for what reminds and escalates.
 */
export type Mark = { readonly at: number; readonly rank: number; readonly id: string; readonly command: CommandType; readonly of?: TimeMark };

/** The last right to come back: 12 months after closing, 60 days after other endings. */
const returnRightEnds = (state: CaseState, pack: Pack): number | null => {
  const { closedAt, settledAt } = state.clocks;
  if (closedAt !== null) return monthsAfter(pack.calendar, closedAt, pack.policy.retire.closedMonths);
  if (settledAt !== null) return dueIn(state, pack, settledAt, { amount: pack.policy.retire.settledDays, unit: 'd' }).instant;
  return null;
};
export const rightLapsed = (state: CaseState, pack: Pack, at: number): boolean => {
  const end = returnRightEnds(state, pack);
  return end !== null && at >= end;
};

const lookbacks = (state: CaseState): Mark[] =>
  ['closed', 'explained'].includes(state.stage)
    ? state.lookback.plan.flatMap((l, i) => (l.done ? [] : [{ at: l.at, rank: 20, id: `lookback:${i}`, command: 'lookbackDue' as const }]))
    : [];

const retirement = (state: CaseState, pack: Pack): Mark[] => {
  const at = returnRightEnds(state, pack);
  return state.stage === 'archived' && at !== null && openItems(state) === 0 ? [{ at, rank: 90, id: 'retire', command: 'retire' }] : [];
};

/** 提醒 and 预警, while the case is open. */
const alerts = (state: CaseState, pack: Pack): Mark[] =>
  kindOf(state.stage) === 'open' ? timeMarks(state, pack).map((m) => ({ at: m.at, rank: timeRank[m.command], id: m.id, command: m.command, of: m })) : [];

/**
 * Nothing falls due in a case before it existed: what was late when it was taken over (承接) fires with that. Nor before the last act:
 * what waited for that act - a look-back for the end of another, the sealing for the end of an appeal - comes with it.
 */
const notBefore = (state: CaseState, m: Mark): Mark => ({ ...m, at: Math.max(m.at, state.clocks.capturedAt, state.time?.at ?? 0) });

/** Every mark that is armed now, in the order in which they fire. */
export const marksOf = (state: CaseState, pack: Pack): Mark[] =>
  kindOf(state.stage) === 'final' || state.halted
    ? []
    : [...lookbacks(state), ...retirement(state, pack), ...alerts(state, pack)].map((m) => notBefore(state, m)).sort((a, b) => a.at - b.at || a.rank - b.rank || (a.id < b.id ? -1 : 1));

/** The mark that fires next, and whether its limit is one of hours: such a wake-up is nobody else's. */
export const nextMark = (state: CaseState, pack: Pack): { at: number; exact: boolean } | null => {
  const [next] = marksOf(state, pack);
  return next ? { at: next.at, exact: next.of?.deadline.amount?.unit === 'h' } : null;
};

/** The next instant at which time alone changes the case; null when nothing is armed. */
export const nextDue = (state: CaseState, pack: Pack): number | null => marksOf(state, pack)[0]?.at ?? null;
