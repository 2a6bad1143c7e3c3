import type { CaseState, Deadline, Pack, RoleId } from '../../schemas/index.ts';
import { policyPart } from '../policy/index.ts';
import { addWorkingDays, endOfDay, toCivil } from '../calendar/index.ts';
import { dated, office, runningOf } from './basis.ts';
import { deadlinesOf } from './deadlines.ts';
import { type MarkRule, instantOfMark, opening, spentAt, whenSpent } from './moment.ts';
import { enteredAt, pausesOf, through } from './pause.ts';
import { superiorOf } from './report-line.ts';

/** 提醒, 临期, 滞后, 逾期: what time says about one limit. */
export type TimeCommand = 'remind' | 'nearDue' | 'fallBehind' | 'fallOverdue';
/** `id` of a mark is what `time.told` keeps: the limit, its cycle, the rule. */
export type TimeMark = { readonly at: number; readonly id: string; readonly rule: string; readonly command: TimeCommand; readonly deadline: Deadline; /** An act of supervision that is drafted by it, for a leader to sign. */ readonly draft?: 'L4' };

export const timeRank: Readonly<Record<TimeCommand, number>> = { remind: 30, nearDue: 31, fallBehind: 32, fallOverdue: 33 };

export { runningOf } from './basis.ts';
const idOf = (d: Deadline, rule: string): string => `${runningOf(d)}~${rule}`;

/** What the unit owes is its total; a step of it that is missed is 滞后. */
const commandOf = (d: Deadline, rule: MarkRule): TimeCommand => (rule.command === 'fallOverdue' && d.side === 'unit' && d.id !== 'total' ? 'fallBehind' : rule.command);

const late: MarkRule = { id: 'late', command: 'fallOverdue', at: { elapsed: 1 } };
const rulesFor = (d: Deadline, pack: Pack): readonly MarkRule[] => (d.id === 'citizen' ? [] : d.id === 'total' || d.id === 'stage' ? policyPart(pack.policy, 'marks') : [late]);

const byRule = (d: Deadline, pack: Pack): TimeMark[] => {
  const rules = rulesFor(d, pack);
  const all = rules.length > 1 ? spentAt(pack.calendar, d, d.due) : undefined;
  return rules.flatMap((rule): TimeMark[] => {
    const at = instantOfMark(pack.calendar, d, rule.at, all);
    // What would lie before the limit itself says nothing: one day is not "one day left" from its first minute.
    return at === null || (at <= d.since && at < d.due) ? [] : [{ at, id: idOf(d, rule.id), rule: rule.id, command: commandOf(d, rule), deadline: d }];
  });
};

/** Tasks shown or closed, of those that are not waived; null where there are none to measure by. */
const progressOf = (s: CaseState): number | null => {
  const tasks = s.tasks.filter((t) => t.state !== 'waived');
  return tasks.length === 0 ? null : tasks.filter((t) => ['submitted', 'taskClosed'].includes(t.state)).length / tasks.length;
};

/** 滞后: when more of the time since the work began will be gone than was done, by so many points. */
const behind = (s: CaseState, total: Deadline, { calendar, policy }: Pack): TimeMark[] => {
  const progress = progressOf(s);
  if (progress === null || !['immediate', 'rectifying'].includes(s.stage)) return [];
  const share = progress + policyPart(policy, 'thresholds').behindPoints / 100;
  // Since the work began, pauses aside.
  const since = Math.max(enteredAt(s), s.time?.base ?? s.clocks.assignedAt ?? 0);
  const work = { ...total, ...through(calendar, pausesOf(s), { since, due: total.due, amount: total.amount }, true), since };
  const at = share >= 1 || total.due <= since ? null : whenSpent(calendar, work, share);
  return at === null ? [] : [{ at, id: idOf(total, 'behind'), rule: 'behind', command: 'fallBehind', deadline: total }];
};

