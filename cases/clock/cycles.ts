import type { Calendar, CaseState, Deadline, EntryDraft, Pack } from '../../schemas/index.ts';
import { civilMs } from '../calendar/index.ts';
import { ordinaryDay } from '../due.ts';
import type { Visit } from '../refold.ts';
import { deadlinesOf, heldOf } from './deadlines.ts';
import { type Happened, doneAt, extended, fulfilled } from './fulfilled.ts';
import { runningOf } from './marks.ts';
import { isHours, spentAt } from './moment.ts';

/**
 * 期限经过: every limit that was ever in force in a case, from its entries alone: when it began and by which act, what moved it, how it
 * ended. A reopened case, a new round, a returned task begin another running under the same id; the old one stays as it was.
 */

/** The entry behind it. */
export type Cause = { readonly seq: number; readonly type: string; readonly row: string; readonly at: number; readonly person: string; readonly role: string; readonly unit: string };
/** How the limit stood after an entry that changed it, and the calendar by which it was counted then. */
export type Change = { readonly cause: Cause; readonly deadline: Deadline; readonly calendar: Calendar };
/** running 计时中, paused 暂停, met 按期办结, missed 逾期, void 失效: it left force because it was not needed any more. */
export const outcomes = ['running', 'paused', 'met', 'missed', 'void'] as const;
export type Outcome = (typeof outcomes)[number];
export type Run = Omit<Deadline, 'paused' | 'countedFrom' | 'spent'> & {
  readonly outcome: Outcome;
  /** Null while it is in force. */
  readonly endedAt: number | null;
  readonly endedBy: Cause | null;
  /** Used of it until it ended or until now, of all that it has: opening time (round the clock for hours) in civil ms; and as working days of ordinary hours. */
  readonly consumed: { readonly ms: number; readonly of: number; readonly days: number };
  /** By the date in force, and by the date before it was extended; null while nothing can be said, and of what became void. */
  readonly onTime: boolean | null;
  readonly onTimeByOriginal: boolean | null;
  /** What began it, first, and whatever moved, paused or resumed it. */
  readonly changes: readonly Change[];
};

type Open = { readonly last: Deadline; readonly pausedAt: number | null; readonly changes: readonly Change[]; readonly pack: Pack };
type End = { readonly at: number; readonly by: Cause; readonly done: boolean; readonly lawful: boolean };

const instantOf = (e: EntryDraft): number => e.effectiveAt ?? e.at;
const causeOf = (e: EntryDraft): Cause => ({ seq: e.seq, type: e.type, row: e.body.row, at: instantOf(e), person: e.actor.person, role: e.actor.role, unit: e.actor.unit });
/** Marks that time brought together are one step: what began with one of them is that one's. */
const behind = (made: readonly EntryDraft[], since: number): EntryDraft | undefined => made.findLast((e) => instantOf(e) === since) ?? made[0];

const said = (d: Deadline): string => [d.due, d.provisional, d.paused, d.amount?.amount, d.amount?.unit, d.role, d.unit, d.person].join();

const opened = (old: Open | undefined, d: Deadline, made: readonly EntryDraft[], s: CaseState, pack: Pack): Open => {
  const pausedAt = d.paused ? (old?.pausedAt ?? s.suspension.since ?? d.since) : null;
  if (old !== undefined && said(old.last) === said(d)) return { ...old, last: d, pausedAt, pack };
  const entry = old === undefined ? behind(made, d.since) : made[0];
  return { last: d, pausedAt, pack, changes: entry === undefined ? (old?.changes ?? []) : [...(old?.changes ?? []), { cause: causeOf(entry), deadline: d, calendar: pack.calendar }] };
};

const endOf = (o: Open, { made, before, after }: Visit): End => {
  const tried = made.map((e) => ({ e, h: { type: e.type, row: e.body.row, payload: e.body.payload, outcome: e.body.outcome, before, after } satisfies Happened }));
  const hit = tried.find(({ h }) => fulfilled(o.last, h)) ?? tried.find(({ e }) => e.body.from !== e.body.to) ?? tried[0];
  if (hit === undefined) throw new Error('a step without an entry');
  return { at: doneAt(o.last, hit.h, instantOf(hit.e)), by: causeOf(hit.e), done: fulfilled(o.last, hit.h), lawful: extended(o.last, hit.h) };
};

