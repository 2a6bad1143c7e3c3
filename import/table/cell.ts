import type { CellFault, SourceRow } from '../row.ts';
import type { Limits } from './limits.ts';

/** One cell as a format gives it. A fault goes with the text that is shown for it. */
export type Cell = { readonly text: string; readonly fault?: CellFault };

/** Cells by their place in the row; holes are empty cells. */
export type Cells = readonly (Cell | undefined)[];

/** One row before anybody knows the headers. */
export type RawRow = { readonly row: number; readonly cells: Cells; readonly broken?: string };

export const isEmpty = (cell: Cell | undefined): boolean => cell === undefined || (cell.fault === undefined && cell.text.trim() === '');

/** A cell within its limit, or marked and cut. */
export const cellOf = (text: string, limits: Pick<Limits, 'cellLength'>): Cell =>
  text.length <= limits.cellLength ? { text } : { text: text.slice(0, limits.cellLength), fault: 'tooLong' };

/** NUL and half characters can neither be stored nor shown: the row that holds one has no sure text. */
const unreadable = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

const nothing = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;

export const brokenRow = (sheet: string | null, row: number, broken: string): SourceRow => ({
  sheet,
  row,
  cells: nothing(),
  faults: nothing(),
  broken,
});

/**
 * A row by its headers. A cell behind the last header (a note at the side) goes by the letter of its column, 列H: nothing of a row is
 * lost silently.
 */
export function rowOf(sheet: string | null, { row, cells, broken }: RawRow, headers: readonly string[]): SourceRow {
  if (broken !== undefined) return brokenRow(sheet, row, broken);
  if (cells.some((c) => c !== undefined && unreadable(c.text))) {
    return brokenRow(sheet, row, '含有不可见的控制字符 (the row holds characters that are no text)');
  }
  const texts = nothing<string>();
  const faults = nothing<CellFault>();
  for (const [i, cell] of cells.entries()) {
    if (cell === undefined || isEmpty(cell)) continue;
    const header = headers[i] ?? sideHeader(i);
    texts[header] = cell.text;
    if (cell.fault) faults[header] = cell.fault;
  }
  return { sheet, row, cells: texts, faults };
}

/** The name of a column that has none. */
export const sideHeader = (index: number): string => `列${columnName(index)}`;

/** A, B, .. Z, AA: how spreadsheets name a column. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
