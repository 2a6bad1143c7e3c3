import type { SourceSheet } from '../row.ts';
import { recordsOf } from '../table/csv.ts';
import type { CsvRecord } from '../table/csv-records.ts';
import type { IsHeader } from '../table/header.ts';
import { blank, linesOf, objectIn } from '../table/jsonl.ts';
import type { Limits } from '../table/limits.ts';
import { type BadRows, reasonHeader, reasonOf } from './bad-rows.ts';
import type { PrivateFile } from './private-file.ts';

export const byteOrderMark = '\uFEFF';

/** One line of CSV (RFC 4180). */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((c) => (/[",\r\n\t;]|^\s|\s$/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(',')}\r\n`;

type CsvSource = { readonly texts: AsyncIterable<string>; readonly limits: Limits; readonly isHeader?: IsHeader };

/** A record with its reason in the last column. What cannot be cut into cells stands whole in the first, as it was written. */
function marked(record: CsvRecord, width: number, reason: string): string[] {
  const used = record.cells.findLastIndex((c) => c.trim() !== '') + 1;
  const cells = record.broken !== undefined || used > width ? [record.raw ?? ''] : record.cells;
  return reason === '' ? [...cells] : [...Array.from({ length: width }, (_, i) => cells[i] ?? ''), reason];
}

/** The whole file in UTF-8 with commas, rows where they were, 错误原因 behind the last column; a copy of a copy gets no second one. */
export async function copyCsv(
  source: CsvSource,
  sheet: Pick<SourceSheet, 'headers' | 'headerRow'>,
  bad: BadRows,
  out: PrivateFile,
): Promise<void> {
  const before = sheet.headers.indexOf(reasonHeader);
  const width = before < 0 ? sheet.headers.length : before;
  let next = 1;
  await out.write(byteOrderMark);
  for await (const record of recordsOf(source.texts, { ...source, keepRaw: true })) {
    // A line `sep=;` was left out: rows keep their numbers.
    for (; next < record.row; next++) await out.write(csvLine(['']));
    const reason = record.row === sheet.headerRow ? reasonHeader : reasonOf(bad.of(null, record.row));
    await out.write(csvLine(marked({ ...record, cells: before < 0 ? record.cells : record.cells.slice(0, width) }, width, reason)));
    next = record.row + 1;
  }
}

/** Every line where it was; a bad one has its reason in the field 错误原因, and one that is no object stands in 原文. */
export async function copyJsonl(texts: AsyncIterable<string>, { lineLength }: Limits, bad: BadRows, out: PrivateFile): Promise<void> {
  for await (const line of linesOf(texts, lineLength)) {
    const reason = reasonOf(bad.of(null, line.row));
    const object = line.text === null ? undefined : objectIn(line.text);
    if (reason === '' || blank(line)) await out.write(`${line.text ?? ''}\n`);
    else await out.write(`${JSON.stringify({ ...(object ?? { 原文: line.text ?? '' }), [reasonHeader]: reason })}\n`);
  }
}
