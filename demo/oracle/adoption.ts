/** 启用日历版本, 改用限时方案: what lies ahead is counted anew, what has passed stays, and nobody is told again what they were told. */
import type { Amount } from '../../schemas/index.ts';
import { type Limit, type Mark, allMarks, heldStage, isOpen, limitsOf, wasTold } from './deadlines.ts';
import { type Law, type Life, totalOf } from './life.ts';
import { dayAt, endOfDate, workingDaysIn } from './line.ts';
import { endOfLimit } from './limits.ts';
import { counted } from './total.ts';

/** What the policy gives from 交办, through the pauses that are over. */
const dueUnder = (life: Life, law: Law): number | null => {
  const amount = totalOf(life, law);
  return amount === null || life.assigned === null ? null : counted(life, law, amount, life.assigned).own;
};

/** Up to when time ran: of what stands still, until the case was suspended. */
const ranTo = (life: Life, paused: boolean | undefined, at: number): number => (paused === true && life.suspension ? life.suspension.since : at);

const total = (life: Life, was: Law, is: Law, now: number): void => {
  const at = ranTo(life, true, now);
  if (life.due === null || !isOpen(life.stage)) return;
  const [old, fresh] = [dueUnder(life, was), dueUnder(life, is)];
  // What an application was shown to be in time by stays.
  if (old === null || fresh === null || (life.application !== null && fresh < life.application.first)) return;
  const { count, due: date } = life.extension;
  const granted = life.granted?.due === life.due || life.cap?.due === life.due || (count > 0 && date !== null && endOfDate(was.line, date) === life.due);
  const first = life.firstDue;
  if (life.due > at && old === life.due && !granted) life.due = fresh;
  if (first === null || first <= at || old !== first) return;
  life.firstDue = fresh;
  const amount = totalOf(life, is);
  if (!amount || life.assigned === null) return;
  const { plain, from } = counted(life, is, amount, life.assigned);
  life.limitDays = workingDaysIn(is.line, dayAt(is.line.moment(from)), dayAt(is.line.moment(plain - 1)));
};

/** A date that is kept, if the amount from its beginning explains it and it lies ahead. */
const recounted = (kept: number, at: number, from: number, [was, before]: readonly [Law, Amount | undefined], [is, after]: readonly [Law, Amount | undefined]): number =>
  before !== undefined && after !== undefined && kept > at && endOfLimit(was.line, from, before) === kept ? endOfLimit(is.line, from, after) : kept;

const others = (life: Life, was: Law, is: Law, at: number): void => {
  const { window, ratification: r, grade, closedAt } = life;
  if (window && !window.exempt) life.windowEnds = recounted(life.windowEnds, at, window.from, [was, was.pack.fixed.publicity], [is, is.pack.fixed.publicity]);
  for (const a of life.acts) if (!a.answered) a.replyBy = recounted(a.replyBy, at, a.servedAt, [was, was.pack.fixed.actReply], [is, is.pack.fixed.actReply]);
  const owed = (law: Law): Amount => (r.leader ? law.pack.fixed.ratify : { amount: 1, unit: 'wd' });
  if (r.state === 'due') r.due = recounted(r.due, at, r.asked, [was, owed(was)], [is, owed(is)]);
  if (grade && closedAt !== null) life.lookbacks = life.lookbacks.map((l, n) => (l.done ? l : { ...l, at: recounted(l.at, at, closedAt, [was, was.pack.lookback[grade.colour][n]], [is, is.pack.lookback[grade.colour][n]]) }));
};

const highest = (life: Life, marks: readonly Mark[]): Map<string, number> => {
  const found = new Map<string, number>();
  for (const m of marks) if (wasTold(life, m)) found.set(m.deadline, Math.max(found.get(m.deadline) ?? 0, m.rank));
  return found;
};

export const adopted = (life: Life, was: Law, is: Law, at: number): void => {
  const all = (law: Law): Limit[] => [...limitsOf(life, law), ...heldStage(life, law)];
  const before = all(was);
  const said = highest(life, allMarks(life, was));
  total(life, was, is, at);
  others(life, was, is, at);
  for (const l of all(is)) {
    const old = before.find((o: Limit) => o.running.split(' ').slice(0, 2).join(' ') === l.running.split(' ').slice(0, 2).join(' ') && o.id === l.id);
    if (old && old.due <= ranTo(life, old.paused, at) && old.due !== l.due) life.passed.set(l.running, old.due);
  }
  for (const m of allMarks(life, is)) {
    if (!m.of || m.command === 'remind' || m.at > at || wasTold(life, m) || m.rank > (said.get(m.deadline) ?? -1)) continue;
    life.told.set(m.of.running, (life.told.get(m.of.running) ?? new Map<string, string>()).set(m.mark, m.command));
  }
};
