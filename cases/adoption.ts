import type { Amount, Calendar, CaseState, Pack } from '../schemas/index.ts';
import { type Due, dueDateAt, dueOf, dueOn, epochDay, isWorkingDay, toCivil, unscaled } from './calendar/index.ts';
import { marksOf } from './marks.ts';
import { totalDueOf } from './total.ts';

/**
 * What another calendar edition would do to the dates of a case (启用日历版本), told before anything is done. `moved`: counted from an
 * amount, and counted anew it is another date. `confirmed`: the same date, no longer provisional. `unclear`: counted once from an
 * instant that the state does not keep, over days on which the editions differ. `offDay`: a date set by people that is a working day
 * now and would be none. What has passed is never moved.
 */
export type DateChange = {
  what: string;
  taskId: string | null;
  change: 'moved' | 'confirmed' | 'unclear' | 'offDay';
  before: string;
  after: string | null;
  provisional: boolean;
  why: { zh: string; en: string };
};

type Counted = { what: string; at: number; anchor: number; limit: Amount; provisional: boolean };
type Both = { pack: Pack; fresh: Pack };

const amountText = (l: Amount): { zh: string; en: string } => {
  const units = { wd: ['个工作日', 'working days'], d: ['日', 'natural days'], h: ['小时', 'hours'] } as const;
  return { zh: `${l.amount}${units[l.unit][0]}`, en: `${l.amount} ${units[l.unit][1]}` };
};

/** Dates that can be counted anew: an amount of the policy from an instant that the state keeps. */
const countedDates = (s: CaseState, pack: Pack): Counted[] => {
  const { policy } = pack;
  const one = (what: string, at: number | null | undefined, anchor: number | null | undefined, limit: Amount | undefined): Counted[] =>
    at == null || anchor == null || limit === undefined ? [] : [{ what, at, anchor, limit, provisional: dueOf(pack.calendar, anchor, limit).provisional }];
  const supplement = s.application?.supplement ?? null;
  return [
    ...(s.publicity && s.publicity.exempt === null ? one('publicity', s.publicity.until, s.publicity.from, policy.publicity) : []),
    ...(supplement && supplement.givenAt === null ? one('supplement', supplement.due, supplement.askedAt, policy.supplement) : []),
    ...s.acts.filter((a) => a.answeredAt === null).flatMap((a) => one(`act ${a.act}`, a.replyBy, a.servedAt, policy.actReply)),
    ...s.lookback.plan.flatMap((l, i) => (l.done || !s.grade ? [] : one(`lookback ${i + 1}`, l.at, s.clocks.closedAt, policy.lookback[s.grade.colour][i]))),
  ];
};

const sayDate = (pack: Pack, instant: number): string => dueDateAt(pack.calendar, instant);

const recounted = ({ pack, fresh }: Both, c: Counted): DateChange[] => {
  const text = amountText(c.limit);
  const basis = { zh: `自 ${sayDate(pack, c.anchor + 1)} 起 ${text.zh}`, en: `${text.en} from ${sayDate(pack, c.anchor + 1)}` };
  // Something else has lengthened it since (an objection, an appeal): the amount alone does not explain it.
  if (dueOf(pack.calendar, c.anchor, c.limit).instant !== c.at) return unclear({ pack, fresh }, { what: c.what, from: c.anchor, until: c.at });
  return compared(pack, { what: c.what, at: c.at, provisional: c.provisional }, dueOf(fresh.calendar, c.anchor, c.limit), basis);
};

const compared = (pack: Pack, was: { what: string; at: number; provisional: boolean }, due: Due, why: { zh: string; en: string }): DateChange[] => {
  const row = { what: was.what, taskId: null, before: sayDate(pack, was.at), after: due.date, provisional: due.provisional, why };
  if (due.instant !== was.at) return [{ ...row, change: 'moved' }];
  return was.provisional && !due.provisional ? [{ ...row, change: 'confirmed' }] : [];
};

const differs = ({ pack, fresh }: Both, from: number, until: number): boolean => {
  const [first, last] = [toCivil(pack.calendar, from).day, toCivil(pack.calendar, until - 1).day];
  for (let day = first; day <= Math.min(last, first + 3660); day += 1) if (isWorkingDay(pack.calendar, day).working !== isWorkingDay(fresh.calendar, day).working) return true;
  return false;
};
const unclear = (both: Both, d: { what: string; from: number; until: number }): DateChange[] =>
  differs(both, d.from, d.until)
    ? [{ what: d.what, taskId: null, change: 'unclear', before: sayDate(both.pack, d.until), after: null, provisional: false, why: { zh: '另行指定或后来重新计算过, 期间工作日有变, 须由人核定', en: 'set or counted anew by a decision, over days that change: for a person to settle' } }]
    : [];

