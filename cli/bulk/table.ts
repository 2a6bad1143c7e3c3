import { bind } from '../../import/index.ts';
import type { SourceFile, SourceRow } from '../../import/index.ts';
import { textsOf } from '../messages.ts';
import { BulkItem, type BulkRow } from './item.ts';

/** The columns of a table of commands, by our names or in Chinese. */
const columns = {
  caseNo: { headers: ['问题编号', '案件编号'] },
  command: { headers: ['操作'] },
  data: { headers: ['内容', '操作内容'] },
  id: { headers: ['操作编号'] },
  revision: { headers: ['版本'] },
  as: { headers: ['操作人'] },
  role: { headers: ['角色'] },
} as const;
type Key = keyof typeof columns;

/** Commands from a CSV or a spreadsheet: one to a row, what is done as JSON in a cell of its own. */
export async function bulkTable(file: SourceFile, idOf: (row: number) => string): Promise<BulkRow[]> {
  const rows: BulkRow[] = [];
  for await (const sheet of file.sheets()) {
    const { header } = bind<Key>(columns, sheet.headers);
    if (header.caseNo === undefined || header.command === undefined) continue;
    for await (const row of sheet.rows()) rows.push(bulkRow(row, header, idOf(rows.length + 1)));
  }
  return rows;
}

function bulkRow(row: SourceRow, header: Readonly<Partial<Record<Key, string>>>, ownId: string): BulkRow {
  if (row.broken !== undefined) return { row: row.row, bad: row.broken };
  const cell = (key: Key): string | undefined => row.cells[header[key] ?? '']?.trim() || undefined;
  const data = dataIn(cell('data'));
  if (data === null) return { row: row.row, bad: textsOf('badJson', { what: cell('data') ?? '' }).en };
  const revision = cell('revision');
  const given = { caseNo: cell('caseNo'), command: cell('command'), data, id: cell('id'), revision: revision === undefined ? undefined : Number(revision), as: cell('as'), role: cell('role') };
  const parsed = BulkItem.safeParse(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  if (!parsed.success) return { row: row.row, bad: parsed.error.issues.map((i) => `${i.path.map(String).join('.')}: ${i.message}`).join('; ') };
  return { row: row.row, item: parsed.data, commandId: parsed.data.id ?? ownId };
}

/** Nothing is an empty payload; null for what is no JSON. */
function dataIn(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return null;
  }
}
