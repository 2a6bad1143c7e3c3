import type { RowError } from '../row.ts';

/** What a copy says beside a cell. */
export type Note = { readonly column: string | null; readonly zh: string; readonly en: string };

/**
 * The notes of a file by sheet and row, for the second pass that writes the copy. Errors come almost in order, not quite: a row may be
 * refused by the ledger after rows behind it were. Words repeat, so each is kept once; no value of the file is kept at all.
 */
export class BadRows {
  readonly #notes = new Map<string, Map<number, Note[]>>();
  readonly #words = new Map<string, string>();

  add({ sheet, row, column, zh, en }: RowError): void {
    const of = this.#notes.get(sheet ?? '') ?? new Map<number, Note[]>();
    this.#notes.set(sheet ?? '', of);
    const note = { column: column === null ? null : this.#once(column), zh: this.#once(zh), en: this.#once(en) };
    of.set(row, [...(of.get(row) ?? []), note]);
  }

  of(sheet: string | null, row: number): readonly Note[] {
    return this.#notes.get(sheet ?? '')?.get(row) ?? [];
  }

  rows(sheet: string | null): number[] {
    return [...(this.#notes.get(sheet ?? '')?.keys() ?? [])].sort((a, b) => a - b);
  }

  get isEmpty(): boolean {
    return this.#notes.size === 0;
  }

  #once(word: string): string {
    if (this.#words.size > 10_000) return word;
    const known = this.#words.get(word) ?? word;
    this.#words.set(known, known);
    return known;
  }
}

/** The header of the column that a copy adds; whoever imports the copy again leaves that column out. */
export const reasonHeader = '错误原因';

/** All reasons of one row in one cell. */
export const reasonOf = (notes: readonly Note[]): string =>
  notes.map(({ column, zh, en }) => `${column === null ? '' : `${column}: `}${zh} (${en})`).join('; ');
