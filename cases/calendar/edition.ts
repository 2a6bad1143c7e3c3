import * as z from 'zod';
import { type Calendar, CivilDate, hashOf } from '../../schemas/index.ts';
import { dateOf, epochDay } from './day.ts';

/** A calendar edition (日历版本) as people write it down: off days and working weekends (调休) of each year, and its source. */
export const Edition = z.object({
  id: z.string(),
  source: z.string(),
  years: z.array(z.object({ year: z.int(), provisional: z.boolean(), off: z.array(z.tuple([CivilDate, CivilDate, z.string()])), on: z.array(CivilDate) })),
});
export type Edition = z.infer<typeof Edition>;

const weekend = (day: number): boolean => [0, 6].includes((((day + 4) % 7) + 7) % 7);

const bits = (year: Edition['years'][number]): string => {
  const first = epochDay(`${year.year}-01-01`);
  const count = epochDay(`${year.year + 1}-01-01`) - first;
  const off = (date: string) => year.off.some(([from, to]) => from <= date && date <= to);
  const days = Array.from({ length: 368 }, (_, i) => {
    if (i >= count) return 0;
    const date = dateOf(first + i);
    return year.on.includes(date) || (!weekend(first + i) && !off(date)) ? 1 : 0;
  });
  return Array.from({ length: 92 }, (_, i) => Number.parseInt(days.slice(i * 4, i * 4 + 4).join(''), 2).toString(16)).join('');
};

/** Edition -> what a workflow carries: one bit a day, content-hashed together with the scale. */
export const compileCalendar = (edition: Edition, scale?: Calendar['scale']): Calendar => {
  const years = Object.fromEntries(edition.years.map((y) => [String(y.year), { days: bits(y), provisional: y.provisional }]));
  const content = scale ? { years, scale } : { years };
  return { hash: hashOf(content), ...content };
};
