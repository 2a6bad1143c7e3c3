import { addWorkingDays, endOfDay, epochDay, toCivil } from '../cases/index.ts';
import { type Calendar, type ProblemQuery, caseError, isCivilDate } from '../schemas/index.ts';
import { textsOf } from './messages.ts';

/** No list looks further ahead than ten years; a working-day walk over more would only burn time. */
const mostDays = 3660;

/**
 * `overdue`, or until when: `3d` and `3wd` (working days) from today, `2026-12-01`; the named day is included. @throws BAD-INPUT
 */
export function dueOf(text: string, now: number, calendar: Calendar): NonNullable<ProblemQuery['due']> {
  if (text === 'overdue') return text;
  const today = toCivil(calendar, now).day;
  const [, amount = '', unit] = /^(\d{1,4})(d|wd)$/.exec(text) ?? [];
  const days = Number(amount);
  if (amount !== '' && days <= mostDays) return until(calendar, unit === 'd' ? today + days : addWorkingDays(calendar, today, days).day);
  if (isCivilDate(text)) return until(calendar, epochDay(text));
  throw caseError('BAD-INPUT', { field: 'due', ...textsOf('badDue', { text }) });
}

/** A due instant is the end of its day, so that the day itself is before the next millisecond. */
const until = (calendar: Calendar, day: number): { before: number } => ({ before: endOfDay(calendar, day) + 1 });
