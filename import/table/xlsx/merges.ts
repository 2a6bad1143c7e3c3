import type { Cell, Cells } from '../cell.ts';
import { type Limits, within } from '../limits.ts';
import { broken } from './package.ts';

/** A merged range, counted from 0 in columns and from 1 in rows, as the file counts. */
export type Range = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number };

const mostColumns = 16_384;
const place = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/;

/** B5 -> column 1, row 5. Null for what is no place in a sheet. */
export function placeOf(ref: string): { column: number; row: number } | null {
  const [, letters, digits] = place.exec(ref) ?? [];
  if (letters === undefined || digits === undefined) return null;
  const column = [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { column, row: Number(digits) };
}

function rangeOf(ref: string): Range | null {
  const [from, to] = ref.split(':').map(placeOf);
  if (!from || !to || from.row > to.row || from.column > to.column) return null;
  return { top: from.row, left: from.column, bottom: to.row, right: to.column };
}

const tag = /<(?:\w{1,20}:)?mergeCell\s[^>]{0,200}?\bref=["']([^"']{1,40})["']/g;

/**
 * The merged ranges of a sheet, by their first row. They stand behind its rows, so the text is gone through once before: for these tags
 * alone, without parsing.
 */
export async function mergesOf(texts: AsyncIterable<string>, limits: Limits): Promise<Range[]> {
  const ranges: Range[] = [];
  let tail = '';
  for await (const text of texts) {
    const open = tail + text;
    let done = 0;
    for (const match of open.matchAll(tag)) {
      done = match.index + match[0].length;
      const range = rangeOf(match[1] ?? '');
      if (range) ranges.push(range);
      within(limits, 'merges', ranges.length);
    }
    tail = open.slice(Math.max(done, open.length - 300));
  }
  return ranges.sort((a, b) => a.top - b.top);
}

/** Lends the value of a range's first cell to all of it, row by row downwards. */
export class Merged {
  readonly #ranges: readonly Range[];
  readonly #limits: Limits;
  #next = 0;
  #open: { range: Range; cell: Cell | undefined }[] = [];

  constructor(ranges: readonly Range[], limits: Limits) {
    this.#ranges = ranges;
    this.#limits = limits;
  }

  /** The cells of a row with what ranges over it lend; rows must come in order. */
  apply(row: number, own: Cells): Cells {
    this.#advance(row, own);
    if (this.#open.length === 0) return own;
    const cells = [...own];
    for (const { range, cell } of this.#open) {
      for (let c = range.left; c <= Math.min(range.right, this.#limits.columns); c++) cells[c] = cell;
    }
    return cells;
  }

  #advance(row: number, own: Cells): void {
    this.#open = this.#open.filter(({ range }) => range.bottom >= row);
    for (let range = this.#ranges[this.#next]; range !== undefined && range.top <= row; range = this.#ranges[++this.#next]) {
      // A range whose first row is absent lends nothing.
      if (range.bottom >= row) this.#open.push({ range, cell: range.top === row ? own[range.left] : undefined });
    }
    // Ranges may not overlap; enough that do would take for ever.
    const width = this.#open.reduce((sum, { range }) => sum + range.right - range.left + 1, 0);
    if (width > mostColumns) throw broken();
  }
}
