import { Workbook } from '@cj-tech-master/excelts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByHand, parts, textCell, textRow, zip } from '../../support/zip.ts';
import { cellsOf, readBytes } from '../../support/table.ts';

const byHand = (of: ByHand) => readBytes(zip(parts(of)));
const rowsOf = async (of: ByHand) => cellsOf(await byHand(of));
const head = textRow(1, 'a', 'b');
/** numFmt of each style: 0 general, 1 date, 2 date and time, 3 a custom Chinese date, 4 leading zeros, 5 a duration, 6 text with "d". */
const styles = `<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="171" formatCode="000"/>
<numFmt numFmtId="172" formatCode="[h]:mm"/><numFmt numFmtId="173" formatCode="0.0 &quot;days&quot;"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${[0, 14, 22, 170, 171, 172, 173].map((n) => `<xf numFmtId="${n}"/>`).join('')}</cellXfs>`;
const numbers = (...cells: [style: number, value: string][]) =>
  `${textRow(1, 'a', 'b')}${cells.map(([s, v], i) => `<row r="${i + 2}"><c r="A${i + 2}" s="${s}"><v>${v}</v></c><c r="B${i + 2}"><v>1</v></c></row>`).join('')}`;
const firstColumn = async (sheet: string, workbook = '') =>
  (await byHand({ sheets: [sheet], styles, workbook })).sheets[0]?.rows.map((r) => r.faults['a'] ?? r.cells['a']);

describe('cells of a spreadsheet', () => {
  it('are text from the shared strings, in place or in runs, without reading aids and with escaped characters', async () => {
    const strings =
      '<si><t>甲</t></si><si><r><t>红</t></r><r><t xml:space="preserve"> 黑</t></r><rPh sb="0" eb="1"><t>hong</t></rPh></si><si><t>一_x000A_二_x005F_x0041_</t></si>';
    const row = '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>2</v></c></row>';
    expect(await rowsOf({ sheets: [head + row], strings })).toEqual([{ a: '红 黑', b: '一\n二_x0041_' }]);
  });

  it('are dates only where their format says so', async () => {
    const found = await firstColumn(
      numbers(
        [1, '46203'],
        [2, '46203.395833333336'],
        [3, '46203'],
        [0, '46203'],
        [5, '1.25'],
        [6, '3'],
        [1, '0.395833333333333'],
        [1, '-1'],
      ),
    );
    expect(found).toEqual(['2026-06-30', '2026-06-30 09:30:00', '2026-06-30', '46203', '1.25', '3', '09:30:00', '-1']);
  });

  it('know both epochs, and that the 29 February 1900 of the first never was', async () => {
    expect(await firstColumn(numbers([1, '1'], [1, '59'], [1, '60'], [1, '61']))).toEqual([
      '1900-01-01',
      '1900-02-28',
      '1900-02-29',
      '1900-03-01',
    ]);
    expect(await firstColumn(numbers([1, '0'], [1, '44741']), '<workbookPr date1904="1"/>')).toEqual(['1904-01-01', '2026-06-30']);
  });

  it('are numbers in full; a whole number beyond 15 digits has lost some', async () => {
    const found = await firstColumn(
      numbers([0, '1.2E+3'], [0, '0.30000000000000004'], [0, '1.1010519491231E+17'], [0, '999999999999999'], [4, '7'], [0, 'x']),
    );
    expect(found).toEqual(['1200', '0.3', 'precisionLost', '999999999999999', '007', 'error']);
  });

  it('are true, false, errors, and dates as ISO writes them', async () => {
    const row = (r: number, t: string, v: string) => `<row r="${r}"><c r="A${r}" t="${t}"><v>${v}</v></c>${textCell(`B${r}`, 'x')}</row>`;
    const sheet = head + row(2, 'b', '1') + row(3, 'b', '0') + row(4, 'e', '#REF!') + row(5, 'd', '2026-06-30T00:00:00');
    expect(await firstColumn(sheet)).toEqual(['true', 'false', 'error', '2026-06-30']);
  });

  it('with a formula are never taken, whatever result lies beside it', async () => {
    const sheet = `${head}<row r="2"><c r="A2"><f>HYPERLINK("http://x")</f><v>5</v></c><c r="B2" t="str"><f t="shared" si="0"/><v>x</v></c></row>`;
    const [row] = (await byHand({ sheets: [sheet] })).sheets[0]?.rows ?? [];
    expect(row).toMatchObject({ cells: { a: '=HYPERLINK("http://x")' }, faults: { a: 'formula', b: 'formula' } });
  });

  it('may leave out their references, and use a prefix for their names', async () => {
    const sheet =
      '<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row><row><c><v>1</v></c><c><v>2</v></c></row>';
    expect(await rowsOf({ sheets: [sheet] })).toEqual([{ a: '1', b: '2' }]);
    const prefixed = parts({ sheets: [''] }).map((p) =>
      p.name.includes('sheet1')
        ? { ...p, data: `<x:worksheet xmlns:x="m"><x:sheetData>${sheet.replace(/<(\/?)/g, '<$1x:')}</x:sheetData></x:worksheet>` }
        : p,
    );
    expect(cellsOf(await readBytes(zip(prefixed)))).toEqual([{ a: '1', b: '2' }]);
  });

  it('at the side of the table go by the letter of their column', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => textRow(i + 2, '1', '2')).join('');
    const last = (await rowsOf({ sheets: [`${head}${rows}<row r="40">${textCell('A40', '1')}${textCell('D40', '旁注')}</row>`] })).at(-1);
    expect(last).toEqual({ a: '1', 列D: '旁注' });
  });
});

