import { columnsOf } from '../export/columns.ts';
import { type Column, type Names, exportKinds } from '../export/column.ts';
import { cellOf } from '../export/cell.ts';
import { CaseNo, type Board } from '../schemas/index.ts';

/**
 * A row that this ledger wrote itself (导出的台账) is known by its own number when it comes back. It must say what the ledger says: what
 * somebody changed in the file is no act, and is sent back with the names of the columns.
 */
export type Own = { readonly caseNo: string; readonly cells: Readonly<Record<string, string>> };

export const ownRow = (number: string | undefined, cells: Own['cells']): Own | null => (number !== undefined && CaseNo.safeParse(number).success ? { caseNo: number, cells } : null);

/** The list of ours whose columns the row has: the one that fits best. */
function layoutOf(cells: Own['cells']): readonly Column[] {
  const fits = exportKinds.filter((kind) => kind !== 'tasks').map((kind) => columnsOf(kind));
  const fit = (columns: readonly Column[]): number => columns.filter((c) => Object.hasOwn(cells, c.zh)).length / columns.length;
  return fits.toSorted((a, b) => fit(b) - fit(a))[0] ?? [];
}

const textOf = (column: Column, board: Board, names: Names): string => String(cellOf(column, column.of({ n: 0, board, task: null }, names)) ?? '');

/** Columns of ours in which the row says something else than the ledger; the running number counts for nothing. */
export function changedIn({ cells }: Own, board: Board, names: Names): string[] {
  const columns = layoutOf(cells).filter((c) => c.key !== 'n');
  return columns.filter((c) => (cells[c.zh] ?? '').trim() !== textOf(c, board, names).trim()).map((c) => c.zh);
}
