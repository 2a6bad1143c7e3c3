import { type Cell, type Cells, isEmpty, sideHeader } from './cell.ts';

/** Is this row the one that names the columns? Given the texts of its cells, '' where empty. */
export type IsHeader = (cells: readonly string[]) => boolean;

/** How many rows may stand above a header: titles, units, dates. */
export const headerWindow = 20;

const textOf = (cell: Cell | undefined): string => cell?.text.trim() ?? '';
export const textsOf = (cells: Cells): string[] => Array.from(cells, textOf);
const filled = (cells: Cells): number => Array.from(cells).filter((c) => !isEmpty(c)).length;

/**
 * The first row that the caller knows for a header; else the first with two or more cells (a title above it has one); else, of a list
 * of one column, its first row that holds anything. -1 where all rows are empty.
 * @param own cells without what merged ranges lend them: a title over ten columns is one cell
 */
export function headerIndex(rows: readonly { own: Cells; cells: Cells }[], isHeader?: IsHeader): number {
  const known = isHeader ? rows.findIndex((r) => filled(r.own) > 0 && isHeader(textsOf(r.cells))) : -1;
  if (known >= 0) return known;
  const wide = rows.findIndex((r) => filled(r.own) >= 2);
  return wide >= 0 ? wide : rows.findIndex((r) => filled(r.own) > 0);
}

/** 责任单位/牵头 and 责任单位/配合 under one heading: only where the lower line alone would name two columns alike. */
function pathOf(levels: readonly string[]): string {
  return levels.filter((text, i) => text !== '' && text !== levels[i - 1]).join('/');
}

const lowest = (levels: readonly string[]): string => levels.findLast((text) => text !== '') ?? '';

/**
 * One name for each column, from the lines of a header, upper first: the lower cell, `upper/lower` where the lower repeats, 备注(2)
 * where that repeats too, and the letter of the column where there is no name.
 */
export function headersOf(lines: readonly Cells[]): string[] {
  const width = Math.max(0, ...lines.map((l) => l.length));
  const columns = Array.from({ length: width }, (_, i) => lines.map((l) => textOf(l[i])));
  const short = columns.map(lowest);
  const names = columns.map((levels, i) => (short.filter((s) => s === short[i]).length > 1 ? pathOf(levels) : (short[i] ?? '')));
  const taken = new Set<string>();
  return names.map((name, i) => {
    const free = unused(name === '' ? sideHeader(i) : name, taken);
    taken.add(free);
    return free;
  });
}

function unused(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let n = 2;
  while (taken.has(`${name}(${n})`)) n += 1;
  return `${name}(${n})`;
}
