import type { SourceFile, SourceRow, SourceSheet } from '../../row.ts';
import { type Cells, type RawRow, isEmpty, rowOf } from '../cell.ts';
import { type IsHeader, headerIndex, headerWindow, headersOf } from '../header.ts';
import { type Limits, within } from '../limits.ts';
import { Merged, type Range, mergesOf } from './merges.ts';
import { type Package, openPackage } from './package.ts';
import { type Book, sheetRows } from './sheet.ts';
import { readStrings } from './strings.ts';
import { readStyles } from './styles.ts';
import { type SheetPart, type Workbook, readWorkbook } from './workbook.ts';

type Options = { readonly limits: Limits; readonly isHeader?: IsHeader };
/** A row as the file has it, and with what merged ranges lend. */
type FullRow = { readonly row: number; readonly own: Cells; readonly cells: Cells };

async function* fullRows(rows: AsyncIterable<RawRow>, merges: readonly Range[], limits: Limits): AsyncGenerator<FullRow> {
  const merged = new Merged(merges, limits);
  for await (const { row, cells } of rows) yield { row, own: cells, cells: merged.apply(row, cells) };
}

/** The last line of a header that starts in `top`: a cell merged downwards, or one merged sideways over cells of its own, reaches there. */
function lastLine(top: FullRow, next: FullRow | undefined, merges: readonly Range[]): number {
  const here = merges.filter((m) => m.top <= top.row && m.bottom >= top.row && !isEmpty(top.cells[m.left]));
  const down = Math.max(top.row, ...here.map((m) => m.bottom));
  const sideways = here.some(
    (m) => m.right > m.left && m.bottom === top.row && next?.own.slice(m.left, m.right + 1).some((c) => !isEmpty(c)) === true,
  );
  return down > top.row ? Math.min(down, top.row + 3) : top.row + (sideways && next?.row === top.row + 1 ? 1 : 0);
}

async function first(rows: AsyncGenerator<FullRow>): Promise<FullRow[]> {
  const found: FullRow[] = [];
  while (found.length < headerWindow) {
    const next = await rows.next();
    if (next.done) break;
    found.push(next.value);
  }
  return found;
}

async function* dataRows(
  name: string,
  head: readonly FullRow[],
  rest: AsyncGenerator<FullRow>,
  headers: readonly string[],
): AsyncGenerator<SourceRow> {
  for (const row of head) yield rowOf(name, row, headers);
  for await (const row of rest) yield rowOf(name, row, headers);
}

/** Columns behind the last header that rows of the head use: they get the letter of their column for a name. */
const widthOf = (lines: readonly FullRow[], body: readonly FullRow[]): number =>
  Math.max(0, ...[...lines, ...body].map((r) => Array.from(r.own).findLastIndex((c) => !isEmpty(c)) + 1));

async function* oneSheet(parts: Package, part: SheetPart, book: Book, { isHeader }: Options): AsyncGenerator<SourceSheet> {
  const merges = await mergesOf(parts.text(part.path), book.limits);
  const rows = fullRows(sheetRows(parts.text(part.path), book), merges, book.limits);
  try {
    const head = await first(rows);
    const at = headerIndex(head, isHeader);
    const top = head[at];
    if (top === undefined) return;
    const last = lastLine(top, head[at + 1], merges);
    const lines = head.filter((r) => r.row >= top.row && r.row <= last);
    const body = head.filter((r) => r.row > last);
    const width = widthOf(lines, body);
    within(book.limits, 'columns', width);
    const headers = headersOf(lines.map((l) => Array.from({ length: width }, (_, i) => l.cells[i])));
    yield { name: part.name, headers, headerRow: lines.at(-1)?.row ?? top.row, rows: () => dataRows(part.name, body, rows, headers) };
  } finally {
    await rows.return(undefined);
  }
}

async function* allSheets(parts: Package, { sheets, epoch, strings, styles }: Workbook, options: Options): AsyncGenerator<SourceSheet> {
  const seen = { rows: 0, formulas: 0 };
  const book: Book = {
    strings: await readStrings(parts, strings, options.limits),
    styles: await readStyles(parts, styles),
    epoch,
    limits: options.limits,
    seen,
  };
  for (const sheet of sheets) if (!sheet.hidden) yield* oneSheet(parts, sheet, book, options);
}

export async function openXlsx(path: string, bytes: number, options: Options): Promise<SourceFile> {
  const parts = await openPackage(path, options.limits);
  try {
    const workbook = await readWorkbook(parts);
    const skipped = workbook.sheets.filter((s) => s.hidden).map((s) => s.name);
    return {
      format: 'xlsx',
      encoding: 'xml',
      bytes,
      skipped,
      sheets: () => allSheets(parts, workbook, options),
      close: async () => parts.close(),
    };
  } catch (error) {
    parts.close();
    throw error;
  }
}
