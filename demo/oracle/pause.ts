/** 暂缓: what a limit had left when the case was suspended, it has left when it is resumed. One rule for all of them, told a second time. */
import { dateOn, dayAt, endOf, endOfDate, openUpTo, whenOpened, workingDay, workingDaysIn } from './line.ts';
import type { Law, Life } from './life.ts';
import type { Running } from './limits.ts';

type Pause = { from: number; to: number | null };
export const pausesOf = (life: Life): Pause[] => [...life.pauses, ...(life.suspension ? [{ from: life.suspension.since, to: null }] : [])];

/** By what a limit is counted: real time, opening time, or whole working days. */
export type Counting = 'hours' | 'opening' | 'days';

const gone = ({ line }: Law, counting: Counting, from: number, to: number): number => (counting === 'hours' ? to - from : openUpTo(line, line.moment(to)) - openUpTo(line, line.moment(from)));
/** Where it ends when what was left at `at` runs again from `to`. */
export const shifted = ({ line }: Law, counting: Counting, due: number, at: number, to: number): number => {
  if (counting === 'hours') return to + (due - at);
  if (counting === 'opening') return line.instant(whenOpened(line, openUpTo(line, line.moment(to)) + openUpTo(line, line.moment(due)) - openUpTo(line, line.moment(at))));
  return endOf(line, workingDay(line, dayAt(line.moment(to)), workingDaysIn(line, dayAt(line.moment(at)), dayAt(line.moment(due - 1)))));
};

/** `set`: when its date was set, if not at its beginning. `fixed`: its date has been moved already. */
export const withPauses = <R extends Running>(life: Life, law: Law, r: R, counting: Counting, { set = r.since, fixed = false } = {}): R & { paused: boolean } => {
  let [due, from, spent] = [r.due, set, 0];
  for (const p of pausesOf(life)) {
    if (p.to !== null && p.to <= set) continue;
    const at = p.from > set ? p.from : set;
    // What had ended before it was paused has ended.
    if (due <= at) break;
    if (at > from) spent += gone(law, counting, from, at);
    from = p.to ?? at;
    if (p.to !== null && !fixed) due = shifted(law, counting, due, at, p.to);
  }
  return { ...r, due, from, spent, paused: life.suspension !== null };
};

export const suspended = (life: Life, at: number, resumeBy: number): void => {
  life.begun ??= life.entered;
  life.suspension = { from: life.stage, since: at, resumeBy, renewed: false };
};

/** The total moves when the case is resumed; a date that a leader set during the pause has what was left of it then. */
export const resumed = (life: Life, at: number, law: Law, counting: Counting): void => {
  const pause = life.suspension;
  life.drafts.delete('resume');
  if (!pause) return;
  const move = (due: number, set: number, by: Counting): number => { const since = Math.max(set, pause.since); return due <= since ? due : shifted(law, by, due, since, at); };
  const { cap, granted, extension } = life;
  // Days, where somebody set a date.
  const bound = (due: number): number => (cap?.due === due ? move(due, cap.at, 'days') : move(due, 0, granted?.due === due ? 'days' : counting));
  const [was, first] = [life.due, life.firstDue];
  life.due = was === null ? null : bound(was);
  life.firstDue = first === null ? null : bound(first);
  if (!granted && life.firstDue !== null && life.due !== null) life.firstDue = Math.min(life.firstDue, life.due);
  if (granted) life.granted = { ...granted, due: bound(granted.due) };
  if (cap) life.cap = { ...cap, due: bound(cap.due) };
  // What was asked for stands still as well.
  if (extension.pending && extension.due !== null) extension.due = dateOn(law.line, move(endOfDate(law.line, extension.due), extension.asked, 'days'));
  life.pauses.push({ from: pause.since, to: at });
  life.suspension = null;
};
