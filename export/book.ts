import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import type { WorkbookWriter } from '@cj-tech-master/excelts';
import { caseError } from '../schemas/index.ts';

/** A file of tables, whatever writes it: this is all that the rest of the product knows of a spreadsheet library. */
export type Cell = string | number | null;
export type BookColumn = { header: string; width: number; kind: 'text' | 'date' | 'count' | 'rate'; choices?: readonly string[] };
/** A colour that repeats what the word in the cell says. */
export type Tint = { column: number; tone: 'red' | 'yellow' | 'blue' };
export type BookRow = { cells: readonly Cell[]; tints?: readonly Tint[] };
export type Sheet = { name: string; columns: readonly BookColumn[]; rows: AsyncIterable<BookRow> | Iterable<BookRow> };

const formats = { text: '@', date: 'yyyy-mm-dd', count: '0', rate: '0%' } as const;
const tones = { red: 'FFFFC7CE', yellow: 'FFFFEB9C', blue: 'FFDDEBF7' } as const;
/** Fresh rows are for people: lists of choices reach a little beyond the last one. */
const spareRows = 200;

/**
 * Writes the sheets, row by row, into a file that only its owner may read; until all is written the file is not there. A sheet is a
 * function: it is asked for its rows when those before are written. @throws BAD-INPUT when the place cannot be written
 */
export async function writeBook(path: string, sheets: readonly (() => Sheet)[], at: number): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  const file = await open(part, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => Promise.reject(caseError('BAD-INPUT', { field: 'out', zh: `写不了 ${path} (${error.code ?? ''})`, en: `cannot write ${path}` })));
  await file.close();
  try {
    const out = createWriteStream(part);
    const closed = once(out, 'close');
    // Loaded here: it is hundreds of modules, which no other command should wait for.
    const { WorkbookWriter: Writer } = await import('@cj-tech-master/excelts');
    const book = new Writer({ stream: out, useStyles: true, useSharedStrings: false, created: new Date(at), modified: new Date(at), creator: 'xiaohao' });
    for (const sheet of sheets) await writeSheet(book, sheet());
    await Promise.all([book.commit(), closed]);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function writeSheet(book: WorkbookWriter, { name, columns, rows }: Sheet): Promise<void> {
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map((c) => ({ width: c.width, style: { numFmt: formats[c.kind], alignment: { vertical: 'top', wrapText: c.kind === 'text' && c.width >= 16 } } }));
  const header = sheet.addRow(columns.map((c) => c.header));
  for (let i = 1; i <= columns.length; i += 1) header.getCell(i).style = { font: { bold: true }, numFmt: formats.text, alignment: { vertical: 'top', wrapText: true } };
  header.commit();
  let last = 1;
  for await (const { cells, tints = [] } of rows) {
    const row = sheet.addRow(cells.map((cell, i) => valueOf(cell, columns[i]?.kind)));
    for (const { column, tone } of tints) row.getCell(column + 1).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: tones[tone] } };
    row.commit();
    last += 1;
  }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: last, column: columns.length } };
  for (const [i, { choices }] of columns.entries()) {
    const letter = letterOf(i);
    if (choices) sheet.dataValidations.add(`${letter}2:${letter}${last + spareRows}`, { type: 'list', allowBlank: true, formulae: [`"${choices.join(',')}"`], showErrorMessage: true });
  }
  sheet.commit();
}

const letterOf = (index: number): string => (index < 26 ? '' : letterOf(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

/** A date is written without a zone: midnight of the civil day as the library counts days. */
const valueOf = (cell: Cell, kind: BookColumn['kind'] | undefined): string | number | Date | null => (kind === 'date' && typeof cell === 'string' ? new Date(`${cell}T00:00:00Z`) : cell);
