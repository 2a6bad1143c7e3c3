import type { CaseState, Pack } from '../../schemas/index.ts';
import { type Due, dueOn, epochDay, isWorkingDay } from '../calendar/index.ts';
import { isProvisional } from '../clock/provisional.ts';
import { kindOf } from '../facts/case.ts';
import { withTime } from '../time.ts';
import { daysTo, totalCounted, totalOf } from '../total.ts';
import { type Between, type DateChange, type Redated, compared, offDay, sayDate, unclear } from './compare.ts';

const clock = (s: CaseState, change: Partial<CaseState['clocks']>): CaseState => ({ ...s, clocks: { ...s.clocks, ...change } });
/** `plain`: without the suspensions, and whole. */
type Under = Due & { readonly plain: Due };
type Running = {
  readonly due: number;
  readonly assignedAt: number | null;
  readonly is: Under | null /** What the policy gave at 交办, where that still explains a date. */;
  readonly was: Under | null;
};

/**
 * The total limit (总期限): by amount from 交办, through the suspensions since; by a granted date; or counted anew when the case came
 * back to work. It is a limit while the case is open. What an application was shown in time by stays.
 */
export const redatedTotal = (s: CaseState, b: Between): Redated[] => {
  const { totalDue: due, assignedAt } = s.clocks;
  if (due === null || kindOf(s.stage) !== 'open') return [];
  const [was, is] = assignedAt === null ? [null, null] : [dueUnder(s, b.from), dueUnder(s, b.to)];
  const r: Running = { due, assignedAt, was, is };
  return [
    ...(was && is && was.instant === due && !isGranted(s, b, due) ? counted(s, b, r, is) : setByPeople(s, b, r)),
    ...original(s, b, r),
  ];
};

/** What the policy gives, from where it is counted and through the suspensions that are over. */
const dueUnder = (s: CaseState, pack: Pack): Under | null => {
  const found = totalCounted(s, pack);
  if (found === null) return null;
  const { since, plain, due } = found;
  return { instant: due, date: sayDate(pack, due), provisional: isProvisional(pack.calendar, { since, due, amount: totalOf(s, pack) }), plain };
};

const isGranted = ({ time, extension: { count, due } }: CaseState, { from }: Between, totalDue: number): boolean =>
  time?.granted?.due === totalDue || time?.cap?.due === totalDue || (count > 0 && due !== null && dueOn(from.calendar, due).instant === totalDue);

const counted = (s: CaseState, { from }: Between, { due, assignedAt }: Running, is: Due): Redated[] => {
  if (s.application !== null && is.instant < s.application.filedAt) return [];
  const since = sayDate(from, (assignedAt ?? 0) + 1);
  const change = compared(from, { what: 'totalDue', at: due, provisional: s.clocks.provisional }, is, {
    zh: `总期限, 自 ${since} 交办起`,
    en: `the total limit from the assignment on ${since}`,
  });
  return [{ at: due, change, unit: true, set: (x) => clock(x, { totalDue: is.instant, provisional: is.provisional }) }];
};

/** A date that a decision set: it stays, and what it rests on may be certain now. */
const setByPeople = (s: CaseState, b: Between, { due, assignedAt }: Running): Redated[] => {
  const date = sayDate(b.from, due);
  const { provisional } = isWorkingDay(b.to.calendar, epochDay(date));
  const told = isGranted(s, b, due)
    ? offDay(b, {
        what: 'totalDue',
        taskId: null,
        date,
        why: { zh: '延期批准的日期, 不变', en: 'the date that the extension granted: it stays' },
      })
    : unclear(b, { what: 'totalDue', since: assignedAt ?? s.clocks.capturedAt, until: due });
  const change = told ?? (s.clocks.provisional && !provisional ? confirmed(date) : null);
  return [{ at: due, change, unit: true, set: (x) => (x.clocks.provisional ? clock(x, { provisional }) : x) }];
};
const confirmed = (date: string): DateChange => ({
  what: 'totalDue',
  taskId: null,
  change: 'confirmed',
  before: date,
  after: date,
  provisional: false,
  why: { zh: '该年日历已公布, 日期不变', en: 'the calendar of that year is published: the date stays' },
});

/** The date that was given first, where the same amount explains it: what is measured by it is measured by the same calendar. */
const original = (s: CaseState, { to }: Between, { was, is }: Running): Redated[] => {
  const { originalDue } = s.clocks;
  if (originalDue === null || !was || !is || was.instant !== originalDue) return [];
  if (s.application !== null && is.instant < s.application.filedAt) return [];
  // What is half of the limit goes by the days that the policy gives now.
  const days = (x: CaseState): CaseState => (x.time === undefined ? x : withTime(x, { limitDays: daysTo(x, to, is.plain.instant) ?? 0 }));
  return [{ at: originalDue, change: null, unit: true, set: (x) => days(clock(x, { originalDue: is.instant })) }];
};
