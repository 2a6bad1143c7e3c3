import type { Amount, CaseState, Pack, Time } from '../schemas/index.ts';
import { dueDateAt, dueOn } from './calendar/index.ts';
import { asleepIn, deadlinesOf } from './clock/deadlines.ts';
import { isNear, runningOf } from './clock/marks.ts';
import { countedOn, enteredAt } from './clock/pause.ts';
import { daysTo, totalOf } from './total.ts';

/** What time leaves in a case: `docs/design/time.md`. All of it does nothing in a case of the first machine version. */
export const noTime: Time = { at: 0, told: [], reportedAt: null, base: null };

export const withTime = (s: CaseState, change: Partial<Time>): CaseState => (s.time === undefined ? s : { ...s, time: { ...s.time, ...change } });

/** Runnings of the limits in force, and of those that are asleep: what was told of them stays told. */
const alive = (s: CaseState, pack: Pack): ReadonlySet<string> => {
  const running = [...deadlinesOf(s, pack), ...asleepIn(s, pack)].map(runningOf);
  const red = s.alert.level === 'red' ? [runningOf({ id: 'talk', cycle: String(s.alert.since) })] : [];
  return new Set([...running, ...red]);
};

/** What is remembered of limits goes with them. */
const kept = (s: CaseState, pack: Pack, told: readonly string[]): Partial<Time> => {
  const passed = s.time?.passed;
  if (told.length === 0 && passed === undefined) return { told: [] };
  const of = alive(s, pack);
  const still = { told: told.filter((id) => of.has(id.slice(0, id.lastIndexOf('~')))) };
  return passed === undefined ? still : { ...still, ...only(passed, of) };
};
const only = (passed: NonNullable<Time['passed']>, of: ReadonlySet<string>): Partial<Time> => ({ passed: Object.fromEntries(Object.entries(passed).filter(([running]) => of.has(running))) });

/** Since when each document is drafted: from then on it is owed. */
const withDrafts = (s: CaseState, at: number): CaseState => {
  const since = s.time?.drafted ?? {};
  if (s.drafts.every((code) => since[code] !== undefined) && Object.keys(since).length === s.drafts.length) return s;
  const drafted = Object.fromEntries(s.drafts.map((code) => [code, since[code] ?? at]));
  return s.drafts.length > 0 ? withTime(s, { drafted }) : without(s, 'drafted');
};
const without = (s: CaseState, part: 'drafted' | 'entered' | 'cap' | 'granted' | 'beneath' | 'revisit'): CaseState => {
  if (s.time?.[part] === undefined) return s;
  const { [part]: _gone, ...time } = s.time;
  return { ...s, time };
};

/** After an act or a mark at `at`: what fired is remembered while its limit is in force, and 临期 ends when none is near any more. */
export const settleTime = (state: CaseState, at: number, pack: Pack, fired?: string): CaseState => {
  if (state.time === undefined) return state;
  const s = withDrafts(state, at);
  const told = fired === undefined ? state.time.told : [...state.time.told, fired];
  const next = withTime(s, { at: Math.max(state.time.at, at), ...kept(s, pack, told) });
  // A suspension freezes the colour: near is what was near before it.
  return next.alert.level === 'blue' && !next.alert.frozen && !isNear(next, pack) ? withoutAlert(next) : next;
};

/** A round begins anew: nothing of what moved the dates of the one before counts. */
export const freshTime = (s: CaseState): CaseState => {
  if (s.time === undefined) return s;
  const { pauses: _p, nodes: _n, entered: _e, limitDays: _l, cap: _c, granted: _g, given: _c2, turns: _t, revisit: _r, beneath: _b, ...time } = s.time;
  return { ...s, time: { ...time, base: null, reportedAt: null } };
};

export const withoutAlert = (s: CaseState): CaseState => ({ ...s, alert: { ...s.alert, level: 'none', since: null, cause: null } });

/** What time alone had raised is withdrawn: what an act had raised before it is there again. */
export const withoutTimeAlert = (s: CaseState): CaseState => {
  const below = s.time?.beneath;
  return below === undefined ? withoutAlert(s) : { ...without(s, 'beneath'), alert: { ...s.alert, ...below } };
};
/** 撤回: the whole alert is void, and nothing beneath it comes back. */
export const withoutBeneath = (s: CaseState): CaseState => without(s, 'beneath');
/** A person cleared it. */
export const clearedTime = (s: CaseState, at: number): CaseState => withTime(without(s, 'beneath'), { cleared: at });
/** 重开: the citizen waits again since then. */
export const reopenedTime = (s: CaseState, at: number): CaseState => withTime(s, { reopened: at });
/** A total that was missed and lies ahead again: it is not overdue, and may be missed anew. */
export const againAhead = (s: CaseState, at: number): CaseState => {
  const { totalDue, overdueAt } = s.clocks;
  if (overdueAt === null || totalDue === null || totalDue <= at) return s;
  return { ...withTime(s, { turns: (s.time?.turns ?? 0) + 1 }), clocks: { ...s.clocks, overdueAt: null } };
};

