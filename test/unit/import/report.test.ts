import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Workbook } from '@cj-tech-master/excelts';
import { describe, expect, it } from 'vitest';
import type { RowError } from '../../../import/row.ts';
import { BadRows, jsonReport, markable, reasonHeader, writeCopy } from '../../../import/report/index.ts';
import { textRow } from '../../support/zip.ts';
import { parts, zip } from '../../support/zip.ts';
import { cellsOf, gb18030, inFolder, readAll } from '../../support/table.ts';

const error = (row: number, column: string | null, more: Partial<RowError> = {}): RowError => ({
  sheet: null,
  row,
  column,
  value: 'x',
  rule: 'BAD-DATE',
  zh: '不是日期',
  en: 'not a date',
  ...more,
});
const bad = (...errors: RowError[]): BadRows => {
  const rows = new BadRows();
  for (const e of errors) rows.add(e);
  return rows;
};
const copied = (bytes: string | Uint8Array, rows: BadRows) =>
  inFolder(async (folder) => {
    await writeFile(join(folder, 'in'), bytes);
    const path = await writeCopy(join(folder, 'in'), join(folder, 'out'), rows);
    return {
      text: await readFile(path, 'utf8'),
      file: await readAll(path),
      mode: (await stat(path)).mode & 0o777,
      bytes: await readFile(path),
      names: await readdir(folder),
    };
  });

describe('the report of errors', () => {
  it('is one JSON document, for its owner only, with personal columns masked', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'errors.json');
      const report = await jsonReport(path, { file: '差评.xlsx', personal: { 手机: 'phone', 姓名: 'name', 其他: 'aside' } });
      await report.add(error(2, '手机', { value: '13812345678' }));
      await report.add(error(3, '姓名', { value: '张小三' }));
      await report.add(error(4, '其他', { value: '家住三楼' }));
      await report.add(error(5, '评价', { value: '请回电 13812345678' }));
      await report.finish({ read: 9, accepted: 5, duplicate: 0, rejected: 4 });
      const text = await readFile(path, 'utf8');
      expect(JSON.parse(text)).toMatchObject({
        file: '差评.xlsx',
        counts: { read: 9, rejected: 4 },
        errors: [{ row: 2, value: '138****5678' }, { value: '张*' }, { value: '' }, { row: 5 }],
      });
      expect(text).not.toMatch(/13812345678|张小三|三楼/);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    });
  });

  it('given up leaves nothing behind', async () => {
    await inFolder(async (folder) => {
      const report = await jsonReport(join(folder, 'errors.json'), { file: 'x' });
      await report.add(error(1, null));
      await report.abandon();
      expect(await readdir(folder)).toEqual([]);
    });
  });
});

describe('the marked copy of a CSV file', () => {
  it('has every row where it was, and the reasons behind the last column', async () => {
    const { file, mode, names, text } = await copied(
      gb18030('台账\n评价时间,内容\n昨天,"慢, 很慢"\n\n2026-06-30,好\n'),
      bad(error(3, '评价时间'), error(3, '内容', { zh: '太长', en: 'too long' })),
    );
    expect(file.sheets[0]?.headers).toEqual(['评价时间', '内容', reasonHeader]);
    expect(file.sheets[0]?.rows.map((r) => [r.row, { ...r.cells }])).toEqual([
      [3, { 评价时间: '昨天', 内容: '慢, 很慢', [reasonHeader]: '评价时间: 不是日期 (not a date); 内容: 太长 (too long)' }],
      [5, { 评价时间: '2026-06-30', 内容: '好' }],
    ]);
    expect([text.startsWith('\uFEFF'), mode, names]).toEqual([true, 0o600, ['in', 'out.csv']]);
  });

  it('keeps a row that could not be cut into cells as it was written', async () => {
    const { file } = await copied('a,b\n"x"y,2\n1,2,3\n4,5\n', bad(error(2, null), error(3, null)));
    expect(file.sheets[0]?.rows.map((r) => r.cells['a'])).toEqual(['"x"y,2', '1,2,3', '4']);
  });

  it('of a copy has the column once only', async () => {
    const first = await copied('a,b\n1,2\n3,4\n', bad(error(2, 'a')));
    const second = await copied(first.bytes, bad(error(3, 'b')));
    expect(second.file.sheets[0]?.headers).toEqual(['a', 'b', reasonHeader]);
    expect(second.file.sheets[0]?.rows.map((r) => r.cells[reasonHeader])).toEqual([undefined, 'b: 不是日期 (not a date)']);
  });
});

