import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { caseError } from '../../schemas/index.ts';
import { openTable } from '../../import/index.ts';
import { textsOf } from '../messages.ts';
import { BulkItem, type BulkRow } from './item.ts';
import { bulkTable } from './table.ts';

/**
 * The rows of a JSONL file, a CSV or a spreadsheet. Where a row names no command id, it gets one of the file's bytes and its place: the same file again is the
 * same commands. @throws BAD-INPUT when the file cannot be read as one
 */
export async function readBulk(path: string): Promise<BulkRow[]> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => Promise.reject(caseError('BAD-INPUT', { field: 'from', ...textsOf('noFile', { what: `${path} (${error.code ?? error.message})` }) })));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 24);
  if (!/^\uFEFF?\s*\{/.test(bytes.subarray(0, 4096).toString('utf8'))) return tableRows(path, hash);
  const text = textOf(bytes, path);
  return text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [rowOf(i + 1, line, `bulk-${hash}-${i + 1}`)]));
}

async function tableRows(path: string, hash: string): Promise<BulkRow[]> {
  const file = await openTable(path);
  try {
    const rows = await bulkTable(file, (row) => `bulk-${hash}-${row}`);
    if (rows.length === 0) throw caseError('BAD-INPUT', { field: 'from', ...textsOf('noCommands') });
    return rows;
  } finally {
    await file.close();
  }
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw caseError('BAD-INPUT', { field: 'from', ...textsOf('notUtf8', { what: path }) });
  }
}

function rowOf(row: number, line: string, ownId: string): BulkRow {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { row, bad: textsOf('badJson', { what: error instanceof Error ? error.message : '' }).en };
  }
  const parsed = BulkItem.safeParse(value);
  if (!parsed.success) return { row, bad: parsed.error.issues.map((i) => `${i.path.map(String).join('.')}: ${i.message}`).join('; ') };
  return { row, item: parsed.data, commandId: parsed.data.id ?? ownId };
}
