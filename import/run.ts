import { caseError } from '../schemas/index.ts';
import { type Incoming, type IntakeDeps, type Taken, kept, rejected, takeIn } from './intake.ts';
import type { MapContext } from './map/context.ts';
import { type Binding, bind } from './map/header.ts';
import { kindOfSheet, kinds } from './map/index.ts';
import type { SheetKind } from './map/kind.ts';
import type { Kind } from './map/map-file.ts';
import { errorOf } from './map/reading.ts';
import { type Own, changedIn } from './own.ts';
import { withRaters } from './rater.ts';
import { rehearsal } from './rehearse.ts';
import type { Counts, RowError, SourceFile, SourceRow, SourceSheet } from './row.ts';

export type ImportDeps = IntakeDeps & { readonly context: MapContext };
export type ImportOptions = {
  /** What the sheets are; told from their headers when not given. */
  readonly kind?: Kind;
  /** Reads and judges every row, changes nothing. */
  readonly dryRun?: boolean;
  /** Rows in one transaction. */
  readonly chunk?: number;
  readonly onProgress?: (counts: Counts) => void;
  /** Every cell that keeps its row out. */
  readonly onError: (error: RowError) => void | Promise<void>;
  /** What became of every row that reads well, in the order of the file. */
  readonly onRow?: (taken: Taken) => void;
};
export type SheetSummary = { readonly sheet: string | null; readonly kind: Kind; readonly counts: Counts; readonly unknownColumns: readonly string[] };
export type ImportSummary = { readonly dryRun: boolean; readonly counts: Counts; readonly opened: number; readonly sheets: readonly SheetSummary[] };

const usualChunk = 500;
const none: Counts = { read: 0, accepted: 0, duplicate: 0, rejected: 0 };
const sum = (a: Counts, b: Counts): Counts => ({ read: a.read + b.read, accepted: a.accepted + b.accepted, duplicate: a.duplicate + b.duplicate, rejected: a.rejected + b.rejected });
const total = (sheets: readonly SheetSummary[]): Counts => sheets.reduce((all, s) => sum(all, s.counts), none);

/** Reads a file into the ledger, sheet by sheet, chunk by chunk. @throws BAD-INPUT when no sheet is of a known kind */
export async function importFile(deps: ImportDeps, file: SourceFile, options: ImportOptions): Promise<ImportSummary> {
  const { map } = deps.context;
  const sheets: SheetSummary[] = [];
  let opened = 0;
  for await (const sheet of file.sheets()) {
    if (map.sheet !== undefined && sheet.name !== map.sheet) continue;
    const kind = options.kind ?? map.kind ?? kindOfSheet(sheet.headers);
    if (kind === null) continue;
    const before = total(sheets);
    const done = await importSheet(deps, sheet, kinds[kind], { ...options, onProgress: (c) => options.onProgress?.(sum(before, c)) });
    sheets.push({ sheet: sheet.name, kind, counts: done.counts, unknownColumns: done.unknown });
    opened += done.opened;
  }
  if (sheets.length === 0) throw caseError('BAD-INPUT', { field: 'file', zh: '看不出是哪一类文件, 请用 --kind 指明', en: 'no sheet of a known kind: say which with --kind' });
  return { dryRun: options.dryRun ?? false, counts: total(sheets), opened, sheets };
}

/** @throws BAD-INPUT when the sheet lacks a column without which its rows mean nothing */
function bindingOf(kind: SheetKind, sheet: SourceSheet, map: MapContext['map']): Binding {
  const binding = bind(kind.columns, sheet.headers, map.columns);
  const missing = kind.needs.filter((key) => binding.header[key] === undefined);
  if (missing.length === 0) return binding;
  const named = missing.map((key) => `${key} (${kind.columns[key]?.headers[0] ?? ''})`).join(', ');
  throw caseError('BAD-INPUT', { field: sheet.name ?? 'file', zh: `缺少列 ${named}`, en: `columns are missing: ${named}` });
}

type Done = { counts: Counts; opened: number; unknown: readonly string[] };

async function importSheet(deps: ImportDeps, sheet: SourceSheet, kind: SheetKind, options: ImportOptions): Promise<Done> {
  const binding = bindingOf(kind, sheet, deps.context.map);
  const keep = options.dryRun ? rehearsal(deps) : (chunk: readonly Incoming[]) => takeIn(deps, chunk);
  const take = async (chunk: readonly Incoming[]): Promise<Taken[]> => keep(await withRaters(deps.ledger, chunk));
  const tally = tallying(options);
  let chunk = new Map<string, Incoming>();
  const flush = async (): Promise<void> => {
    if (chunk.size > 0) for (const taken of await take([...chunk.values()])) await tally.took(taken);
    chunk = new Map();
    options.onProgress?.(tally.counts());
  };
  for await (const row of sheet.rows()) {
    const read = readRow(row, kind, binding, deps.context);
    const mine = read.own ? await ownTaken(deps, row, binding, read.own) : null;
    if (mine) {
      await tally.took(mine);
      continue;
    }
    if ('errors' in read) {
      await tally.refused(read.errors);
      continue;
    }
    // A key that stands twice is judged against the first one, which must be on record by then.
    if (chunk.has(read.key) || chunk.size >= (options.chunk ?? usualChunk)) await flush();
    chunk.set(read.key, read);
  }
  await flush();
  return { counts: tally.counts(), opened: tally.opened(), unknown: binding.unknown };
}

/** A row that this ledger wrote: the case stands here, and the row says the same or was changed. Null for a number of somebody else's. */
async function ownTaken({ ledger, context }: ImportDeps, row: SourceRow, binding: Binding, own: Own): Promise<Taken | null> {
  const board = await ledger.problem(own.caseNo);
  if (!board) return null;
  const changed = changedIn(own, board, context);
  const at = { row: { sheet: row.sheet, row: row.row }, key: own.caseNo, keyColumn: binding.header['no'] ?? null, explained: own.caseNo };
  return { ...(changed.length === 0 ? kept(at, 'same') : rejected(at, 'OTHER-CONTENT', changed.join('、'))), caseNo: own.caseNo };
}

type Read = (Incoming & { own?: Own | null }) | { errors: readonly RowError[]; own?: Own | null };
function readRow(row: SourceRow, kind: SheetKind, binding: Binding, ctx: MapContext): Read {
  if (row.broken !== undefined) return { errors: [errorOf(row, null, '', 'BROKEN-ROW', row.broken)] };
  const mapped = kind.map(row, binding, ctx);
  if ('errors' in mapped) return mapped;
  return { row: { sheet: row.sheet, row: row.row }, keyColumn: binding.header[kind.needs[0] ?? ''] ?? null, ...mapped };
}

/** Counts that add up: every row is read once, and accepted, a duplicate, or rejected. */
function tallying(options: Pick<ImportOptions, 'onError' | 'onRow'>) {
  let counts = none;
  const opened = new Set<string>();
  const add = (outcome: 'accepted' | 'duplicate' | 'rejected'): void => void (counts = { ...counts, read: counts.read + 1, [outcome]: counts[outcome] + 1 });
  return {
    counts: () => counts,
    opened: () => opened.size,
    refused: async (errors: readonly RowError[]): Promise<void> => {
      add('rejected');
      for (const error of errors) await options.onError(error);
    },
    took: async (taken: Taken): Promise<void> => {
      add(taken.outcome);
      if (taken.opened && taken.caseNo !== null) opened.add(taken.caseNo);
      if (taken.error) await options.onError(taken.error);
      options.onRow?.(taken);
    },
  };
}