/** The total limit (总期限): by amount from 交办, by a granted date, or counted anew when the case came back to work. */
const totalChanges = (s: CaseState, { pack, fresh }: Both): DateChange[] => {
  const { totalDue, assignedAt, provisional } = s.clocks;
  if (totalDue === null || s.suspension.state !== 'none') return [];
  const { due } = s.extension;
  if (s.extension.count > 0 && due !== null && dueOn(pack.calendar, due).instant === totalDue) return offDay({ pack, fresh }, { what: 'totalDue', taskId: null, date: sayDate(pack, totalDue), why: { zh: '延期批准的日期, 不变', en: 'the date that the extension granted: it stays' } });
  const [was, is] = assignedAt === null ? [null, null] : [totalDueOf(s, pack, assignedAt), totalDueOf(s, fresh, assignedAt)];
  if (was && is && was.instant === totalDue) return compared(pack, { what: 'totalDue', at: totalDue, provisional }, is, { zh: `总期限, 自 ${sayDate(pack, (assignedAt ?? 0) + 1)} 交办起`, en: `the total limit from the assignment on ${sayDate(pack, (assignedAt ?? 0) + 1)}` });
  const open = unclear({ pack, fresh }, { what: 'totalDue', from: assignedAt ?? s.clocks.capturedAt, until: totalDue });
  return open.length > 0 || !provisional ? open : confirmed({ pack, fresh }, totalDue);
};

const confirmed = ({ pack, fresh }: Both, totalDue: number): DateChange[] => {
  const date = sayDate(pack, totalDue);
  if (isWorkingDay(fresh.calendar, epochDay(date)).provisional) return [];
  return [{ what: 'totalDue', taskId: null, change: 'confirmed', before: date, after: date, provisional: false, why: { zh: '该年日历已公布, 日期不变', en: 'the calendar of that year is published: the date stays' } }];
};

type SetDate = { what: string; taskId: string | null; date: string; why: { zh: string; en: string } };
const offDay = ({ pack, fresh }: Both, { date, ...set }: SetDate): DateChange[] => {
  const [was, is] = [isWorkingDay(pack.calendar, epochDay(date)), isWorkingDay(fresh.calendar, epochDay(date))];
  return was.working && !is.working ? [{ ...set, change: 'offDay', before: date, after: date, provisional: is.provisional }] : [];
};

const byPeople = { zh: '由人定的日期, 不变, 但将是非工作日', en: 'set by people: it stays, and would be an off day' };
const taskChanges = (s: CaseState, both: Both, at: number): DateChange[] =>
  s.tasks.filter((t) => !['taskClosed', 'waived'].includes(t.state) && dueOn(both.pack.calendar, t.due).instant > at).flatMap((t) => offDay(both, { what: 'task', taskId: t.taskId, date: t.due, why: byPeople }));

const suspensionChanges = (s: CaseState, both: Both): DateChange[] =>
  s.suspension.resumeBy === null ? [] : offDay(both, { what: 'resumeBy', taskId: null, date: sayDate(both.pack, s.suspension.resumeBy), why: byPeople });

/** Marks that are counted each time they are asked for; the others stand under the date that they come from. */
const markChanges = (s: CaseState, { pack, fresh }: Both): DateChange[] => {
  const after = marksOf(s, fresh);
  return marksOf(s, pack)
    .filter((m) => m.command === 'retire')
    .flatMap((m) => {
      const moved = after.find((a) => a.id === m.id);
      return moved && moved.at !== m.at ? [{ what: m.id, taskId: null, change: 'moved' as const, before: sayDate(pack, m.at), after: sayDate(fresh, moved.at), provisional: false, why: { zh: '最后一项权利到期', en: 'the last right to come back lapses' } }] : [];
    });
};

/** Every date of the case, still ahead at `at`, that another calendar would touch. The scale of a demonstration stays. */
export const datesUnder = (state: CaseState, pack: Pack, calendar: Calendar, at: number): DateChange[] => {
  const scale = pack.calendar.scale;
  const both: Both = { pack, fresh: { ...pack, calendar: { ...unscaled(calendar), ...(scale === undefined ? {} : { scale }) } } };
  const ahead = (c: DateChange): boolean => dueOn(pack.calendar, c.before).instant > at;
  const counted = countedDates(state, pack).flatMap((c) => recounted(both, c));
  return [...totalChanges(state, both), ...counted, ...suspensionChanges(state, both), ...markChanges(state, both), ...taskChanges(state, both, at)].filter(ahead);
};
