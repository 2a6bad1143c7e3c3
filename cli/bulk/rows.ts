import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { CaseNo, CommandId, CommandType, Id, RoleId, caseError } from '../../schemas/index.ts';
import { textsOf } from '../messages.ts';

/** One line of a file of commands: what is to be done on which case, by whom where the line says so. */
export const BulkItem = z.strictObject({
  caseNo: CaseNo,
  command: CommandType,
  data: z.record(z.string(), z.unknown()).default({}),
  id: CommandId.optional(),
  revision: z.int().nonnegative().optional(),
  as: Id.optional(),
  role: RoleId.optional(),
});
export type BulkItem = z.infer<typeof BulkItem>;
export type BulkRow = { row: number; item: BulkItem; commandId: string } | { row: number; bad: string };

/**
 * The rows of a JSONL file. Where a row names no command id, it gets one of the file's bytes and its place: the same file again is the
 * same commands. @throws BAD-INPUT when the file cannot be read as one
 */
export async function readBulk(path: string): Promise<BulkRow[]> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => Promise.reject(caseError('BAD-INPUT', { field: 'from', ...textsOf('noFile', { what: `${path} (${error.code ?? error.message})` }) })));
  const text = textOf(bytes, path);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 24);
  return text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [rowOf(i + 1, line, `bulk-${hash}-${i + 1}`)]));
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