describe('headers and merged ranges', () => {
  const merges = (...refs: string[]) => `<mergeCells>${refs.map((r) => `<mergeCell ref="${r}"/>`).join('')}</mergeCells>`;
  it('a header of two lines is named by its lower cells, by both where the lower repeat', async () => {
    const sheet =
      textRow(1, '整改台账') +
      textRow(2, '序号', '责任单位', '', '协助', '', '备注') +
      textRow(3, '', '牵头', '电话', '名称', '电话') +
      textRow(4, '1', 'a', 'b', 'c', 'd', 'e');
    const file = await byHand({ sheets: [sheet], after: merges('A1:F1', 'A2:A3', 'B2:C2', 'D2:E2', 'F2:F3') });
    expect(file.sheets[0]).toMatchObject({ headers: ['序号', '牵头', '责任单位/电话', '名称', '协助/电话', '备注'], headerRow: 3 });
    expect(cellsOf(file)).toEqual([{ 序号: '1', 牵头: 'a', '责任单位/电话': 'b', 名称: 'c', '协助/电话': 'd', 备注: 'e' }]);
  });

  it('two lines merged sideways only are still two lines', async () => {
    const sheet = textRow(1, '期限', '', '单位') + textRow(2, '起', '止', '名称') + textRow(3, '1', '2', '3');
    const file = await byHand({ sheets: [sheet], after: merges('A1:B1') });
    expect(file.sheets[0]?.headers).toEqual(['起', '止', '名称']);
  });

  it('lends the value of a merged range to all its rows and columns, also past the first rows', async () => {
    const filler = Array.from({ length: 40 }, (_, i) => textRow(i + 2, 'x', String(i), 'y')).join('');
    const sheet = `${textRow(1, 'a', 'b', 'c')}${filler}${textRow(50, '教育局', '1', '同')}${textRow(51, '', '2', '')}${textRow(52, '', '3', '4')}`;
    const rows = await rowsOf({ sheets: [sheet], after: merges('A50:A52', 'C50:C51') });
    expect(rows.slice(-3)).toEqual([
      { a: '教育局', b: '1', c: '同' },
      { a: '教育局', b: '2', c: '同' },
      { a: '教育局', b: '3', c: '4' },
    ]);
  });

  it('ranges that all overlap are refused, not worked through', async () => {
    const refs = Array.from({ length: 3000 }, (_, i) => `A2:ZZ${i + 3}`);
    await expect(byHand({ sheets: [head + textRow(2, '1', '2')], after: merges(...refs) })).rejects.toMatchObject({ code: 'BAD-INPUT' });
  });
});

describe('sheets', () => {
  it('are read in order, empty ones left out, hidden ones named', async () => {
    const book = new Workbook();
    for (const [name, state] of [
      ['明细', 'visible'],
      ['空', 'visible'],
      ['参数', 'hidden'],
      ['二', 'visible'],
    ] as const) {
      const sheet = book.addWorksheet(name, { state });
      if (name !== '空')
        sheet.addRows([
          ['a', 'b'],
          [name, 1],
        ]);
    }
    const file = await readBytes(await book.xlsx.writeBuffer());
    expect(file).toMatchObject({ format: 'xlsx', encoding: 'xml', skipped: ['参数'] });
    expect(file.sheets.map((s) => [s.name, s.rows[0]?.cells['a']])).toEqual([
      ['明细', '明细'],
      ['二', '二'],
    ]);
  });
});

describe('a spreadsheet written and read', () => {
  const cell = fc.oneof(
    fc
      .string({ unit: fc.constantFrom('a', '中', '<', '&', '"', '\n', ' ', '=', '差'), minLength: 1, maxLength: 10 })
      .filter((s) => s.trim() !== ''),
    fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
    fc.boolean(),
    fc
      .date({ min: new Date('1901-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
      .map((d) => new Date(Math.floor(d.getTime() / 1000) * 1000)),
    fc.constantFrom('110105194912310021', '11010519491231002X', '007'),
  );
  const text = (value: string | number | boolean | Date): string =>
    value instanceof Date ? value.toISOString().slice(0, 19).replace('T', ' ').replace(' 00:00:00', '') : String(value);
  it('is the same, in any order of columns', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(['甲', '乙', '丙', '丁'], { minLength: 2 }),
        fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { maxLength: 6 }),
        async (headers, rows) => {
          const book = new Workbook();
          const sheet = book.addWorksheet('表');
          sheet.addRow([...headers]);
          for (const row of rows)
            sheet.addRow(row.slice(0, headers.length)).eachCell((c) => {
              if (c.value instanceof Date) c.numFmt = 'yyyy-mm-dd hh:mm:ss';
            });
          const file = await readBytes(await book.xlsx.writeBuffer());
          expect(cellsOf(file)).toEqual(rows.map((r) => Object.fromEntries(headers.map((h, i) => [h, text(r[i] ?? '')]))));
        },
      ),
      { numRuns: 60 },
    );
  });
});