/** Was it late by this date? What stood still was not getting later. */
const isLate = (o: Open, end: End | null, now: number, due: number): boolean => (end === null ? (o.pausedAt ?? now) >= due : Math.min(end.at, o.pausedAt ?? end.at) > due);

const outcomeOf = (o: Open, end: End | null, now: number): Outcome => {
  if (end?.lawful) return 'void';
  if (isLate(o, end, now, o.last.due)) return 'missed';
  return end === null ? (o.last.paused ? 'paused' : 'running') : end.done ? 'met' : 'void';
};

const judged = (o: Open, end: End | null, now: number, due: number): boolean | null => {
  if (end?.lawful) return null;
  return isLate(o, end, now, due) ? false : end?.done ? true : null;
};

/** 已用: opening time, round the clock for hours; `at` is now, or since when it stands still. */
export const consumedOf = (calendar: Calendar, d: Deadline, at: number): Run['consumed'] => {
  // Hours run in real time, which a demonstration scales.
  const civil = (n: number): number => (isHours(d) ? Math.round(civilMs(calendar, n)) : n);
  const ms = civil(spentAt(calendar, d, at));
  return { ms, of: civil(spentAt(calendar, d, d.due)), days: Math.round((10 * ms) / ordinaryDay(calendar)) / 10 };
};

const closed = (o: Open, end: End | null, now: number): Run => {
  const { paused: _p, countedFrom: _c, spent: _s, ...limit } = o.last;
  return {
    ...limit,
    outcome: outcomeOf(o, end, now),
    endedAt: end?.at ?? null,
    endedBy: end?.by ?? null,
    consumed: consumedOf(o.pack.calendar, o.last, o.pausedAt ?? end?.at ?? now),
    onTime: judged(o, end, now, limit.due),
    onTimeByOriginal: judged(o, end, now, limit.original ?? limit.due),
    changes: o.changes,
  };
};

/** 退回或撤回的申请不算: what a unit did in time was not done when its application comes back; the total then runs anew. A case that is reopened was applied for and closed. */
const notAccepted = (runs: Run[], { before }: Visit, id: string): void => {
  const n = runs.findLastIndex((r) => r.id === id);
  const last = runs[n];
  if (last?.outcome === 'met' && before.clocks.assignedAt !== null) runs[n] = { ...last, outcome: 'void', onTime: null, onTimeByOriginal: null };
};

/**
 * @param steps of a replay, in order (`refold`'s visitor)
 * @param now for what is in force still
 */
export const cyclesOf = (steps: readonly Visit[], now: number): Run[] => {
  const open = new Map<string, Open>();
  const runs: Run[] = [];
  for (const step of steps) {
    // A case that is halted has no deadlines in force, and none that ended: nothing happens in it.
    if (step.after.halted !== null) continue;
    const { pack } = step;
    // A stage that a suspension holds is not in force, and not over.
    const inForce = [...deadlinesOf(step.after, pack), ...heldOf(step.after, pack)];
    const keys = new Set(inForce.map(runningOf));
    for (const [key, o] of open) {
      if (keys.has(key)) continue;
      runs.push(closed(o, endOf(o, step), now));
      open.delete(key);
    }
    for (const d of inForce) {
      const key = runningOf(d);
      if (['total', 'citizen'].includes(d.id) && !open.has(key)) notAccepted(runs, step, d.id);
      open.set(key, opened(open.get(key), d, step.made, step.after, pack));
    }
  }
  return [...runs, ...[...open.values()].map((o) => closed(o, null, now))].toSorted((a, b) => first(a) - first(b) || (a.id < b.id ? -1 : 1));
};
const first = (r: Run): number => r.changes[0]?.cause.seq ?? 0;