describe('the marked copy of a JSONL file', () => {
  it('adds a field, and keeps what is no object as text', async () => {
    const { text } = await copied('{"a": 1}\n{"a":2}\n{"a"\n', bad(error(2, 'a'), error(3, null)));
    expect(text.split('\n').slice(0, 3)).toEqual([
      '{"a": 1}',
      '{"a":2,"错误原因":"a: 不是日期 (not a date)"}',
      '{"原文":"{\\"a\\"","错误原因":"不是日期 (not a date)"}',
    ]);
  });
});

describe('the marked copy of a spreadsheet', () => {
  it('has a note and red beside each bad cell and all reasons in the last column, on its own sheet', async () => {
    const book = new Workbook();
    for (const name of ['一', '二'])
      book.addWorksheet(name).addRows([
        ['时间', '内容'],
        ['昨天', name],
        ['今天', 'y'],
      ]);
    book.worksheets[0]?.getColumn(1).eachCell((c) => void (c.font = { bold: true }));
    const { bytes, file, mode } = await copied(
      await book.xlsx.writeBuffer(),
      bad(error(2, '时间', { sheet: '二' }), error(3, null, { sheet: '二', zh: '重复', en: 'twice' })),
    );
    const read = new Workbook();
    await read.xlsx.load(bytes);
    const sheet = read.getWorksheet('二');
    expect(JSON.stringify(sheet?.getCell('A2').note)).toContain('不是日期');
    expect(sheet?.getCell('A2').fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    expect(sheet?.getCell('B2').note).toBeUndefined();
    expect(read.getWorksheet('一')?.getCell('A2').font).toMatchObject({ bold: true });
    expect(file.sheets.map((s) => s.headers)).toEqual([
      ['时间', '内容'],
      ['时间', '内容', reasonHeader],
    ]);
    expect(file.sheets[1]?.rows.map((r) => r.cells[reasonHeader])).toEqual(['时间: 不是日期 (not a date)', '重复 (twice)']);
    expect(mode).toBe(0o600);
  });

  it('keeps every other character as it was, wherever the file is cut in reading', async () => {
    const book = new Workbook();
    const rows = Array.from({ length: 1500 }, (_, i) => ['今天', `${'a'.repeat(i % 7)}${'整改𠮷野家👍'.repeat(12)}${i}`]);
    book.addWorksheet('表').addRows([['时间', '内容'], ...rows]);
    const { file } = await copied(await book.xlsx.writeBuffer(), bad(error(2, '时间', { sheet: '表' })));
    expect(file.sheets[0]?.rows.map((r) => r.cells['内容'])).toEqual(rows.map(([, text]) => text));
  });

  it('of one too large to mark is a CSV of its bad rows, in which nothing runs', async () => {
    const rows = Array.from(
      { length: markable.rows + 10 },
      (_, i) => `<row r="${i + 2}"><c r="A${i + 2}"><v>${i}</v></c><c r="B${i + 2}"><f>1+1</f></c></row>`,
    );
    const { file, text } = await copied(
      zip(parts({ sheets: [textRow(1, 'a', 'b') + rows.join('')] })),
      bad(error(5, 'b', { sheet: '表1' })),
    );
    expect(text).toContain("'=1+1");
    expect(cellsOf(file)).toEqual([{ 工作表: '表1', 行号: '5', a: '3', b: "'=1+1", [reasonHeader]: 'b: 不是日期 (not a date)' }]);
  });
});
