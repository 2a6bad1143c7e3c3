/**
 * Our reader and the library that writes our spreadsheets, about the same files. Where they disagree, this is what was chosen:
 *
 * | cell                            | the library            | here                          | why                                            |
 * | a formula                       | formula and old result | a fault of the cell           | the result may be stale, or made up            |
 * | 29 February 1900 (serial 60)    | a day before or after  | 1900-02-29, no date to anyone | the file says a day that never was             |
 * | dates before March 1900         | one day early          | as the spreadsheet shows them | the 1900 system counts a day too many later on |
 * | 18 digits in a number           | rounded, silently      | a fault of the cell           | a 证件号 with wrong digits looks like a right one |
 * | 0.1+0.2 and its like            | 0.30000000000000004    | 0.3, as on the screen         | binary noise is nobody's number                |
 * | a number shown with zeros (007) | 7                      | 007                           | people mean the code that they see             |
 * | 09:30 without a day             | 1899-12-30 09:30       | 09:30:00                      | there is no such day in the file               |
 * | a duration, [h]:mm              | a date                 | a number of days              | it names no moment                             |
 * | hidden sheets                   | read like others       | left out and named            | they hold lists for validation, not problems   |
 */
import { Workbook, type Worksheet } from '@cj-tech-master/excelts';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import { cellsOf, csv, inFolder, readAll, readBytes } from '../support/table.ts';

type Value = string | number | boolean | Date;

const words = fc
  .string({ unit: fc.constantFrom('甲', '乙', 'a', ' ', '<', '&', '\n', '"'), minLength: 1, maxLength: 20 })
  .filter((s) => s.trim() !== '');
const date = fc
  .date({ min: new Date('1900-03-01T00:00:00Z'), max: new Date('2199-12-31T23:59:59Z'), noInvalidDate: true })
  .map((d) => new Date(Math.floor(d.getTime() / 1000) * 1000));
const number = fc.oneof(
  fc.integer({ min: -1e9, max: 1e9 }),
  fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1000),
);
const value: fc.Arbitrary<Value> = fc.oneof(words, date, number, fc.boolean());

/** What the library says of a cell, in our words. */
function theirs(sheet: Worksheet, row: number, column: number): string {
  const found = sheet.getCell(row, column).value;
  if (found instanceof Date) return found.toISOString().slice(0, 19).replace('T', ' ').replace(' 00:00:00', '');
  if (typeof found === 'object' && found !== null && 'richText' in found) return found.richText.map((r) => r.text).join('');
  return typeof found === 'string' ? found : JSON.stringify(found);
}

it('they agree on texts, runs, numbers, booleans, dates and merged cells', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      fc.boolean(),
      async (rows, merged, runs) => {
        const book = new Workbook();
        const sheet = book.addWorksheet('表');
        sheet.addRow(['a', 'b', 'c']);
        for (const row of rows) sheet.addRow(row).eachCell((c) => void (c.value instanceof Date && (c.numFmt = 'yyyy-mm-dd hh:mm:ss')));
        if (runs) sheet.getCell('C2').value = { richText: [{ text: '红', font: { bold: true } }, { text: '黑' }] };
        if (merged && rows.length > 1) sheet.mergeCells(`A2:A${rows.length + 1}`);
        const bytes = await book.xlsx.writeBuffer();
        const again = new Workbook();
        await again.xlsx.load(bytes);
        const their = again.getWorksheet('表');
        const ours = (await readBytes(bytes)).sheets[0]?.rows ?? [];
        expect(ours.map((r) => ['a', 'b', 'c'].map((h) => r.cells[h]))).toEqual(
          rows.map((_, i) => [1, 2, 3].map((c) => their && theirs(their, i + 2, c))),
        );
      },
    ),
    { numRuns: 150 },
  );
});

it('where they disagree, ours is what the table above says', async () => {
  await inFolder(async (folder) => {
    const book = new Workbook();
    const sheet = book.addWorksheet('表');
    sheet.addRow(['what', 'value']);
    const cells: readonly (readonly [string, number | { formula: string; result: number }, string])[] = [
      ['formula', { formula: '1+1', result: 3 }, 'General'],
      ['serial 60', 60, 'yyyy-mm-dd'],
      ['serial 1', 1, 'yyyy-mm-dd'],
      ['18 digits', 110105194912310000 + 21, 'General'],
      ['noise', 0.1 + 0.2, 'General'],
      ['zeros', 7, '000'],
      ['time', 0.3958333333333333, 'hh:mm'],
      ['duration', 1.25, '[h]:mm'],
    ];
    for (const [what, of, format] of cells) sheet.addRow([what, of]).getCell(2).numFmt = format;
    book.addWorksheet('参数', { state: 'hidden' }).addRow(['x', 'y']);
    const path = join(folder, 'a.xlsx');
    await writeFile(path, new Uint8Array(await book.xlsx.writeBuffer()));
    const file = await readAll(path);
    const ours = Object.fromEntries((file.sheets[0]?.rows ?? []).map((r) => [r.cells['what'], r.faults['value'] ?? r.cells['value']]));
    expect(ours).toEqual({
      formula: 'formula',
      'serial 60': '1900-02-29',
      'serial 1': '1900-01-01',
      '18 digits': 'precisionLost',
      noise: '0.3',
      zeros: '007',
      time: '09:30:00',
      duration: '1.25',
    });
    expect(file.skipped).toEqual(['参数']);
    const again = new Workbook();
    // Its readFile splits a character that takes several bytes where two chunks meet.
    await again.xlsx.load(await readFile(path));
    const their = again.getWorksheet('表');
    expect(again.worksheets).toHaveLength(2);
    const said = Object.fromEntries(cells.map(([what], i) => [what, their && theirs(their, i + 2, 2)]));
    expect(Object.keys(said).filter((what) => said[what] === ours[what])).toEqual([]);
  });
});

/**
 * CSV beside csv-parse. They agree on what is CSV. On what is none we cut records ourselves: behind a wrong quote csv-parse gives up the
 * file, or (skipping) stays inside the quotes and takes the rows behind for text; here one record breaks and the next line is read.
 */
it('they agree on every CSV file that is one', async () => {
  const cell = fc
    .string({ unit: fc.constantFrom('a', '甲', '"', ',', '\n', '\r', ' ', "'"), minLength: 1, maxLength: 8 })
    .filter((s) => s.trim() !== '');
  const style = fc.record({
    delimiter: fc.constant(','),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    quoteAll: fc.boolean(),
    endLine: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 8 }), style, async (rows, how) => {
      const text = csv([['x', 'y', 'z'], ...rows], how);
      expect(cellsOf(await readBytes(text))).toEqual(parse(text, { columns: true, record_delimiter: ['\r\n', '\n', '\r'] }));
    }),
    { numRuns: 200 },
  );
});

it('a wrong quote costs csv-parse all rows behind it, and us one', async () => {
  const text = 'x,y\n"1"1,2\n3,4\n5,6\n';
  expect(() => parse(text, { columns: true })).toThrow('Invalid Closing Quote');
  expect(parse(text, { columns: true, skip_records_with_error: true })).toEqual([]);
  expect(cellsOf(await readBytes(text))).toEqual([expect.any(String), { x: '3', y: '4' }, { x: '5', y: '6' }]);
});
