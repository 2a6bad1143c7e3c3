import type { Amount, Calendar, CaseState, Edition } from '../../schemas/index.ts';
import { type Due, type EpochDay, dateAt, dateOf, dueDateAt, dueOf, endOfDay, isWorkingDay, longestWalk, msPerDay, nameOfDay, opensOn, realMs, toCivil, toInstant, weekday } from '../calendar/index.ts';
import { dueBy, ordinaryDay } from '../due.ts';
import { timed } from '../machine/version.ts';

/**
 * Why a limit ends when it ends (期限怎么算): every day from its arrival to its end, one by one, counted or not and why. It walks on its
 * own and not by the functions that the case counts with, so that a test can hold the one against the other.
 */

/** `whole`: the rule of docs/time.md; `first`: the arithmetic of cases recorded under the first machine version. */
export type Counting = 'whole' | 'first';
export const countingOf = (state: Pick<CaseState, 'machine'>): Counting => (timed(state) ? 'whole' : 'first');

/** workday 工作日, workingWeekend 调休上班, weekend 周末, holiday 放假. */
export type DayKind = 'workday' | 'workingWeekend' | 'weekend' | 'holiday';
/** arrived: before it counts as received. received: the day that is not counted. rolled: 顺延, moved on because the last day is off. */
export type StepKind = 'arrived' | 'received' | 'counted' | 'skipped' | 'rolled';
export type DayStep = {
  readonly date: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly step: StepKind;
  /** The number of the day that it is, where whole days are counted. */
  readonly n: number | null;
  readonly kind: DayKind;
  /** Of the holiday or of the working weekend, as the edition names it. */
  readonly name: string;
  /** afterHours 下班后, closed 当日不办公, resumed 恢复当日. */
  readonly why: 'afterHours' | 'closed' | 'resumed' | null;
  /** The day was asked about, and no calendar is published for its year. */
  readonly provisional: boolean;
  /** Civil milliseconds that count on this day, where hours or parts of a day are counted. */
  readonly ms: number | null;
};

export type Explained = { readonly counting: Counting; readonly from: number; readonly amount: Amount; readonly steps: readonly DayStep[]; readonly due: Due };

export type Sheet = { readonly calendar: Calendar; readonly edition: Edition | null };

const isWeekend = (day: EpochDay): boolean => [0, 6].includes(weekday(day));

const kindOf = (day: EpochDay, working: boolean, name: string): DayKind => (working ? (isWeekend(day) ? 'workingWeekend' : 'workday') : name !== '' || !isWeekend(day) ? 'holiday' : 'weekend');

type More = { n?: number; why?: DayStep['why']; ms?: number; asked?: boolean };
const stepOn = ({ calendar, edition }: Sheet, day: EpochDay, step: StepKind, { n, why, ms, asked = true }: More = {}): DayStep => {
  const { working, provisional } = isWorkingDay(calendar, day);
  const date = dateOf(day);
  const name = edition === null ? '' : nameOfDay(edition, date);
  return { date, weekday: weekday(day), step, n: n ?? null, kind: kindOf(day, working, name), name, why: why ?? null, provisional: asked && provisional, ms: ms ?? null };
};
const works = ({ calendar }: Sheet, day: EpochDay): boolean => isWorkingDay(calendar, day).working;

type Walk = { readonly steps: readonly DayStep[]; readonly day: EpochDay };

/** Why something that arrives then does not count as received that day; null when it does. */
const late = (sheet: Sheet, day: EpochDay, ms: number): 'off' | 'afterHours' | 'closed' | null => {
  if (!works(sheet, day)) return 'off';
  const closes = opensOn(sheet.calendar, day).periods.at(-1)?.[1];
  return closes === undefined ? 'closed' : closes > ms ? null : 'afterHours';
};

const receive = (sheet: Sheet, from: number, counting: Counting, { unit }: Amount): Walk | null => {
  const arrived = toCivil(sheet.calendar, from);
  if (counting === 'first' && unit === 'd') return { steps: [stepOn(sheet, arrived.day, 'received', { asked: false })], day: arrived.day };
  const steps: DayStep[] = [];
  for (let day = arrived.day; day < arrived.day + longestWalk; day += 1) {
    const why = counting === 'first' ? (works(sheet, day) ? null : 'off') : late(sheet, day, day === arrived.day ? arrived.ms : 0);
    if (why === null) return { steps: [...steps, stepOn(sheet, day, 'received')], day };
    steps.push(stepOn(sheet, day, 'arrived', why === 'off' ? {} : { why }));
  }
  return null;
};

/** From the day after `after`, so many working days. */
const countWorking = (sheet: Sheet, after: EpochDay, amount: number): Walk | null => {
  const steps: DayStep[] = [];
  let [day, idle] = [after, 0];
  for (let n = 1; n <= amount; ) {
    day += 1;
    const counts = works(sheet, day);
    if (!counts && (idle += 1) >= longestWalk) return null;
    steps.push(counts ? stepOn(sheet, day, 'counted', { n }) : stepOn(sheet, day, 'skipped'));
    if (counts) [n, idle] = [n + 1, 0];
  }
  return { steps, day };
};

