import { type Pii, masks } from '../../schemas/index.ts';
import type { Counts, RowError } from '../row.ts';
import { type PrivateFile, privateFile } from './private-file.ts';

export type JsonReport = { add(error: RowError): Promise<void>; finish(counts: Counts): Promise<void>; abandon(): Promise<void> };

/** Which columns are whose secret, by header; what the caller does not name is shown with the numbers in it masked. */
export type Personal = Readonly<Record<string, Pii>>;

function shown({ column, value }: RowError, personal: Personal): string {
  const kind = column !== null && Object.hasOwn(personal, column) ? personal[column] : 'text';
  return kind === undefined || kind === 'aside' ? '' : masks[kind](value);
}

/**
 * `{"file": "差评.xlsx", "errors": [{"sheet", "row", "column", "value", "rule", "zh", "en"}], "counts": {...}}`, one error a line.
 * Counts stand at the end because errors are written as they come.
 */
export async function jsonReport(path: string, { file, personal = {} }: { file: string; personal?: Personal }): Promise<JsonReport> {
  const out: PrivateFile = privateFile(path);
  let count = 0;
  await out.write(`{"file":${JSON.stringify(file)},"errors":[`);
  return {
    add: async (error) => out.write(`${count++ === 0 ? '' : ','}\n${JSON.stringify({ ...error, value: shown(error, personal) })}`),
    finish: async (counts) => {
      await out.write(`\n],"counts":${JSON.stringify(counts)}}\n`);
      await out.finish();
    },
    abandon: () => out.abandon(),
  };
}
