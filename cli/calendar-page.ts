import { clockText, dateOf, epochDay, isWorkingDay, onDays, openingHours, standingOf, type EditionDifference } from '../cases/index.ts';
import type { Known } from './edition.ts';
import { label, say } from './messages.ts';
import { facts, table } from './table.ts';
import { standingWords } from './words/calendar.ts';

/** A year as the edition has it; outside its years plain weekdays, and it says so. */
export type YearPage = { year: number; edition: string; provisional: boolean; source: string | null; off: [string, string, string][]; on: { date: string; name: string }[]; workingDays: number[]; hours: string[] };

export function yearOf({ calendar, edition, id }: Known, year: number): YearPage {
  const found = edition?.years.find((y) => y.year === year);
  const first = epochDay(`${year}-01-01`);
  const days = Array.from({ length: epochDay(`${year + 1}-01-01`) - first }, (_, i) => first + i);
  const inMonth = (month: number): number[] => days.filter((day) => Number(dateOf(day).slice(5, 7)) === month);
  return {
    year,
    edition: id,
    provisional: standingOf(calendar, year) !== 'published',
    source: found?.source ?? (found ? (edition?.source ?? null) : null),
    off: found?.off ?? [],
    on: found ? onDays(found) : [],
    workingDays: Array.from({ length: 12 }, (_, m) => inMonth(m + 1).filter((day) => isWorkingDay(calendar, day).working).length),
    hours: openingHours(calendar).day.map(([from, to]) => `${clockText(from)}–${clockText(to)}`),
  };
}

export function yearText(y: YearPage): string {
  const sum = y.workingDays.reduce((a, b) => a + b, 0);
  const head = [say('editionOf', { id: y.edition }), say('yearPublished', { year: y.year, days: sum }), ...(y.provisional ? [say(y.off.length + y.on.length > 0 ? 'yearExpected' : 'yearProvisional', { year: y.year })] : [])];
  const off = y.off.map(([from, to, name]) => (from === to ? `${name} ${from}` : `${name} ${from} 至 ${to}`)).join('\n');
  const on = y.on.map((d) => `${d.date} ${d.name}`.trim()).join('\n');
  const body = facts([[label('basis'), y.source], [label('openingHours'), y.hours.join(', ')], [label('workingDays'), y.workingDays.map((n, i) => `${i + 1}月 ${n}`).join('  ')]]);
  return [...head, body, ...(off === '' ? [] : [`\n${label('holiday')}\n${off}`]), ...(on === '' ? [] : [`\n${label('workingWeekend')}\n${on}`])].join('\n');
}

const dayWord = (d: { working: boolean; name: string }): string => `${d.working ? '班 on' : '休 off'} ${d.name}`.trim();

export function differenceText(d: EditionDifference): string {
  const days = d.days.length === 0 ? say('noDifference') : table([label('date'), label('before'), label('after')], d.days.map((x) => [x.date, dayWord(x.before), dayWord(x.after)]));
  const years = d.years.length === 0 ? [] : [table(['', label('before'), label('after')], d.years.map((y) => [String(y.year), standingWords[y.before], standingWords[y.after]]))];
  return [days, ...years, ...(d.hours ? [say('hoursDiffer')] : [])].join('\n\n');
}
