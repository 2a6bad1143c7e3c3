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

export type Told = { readonly sheet: Sheet; readonly counting: Counting };

const dueOfAmount = (calendar: Calendar, counting: Counting, since: number, amount: Amount): number => (counting === 'whole' ? dueBy : dueOf)(calendar, since, amount).instant;

/** By the limit from its anchor, when that gives this date. */
const counted = ({ sheet, counting }: Told, cause: Cause | null, { since, amount, due }: Deadline): Part | null =>
  amount !== null && dueOfAmount(sheet.calendar, counting, since, amount) === due ? { part: 'counted', cause, ...explainDue(sheet, since, amount, counting) } : null;

/** By the working days that remained from an instant, when that gives this date. */
const rest = ({ sheet }: Told, cause: Cause, from: number, due: number): Part | null => {
  const left = workingDaysBetween(sheet.calendar, toCivil(sheet.calendar, from).day, toCivil(sheet.calendar, due - 1).day);
  if (left < 0) return null;
  const found = explainRest(sheet, from, left);
  return found.due.instant === due ? { part: 'rest', cause, from, left, ...found } : null;
};

/** 退回后减半: half of the original working days from then. */
const halved = (row: string): boolean => row === '33' || row === '34';

const begun = (told: Told, { cause, deadline }: Change, before: readonly Part[], dueBefore: number | null): Part[] => {
  const whole = counted(told, cause, deadline);
  if (whole) return [whole];
  if (dueBefore === deadline.due && before.length > 0) return [...before];
  const half = halved(cause.row) ? rest(told, cause, cause.at, deadline.due) : null;
  return [half ?? { part: 'set', cause, due: deadline.due }];
};

/** What was counted before a pause ends with it. */
const cut = (sheet: Sheet, parts: readonly Part[], pause: number): Part[] => parts.map((p) => (p.part === 'counted' || p.part === 'rest' ? { ...p, steps: explainedUntil(sheet, p.steps, pause) } : p));

type Course = { readonly parts: readonly Part[]; readonly last: Deadline; /** Before it stood still, whole. */ readonly whole: readonly Part[] };

const paused = (told: Told, c: Course, { cause, deadline }: Change): Course => ({ parts: [...cut(told.sheet, c.parts, cause.at), { part: 'paused', cause, from: cause.at, to: null }], last: deadline, whole: c.parts });

const resumed = (told: Told, c: Course, { cause, deadline }: Change): Course => {
  // Its date did not move: it did not wait, only nobody was told of it meanwhile.
  if (deadline.due === c.last.due) return { parts: c.whole, last: deadline, whole: [] };
  const ended = c.parts.map((p) => (p.part === 'paused' && p.to === null ? { ...p, to: cause.at } : p));
  return { parts: [...ended, rest(told, cause, cause.at, deadline.due) ?? { part: 'set', cause, due: deadline.due }], last: deadline, whole: [] };
};

const moved = (told: Told, c: Course, { cause, deadline }: Change): Course => {
  if (deadline.due === c.last.due) return { ...c, last: deadline };
  return { parts: [counted(told, cause, deadline) ?? { part: 'set', cause, due: deadline.due }], last: deadline, whole: c.whole };
};

const after = (told: Told, c: Course, change: Change): Course => {
  const { paused: is } = change.deadline;
  if (is !== c.last.paused) return (is ? paused : resumed)(told, c, change);
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
export const partsWithout = (told: Told, d: Deadline): Part[] => [counted(told, null, d) ?? { part: 'set', cause: null, due: d.due }];
