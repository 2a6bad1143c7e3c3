/** Limits as people say them, and the marks before their end, on the line of days. Rules: docs/design/time.md, domain.md 2.3. */
import type { Amount, PolicyPack } from '../../schemas/index.ts';
import { type Line, dayAt, dayMs, endOf, onWorkingDay, openUpTo, whenOpened, workingDay } from './line.ts';

/** What comes on an off day or after closing counts as received on the next day on which the office opens. */
export const receivedOn = (line: Line, from: number): number => {
  const moment = line.moment(from);
  const today = dayAt(moment);
  const closes = line.periods(today).at(-1)?.[1] ?? 0;
  if (closes > moment - today * dayMs) return today;
  let day = workingDay(line, today, 1);
  // A working day on which the office does not open receives nothing.
  while (line.periods(day).length === 0) day = workingDay(line, day, 1);
  return day;
};

/** The day of receipt is not counted; working days and natural days end at 24:00, the latter on a working day; hours run day and night. */
export const endOfLimit = (line: Line, from: number, { amount, unit }: Amount): number => {
  if (unit === 'h') return from + line.real(amount * 3_600_000);
  if (unit === 'd') return endOf(line, onWorkingDay(line, receivedOn(line, from) + amount, 1));
  if (Number.isInteger(amount)) return endOf(line, workingDay(line, receivedOn(line, from), amount));
  return line.instant(whenOpened(line, openUpTo(line, line.moment(from)) + amount * line.ordinary));
};

/** One running of a limit: counted from `from`, after `spent` opening time (civil ms) that was used before a pause. */
export type Running = { readonly due: number; /** When it began, whatever paused it. */ readonly since: number; readonly from: number; readonly spent: number; readonly hours: boolean };

/** Opening time used up to an instant; real time for a limit in hours. */
export const usedAt = (line: Line, r: Running, instant: number): number => {
  const until = Math.max(r.from, Math.min(instant, r.due));
  return r.spent + (r.hours ? until - r.from : openUpTo(line, line.moment(until)) - openUpTo(line, line.moment(r.from)));
};

/** When a part of all the time has gone, to the whole millisecond above. What had gone before the pause has gone when it ends. */
export const whenGone = (line: Line, r: Running, part: number, known?: number): number => {
  const all = known ?? usedAt(line, r, r.due);
  if (part >= 1 || all === 0 || r.due <= r.from) return r.due;
  const more = Math.ceil(part * all) - r.spent;
  if (more <= 0) return r.from;
  return Math.min(r.due, r.hours ? r.from + more : line.instant(whenOpened(line, openUpTo(line, line.moment(r.from)) + more)));
};

/** Opening of a day; where it does not open, the last closing before it. */
export const opens = (line: Line, day: number): number => {
  const first = line.periods(day)[0];
  return line.instant(first ? day * dayMs + first[0] : lastClosing(line, day * dayMs));
};
const lastClosing = (line: Line, moment: number): number => whenOpened(line, openUpTo(line, moment));
const isOpen = (line: Line, moment: number): boolean => line.periods(dayAt(moment)).some(([a, b]) => a <= moment - dayAt(moment) * dayMs && moment - dayAt(moment) * dayMs < b);

const hoursBefore = (line: Line, r: Running, hours: number): number => {
  const at = r.due - line.real(hours * 3_600_000);
  if (r.hours || isOpen(line, line.moment(at))) return at;
  return line.instant(lastClosing(line, line.moment(at)));
};

const before = (line: Line, r: Running, { amount, unit }: Amount): number | null => {
  if (unit === 'h') return hoursBefore(line, r, amount);
  if (r.hours) return null;
  const last = dayAt(line.moment(r.due - 1));
  return opens(line, unit === 'wd' ? workingDay(line, last, -amount) : onWorkingDay(line, last - amount, -1));
};

export type Rule = Pick<PolicyPack['marks'][number], 'id' | 'at'> & { readonly command: 'remind' | 'nearDue' | 'fallBehind' | 'fallOverdue' };

/** The instant of a mark of a limit, none later than its end; null where the rule says nothing about it. @throws for marks after the end, of which the page says nothing */
export const instantOf = (line: Line, r: Running, at: Rule['at'], all?: number): number | null => {
  if ('elapsed' in at) return whenGone(line, r, at.elapsed, all);
  if ('left' in at) return whenGone(line, r, 1 - at.left, all);
  if ('after' in at) throw new Error('a mark after its end is not covered by the oracle');
  const instant = before(line, r, at.before);
  return instant === null ? null : Math.min(instant, r.due);
};
