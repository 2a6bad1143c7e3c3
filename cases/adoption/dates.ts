import type { Calendar, CaseState, Pack, Policy } from '../../schemas/index.ts';
import { atPaceOf } from '../calendar/index.ts';
import { type Between, type DateChange, type Redated } from './compare.ts';
import { followingChanges, retirementChange, withPast } from './follow.ts';
import { redatedCounts, redatedRest } from './kept.ts';
import { pausedSince } from '../clock/pause.ts';
import { redatedTotal } from './total.ts';

/** The pack of a case with another calendar, another policy or both. The pace of a demonstration stays. */
export const packWith = (pack: Pack, other: { calendar?: Calendar | undefined; policy?: Policy | undefined }): Pack => ({
  policy: other.policy ?? pack.policy,
  calendar: other.calendar === undefined ? pack.calendar : atPaceOf(pack.calendar, other.calendar),
});

export type Redating = { state: CaseState; changes: { change: DateChange; unit: boolean }[] };

/** The case under another pack: every date that lies ahead at `at` counted anew, and what is to be said of it. Its marks are not asked for yet. */
export const redate = (state: CaseState, b: Between, at: number): Redating => {
  // The total of a suspended case stands still: what lies ahead of it lies ahead of when it was suspended.
  const still = pausedSince(state) ?? at;
  const ahead = [...redatedTotal(state, b).filter((r) => r.at > still), ...[...redatedCounts(state, b), ...redatedRest(state, b)].filter((r) => r.at > at)];
  const pinned = { ...state, policy: b.to.policy.hash, calendar: b.to.calendar.hash };
  const after = withPast(
    state,
    ahead.reduce((s, r) => r.set(s), pinned),
    b,
    at,
  );
  const kept = ahead.flatMap(({ change, unit }: Redated) => (change ? [{ change, unit }] : []));
  return { state: after, changes: [...kept, ...retirementChange(state, after, b, at), ...followingChanges(state, after, b, at)] };
};

/** Every date of the case, still ahead at `at`, that another pack would touch. `fresh` at the pace of the case: `packWith`. */
export const datesUnder = (state: CaseState, pack: Pack, fresh: Pack, at: number): DateChange[] =>
  redate(state, { from: pack, to: fresh }, at).changes.map((c) => c.change);
