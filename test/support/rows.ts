import { readFileSync } from 'node:fs';
import { type MapContext, type MapFile, bind, contextOf, kinds } from '../../import/index.ts';
import type { Kind, RowError, SourceRow } from '../../import/index.ts';
import { Edition, compileCalendar } from '../../cases/index.ts';
import { testDirectory } from './directory.ts';

const edition = Edition.parse(JSON.parse(readFileSync(new URL('../../data/calendar-cn.json', import.meta.url), 'utf8')));
const calendar = compileCalendar(edition);
/** 2026-03-10 12:00 in Shanghai. */
export const noon = Date.UTC(2026, 2, 10, 4);

export const contextFor = (map: MapFile = {}, directory = testDirectory): MapContext => contextOf({ directory, calendar, now: noon, map, document: '台账.xlsx' });

export const rowOf = (cells: Record<string, string>, more: Partial<SourceRow> = {}): SourceRow => ({ sheet: null, row: 2, cells, faults: {}, ...more });

/** One row of a kind, read as a sheet with just these columns would be. */
export function readAs(kind: Kind, cells: Record<string, string>, more: { map?: MapFile; row?: Partial<SourceRow> } = {}) {
  const { columns, map } = kinds[kind];
  return map(rowOf(cells, more.row), bind(columns, Object.keys(cells), more.map?.columns), contextFor(more.map));
}
export const rulesOf = (read: ReturnType<typeof readAs>): string[] => ('errors' in read ? read.errors.map((e: RowError) => `${e.column ?? ''} ${e.rule}`.trim()) : []);
