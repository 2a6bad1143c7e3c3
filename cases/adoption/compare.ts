import type { Amount, CaseState, Pack } from '../../schemas/index.ts';
import { type Due, dueDateAt, epochDay, isWorkingDay, toCivil } from '../calendar/index.ts';

/**
 * What another calendar edition or policy pack would do to a date of a case (启用日历版本, 改用限时方案). `moved`: counted from an
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

/** From the pack that the case has to the one that it would have. */
export type Between = { readonly from: Pack; readonly to: Pack };
/** One date under both: its instant as it stands, what is to be said of it, whether a unit may know it, and what adopting makes of the state. */
export type Redated = {
  readonly at: number;
  readonly change: DateChange | null;
  readonly unit: boolean;
  readonly set: (s: CaseState) => CaseState;
};
export const stays = (s: CaseState): CaseState => s;

export const sayDate = (pack: Pack, instant: number): string => dueDateAt(pack.calendar, instant);
export const amountText = (l: Amount): { zh: string; en: string } => {
  const units = { wd: ['个工作日', 'working days'], d: ['日', 'natural days'], h: ['小时', 'hours'] } as const;
  return { zh: `${l.amount}${units[l.unit][0]}`, en: `${l.amount} ${units[l.unit][1]}` };
};

type Was = { what: string; at: number; provisional: boolean };
/** A date that is counted: another one, or at least certain now. */
export const compared = (pack: Pack, was: Was, is: Due, why: DateChange['why']): DateChange | null => {
  const row = { what: was.what, taskId: null, before: sayDate(pack, was.at), after: is.date, provisional: is.provisional, why };
  if (is.instant !== was.at) return { ...row, change: 'moved' };
  return was.provisional && !is.provisional ? { ...row, change: 'confirmed' } : null;
};

/** Days from one instant to another that are working days under one calendar alone. Ten years are enough: nothing runs longer. */
const differs = ({ from, to }: Between, since: number, until: number): boolean => {
  const [first, last] = [toCivil(from.calendar, since).day, toCivil(from.calendar, until - 1).day];
  for (let day = first; day <= Math.min(last, first + 3660); day += 1)
    if (isWorkingDay(from.calendar, day).working !== isWorkingDay(to.calendar, day).working) return true;
  return false;
};
const forPeople = {
  zh: '另行指定或后来重新计算过, 期间工作日有变, 须由人核定',
  en: 'set or counted anew by a decision, over days that change: for a person to settle',
};
export const unclear = (b: Between, d: { what: string; since: number; until: number }): DateChange | null =>
  differs(b, d.since, d.until)
    ? { what: d.what, taskId: null, change: 'unclear', before: sayDate(b.from, d.until), after: null, provisional: false, why: forPeople }
    : null;

export const byPeople = { zh: '由人定的日期, 不变, 但将是非工作日', en: 'set by people: it stays, and would be an off day' };
/** A date that people set and that would be an off day. */
export const offDay = (
  { from, to }: Between,
  set: { what: string; taskId: string | null; date: string; why: DateChange['why'] },
): DateChange | null => {
  const { date, ...row } = set;
  const [was, is] = [isWorkingDay(from.calendar, epochDay(date)), isWorkingDay(to.calendar, epochDay(date))];
  return was.working && !is.working ? { ...row, change: 'offDay', before: date, after: date, provisional: is.provisional } : null;
};
