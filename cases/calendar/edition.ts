import { type Calendar, type Edition, type EditionYear, type OpeningHours, hashOf } from '../../schemas/index.ts';
import { dateOf, epochDay } from './day.ts';

export { Edition } from '../../schemas/index.ts';

const weekend = (day: number): boolean => [0, 6].includes((((day + 4) % 7) + 7) % 7);

/** Working weekends of a year by date; the name is empty where none is told. */
export const onDays = (year: EditionYear): { date: string; name: string }[] => year.on.map((d) => (typeof d === 'string' ? { date: d, name: '' } : { date: d[0], name: d[1] }));

const bits = (year: EditionYear): string => {
  const first = epochDay(`${year.year}-01-01`);
  const count = epochDay(`${year.year + 1}-01-01`) - first;
  const on = onDays(year).map((d) => d.date);
  const off = (date: string) => year.off.some(([from, to]) => from <= date && date <= to);
  const days = Array.from({ length: 368 }, (_, i) => {
    if (i >= count) return 0;
    const date = dateOf(first + i);
    return on.includes(date) || (!weekend(first + i) && !off(date)) ? 1 : 0;
  });
  return Array.from({ length: 92 }, (_, i) => Number.parseInt(days.slice(i * 4, i * 4 + 4).join(''), 2).toString(16)).join('');
};

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const compiled = (periods: readonly (readonly [string, string])[]): [number, number][] => periods.map(([from, to]) => [minutes(from), minutes(to)]);

const hoursOf = ({ day, except }: NonNullable<Edition['hours']>): OpeningHours => ({
  day: compiled(day),
  ...(except === undefined ? {} : { except: Object.fromEntries(Object.entries(except).map(([date, periods]) => [date, compiled(periods)])) }),
});

/** Edition -> what a workflow carries: one bit a day and the opening hours, content-hashed together with the scale. */
export const compileCalendar = (edition: Edition, scale?: Calendar['scale']): Calendar => {
  const years = Object.fromEntries(edition.years.map((y) => [String(y.year), { days: bits(y), provisional: y.provisional }]));
  const content = { years, ...(edition.hours === undefined ? {} : { hours: hoursOf(edition.hours) }), ...(scale === undefined ? {} : { scale }) };
  return { hash: hashOf(content), ...content };
};

/** What an edition compiles to, at the pace of another calendar: that of a demonstration, or none. */
export const atPaceOf = ({ scale }: Pick<Calendar, 'scale'>, { years, hours }: Calendar): Calendar => {
  const content = { years, ...(hours === undefined ? {} : { hours }), ...(scale === undefined ? {} : { scale }) };
  return { hash: hashOf(content), ...content };
};

/** The same working days and hours without the pace of a demonstration: what an edition compiles to. */
export const unscaled = (calendar: Calendar): Calendar => atPaceOf({}, calendar);

/** Hash of an edition with its names, notices and hours: two that mark the same days but cite other notices differ. */
export const editionHash = (edition: Edition): string => hashOf(edition);
