import { rename, rm, writeFile } from 'node:fs/promises';
import type { SourceFile } from '../row.ts';
import { type TableOptions, openTable } from '../table/open.ts';
import { defaultLimits } from '../table/limits.ts';
import { textOf } from '../table/text.ts';
import type { BadRows } from './bad-rows.ts';
import { copyCsv, copyJsonl } from './copy-text.ts';
import { type SheetHead, badRowsOnly, markedWorkbook } from './copy-xlsx.ts';
import { type PrivateFile, privateFile } from './private-file.ts';

/**
 * Up to here a spreadsheet is marked as it is, with its styles and widths: that takes all of it into memory, some 50 times its size.
 * Beyond it the copy is a CSV of the bad rows.
 */
export const markable = { bytes: 8 * 2 ** 20, rows: 20_000 } as const;

type Heads = { readonly heads: readonly SheetHead[]; readonly rows: number };

async function headsOf(file: SourceFile): Promise<Heads> {
  const heads: SheetHead[] = [];
  let rows = 0;
  for await (const { name, headers, headerRow, rows: read } of file.sheets()) {
    heads.push({ name: name ?? '', headers, headerRow });
    if (file.format === 'xlsx' && rows <= markable.rows) for await (const _ of read()) if ((rows += 1) > markable.rows) break;
  }
  return { heads, rows };
}

async function writing(path: string, write: (out: PrivateFile) => Promise<void>): Promise<string> {
  const out = privateFile(path);
  try {
    await write(out);
    await out.finish();
    return path;
  } catch (error) {
    await out.abandon();
    throw error;
  }
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<string> {
  const part = `${path}.${process.pid}.part`;
  try {
    await writeFile(part, bytes, { mode: 0o600, flag: 'wx' });
    await rename(part, path);
    return path;
  } finally {
    await rm(part, { force: true });
  }
}

async function copySpreadsheet(source: string, target: string, file: SourceFile, bad: BadRows): Promise<string> {
  const { heads, rows } = await headsOf(file);
  // A file that the other library cannot take is still reported row by row.
  const marked = file.bytes <= markable.bytes && rows <= markable.rows ? await markedWorkbook(source, heads, bad).catch(() => null) : null;
  return marked === null ? writing(`${target}.csv`, (out) => badRowsOnly(file, bad, out)) : writeWhole(`${target}.xlsx`, marked);
}

/**
 * Writes a copy of the file with the reasons beside its bad rows: the file itself, for its owner, with nothing masked (mode 0600). It
 * is made in a second pass over the source.
 * @param target path without ending
 * @returns the path of the copy
 */
export async function writeCopy(source: string, target: string, bad: BadRows, options: TableOptions = {}): Promise<string> {
  const file = await openTable(source, options);
  const limits = { ...defaultLimits, ...options.limits };
  const { format, encoding } = file;
  try {
    if (encoding === 'xml') return await copySpreadsheet(source, target, file, bad);
    const texts = () => textOf(source, encoding);
    if (format === 'jsonl') return await writing(`${target}.jsonl`, (out) => copyJsonl(texts(), limits, bad, out));
    const [sheet] = (await headsOf(file)).heads;
    return await writing(`${target}.csv`, (out) =>
      copyCsv({ ...options, texts: texts(), limits }, sheet ?? { headers: [], headerRow: 0 }, bad, out),
    );
  } finally {
    await file.close();
  }
}
