import type { Amount, Calendar, CaseState, Pack } from '../schemas/index.ts';
import { type Due, afterOpen, dateOf, dueOf, dueDateAt, endOfDay, instantOf, limitDue, openingHours, toCivil } from './calendar/index.ts';
import { timed } from './machine/version.ts';

const unitOf = { wd: 'workingDay', d: 'calendarDay', h: 'hour' } as const;

/** How long the office is open on an ordinary day, in civil milliseconds. */
export const ordinaryDay = (calendar: Calendar): number => openingHours(calendar).day.reduce((ms, [from, to]) => ms + (to - from) * 60_000, 0);

/** Part of a working day (0.5 个工作日): that part of an ordinary day's opening hours, counted while the office is open. */
const partOfDay = (calendar: Calendar, from: number, amount: number): Due | null => {
  const end = afterOpen(calendar, toCivil(calendar, from), amount * ordinaryDay(calendar));
  const instant = end && instantOf(calendar, end);
  return end && instant !== null ? { instant, date: dueDateAt(calendar, instant), provisional: end.provisional } : null;
};

/** No edition closes for so long that nothing can be counted (`edition-check.ts`); if one did, the date says that it is none. */
const uncountable = (calendar: Calendar, from: number, amount: number): Due => {
  const day = toCivil(calendar, from).day + Math.ceil(amount);
  return { instant: endOfDay(calendar, day), date: dateOf(day), provisional: true };
};

/**
 * When a limit that starts at `from` is due: `limitDue` for amounts as packs write them. wd working days, a fraction in opening hours;
 * d natural days; h hours round the clock, which only emergencies have.
 */
export const dueBy = (calendar: Calendar, from: number, { amount, unit }: Amount): Due => {
  const due = unit === 'wd' && !Number.isInteger(amount) ? partOfDay(calendar, from, amount) : limitDue(calendar, from, { amount, unit: unitOf[unit], emergency: unit === 'h' });
  return due ?? uncountable(calendar, from, amount);
};

/** When a limit of this case that starts at `from` is due, by the arithmetic of its machine version and its own calendar. */
export const dueIn = (state: Pick<CaseState, 'machine'>, { calendar }: Pick<Pack, 'calendar'>, from: number, amount: Amount): Due => (timed(state) ? dueBy : dueOf)(calendar, from, amount);
