import type { CaseState, Deadline, Pack } from '../../schemas/index.ts';
import { deadlinesOf, heldOf } from '../clock/deadlines.ts';
import { pausedSince } from '../clock/pause.ts';
import { type TimeMark, allMarks, runningOf, timeRank } from '../clock/marks.ts';
import { marksOf } from '../marks.ts';
import { withTime } from '../time.ts';
import { type Between, type DateChange, amountText, sayDate } from './compare.ts';

/** Limits that are derived from the state follow by themselves: what is to be told of them, and what adopting must not make of them. */

/** Told with the date that the state keeps for them. */
const isKept = (d: Deadline): boolean => d.id === 'total' || d.id === 'ratification' || d.id.startsWith('reply:');
type Pair = { readonly was: Deadline; readonly is: Deadline };

/** The same limits before and after. */
const pairs = (before: CaseState, after: CaseState, { from, to }: Between): Pair[] => {
  const all = (s: CaseState, pack: Pack): Deadline[] => [...deadlinesOf(s, pack), ...heldOf(s, pack)];
  const fresh = all(after, to);
  return all(before, from).flatMap((was) => {
    const is = fresh.find((d) => d.id === was.id && d.row === was.row);
    return is ? [{ was, is }] : [];
  });
};

/** Up to when its time ran: of what stands still, until the case was suspended. */
const untilOf = (s: CaseState, d: Deadline, at: number): number => (d.paused ? (pausedSince(s) ?? at) : at);

const changeOf = ({ from, to }: Between, { was, is }: Pair): DateChange => {
  const [since, amount] = [sayDate(from, is.since + 1), is.amount && amountText(is.amount)];
  const why = { zh: `自 ${since} 起${amount ? ` ${amount.zh}` : ''}`, en: `${amount ? `${amount.en} ` : ''}from ${since}` };
  return {
    what: `limit ${was.id}`,
    taskId: null,
    change: 'moved',
    before: sayDate(from, was.due),
    after: sayDate(to, is.due),
    provisional: is.provisional,
    why,
  };
};

/** 随之变动的期限: those ahead that would end at another instant. */
export const followingChanges = (before: CaseState, after: CaseState, b: Between, at: number): { change: DateChange; unit: boolean }[] =>
  pairs(before, after, b)
    .filter(({ was, is }) => !isKept(was) && was.due > untilOf(before, was, at) && was.due !== is.due)
    .map((p) => ({ change: changeOf(b, p), unit: p.was.side === 'unit' }));

/** 封存: when the last right to come back lapses. */
export const retirementChange = (
  before: CaseState,
  after: CaseState,
  { from, to }: Between,
  at: number,
): { change: DateChange; unit: boolean }[] => {
  const [was, is] = [marksOf(before, from), marksOf(after, to)].map((all) => all.find((m) => m.command === 'retire'));
  if (!was || !is || was.at === is.at || was.at <= at) return [];
  const why = { zh: '最后一项权利到期', en: 'the last right to come back lapses' };
  return [
    {
      change: {
        what: was.id,
        taskId: null,
        change: 'moved',
        before: sayDate(from, was.at),
        after: sayDate(to, is.at),
        provisional: false,
        why,
      },
      unit: false,
    },
  ];
};

/** What had passed stays where it was, also when it would lie ahead now: nobody's breach is undone by a calendar. */
const keepPassed = (before: CaseState, after: CaseState, b: Between, at: number): CaseState => {
  const passed = pairs(before, after, b).filter(({ was, is }) => was.due <= untilOf(before, was, at) && was.due !== is.due);
  return passed.length === 0
    ? after
    : withTime(after, { passed: { ...after.time?.passed, ...Object.fromEntries(passed.map(({ was, is }) => [runningOf(is), was.due])) } });
};

const highest = (s: CaseState, pack: Pack, told: readonly string[]): ReadonlyMap<string, number> => {
  const ranks = new Map<string, number>();
  for (const m of allMarks(s, pack))
    if (told.includes(m.id)) ranks.set(m.deadline.id, Math.max(ranks.get(m.deadline.id) ?? 0, timeRank[m.command]));
  return ranks;
};
/** What lies behind now and says no more than was said counts as told: another rule of the same level, or a policy's own name for it. A reminder that lies behind is dropped anyway. */
const saidAlready = (before: CaseState, after: CaseState, { from, to }: Between, at: number): CaseState => {
  const told = after.time?.told ?? [];
  const ranks = highest(before, from, before.time?.told ?? []);
  const said = (m: TimeMark): boolean =>
    m.command !== 'remind' && m.at <= at && !told.includes(m.id) && timeRank[m.command] <= (ranks.get(m.deadline.id) ?? -1);
  const more = allMarks(after, to)
    .filter(said)
    .map((m) => m.id);
  return more.length === 0 ? after : withTime(after, { told: [...told, ...more] });
};

/** The state with its dates set anew, once more: the past stays, and nobody is told again what they were told. */
export const withPast = (before: CaseState, redated: CaseState, b: Between, at: number): CaseState => {
  if (before.time === undefined) return redated;
  return saidAlready(before, keepPassed(before, redated, b, at), b, at);
};
