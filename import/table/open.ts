import { open as openFile, stat } from 'node:fs/promises';
import { codeOf } from '../../schemas/index.ts';
import type { Format, SourceFile } from '../row.ts';
import { csvSheets } from './csv.ts';
import type { IsHeader } from './header.ts';
import { jsonlSheets } from './jsonl.ts';
import { type Limits, badFile, defaultLimits, within } from './limits.ts';
import { encodingOf, textOf } from './text.ts';
import { openXlsx } from './xlsx/file.ts';

export type TableOptions = {
  readonly limits?: Partial<Limits>;
  /** Knows a header by its cells; without it the first row of two or more cells is one. */
  readonly isHeader?: IsHeader;
};

const magic: readonly { bytes: string; is: 'zip' | 'ole' | 'utf-16' }[] = [
  { bytes: '504b', is: 'zip' },
  { bytes: 'd0cf11e0', is: 'ole' },
  { bytes: 'fffe', is: 'utf-16' },
  { bytes: 'feff', is: 'utf-16' },
];

async function head(path: string): Promise<Buffer> {
  const file = await openFile(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** By what the file is, not by what it is called. @throws BAD-INPUT for formats that look like a table to people only */
function formatOf(first: Buffer): Format {
  const is = magic.find((m) => first.toString('hex').startsWith(m.bytes))?.is;
  if (is === 'zip') return 'xlsx';
  if (is === 'ole')
    throw badFile(
      '旧版 .xls 或加密的文件: 请另存为不加密的 .xlsx',
      'an old .xls or an encrypted file: save it as an .xlsx without password',
    );
  if (is === 'utf-16') throw badFile('文字编码是 UTF-16: 请另存为 CSV UTF-8', 'encoding: UTF-16; save it as CSV UTF-8');
  return /^\uFEFF?\s*\{/.test(first.toString('utf8')) ? 'jsonl' : 'csv';
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw badFile('没有这个文件', 'there is no such file');
  if (!found.isFile()) throw badFile('不是普通文件', 'not a plain file');
  if (found.size === 0) throw badFile('文件是空的', 'the file is empty');
  return found.size;
}

/**
 * Opens a CSV, JSONL or XLSX file as sheets of rows. Nothing in it is evaluated, and no more of it is in memory than a few rows (of a
 * spreadsheet also its shared strings and merged ranges).
 * @throws BAD-INPUT with field `file`, here or while it is read: the file is not what it seems, or over a limit
 */
export async function openTable(path: string, options: TableOptions = {}): Promise<SourceFile> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const bytes = await sizeOf(path);
  within(limits, 'fileBytes', bytes);
  const own = { limits, ...(options.isHeader ? { isHeader: options.isHeader } : {}) };
  try {
    const format = formatOf(await head(path));
    if (format === 'xlsx') return await openXlsx(path, bytes, own);
    const encoding = await encodingOf(path);
    const text = () => textOf(path, encoding);
    const sheets = () => (format === 'csv' ? csvSheets(text(), own) : jsonlSheets(text, limits));
    return { format, encoding, bytes, skipped: [], sheets, close: async () => undefined };
  } catch (error) {
    throw codeOf(error) === undefined && isIo(error) ? badFile('文件无法读取', 'the file cannot be read') : error;
  }
}

const isIo = (error: unknown): boolean =>
  ['EACCES', 'EPERM', 'EISDIR', 'EIO', 'ENOENT'].includes(String((error as { code?: unknown }).code));