/** 暂缓: the stage that is held goes on later as of when it was entered. */
export const holdTime = (s: CaseState): CaseState => withTime(s, { entered: enteredAt(s) });
/** A stage that was entered anew is in force since then. */
export const enterTime = (s: CaseState): CaseState => without(s, 'entered');
/** 再次暗访: what was void, or was ordered anew, is counted from when it is awaited again. */
export const revisitTime = (s: CaseState, again: boolean): CaseState => (again ? withTime(s, { revisit: true }) : without(s, 'revisit'));

/** 恢复 at an instant: what limits have left is counted on by `through`; the dates of the total, which decisions set, move here. */
export const resumeTime = (s: CaseState, at: number, pack: Pack): CaseState => {
  const from = s.suspension.since;
  if (s.time === undefined || from === null) return s;
  const { cap, granted } = s.time;
  const moved = (due: number, amount: Amount | null, setAt = from): number => (due <= Math.max(from, setAt) ? due : countedOn(pack.calendar, { due, amount }, Math.max(from, setAt), at));
  // What people set is a day; and a date that a leader gave during the pause has what was left of it then.
  const bound = (due: number): number => (cap !== undefined && cap.due === due ? moved(due, null, cap.at) : moved(due, granted?.due === due ? null : totalOf(s, pack)));
  const next = withTime(s, {
    pauses: [...(s.time.pauses ?? []), { from, to: at }],
    ...(cap === undefined ? {} : { cap: { ...cap, due: bound(cap.due) } }),
    ...(granted === undefined ? {} : { granted: { ...granted, due: bound(granted.due) } }),
  });
  const { totalDue, originalDue } = s.clocks;
  const total = totalDue === null ? null : bound(totalDue);
  const original = originalDue === null ? null : bound(originalDue);
  const asked = s.extension.state === 'pending' && s.extension.due !== null ? dueDateAt(pack.calendar, moved(dueOn(pack.calendar, s.extension.due).instant, null, s.extension.asked ?? from)) : s.extension.due;
  return {
    ...next,
    extension: { ...next.extension, due: asked },
    // Where nothing was extended the date is its own original.
    clocks: { ...next.clocks, totalDue: total, originalDue: original !== null && total !== null && granted === undefined ? Math.min(original, total) : original },
  };
};

/** A stage that was suspended is left for another: the suspension is over, and leaves nothing behind. */
export const endPause = (s: CaseState, at: number): CaseState => {
  const from = s.suspension.since;
  if (s.time === undefined || from === null) return s;
  const ended = withTime(without(s, 'entered'), { pauses: [...(s.time.pauses ?? []), { from, to: at }] });
  return { ...ended, suspension: { state: 'none', from: null, since: null, resumeBy: null, remaining: null }, alert: { ...ended.alert, frozen: false }, drafts: ended.drafts.filter((x) => x !== 'resume') };
};

/** 原定工作日数 of the limit as it was given first. */
export const measured = (s: CaseState, pack: Pack): CaseState => {
  const { originalDue } = s.clocks;
  const limitDays = originalDue === null || s.time?.limitDays !== undefined ? null : daysTo(s, pack, originalDue);
  return limitDays === null ? s : withTime(s, { limitDays });
};

/** 限期 that a decision sets: no longer what the grade gave, until another decision. */
export const capTime = (s: CaseState, cap: NonNullable<Time['cap']>): CaseState => withTime(s, { cap });
export const grantTime = (s: CaseState, granted: NonNullable<Time['granted']>): CaseState => withTime(without(s, 'cap'), { granted });
/** 返工减半: counted anew from now, whatever a leader said before; what the citizen was told stays told. */
export const halveTime = (s: CaseState, at: number): CaseState => withTime(without(s, 'cap'), { base: at });
/** A colour that is given up: its hours are not given again. */
export const leaveColour = (s: CaseState): CaseState => (s.grade === null ? s : withTime(s, { given: { [s.grade.colour]: s.grade.since, ...s.time?.given } }));
