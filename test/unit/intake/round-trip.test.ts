/** What this ledger writes, read by the importer of another one: nothing is lost on the way that a table can carry. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boardOf, compileCalendar, dateAt, dueDateAt, Edition } from '../../../cases/index.ts';
import { directory } from '../../../demo/directory.ts';
import { exportLedger } from '../../../export/index.ts';
import { bind, contextOf, kindOfSheet, kinds, openTable } from '../../../import/index.ts';
import { changedIn } from '../../../import/own.ts';
import type { ReadRow } from '../../../import/map/kind.ts';
import type { Board } from '../../../schemas/index.ts';
import { playStories, storyPack } from '../../support/stories-ledger.ts';
import calendarData from '../../../data/calendar-cn.json' with { type: 'json' };

const calendar = compileCalendar(Edition.parse(calendarData));
let folder: string;
let boards: Board[];
let read: ReadRow[];
let cells: Record<string, string>[];
let now: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xiaohao-round-'));
  const client = await playStories();
  now = client.at;
  boards = [...client.cases.values()].map(({ state }) => boardOf(state, client.pack)).toSorted((a, b) => (a.caseNo < b.caseNo ? -1 : 1));
  const path = join(folder, 'closures.xlsx');
  const rows = (async function* () {
    yield* boards;
  })();
  await exportLedger({ kind: 'closures', path, boards: rows, names: { directory, calendar }, about: { who: '测试', at: now, filter: '', entriesBefore: null, entriesAfter: () => Promise.resolve(null) } });
  const file = await openTable(path, { isHeader: (h) => kindOfSheet(h) !== null });
  const context = contextOf({ directory, calendar, now, document: 'closures.xlsx' });
  [read, cells] = [[], []];
  for await (const sheet of file.sheets()) {
    if (kindOfSheet(sheet.headers) !== 'ledger') continue;
    const binding = bind(kinds.ledger.columns, sheet.headers);
    for await (const row of sheet.rows()) {
      cells.push({ ...row.cells });
      read.push(kinds.ledger.map(row, binding, context));
    }
  }
  await file.close();
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the closure table of the twelve stories', () => {
  it('has a row for each case, and each says what the ledger says', () => {
    expect(cells).toHaveLength(boards.length);
    for (const [i, board] of boards.entries()) expect(changedIn({ caseNo: board.caseNo, cells: cells[i] ?? {} }, board, { directory, calendar })).toEqual([]);
  });
  it('shows any single cell that was changed, by its column', () => {
    for (const [i, board] of boards.entries())
      for (const header of Object.keys(cells[i] ?? {}).filter((h) => h !== '序号'))
        expect(changedIn({ caseNo: board.caseNo, cells: { ...cells[i], [header]: '改过' } }, board, { directory, calendar })).toEqual([header]);
  });
  it('reads elsewhere as history where it is closed, and as an open item with its units, people and dates where it is not', () => {
    expect(storyPack.calendar.hash).toBe(calendar.hash);
    for (const [i, board] of boards.entries()) {
      const row = read[i];
      if (!row || 'errors' in row) {
        // Nobody is answerable for it yet, and the table has no place: another ledger is told that it needs one of them.
        expect([board.kind, board.leadUnit, row && 'errors' in row && row.errors[0]?.rule]).toEqual(['open', null, 'NO-UNIT-NO-PLACE']);
        continue;
      }
      expect('past' in row.item).toBe(board.kind !== 'open');
      if ('past' in row.item) expect(row.item.past.content).toMatchObject({ 问题编号: board.caseNo, ...(board.closedAt === null ? {} : { 销号时间: dateAt(calendar, board.closedAt) }) });
      else {
        const { imported } = row.item;
        expect(imported).toMatchObject({ originalNo: board.caseNo, ...(board.leadUnit === null ? {} : { responsibility: { leadUnit: board.leadUnit } }) });
        expect(imported?.grade?.colour ?? null).toBe(board.track === null ? null : board.colour);
        if (board.due !== null) expect(imported?.due).toBe(dueDateAt(calendar, board.due));
      }
    }
  });
});
