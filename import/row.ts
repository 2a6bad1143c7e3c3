/**
 * What every reader of a file gives, whatever its format: rows of cells by the header of their column, as text.
 * Dates are `2026-02-13` or `2026-02-13 10:12:00`, numbers in full without exponent, booleans `true` and `false`. Nothing is evaluated.
 */
export type Format = 'csv' | 'jsonl' | 'xlsx';

/** A cell that the format itself spoiled, before anybody mapped it. */
export type CellFault = 'precisionLost' | 'formula' | 'error' | 'tooLong';

export type SourceRow = {
  /** The sheet; null where the format has none. */
  readonly sheet: string | null;
  /** As the file's own program counts it: the header is row 1. */
  readonly row: number;
  /** Header -> text, trimmed of nothing; empty cells are absent. */
  readonly cells: Readonly<Record<string, string>>;
  /** Header -> what is wrong with the cell itself. */
  readonly faults: Readonly<Record<string, CellFault>>;
  /** A row that could not be read as one at all (quotes, columns, JSON): the rest is empty then. */
  readonly broken?: string;
};

export type SourceSheet = {
  readonly name: string | null;
  /** By column, the first to the last. */
  readonly headers: readonly string[];
  /** The row of the header, the last one of several; 0 where the format has none. */
  readonly headerRow: number;
  /** Once only, in order; bounded memory. */
  rows(): AsyncIterable<SourceRow>;
};

export type SourceFile = {
  readonly format: Format;
  /** How the text was encoded, for what people read. */
  readonly encoding: 'utf-8' | 'gb18030' | 'xml';
  readonly bytes: number;
  /** Hidden sheets, which are not read: for what people are told. */
  readonly skipped: readonly string[];
  /** In the order of the file. */
  sheets(): AsyncIterable<SourceSheet>;
  close(): Promise<void>;
};

/** One cell that keeps its row out. `value` is masked where the column is personal. */
export type RowError = {
  readonly sheet: string | null;
  readonly row: number;
  readonly column: string | null;
  readonly value: string;
  /** A rule of the import, such as `BAD-DATE`; stable, for programs. */
  readonly rule: string;
  readonly zh: string;
  readonly en: string;
};

/** read = accepted + duplicate + rejected, always. */
export type Counts = { readonly read: number; readonly accepted: number; readonly duplicate: number; readonly rejected: number };
