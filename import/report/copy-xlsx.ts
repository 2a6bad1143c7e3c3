import { readFile } from 'node:fs/promises';
import type { Worksheet } from '@cj-tech-master/excelts';
import type { SourceFile, SourceRow } from '../row.ts';
import { type BadRows, type Note, reasonHeader, reasonOf } from './bad-rows.ts';
import { byteOrderMark, csvLine } from './copy-text.ts';
import type { PrivateFile } from './private-file.ts';

export type SheetHead = { readonly name: string; readonly headers: readonly string[]; readonly headerRow: number };

const red = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } } as const;

function markCell(sheet: Worksheet, row: number, column: number, notes: readonly Note[]): void {
  const cell = sheet.getCell(row, column);
  cell.note = notes.map(({ zh, en }) => `${zh}\n${en}`).join('\n');
  cell.fill = red;
}

function markRow(sheet: Worksheet, { headers }: SheetHead, row: number, notes: readonly Note[], reasons: number): void {
  for (const column of new Set(notes.map((n) => n.column))) {
    const at = column === null ? -1 : headers.indexOf(column);
    if (at >= 0)
      markCell(
        sheet,
        row,
        at + 1,
        notes.filter((n) => n.column === column),
      );
  }
  const cell = sheet.getCell(row, reasons);
  cell.value = reasonOf(notes);
  cell.fill = red;
}

/** The spreadsheet itself with a note and red beside each bad cell, and all reasons of a row in the column 错误原因. */
export async function markedWorkbook(path: string, heads: readonly SheetHead[], bad: BadRows): Promise<Uint8Array> {
  // Loaded here: it is hundreds of modules, which no other command should wait for.
  const { Workbook } = await import('@cj-tech-master/excelts');
  const book = new Workbook();
  // Its readFile splits a character that takes several bytes where two chunks meet; what is marked is small enough to be read whole.
  await book.xlsx.load(await readFile(path));
  for (const head of heads) {
    const sheet = book.getWorksheet(head.name);
    const rows = bad.rows(head.name);
    if (sheet === undefined || rows.length === 0) continue;
    const before = head.headers.indexOf(reasonHeader);
    const reasons = before < 0 ? Math.max(sheet.columnCount, head.headers.length) + 1 : before + 1;
    sheet.getCell(head.headerRow, reasons).value = reasonHeader;
    for (const row of rows) markRow(sheet, head, row, bad.of(head.name, row), reasons);
  }
  return book.xlsx.writeBuffer();
}

/** What would run as a formula in a file of mere text gets a mark before it. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text);

const lineOf = (row: SourceRow, headers: readonly string[], reason: string): string =>
  csvLine([row.sheet ?? '', String(row.row), ...headers.map((h) => harmless(row.cells[h] ?? '')), reason]);

/** Of a spreadsheet too large to mark: its bad rows only, as CSV, each under the headers of its sheet. */
export async function badRowsOnly(file: SourceFile, bad: BadRows, out: PrivateFile): Promise<void> {
  await out.write(byteOrderMark);
  for await (const sheet of file.sheets()) {
    if (bad.rows(sheet.name).length === 0) continue;
    await out.write(csvLine(['工作表', '行号', ...sheet.headers, reasonHeader]));
    for await (const row of sheet.rows()) {
      const notes = bad.of(sheet.name, row.row);
      if (notes.length > 0) await out.write(lineOf(row, sheet.headers, reasonOf(notes)));
    }
  }
}
