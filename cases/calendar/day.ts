import type { Calendar } from '../../schemas/index.ts';

/** Civil dates as whole days since 1970-01-01: plain arithmetic, no clock, no zone database. */
export type EpochDay = number;

export const msPerDay = 86_400_000;
/** Asia/Shanghai is +08:00 for every date we handle. */
const shanghai = 8 * 3_600_000;

/** `2026-02-13` -> days since 1970-01-01. The text has the form of a date (schema `CivilDate`). */
export const epochDay = (date: string): EpochDay => {
  const [y, m, d] = date.split('-').map(Number) as [number, number, number];
  return Date.UTC(y, m - 1, d) / msPerDay;
};

/** Days since 1970-01-01 -> `2026-02-13`. */
export const dateOf = (day: EpochDay): string => new Date(day * msPerDay).toISOString().slice(0, 10);
/** The first of January as a day. */
const firstOf = (year: number): EpochDay => {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) - 719_162;
};
/** Year of a day and the first day of that year, in plain integers: deadlines and their marks ask this of every day that they count. */
export const yearAt = (day: EpochDay): { year: number; first: EpochDay } => {
  const year = 1970 + Math.floor(day / 365.2425);
  const first = firstOf(year);
  if (day < first) return { year: year - 1, first: firstOf(year - 1) };
  if (day - first < 365) return { year, first };
  const next = firstOf(year + 1);
  return day < next ? { year, first } : { year: year + 1, first: next };
};
export const yearOf = (day: EpochDay): number => yearAt(day).year;

/** Where no calendar is known: Monday to Friday, at the real pace, every date provisional. */
export const plainWeekdays: Calendar = { hash: '', years: {} };

/**
 * The only bridge between instants and dates: civil day and milliseconds since its midnight, in Asia/Shanghai. A scaled calendar
 * (demonstrations only) lets one civil day last `msPerDay` real milliseconds.
 */
export const toCivil = (calendar: Calendar, instant: number): { day: EpochDay; ms: number } => {
  const s = calendar.scale;
  const civil = s ? s.civilEpoch + Math.round(((instant - s.realEpoch) * msPerDay) / s.msPerDay) : instant;
  const local = civil + shanghai;
  const day = Math.floor(local / msPerDay);
  return { day, ms: local - day * msPerDay };
};

/** Instant of `ms` after midnight of a civil day; `ms` = 24 h gives the end of the day (24:00). */
export const toInstant = (calendar: Calendar, day: EpochDay, ms: number): number => {
  const civil = day * msPerDay + ms - shanghai;
  const s = calendar.scale;
  return s ? s.realEpoch + Math.round(((civil - s.civilEpoch) * s.msPerDay) / msPerDay) : civil;
};

/** Real milliseconds that `ms` civil milliseconds last. */
export const realMs = (calendar: Calendar, ms: number): number => (calendar.scale ? Math.round((ms * calendar.scale.msPerDay) / msPerDay) : ms);

/** Civil milliseconds in `ms` real ones; not rounded. */
export const civilMs = (calendar: Calendar, ms: number): number => (calendar.scale ? (ms * msPerDay) / calendar.scale.msPerDay : ms);

/** Minutes since midnight as `09:30`; the end of a day is `24:00`. */
export const clockText = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
/** An instant as people write it, `2026-02-13 09:30`. */
export const dateTimeAt = (calendar: Calendar, instant: number): string => {
  const { day, ms } = toCivil(calendar, instant);
  return `${dateOf(day)} ${clockText(Math.floor(ms / 60_000))}`;
};
