/** 暂缓: deadline(pause a..b) = deadline(no pause) + working days (a..b), for the total and for a stage whose limit pauses. */
import { dayAt, endOf, workingDay, workingDaysIn } from './line.ts';
import { limitsOf } from './deadlines.ts';
import { type Law, type Life, limitOf } from './life.ts';
import { usedAt } from './limits.ts';

/** Working days that are left from an instant; null when there is no time left: what is late stays late. */
const leftOf = (due: number, at: number, { line }: Law): number | null => (at >= due ? null : workingDaysIn(line, dayAt(line.moment(at)), dayAt(line.moment(due - 1))));
/** The total is the last instant of its day, and one that is asked about at this very instant is missed. */
export const suspended = (life: Life, at: number, resumeBy: number, law: Law): void => {
  const limits = limitsOf(life, law);
  const total = limits.find((l) => l.id === 'total');
  const stage = limits.find((l) => l.id === 'stage');
  const [, row = '', since = ''] = stage?.running.split(' ') ?? [];
  const left = stage ? leftOf(stage.due, at, law) : null;
  const pauses = stage !== undefined && limitOf(life, law, row).pauses;
  life.base = total ? { from: at, spent: usedAt(law.line, total, at) } : null;
  life.held = stage && pauses ? { row, since: Number(since), from: left === null ? stage.from : at, spent: left === null ? stage.spent : usedAt(law.line, stage, at), left: left ?? 0, due: left === null ? stage.due : null } : null;
  life.suspension = { from: life.stage, left: life.due === null ? null : leftOf(life.due, at, law), resumeBy, renewed: false };
};

export const resumed = (life: Life, at: number, law: Law): void => {
  const { line } = law;
  const today = dayAt(line.moment(at));
  const paused = life.suspension;
  life.suspension = null;
  life.drafts.delete('resume');
  if (life.base) life.base = { ...life.base, from: at };
  if (life.held && life.held.due === null) life.held = { ...life.held, from: at, due: endOf(line, workingDay(line, today, life.held.left)) };
  if (!paused || paused.left === null) return;
  life.paused += workingDaysIn(line, dayAt(line.moment(life.entered)), today);
  life.due = endOf(line, workingDay(line, today, paused.left));
};
