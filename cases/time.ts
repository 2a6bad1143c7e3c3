import type { CaseState, Pack, Time } from '../schemas/index.ts';
import { addWorkingDays, endOfDay, toCivil, workingDaysBetween } from './calendar/index.ts';
import { deadlinesOf } from './clock/deadlines.ts';
import { isNear, runningOf } from './clock/marks.ts';
import { spentAt } from './clock/moment.ts';
import { policyLimit } from './policy/index.ts';
import { machineOf, timed } from './machine/index.ts';

/** What time leaves in a case: `docs/design/time.md`. All of it does nothing in a case of the first machine version. */
export const noTime: Time = { at: 0, told: [], reportedAt: null, base: null, stage: null };

export const withTime = (s: CaseState, change: Partial<Time>): CaseState => (s.time === undefined ? s : { ...s, time: { ...s.time, ...change } });

/** Runnings of the limits in force, and of the stage that a suspension holds. */
const alive = (s: CaseState, pack: Pack): ReadonlySet<string> => {
  const running = deadlinesOf(s, pack).map(runningOf);
  const held = s.time?.stage;
  const red = s.alert.level === 'red' ? [runningOf({ id: 'talk', cycle: String(s.alert.since) })] : [];
  return new Set([...running, ...red, ...(held ? [runningOf({ id: 'stage', cycle: `${held.row}@${held.since}` })] : [])]);
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

/** After an act or a mark at `at`: what fired is remembered while its limit is in force, and 临期 ends when none is near any more. */
export const settleTime = (s: CaseState, at: number, pack: Pack, fired?: string): CaseState => {
  if (s.time === undefined) return s;
  const told = fired === undefined ? s.time.told : [...s.time.told, fired];
  const next = withTime(s, { at: Math.max(s.time.at, at), ...kept(s, pack, told) });
  // A suspension freezes the colour: near is what was near before it.
  return next.alert.level === 'blue' && !next.alert.frozen && !isNear(next, pack) ? withoutAlert(next) : next;
};

/** A round begins anew: nothing of the pauses before counts. */
export const freshTime = (s: CaseState): CaseState => {
  if (s.time === undefined) return s;
  const { paused: _gone, nodes: _reported, ...time } = s.time;
  return { ...s, time: { ...time, base: null, stage: null, reportedAt: null } };
};

/** Working days that a suspension gives back, beside those of earlier ones. */
export const givenBack = (s: CaseState, days: number): CaseState => (days === 0 ? s : withTime(s, { paused: (s.time?.paused ?? 0) + days }));

export const withoutAlert = (s: CaseState): CaseState => ({ ...s, alert: { ...s.alert, level: 'none', since: null, cause: null } });

const dayOf = (pack: Pack, at: number): number => toCivil(pack.calendar, at).day;

/** 暂缓: what total and stage had used by now; a stage that was late stays late. */
export const holdTime = (s: CaseState, at: number, pack: Pack): CaseState => {
  if (!timed(s)) return s;
  const all = deadlinesOf(s, pack);
  const [total, stage] = ['total', 'stage'].map((id) => all.find((d) => d.id === id));
  const row = machineOf(s.machine)?.byId.get(stage?.row ?? '');
  const pauses = row !== undefined && policyLimit(pack.policy, row).pause === 'suspension';
  const late = stage !== undefined && stage.due <= at;
  return withTime(s, {
    base: total ? { at, spent: spentAt(pack.calendar, total, at) } : null,
    stage: stage && pauses
      ? { row: stage.row, since: stage.since, spent: late ? stage.spent : spentAt(pack.calendar, stage, at), left: late ? 0 : workingDaysBetween(pack.calendar, dayOf(pack, at), dayOf(pack, stage.due - 1)), at: late ? stage.countedFrom : null, due: late ? stage.due : null }
      : null,
  });
};

/** 恢复: both are counted on from now. */
export const resumeTime = (s: CaseState, at: number, pack: Pack): CaseState => {
  const { base, stage } = s.time ?? noTime;
  const due = stage === null ? 0 : endOfDay(pack.calendar, addWorkingDays(pack.calendar, dayOf(pack, at), stage.left).day);
  return withTime(s, { base: base && { ...base, at }, stage: stage && (stage.due === null ? { ...stage, at, due } : stage) });
};
