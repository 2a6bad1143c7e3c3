/** A list of dates as an edition: the years that it names are its own, all others stay. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileCalendar, faultsOfEdition, nameOfDay, standingOf } from '../../../cases/index.ts';
import { newestEdition } from '../../../cli/seed.ts';
import { openTable, readEditionTable } from '../../../import/index.ts';
import { codeOf, type Edition } from '../../../schemas/index.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'xiaohao-edition-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(csv: string, provisional = false): Promise<Edition> {
  const path = join(folder, 'dates.csv');
  await writeFile(path, csv);
  const file = await openTable(path);
  try {
    return await readEditionTable(file, await newestEdition(), { id: 'cn-2027', source: '测试通知, 2026-11-05', provisional });
  } finally {
    await file.close();
  }
}

describe('a table of dates', () => {
  it('becomes a year with its holidays in one piece, beside the years that were there', async () => {
    const edition = await read('日期,类型,名称\n2027-01-01,休,元旦\n2027年2月6日,放假,春节\n2027/2/5,休,春节\n2027-02-07,休,春节\n2027-02-20,班,春节\n', true);
    expect(edition.years.map((y) => y.year)).toEqual([2024, 2025, 2026, 2027]);
    expect(edition.years.at(-1)).toEqual({ year: 2027, provisional: true, source: '测试通知, 2026-11-05', off: [['2027-01-01', '2027-01-01', '元旦'], ['2027-02-05', '2027-02-07', '春节']], on: [['2027-02-20', '春节']] });
    expect(faultsOfEdition(edition)).toEqual([]);
    expect([standingOf(compileCalendar(edition), 2027), nameOfDay(edition, '2027-02-06'), edition.hours]).toEqual(['provisional', '春节', (await newestEdition()).hours]);
  });

  it('replaces a year that was there', async () => {
    const edition = await read('date,kind,name\n2026-01-01,off,元旦\n');
    expect(edition.years.find((y) => y.year === 2026)).toMatchObject({ off: [['2026-01-01', '2026-01-01', '元旦']], on: [] });
  });

  it.each([
    ['日期,类型\n2027-02-30,休\n', '第 2 行'],
    ['日期,类型\n2027-02-03,休\n2月5日,休\n', '第 3 行'],
    ['日期,类型\n2027-02-03,也许\n', '第 2 行'],
    ['日期,类型\n', '没有日期'],
  ])('%j is refused whole, by its row', async (csv, says) => {
    const error: unknown = await read(csv).catch((e: unknown) => e);
    expect([codeOf(error), (error as Error).message]).toEqual(['BAD-INPUT', expect.stringContaining(says)]);
  });
});
