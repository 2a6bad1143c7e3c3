import * as z from 'zod';
import { isCivilDate } from './civil-date.ts';

/** A civil date that is in the calendar: `2026-02-29` is none. */
const Day = z.string().refine(isCivilDate, 'no such day');
const Named = z.string().trim().min(1);

/** `09:00`; `24:00` ends a day. */
export const ClockTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);

/** Opening hours (办公时间) of one day, in order and apart; none: the office does not open on it. */
const Periods = z
  .array(z.tuple([ClockTime, ClockTime]))
  .refine((all) => all.every(([from, to], i) => from < to && (i === 0 || (all[i - 1]?.[1] ?? '') <= from)), 'opening hours are in order and do not overlap');

export const EditionYear = z.object({
  year: z.int().min(1970).max(2199),
  /** No notice was published for it: every date that rests on it says so. */
  provisional: z.boolean(),
  /** The notice of this year, where it has one of its own. */
  source: Named.optional(),
  /** Off days (放假), first and last day, with the name of the holiday. */
  off: z.array(z.tuple([Day, Day, z.string()])),
  /** Working weekends (调休上班), with the holiday that they make up for where it is told. */
  on: z.array(z.union([Day, z.tuple([Day, z.string()])])),
});
export type EditionYear = z.infer<typeof EditionYear>;

/** A calendar edition (日历版本) as people write it down: what each year has, from which notice, and when the office is open. */
export const Edition = z.object({
  id: Named,
  source: z.string(),
  /** Date of the edition. */
  date: Day.optional(),
  years: z.array(EditionYear),
  hours: z.object({ day: Periods.refine((all) => all.length > 0, 'an ordinary day has opening hours'), except: z.record(Day, Periods).optional() }).optional(),
});
export type Edition = z.infer<typeof Edition>;

/** Opening hours, compiled: minutes of the day from and to. `except` are days that have hours of their own. */
const Minutes = z.array(z.tuple([z.int().min(0).max(1440), z.int().min(0).max(1440)]));
export const OpeningHours = z.object({ day: Minutes, except: z.record(z.string(), Minutes).optional() });
export type OpeningHours = z.infer<typeof OpeningHours>;
