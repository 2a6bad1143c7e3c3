import { dateOf, epochDay } from '../cases/index.ts';
import { type Edition, type EditionYear, caseError, parseDate } from '../schemas/index.ts';
import type { SourceFile, SourceRow } from './row.ts';

/** What a list of dates does not say of itself. */
export type EditionMeta = { id: string; source: string; date?: string; provisional: boolean };

const columns = { date: ['日期', 'date'], kind: ['类型', 'kind', 'type'], name: ['名称', '节日', 'name'] } as const;
const kinds: Readonly<Record<string, 'off' | 'on'>> = { 休: 'off', 放假: 'off', 休息: 'off', 节假日: 'off', off: 'off', holiday: 'off', 班: 'on', 上班: 'on', 调休: 'on', 补班: 'on', 调休上班: 'on', on: 'on', workday: 'on' };

type Listed = { date: string; kind: 'off' | 'on'; name: string };

/**
 * A list of dates (日期, 类型 休 or 班, 名称) as an edition: the years that it names are the list's, all others stay as they are in
 * `base`. Opening hours stay too. @throws BAD-INPUT naming the row
 */
export async function readEditionTable(file: SourceFile, base: Edition, meta: EditionMeta): Promise<Edition> {
  const listed: Listed[] = [];
  for await (const sheet of file.sheets()) for await (const row of sheet.rows()) listed.push(listedOf(row));
  if (listed.length === 0) throw caseError('BAD-INPUT', { field: 'file', zh: '没有日期', en: 'no dates' });
  const years = [...new Set(listed.map((l) => Number(l.date.slice(0, 4))))];
  return {
    id: meta.id,
    source: meta.source,
    ...(meta.date === undefined ? {} : { date: meta.date }),
    years: [...base.years.filter((y) => !years.includes(y.year)), ...years.map((year) => yearOf(year, listed, meta))].toSorted((a, b) => a.year - b.year),
    ...(base.hours === undefined ? {} : { hours: base.hours }),
  };
}

const cell = (row: SourceRow, names: readonly string[]): string => names.map((n) => Object.entries(row.cells).find(([header]) => header.trim().toLowerCase() === n)?.[1].trim() ?? '').find((text) => text !== '') ?? '';

function listedOf(row: SourceRow): Listed {
  const wrong = (zh: string, en: string): never => {
    throw caseError('BAD-INPUT', { field: `row ${row.row}`, zh: `第 ${row.row} 行: ${zh}`, en: `row ${row.row}: ${en}` });
  };
  if (row.broken !== undefined) return wrong('无法读取', 'cannot be read');
  const [text, word] = [cell(row, columns.date), cell(row, columns.kind)];
  // Whole dates alone: a list that names a month or leaves out the year does not say which days are off.
  const read = /\d{4}\D?\d{1,2}\D?\d{1,2}/.test(text) ? parseDate(text, { reference: '2000-01-01' }) : null;
  const kind = kinds[word.toLowerCase()];
  if (read?.kind !== 'date') return wrong(`须有日期: ${text}`, `a date is needed: ${text}`);
  if (kind === undefined) return wrong(`类型须为 休 或 班: ${word}`, `the kind is 休 (off) or 班 (on): ${word}`);
  return { date: read.date, kind, name: cell(row, columns.name) };
}

const yearOf = (year: number, listed: readonly Listed[], { provisional, source }: EditionMeta): EditionYear => {
  const mine = listed.filter((l) => l.date.startsWith(`${year}-`)).toSorted((a, b) => (a.date < b.date ? -1 : 1));
  return { year, provisional, source, off: ranges(mine.filter((l) => l.kind === 'off')), on: mine.filter((l) => l.kind === 'on').map((l) => [l.date, l.name]) };
};

const dayAfter = (date: string): string => dateOf(epochDay(date) + 1);

/** Days in a row under one name are one holiday. */
const ranges = (days: readonly Listed[]): [string, string, string][] =>
  days.reduce<[string, string, string][]>((all, { date, name }) => {
    const last = all.at(-1);
    if (last && last[2] === name && (date === last[1] || date === dayAfter(last[1]))) return [...all.slice(0, -1), [last[0], date, name]];
    return [...all, [date, date, name]];
  }, []);
