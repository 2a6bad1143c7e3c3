import type { SourceRow, SourceSheet } from '../row.ts';
import { type Cell, type RawRow, cellOf, rowOf } from './cell.ts';
import { CsvRecords, type CsvRecord, delimiters } from './csv-records.ts';
import { type IsHeader, headerIndex, headerWindow, headersOf } from './header.ts';
import { type Limits, badFile, within } from './limits.ts';

type Options = { readonly limits: Limits; readonly isHeader?: IsHeader; readonly keepRaw?: boolean };

/** `="0012"` is how exports keep a spreadsheet from making a number of a code: the text inside is meant. */
const guarded = /^="([^"]*)"$/;

const toCells = (texts: readonly string[], limits: Limits): (Cell | undefined)[] =>
  texts.map((text) => (text === '' ? undefined : cellOf(guarded.exec(text)?.[1] ?? text, limits)));

const toRaw = (record: CsvRecord, limits: Limits): RawRow => ({
  row: record.row,
  cells: toCells(record.cells, limits),
  ...(record.broken === undefined ? {} : { broken: record.broken }),
});

const blank = (record: CsvRecord): boolean => record.broken === undefined && record.cells.every((c) => c.trim() === '');

/** How well a delimiter cuts a text into a table: the share of its rows that are as wide as its header, then the width. */
function fitOf(text: string, delimiter: string, { limits, isHeader }: Options): { known: boolean; share: number; width: number } {
  const splitter = new CsvRecords(delimiter, limits.lineLength);
  const whole = splitter.write(text);
  const records = (whole.length > 0 ? whole : splitter.end()).slice(0, 200);
  const rows = records.map((r) => toCells(r.cells, limits));
  const header =
    rows[
      headerIndex(
        rows.slice(0, headerWindow).map((cells) => ({ own: cells, cells })),
        isHeader,
      )
    ] ?? [];
  const counted = records.filter((r) => !blank(r));
  const share = counted.filter((r) => r.cells.length === header.length).length / Math.max(counted.length, 1);
  return { known: isHeader?.(header.map((c) => c?.text ?? '')) === true, share: header.length > 1 ? share : 0, width: header.length };
}

/** The delimiter that a text means: it says so, its header is then one that the caller knows, or it makes the better table. */
function delimiterOf(text: string, options: Options): string {
  const told = /^sep=([,;\t])[\r\n]/i.exec(text)?.[1];
  if (told !== undefined) return told;
  const fits = Object.values(delimiters).map((delimiter) => ({ delimiter, ...fitOf(text, delimiter, options) }));
  const best = fits.reduce((a, b) => ((Number(b.known) - Number(a.known) || b.share - a.share || b.width - a.width) > 0 ? b : a));
  return best.delimiter;
}

/** Enough text to see the header in, then all of it again. */
async function probe(texts: AsyncIterator<string>, length: number): Promise<string> {
  let text = '';
  while (text.length < length) {
    const next = await texts.next();
    if (next.done) break;
    text += next.value;
  }
  return text.replace(/^\uFEFF/, '');
}

/** The records of a text as they stand in it, titles, header and empty lines among them; a line `sep=;` is not one, though it counts. */
export async function* recordsOf(texts: AsyncIterable<string>, options: Options): AsyncGenerator<CsvRecord> {
  const rest = texts[Symbol.asyncIterator]();
  try {
    const head = await probe(rest, 2 ** 16);
    const splitter = new CsvRecords(delimiterOf(head, options), options.limits.lineLength, options);
    const told = /^sep=/i.test(head);
    for (const record of splitter.write(head)) if (!told || record.row > 1) yield record;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield* splitter.write(next.value);
    yield* splitter.end();
  } finally {
    await rest.return?.();
  }
}

/** The rows up to and with the header, and the rest. */
async function headed(
  records: AsyncGenerator<CsvRecord>,
  options: Options,
): Promise<{ headers: string[]; headerRow: number; after: CsvRecord[] }> {
  const first: CsvRecord[] = [];
  while (first.length < headerWindow) {
    const next = await records.next();
    if (next.done) break;
    first.push(next.value);
  }
  const rows = first.map((r) => ({ own: toCells(r.cells, options.limits), cells: toCells(r.cells, options.limits) }));
  const at = headerIndex(rows, options.isHeader);
  // The next good row would be taken for the header.
  const spoiled = first.slice(0, at < 0 ? first.length : at).find((r) => r.broken !== undefined)?.broken;
  if (spoiled !== undefined) throw badFile(`表头无法读取: ${spoiled}`, `no header can be read: ${spoiled}`);
  const header = rows[at]?.cells ?? [];
  const width = header.findLastIndex((c) => c !== undefined) + 1;
  within(options.limits, 'columns', width);
  return { headers: headersOf([header.slice(0, width)]), headerRow: first[at]?.row ?? 0, after: at < 0 ? [] : first.slice(at + 1) };
}

/**
 * More cells than headers break a row: a delimiter stood bare in a text, and every cell behind it is in a wrong column. Fewer are empty
 * cells at the end, as spreadsheets leave them out; only of the very last row, when its line does not end, they are a cut file.
 */
function shaped(record: CsvRecord, headers: readonly string[]): CsvRecord {
  const [have, want] = [record.cells.findLastIndex((c) => c.trim() !== '') + 1, headers.length];
  if (record.broken !== undefined) return record;
  if (have > want)
    return { ...record, cells: [], broken: `多出列: ${have}列, 表头${want}列 (more cells than headers: ${have}, not ${want})` };
  if (!record.ended && record.cells.length < want) {
    return {
      ...record,
      cells: [],
      broken: `文件在此中断: ${record.cells.length}列, 表头${want}列 (the file is cut off here: ${record.cells.length} cells, not ${want})`,
    };
  }
  return record;
}

async function* rowsOf(
  after: readonly CsvRecord[],
  rest: AsyncGenerator<CsvRecord>,
  headers: readonly string[],
  limits: Limits,
): AsyncGenerator<SourceRow> {
  let count = 0;
  const one = function* (record: CsvRecord): Generator<SourceRow> {
    if (blank(record)) return;
    within(limits, 'rows', (count += 1));
    yield rowOf(null, toRaw(shaped(record, headers), limits), headers);
  };
  for (const record of after) yield* one(record);
  for await (const record of rest) yield* one(record);
}

/** The one sheet of a CSV file; none where it is empty. */
export async function* csvSheets(texts: AsyncIterable<string>, options: Options): AsyncGenerator<SourceSheet> {
  const records = recordsOf(texts, options);
  try {
    const { headers, headerRow, after } = await headed(records, options);
    if (headers.length > 0) yield { name: null, headers, headerRow, rows: () => rowsOf(after, records, headers, options.limits) };
  } finally {
    await records.return(undefined);
  }
}