/** 约谈 is drafted when the alert has been red for so many working days (TALK-GROUND), unless there was one since. */
const talk = (s: CaseState, pack: Pack): TimeMark[] => {
  const { level, since } = s.alert;
  if (level !== 'red' || since === null || s.stage === 'suspended' || s.acts.some((a) => a.code === 'L4' && a.servedAt >= since)) return [];
  const days = policyPart(pack.policy, 'thresholds').talkAfterRed.amount;
  // A frozen alert does not get older.
  const plain = endOfDay(pack.calendar, addWorkingDays(pack.calendar, toCivil(pack.calendar, since).day, days).day);
  const { due } = through(pack.calendar, pausesOf(s), { since, due: plain, amount: null });
  const at = opening(pack.calendar, toCivil(pack.calendar, due - 1).day);
  const deadline = dated({ id: 'talk', row: 'L4', holder: office('LDR_DEPUTY'), cycle: since, since, due: at });
  return [{ at, id: idOf(deadline, 'draft'), rule: 'draft', command: 'remind', deadline, draft: 'L4' }];
};

/** Every mark of the limits in force, fired or not, whatever the time is. */
export const allMarks = (s: CaseState, pack: Pack): TimeMark[] =>
  deadlinesOf(s, pack).flatMap((d) => (d.paused || (s.stage === 'suspended' && d.side === 'unit') ? [] : [...byRule(d, pack), ...(d.id === 'total' ? behind(s, d, pack) : [])]));

/** Those that are armed: not fired yet; what was armed too late fires at the act that armed it, unless it only reminds. */
export const timeMarks = (s: CaseState, pack: Pack): TimeMark[] => {
  const { time } = s;
  if (time === undefined) return [];
  return [...allMarks(s, pack), ...talk(s, pack)].flatMap((m) => {
    if (time.told.includes(m.id)) return [];
    if (m.at >= time.at) return [m];
    return m.command === 'remind' && m.draft === undefined ? [] : [{ ...m, at: time.at }];
  });
};

const levels = ['none', 'blue', 'yellow', 'red'] as const;
export type AlertLevel = (typeof levels)[number];
const levelOf: Readonly<Record<TimeCommand, AlertLevel>> = { remind: 'none', nearDue: 'blue', fallBehind: 'yellow', fallOverdue: 'red' };
export const higher = (a: AlertLevel, b: AlertLevel): AlertLevel => (levels.indexOf(a) >= levels.indexOf(b) ? a : b);

const toldOf = (s: CaseState, pack: Pack, side: Deadline['side']): AlertLevel =>
  allMarks(s, pack).reduce<AlertLevel>((level, m) => (m.deadline.side === side && s.time?.told.includes(m.id) ? higher(level, levelOf[m.command]) : level), 'none');

/** What time had said of the unit by an instant: the highest, and the mark that said it. */
export const saidBy = (s: CaseState, pack: Pack, by: number): { level: AlertLevel; at: number | null; command: TimeCommand | null } => {
  const said = allMarks(s, pack).filter((m) => m.deadline.side === 'unit' && m.at <= by && m.at > (s.time?.cleared ?? 0) && levelOf[m.command] !== 'none' && s.time?.told.includes(m.id));
  const level = said.reduce<AlertLevel>((l, m) => higher(l, levelOf[m.command]), 'none');
  const first = said.filter((m) => levelOf[m.command] === level).toSorted((a, b) => a.at - b.at)[0];
  return { level, at: first?.at ?? null, command: first?.command ?? null };
};

/** 办内预警: how late the office is with what it has to do now. It ends with the act that was waited for. */
export const officeAlertOf = (s: CaseState, pack: Pack): AlertLevel => (s.time === undefined || s.time.told.length === 0 ? 'none' : toldOf(s, pack, 'office'));
/** Is any limit of the unit near its end? */
export const isNear = (s: CaseState, pack: Pack): boolean => toldOf(s, pack, 'unit') !== 'none';

export type Told = { role: RoleId; unit: string | null; person?: string; line?: 'superior' };

/** Whom a mark tells: the holder, from 临期 on the superior, and who has to act on it by the table. */
export const toldBy = (m: TimeMark, notify: readonly string[]): Told[] => {
  const { role, unit, person } = m.deadline;
  const holder: Told = { role, unit, ...(person === null ? {} : { person }) };
  const superior = superiorOf({ role, unit });
  const line: Told[] = m.command === 'remind' || superior === undefined ? [] : [{ ...superior, line: 'superior' }];
  const named = notify.flatMap((r): Told[] => (['SUP', 'HUB'].includes(r) ? [{ role: r as RoleId, unit: null }] : r === 'UL' && unit !== null ? [{ role: 'UL', unit }] : []));
  const all = [holder, ...line, ...named];
  return all.filter((t, n) => all.findIndex((o) => o.role === t.role && o.unit === t.unit) === n);
};
