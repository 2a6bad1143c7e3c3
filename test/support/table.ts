/** Files for readers: written to a temporary folder, read back whole. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceRow } from '../../import/row.ts';
import { type TableOptions, openTable } from '../../import/table/index.ts';

export type ReadSheet = { name: string | null; headers: readonly string[]; headerRow: number; rows: SourceRow[] };
export type ReadFile = { format: string; encoding: string; skipped: readonly string[]; sheets: ReadSheet[] };

export async function readAll(path: string, options?: TableOptions): Promise<ReadFile> {
  const file = await openTable(path, options);
  try {
    const sheets: ReadSheet[] = [];
    for await (const { name, headers, headerRow, rows } of file.sheets()) {
      const read: SourceRow[] = [];
      for await (const row of rows()) read.push(row);
      sheets.push({ name, headers, headerRow, rows: read });
    }
    return { format: file.format, encoding: file.encoding, skipped: file.skipped, sheets };
  } finally {
    await file.close();
  }
}

export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'xiaohao-table-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads bytes as a file. */
export const readBytes = (bytes: Uint8Array | string, options?: TableOptions): Promise<ReadFile> =>
  inFolder(async (folder) => {
    const path = join(folder, 'file');
    await writeFile(path, bytes);
    return readAll(path, options);
  });

/** Cells of every row of the first sheet; the reason stands for a broken one. */
export const cellsOf = ({ sheets }: ReadFile): unknown[] => (sheets[0]?.rows ?? []).map((r) => r.broken ?? { ...r.cells });

export type CsvStyle = { readonly delimiter: string; readonly lineEnd: string; readonly quoteAll: boolean; readonly endLine: boolean };

/** CSV as RFC 4180 says it, by nobody's library. */
export function csv(rows: readonly (readonly string[])[], { delimiter, lineEnd, quoteAll, endLine }: CsvStyle): string {
  const cell = (text: string): string =>
    quoteAll || [delimiter, '"', '\r', '\n'].some((c) => text.includes(c)) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((r) => r.map(cell).join(delimiter)).join(lineEnd) + (endLine ? lineEnd : '');
}

/** Text in GB18030, by the decoder itself: every character of the table is tried once. Only two-byte ones and ASCII. */
export function gb18030(text: string): Buffer {
  const table = pairs();
  return Buffer.concat([...text].map((c) => (c.charCodeAt(0) < 128 ? Buffer.from(c) : (table.get(c) ?? Buffer.from('?')))));
}

function pairs(): ReadonlyMap<string, Buffer> {
  const decoder = new TextDecoder('gb18030');
  const all = Array.from({ length: 0xf7 - 0xb0 + 1 }, (_, i) => i + 0xb0).flatMap((a) =>
    Array.from({ length: 94 }, (_, i) => Buffer.from([a, i + 0xa1])),
  );
  return new Map([...all, Buffer.from([0xa3, 0xac]), Buffer.from([0xa1, 0xa3])].map((bytes) => [decoder.decode(bytes), bytes] as const));
}
