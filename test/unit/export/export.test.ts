/** Files as an office program finds them: read back with another part of the library than the one that wrote them, and as plain XML. */
import { Workbook } from '@cj-tech-master/excelts';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellText, columnsOf, exportKinds, exportLedger, sheetNames, unguardText, type ExportKind, type Row } from '../../../export/index.ts';
import { boardOf as coreBoard } from '../../../cases/index.ts';
import { type Board, codeOf, maskText } from '../../../schemas/index.ts';
import { directory } from '../../../demo/directory.ts';
import { boardOf, T0 } from '../../support/ledger-drafts.ts';
import { playStories, storyPack } from '../../support/stories-ledger.ts';

let folder: string;
let boards: Board[];
let raters: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xiaohao-export-'));
  const world = await playStories();
  boards = [...world.cases.values()].map((kept) => coreBoard(kept.state, world.pack));
  raters = [...world.feedbacks.values()].flatMap((f) => [f.rater?.name, f.rater?.phone, f.rater?.idNo].filter((x): x is string => x !== undefined));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const names = { directory, calendar: storyPack.calendar };
const about = { who: '审计员 (aud)', at: T0, filter: '全部 all', entriesBefore: 7, entriesAfter: () => Promise.resolve(9) };
async function* each(all: Iterable<Board>): AsyncGenerator<Board> {
  yield* all;
}
async function write(kind: ExportKind, all: Iterable<Board>, more: Partial<Parameters<typeof exportLedger>[0]> = {}): Promise<string> {
  const path = join(folder, `${kind}-${Math.random().toString(36).slice(2)}.xlsx`);
  await exportLedger({ kind, path, boards: each(all), names, about, ...more });
  return path;
}
type Value = string | number | Date | null;
async function read(path: string, sheet: string): Promise<Value[][]> {
  const book = new Workbook();
  // Its readFile splits a character that takes several bytes where two chunks meet.
  await book.xlsx.load(await readFile(path));
  const rows: Value[][] = [];
  book.getWorksheet(sheet)?.eachRow((row) => rows.push((row.values as Value[]).slice(1)));
  return rows;
}
/** The parts of the archive by name, read from its central directory. */
async function partsOf(path: string): Promise<Map<string, string>> {
  const zip = await readFile(path);
  const parts = new Map<string, string>();
  for (let at = zip.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0 && zip.readUInt32LE(at) === 0x02014b50; ) {
    const [method, size, name, extra, comment, offset] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
    const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
    const bytes = zip.subarray(start, start + size);
    parts.set(zip.toString('utf8', at + 46, at + 46 + name), (method === 8 ? inflateRawSync(bytes) : bytes).toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return parts;
}
const asText = (value: Value): Value => (value instanceof Date ? value.toISOString().slice(0, 10) : value);

describe('an exported list', () => {
  it.each(exportKinds)('%s holds for every case of the twelve stories what its columns say, as text, numbers and real dates', async (kind) => {
    const [header, ...rows] = await read(await write(kind, boards), sheetNames[kind]);
    const columns = columnsOf(kind);
    expect(header).toEqual(columns.map((c) => c.zh));
    const expected: Pick<Row, 'board' | 'task'>[] = boards.flatMap((board): Pick<Row, 'board' | 'task'>[] => (kind === 'tasks' ? board.tasks.map((task) => ({ board, task })) : [{ board, task: null }]));
    expect(rows).toHaveLength(expected.length);
    for (const [i, row] of rows.entries()) {
      const of = expected[i];
      if (of === undefined) throw new Error('a row too many');
      for (const [k, column] of columns.entries()) {
        const value = column.of({ n: i + 1, ...of }, names);
        const cell = row[k] ?? null;
        expect([column.zh, asText(cell)]).toEqual([column.zh, typeof value === 'string' && column.kind !== 'date' ? cellText(column.kind === 'text' ? maskText(value) : value) : value]);
        if (value !== null) expect([column.zh, cell instanceof Date ? 'date' : typeof cell]).toEqual([column.zh, column.kind === 'date' ? 'date' : ['count', 'rate'].includes(column.kind) ? 'number' : 'string']);
      }
    }
  });

  it('says what the case is in the words of the office', async () => {
    const [header = [], ...rows] = await read(await write('closures', boards), sheetNames.closures);
    const cell = (caseNo: string, column: string): Value | undefined => rows.find((r) => r[1] === caseNo)?.[header.indexOf(column)];
    const closed = boards.find((b) => b.stage === 'closed' && b.colour === 'red');
    const no = closed?.caseNo ?? '';
    expect([cell(no, '分级'), cell(no, '是否销号'), cell(no, '进展情况'), cell(no, '暗访复查结果'), cell(no, '完成率')]).toEqual(['红色', '是', '已销号', '合格', 1]);
    expect(asText(cell(no, '销号时间') ?? null)).toMatch(/^2026-\d\d-\d\d$/);
    expect(header).toHaveLength(25);
  });

  it('says on its second sheet where the dates come from, by grade and track', async () => {
    const graded = boards.filter((b) => b.due !== null && b.track !== null);
    const of = (kind: ExportKind) => write(kind, boards, { citeOf: (b) => Promise.resolve(b.colour === 'yellow' ? '某办法第三条' : '') }).then((path) => read(path, '说明'));
    const sources = (await of('closures')).filter(([item]) => String(item).startsWith('期限依据')).map(([, what]) => what);
    const wanted = new Set(graded.filter((b) => b.colour === 'yellow').map((b) => `黄色 ${b.track === 'list' ? '清单整改' : '立行立改'}: 某办法第三条`));
    expect(wanted.size).toBeGreaterThan(0);
    expect(new Set(sources)).toEqual(wanted);
    expect(sources).toHaveLength(wanted.size);
    expect((await of('problems')).some(([item]) => String(item).startsWith('期限依据'))).toBe(false);
  });

  it('has a frozen header, a filter, choices, words beside colours, and not one formula', async () => {
    for (const kind of exportKinds) {
      const parts = await partsOf(await write(kind, boards));
      const sheets = [...parts].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
      const [sheet = '', about_ = ''] = sheets.map(([, xml]) => xml);
      expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
      expect(sheet).toMatch(/<autoFilter ref="A1:[A-Z]+\d+"\/>/);
      expect(sheets.map(([, xml]) => xml).join('')).not.toContain('<f>');
      expect([...parts.keys()].some((name) => /externalLink|vbaProject|connections/.test(name))).toBe(false);
      expect(about_).toContain('7 → 9');
      expect(about_).toMatch(/SHA-256 [0-9a-f]{64}/);
      const lists = columnsOf(kind).filter((c) => c.kind === 'list').length;
      expect([kind, sheet.match(/<dataValidation /g)?.length ?? 0]).toEqual([kind, lists]);
    }
    expect((await partsOf(await write('problems', boards))).get('xl/worksheets/sheet1.xml')).toContain('&quot;红色,黄色,蓝色&quot;');
  });

  it('holds no name, phone or number of a rater', async () => {
    expect(raters.length).toBeGreaterThan(5);
    const spoken = boards.map((b) => ({ ...b, matter: `${b.matter} 联系 13800001234 或 110101199003071233`, place: '云川路 3 号楼 2 单元' }));
    for (const kind of exportKinds) {
      const text = [...(await partsOf(await write(kind, spoken))).values()].join('\n');
      expect([kind, raters.filter((secret) => text.includes(secret))]).toEqual([kind, []]);
      expect(text).not.toMatch(/13800001234|110101199003071233|3 号楼/);
    }
  });

  it('gives back every text of its cells unchanged, once the guard is taken away', async () => {
    const texts = fc.sample(
      fc.tuple(fc.constantFrom('', '=', '+', '-', '@', "'", "'=", "''@", '\t'), fc.string({ unit: 'grapheme', maxLength: 60 })).map(([head, tail]) => head + tail),
      400,
    );
    // What XML holds, and what is not masked on the way out.
    const wanted = texts.filter((t) => t !== '' && !/[^\P{Cc}\t\n]/u.test(t) && maskText(t) === t);
    expect(wanted.length).toBeGreaterThan(200);
    const rows = (await read(await write('problems', wanted.map((matter, i) => boardOf({ caseNo: `YC-2026-JY-${1000 + i}`, matter }))), sheetNames.problems)).slice(1);
    const column = columnsOf('problems').findIndex((c) => c.key === 'matter');
    expect(rows.map((row) => unguardText(String(row[column] ?? '')))).toEqual(wanted);
  });
});

describe('the file', () => {
  it('is for its owner alone, and not there before all is written', async () => {
    const path = await write('closures', boards);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    async function* broken(): AsyncGenerator<Board> {
      yield boardOf();
      throw new Error('the ledger went away');
    }
    const half = join(folder, 'half.xlsx');
    await expect(exportLedger({ kind: 'closures', path: half, boards: broken(), names, about })).rejects.toThrow('went away');
    expect((await readdir(folder)).filter((name) => name.startsWith('half'))).toEqual([]);
  });

  it('is written over an earlier one, or refused where nothing can be written', async () => {
    const path = join(folder, 'again.xlsx');
    await writeFile(path, 'something else', { mode: 0o644 });
    await exportLedger({ kind: 'problems', path, boards: each(boards.slice(0, 2)), names, about });
    expect(await read(path, sheetNames.problems)).toHaveLength(3);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await exportLedger({ kind: 'problems', path: join(folder, 'no', 'where.xlsx'), boards: each([]), names, about }).then(() => 'written', codeOf)).toBe('BAD-INPUT');
  });
});
