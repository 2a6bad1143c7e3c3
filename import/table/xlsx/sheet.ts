import type { RawRow } from '../cell.ts';
import { type Cell, cellOf, isEmpty } from '../cell.ts';
import { type Limits, within } from '../limits.ts';
import { numberCell } from '../number.ts';
import { placeOf } from './merges.ts';
import { broken } from './package.ts';
import { type Epoch, serialText } from './serial.ts';
import { RichText, type StringPool, unescaped } from './strings.ts';
import type { Style } from './styles.ts';
import { type Attributes, type Handler, attribute, parse } from './xml.ts';

/** What cells need to become text, and what has been counted over all sheets. */
export type Book = {
  readonly strings: StringPool;
  readonly styles: readonly Style[];
  readonly epoch: Epoch;
  readonly limits: Limits;
  readonly seen: { rows: number; formulas: number };
};

type Open = { column: number; type: string; style: number; value: string; formula: string | null };

/** Rows of a sheet as the parser goes through it: cells where their reference says, or behind the one before. */
class SheetRows implements Handler {
  readonly #book: Book;
  readonly #inline = new RichText();
  #done: RawRow[] = [];
  #row = 0;
  #cells: (Cell | undefined)[] = [];
  #cell: Open | null = null;
  #column = -1;
  #in = '';

  constructor(book: Book) {
    this.#book = book;
  }

  take(): RawRow[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }

  open(name: string, attributes: Attributes): void {
    this.#in = name;
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'f' && this.#cell) this.#openFormula(this.#cell);
    else if (this.#cell?.type === 'inlineStr') this.#inline.open(name);
  }

  text(text: string): void {
    if (this.#cell === null) return;
    if (this.#in === 'v') this.#cell.value += text;
    else if (this.#in === 'f') this.#cell.formula += text;
    else if (this.#cell.type === 'inlineStr') this.#inline.text(text);
  }

  close(name: string): void {
    this.#in = '';
    if (name === 'row') this.#closeRow();
    else if (name === 'c') this.#closeCell();
    else if (this.#cell?.type === 'inlineStr') this.#inline.close(name);
  }

  #openRow(attributes: Attributes): void {
    const row = Number(attribute(attributes, 'r') ?? this.#row + 1);
    if (!Number.isInteger(row) || row <= this.#row) throw broken();
    [this.#row, this.#cells, this.#column] = [row, [], -1];
  }

  #openCell(attributes: Attributes): void {
    const { r, t = 'n', s = '0' } = attributes;
    const place = r === undefined ? { column: this.#column + 1, row: this.#row } : placeOf(r);
    if (place === null || place.row !== this.#row || place.column <= this.#column) throw broken();
    this.#column = place.column;
    this.#cell = { column: place.column, type: t, style: Number(s), value: '', formula: null };
  }

  #openFormula(cell: Open): void {
    cell.formula = '';
    within(this.#book.limits, 'formulas', (this.#book.seen.formulas += 1));
  }

  #closeCell(): void {
    if (this.#cell === null) return;
    const cell = valueOf(this.#cell, this.#inline.take(), this.#book);
    if (!isEmpty(cell)) {
      within(this.#book.limits, 'columns', this.#cell.column + 1);
      this.#cells[this.#cell.column] = cell;
    }
    this.#cell = null;
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return;
    within(this.#book.limits, 'rows', (this.#book.seen.rows += 1));
    this.#done.push({ row: this.#row, cells: this.#cells });
    this.#cells = [];
  }
}

/** No formula is computed, and no result that somebody's program left beside it is believed. */
function valueOf({ type, style, value, formula }: Open, inline: string, book: Book): Cell | undefined {
  if (formula !== null) return { ...cellOf(`=${formula}`, book.limits), fault: 'formula' };
  if (type === 'inlineStr') return cellOf(inline, book.limits);
  if (value === '') return undefined;
  switch (type) {
    case 's':
      return sharedText(value, book);
    case 'str':
      return cellOf(unescaped(value), book.limits);
    case 'b':
      return { text: value.trim() === '1' ? 'true' : 'false' };
    case 'e':
      return { ...cellOf(value, book.limits), fault: 'error' };
    case 'd':
      return cellOf(isoText(value), book.limits);
    default:
      return numberText(value.trim(), book.styles[style], book);
  }
}

function sharedText(value: string, { strings, limits }: Book): Cell {
  const text = /^\s*\d+\s*$/.test(value) ? strings.get(Number(value)) : undefined;
  if (text === undefined) throw broken();
  return cellOf(text, limits);
}

/** 2026-06-30T09:30:00.000 as the other dates are written. */
const isoText = (value: string): string =>
  value
    .replace(/\.\d+/, '')
    .replace(/Z$/, '')
    .replace('T', ' ')
    .replace(/ 00:00:00$/, '');

function numberText(value: string, style: Style | undefined, { epoch, limits }: Book): Cell {
  const number = numberCell(value);
  if (number === null) return { ...cellOf(value, limits), fault: 'error' };
  const date = style?.date === true ? serialText(Number(value), epoch) : null;
  if (date !== null) return { text: date };
  return style !== undefined && /^\d+$/.test(number.text) ? { ...number, text: number.text.padStart(style.zeros, '0') } : number;
}

/** The rows of one sheet that hold anything, in order. */
export async function* sheetRows(texts: AsyncIterable<string>, book: Book): AsyncGenerator<RawRow> {
  const rows = new SheetRows(book);
  for await (const _ of parse(texts, rows)) yield* rows.take();
}