/** Every day counts; only the last is asked whether it is a working day, and whatever follows until one is. */
const countNatural = (sheet: Sheet, after: EpochDay, amount: number): Walk | null => {
  const steps = Array.from({ length: amount }, (_, i) => stepOn(sheet, after + i + 1, 'counted', { n: i + 1, asked: i + 1 === amount }));
  for (let day = after + amount, idle = 0; idle < longestWalk; day += 1, idle += 1) {
    if (day > after + amount) steps.push(stepOn(sheet, day, 'rolled'));
    if (works(sheet, day)) return { steps, day };
  }
  return null;
};

/** So long while the office is open; the days on which it opens not at all are skipped. */
const countOpen = (sheet: Sheet, from: number, ms: number): (Walk & { ms: number }) | null => {
  const start = toCivil(sheet.calendar, from);
  const steps: DayStep[] = [];
  let [left, idle] = [ms, 0];
  for (let day = start.day; idle < longestWalk; day += 1) {
    let used = 0;
    const { periods } = opensOn(sheet.calendar, day);
    idle = periods.length === 0 ? idle + 1 : 0;
    for (const [opens, closes] of periods) {
      const begin = Math.max(opens, day === start.day ? start.ms : 0);
      if (closes <= begin) continue;
      if (left - used <= closes - begin) return { steps: [...steps, stepOn(sheet, day, 'counted', { ms: left })], day, ms: begin + left - used };
      used += closes - begin;
    }
    left -= used;
    steps.push(used > 0 ? stepOn(sheet, day, 'counted', { ms: used }) : stepOn(sheet, day, 'skipped', works(sheet, day) ? { why: day === start.day ? 'afterHours' : 'closed' } : {}));
  }
  return null;
};

/** Round the clock, whatever day it is. */
const hoursOn = (sheet: Sheet, from: number, to: number): DayStep[] => {
  const [a, b] = [toCivil(sheet.calendar, from), toCivil(sheet.calendar, to)];
  return Array.from({ length: b.day - a.day + 1 }, (_, i) => ({ day: a.day + i, ms: (i === b.day - a.day ? b.ms : msPerDay) - (i === 0 ? a.ms : 0) }))
    .filter(({ ms }, i) => ms > 0 || i === 0)
    .map(({ day, ms }) => stepOn(sheet, day, 'counted', { ms, asked: false }));
};

const provisionalIn = (steps: readonly DayStep[]): boolean => steps.some((s) => s.provisional);
const endOf = ({ calendar }: Sheet, steps: readonly DayStep[], day: EpochDay): Due => ({ instant: endOfDay(calendar, day), date: dateOf(day), provisional: provisionalIn(steps) });

const inHours = (sheet: Sheet, from: number, amount: number, counting: Counting): Pick<Explained, 'steps' | 'due'> => {
  const instant = from + realMs(sheet.calendar, amount * 3_600_000);
  return { steps: hoursOn(sheet, from, instant), due: { instant, date: (counting === 'first' ? dateAt : dueDateAt)(sheet.calendar, instant), provisional: false } };
};

const inParts = (sheet: Sheet, from: number, amount: number): Pick<Explained, 'steps' | 'due'> | null => {
  const found = countOpen(sheet, from, amount * ordinaryDay(sheet.calendar));
  if (!found) return null;
  const instant = toInstant(sheet.calendar, found.day, found.ms);
  return { steps: found.steps, due: { instant, date: dueDateAt(sheet.calendar, instant), provisional: provisionalIn(found.steps) } };
};

const inDays = (sheet: Sheet, from: number, amount: Amount, counting: Counting): Pick<Explained, 'steps' | 'due'> | null => {
  const received = receive(sheet, from, counting, amount);
  if (!received) return null;
  const counted = (amount.unit === 'wd' ? countWorking : countNatural)(sheet, received.day, Math.ceil(amount.amount));
  if (!counted) return null;
  const steps = [...received.steps, ...counted.steps];
  return { steps, due: endOf(sheet, steps, counted.day) };
};

/** A limit that starts at `from`, day by day. Where an edition lets nothing be counted there are no steps, and the date says that it is none. */
export const explainDue = (sheet: Sheet, from: number, amount: Amount, counting: Counting = 'whole'): Explained => {
  const { unit, amount: n } = amount;
  const parts = counting === 'whole' && unit === 'wd' && !Number.isInteger(n);
  const found = unit === 'h' ? inHours(sheet, from, n, counting) : parts ? inParts(sheet, from, n) : inDays(sheet, from, amount, counting);
  const none = { steps: [], due: (counting === 'whole' ? dueBy : dueOf)(sheet.calendar, from, amount) };
  return { counting, from, amount, ...(found ?? none) };
};

/** 恢复以后: the working days that remained, from the day after resuming. */
export const explainRest = (sheet: Sheet, from: number, left: number): Pick<Explained, 'steps' | 'due'> => {
  const { day } = toCivil(sheet.calendar, from);
  const first = stepOn(sheet, day, 'received', { why: 'resumed', asked: false });
  const counted = countWorking(sheet, day, left) ?? { steps: [], day };
  return { steps: [first, ...counted.steps], due: endOf(sheet, counted.steps, counted.day) };
};

/** The days before a pause that began then: the day itself is still counted. */
export const explainedUntil = (calendar: Calendar, steps: readonly DayStep[], pause: number): DayStep[] => {
  const last = dateAt(calendar, pause);
  return steps.filter((s) => s.date <= last);
};

/** How many days a list counts. */
export const daysCounted = (steps: readonly DayStep[]): number => steps.filter((s) => s.step === 'counted').length;
