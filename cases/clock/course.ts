import type { Amount, Calendar, Deadline } from '../../schemas/index.ts';
import { type Due, dueOf, toCivil, workingDaysBetween } from '../calendar/index.ts';
import { dueBy } from '../due.ts';
import type { Cause, Change, Run } from './cycles.ts';
import { type Counting, type DayStep, type Explained, type Sheet, explainDue, explainRest, explainedUntil } from './explain.ts';

/**
 * How one limit came to its date (期限由来), part by part: counted from its anchor; or set by a person, and by which entry; stood still
 * from one day to another; counted on from there. Only what comes out at the date in force is said to be counted.
 */
export type Part<C = Cause | null> =
  | ({ readonly part: 'counted'; readonly cause: C } & Explained)
  | { readonly part: 'set'; readonly cause: C; readonly due: number }
  | { readonly part: 'paused'; readonly cause: C; readonly from: number; readonly to: number | null }
  | { readonly part: 'rest'; readonly cause: C; readonly from: number; readonly left: number; readonly steps: readonly DayStep[]; readonly due: Due };

/** `editionOf`: the names of the days of a calendar, where they are known. */
export type Told = { readonly editionOf: (calendar: Calendar) => Sheet['edition']; readonly counting: Counting };
const sheetOf = (told: Told, calendar: Calendar): Sheet => ({ calendar, edition: told.editionOf(calendar) });

const dueOfAmount = (calendar: Calendar, counting: Counting, since: number, amount: Amount): number => (counting === 'whole' ? dueBy : dueOf)(calendar, since, amount).instant;

type Given = Omit<Change, 'cause'> & { readonly cause: Cause | null };

/** By the limit from its anchor, when that gives this date. */
const counted = (told: Told, { cause, deadline: { since, amount, due }, calendar }: Given): Part | null =>
  amount !== null && dueOfAmount(calendar, told.counting, since, amount) === due ? { part: 'counted', cause, ...explainDue(sheetOf(told, calendar), since, amount, told.counting) } : null;

/** By the working days that remained from an instant, when that gives this date. */
const rest = (told: Told, { cause, deadline: { due }, calendar }: Change): Part | null => {
  const from = cause.at;
  const left = workingDaysBetween(calendar, toCivil(calendar, from).day, toCivil(calendar, due - 1).day);
  if (left < 0) return null;
  const found = explainRest(sheetOf(told, calendar), from, left);
  return found.due.instant === due ? { part: 'rest', cause, from, left, ...found } : null;
};

/** 退回后减半: half of the original working days from then. */
const halved = (row: string): boolean => row === '33' || row === '34';

const begun = (told: Told, change: Change, before: readonly Part[], dueBefore: number | null): Part[] => {
  const { cause, deadline } = change;
  const whole = counted(told, change);
  if (whole) return [whole];
  if (dueBefore === deadline.due && before.length > 0) return [...before];
  const half = halved(cause.row) ? rest(told, change) : null;
  return [half ?? { part: 'set', cause, due: deadline.due }];
};

/** What was counted before a pause ends with it. */
const cut = (calendar: Calendar, parts: readonly Part[], pause: number): Part[] => parts.map((p) => (p.part === 'counted' || p.part === 'rest' ? { ...p, steps: explainedUntil(calendar, p.steps, pause) } : p));

type Course = { readonly parts: readonly Part[]; readonly last: Deadline; /** Before it stood still, whole. */ readonly whole: readonly Part[] };

const paused = (c: Course, { cause, deadline, calendar }: Change): Course => ({ parts: [...cut(calendar, c.parts, cause.at), { part: 'paused', cause, from: cause.at, to: null }], last: deadline, whole: c.parts });

const resumed = (told: Told, c: Course, change: Change): Course => {
  const { cause, deadline } = change;
  // Its date did not move: it did not wait, only nobody was told of it meanwhile.
  if (deadline.due === c.last.due) return { parts: c.whole, last: deadline, whole: [] };
  const ended = c.parts.map((p) => (p.part === 'paused' && p.to === null ? { ...p, to: cause.at } : p));
  return { parts: [...ended, rest(told, change) ?? { part: 'set', cause, due: deadline.due }], last: deadline, whole: [] };
};

/** Another date; or the same one by a calendar that has been published since. */
const moved = (told: Told, c: Course, change: Change): Course => {
  const { cause, deadline } = change;
  const anew = counted(told, change);
  if (deadline.due === c.last.due) return { ...c, parts: anew !== null && c.parts.length === 1 && c.parts[0]?.part === 'counted' ? [{ ...anew, cause: c.parts[0].cause }] : c.parts, last: deadline };
  const parts: Part[] = [anew ?? { part: 'set', cause, due: deadline.due }];
  const pause = c.parts.findLast((p) => p.part === 'paused' && p.to === null);
  // Set while it stands still: it goes on to stand still.
  return pause?.part === 'paused' ? { parts: [...cut(change.calendar, parts, pause.from), pause], last: deadline, whole: parts } : { parts, last: deadline, whole: c.whole };
};

const after = (told: Told, c: Course, change: Change): Course => {
  const { paused: is } = change.deadline;
  if (is !== c.last.paused) return is ? paused(c, change) : resumed(told, c, change);
  return moved(told, c, change);
};

/** The parts of one running; `before`: those of the running before it under the same id. */
const courseOf = (told: Told, run: Pick<Run, 'changes'>, before: Course | null): Course | null => {
  const [first, ...more] = run.changes;
  if (!first) return null;
  const start: Course = { parts: begun(told, first, before?.parts ?? [], before?.last.due ?? null), last: first.deadline, whole: [] };
  return more.reduce<Course>((c, change) => after(told, c, change), start);
};

/** How the last running of a limit came to its date; `runs` of one id, the oldest first. */
export const partsOf = (told: Told, runs: readonly Pick<Run, 'changes'>[]): Part[] => [...(runs.reduce<Course | null>((before, run) => courseOf(told, run, before), null)?.parts ?? [])];

/** Of a limit of which no entry is known (yet). */
export const partsWithout = (told: Told, d: Deadline, calendar: Calendar): Part[] => [counted(told, { cause: null, deadline: d, calendar }) ?? { part: 'set', cause: null, due: d.due }];
