/**
 * CSV (RFC 4180) cut into records, piece by piece. As spreadsheets do, CR, LF and CRLF all end a record, a quote in the middle of a
 * bare cell is a quote, and a quoted cell may hold line ends. What is no CSV breaks its own record and nothing behind it: text behind
 * a closing quote breaks the record up to the next line end; a quote that never closes breaks everything up to the end of the file or
 * to the limit of a record. It is not guessed where such a cell should have ended: a line inside a text would then become a row.
 */
export type CsvRecord = {
  /** Counted as spreadsheets count rows: a cell with line ends in it is one row. */
  readonly row: number;
  readonly cells: readonly string[];
  readonly broken?: string;
  /** The record as it stands in the file, where that was asked for. */
  readonly raw?: string;
  /** false: the file ended before the line did. */
  readonly ended: boolean;
};

type Mode = 'start' | 'bare' | 'quoted' | 'closing' | 'skipping';
const [tab, lf, cr, quote] = [9, 10, 13, 34];

export const delimiters = { comma: ',', semicolon: ';', tab: String.fromCharCode(tab) } as const;

export class CsvRecords {
  readonly #delimiter: number;
  readonly #limit: number;
  readonly #keepRaw: boolean;
  #mode: Mode = 'start';
  #cells: string[] = [];
  #cell = '';
  #length = 0;
  #row = 1;
  #line = 1;
  #startLine = 1;
  #broken: string | undefined;
  #afterCr = false;
  #raw = '';
  #done: CsvRecord[] = [];

  constructor(delimiter: string, limit: number, { keepRaw = false }: { keepRaw?: boolean } = {}) {
    this.#keepRaw = keepRaw;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#limit = limit;
  }

  /** @returns the records that this piece completes */
  write(text: string): CsvRecord[] {
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const plain = code !== this.#delimiter && code !== quote && code !== lf && code !== cr;
      if (plain && this.#mode !== 'start' && this.#mode !== 'closing' && !this.#afterCr) continue;
      this.#take(text.slice(from, i));
      const belongs = this.#step(code);
      if (this.#keepRaw && !belongs && code !== lf && code !== cr) this.#raw += text.charAt(i);
      from = belongs ? i : i + 1;
    }
    this.#take(text.slice(from));
    return this.#drain();
  }

  /** @returns the record that the end of the file completes, if any */
  end(): CsvRecord[] {
    if (this.#mode === 'quoted') this.#break(`第${this.#startLine}行的引号没有闭合 (a quote in line ${this.#startLine} is never closed)`);
    if (this.#mode !== 'start' || this.#cells.length > 0) this.#endRecord(false);
    return this.#drain();
  }

  #drain(): CsvRecord[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }

  /** Text that belongs to the open cell as it is. */
  #take(run: string): void {
    if (run === '') return;
    this.#length += run.length;
    if (this.#keepRaw && this.#length <= this.#limit) this.#raw += run;
    if (this.#mode === 'skipping') return;
    if (this.#length <= this.#limit) this.#cell += run;
    else
      this.#break(
        `第${this.#startLine}行超过${this.#limit}字 (the record in line ${this.#startLine} is longer than ${this.#limit} characters)`,
      );
  }

  /** One character that may mean something. @returns whether it is itself part of the cell */
  #step(code: number): boolean {
    if (this.#afterCr) {
      this.#afterCr = false;
      if (code === lf) return this.#mode === 'quoted';
    }
    if (code === lf || code === cr) {
      this.#line += 1;
      this.#afterCr = code === cr;
    }
    if (this.#mode === 'quoted') return this.#inQuotes(code);
    if (code === lf || code === cr) return this.#endRecord(true);
    if (this.#mode === 'skipping') return false;
    if (code === this.#delimiter) return this.#endCell();
    if (code === quote) return this.#atQuote();
    return this.#atText();
  }

  #inQuotes(code: number): boolean {
    if (code !== quote) return true;
    this.#mode = 'closing';
    return false;
  }

  #atQuote(): boolean {
    if (this.#mode === 'bare') return true;
    // Two quotes inside quotes are one; at the start of a cell the first opens it.
    const doubled = this.#mode === 'closing';
    this.#mode = 'quoted';
    return doubled;
  }

  #atText(): boolean {
    if (this.#mode === 'closing') {
      this.#break(`第${this.#line}行引号之后还有文字 (text behind a closing quote in line ${this.#line})`);
      return false;
    }
    this.#mode = 'bare';
    return true;
  }

  #endCell(): boolean {
    this.#cells.push(this.#cell);
    this.#cell = '';
    this.#mode = 'start';
    return false;
  }

  #endRecord(ended: boolean): boolean {
    this.#endCell();
    const more = { ...(this.#broken === undefined ? {} : { broken: this.#broken }), ...(this.#keepRaw ? { raw: this.#raw } : {}) };
    this.#done.push({ row: this.#row++, cells: this.#broken === undefined ? this.#cells : [], ended, ...more });
    this.#cells = [];
    this.#raw = '';
    this.#broken = undefined;
    this.#length = 0;
    this.#startLine = this.#line;
    return false;
  }

  #break(why: string): void {
    this.#broken ??= why;
    this.#cell = '';
    this.#mode = 'skipping';
  }
}
