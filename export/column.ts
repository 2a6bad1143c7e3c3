import type { Board, Calendar, Directory } from '../schemas/index.ts';

/** The lists of the ledger of problems (domain 1.6) that are written as tables: 问题清单, 责任清单, 任务清单, and 台账 (销号表). */
export const exportKinds = ['problems', 'responsibilities', 'tasks', 'closures'] as const;
export type ExportKind = (typeof exportKinds)[number];
export const sheetNames: Readonly<Record<ExportKind, string>> = { problems: '问题清单', responsibilities: '责任清单', tasks: '任务清单', closures: '销号台账' };

/** Names for ids, and the calendar by which instants are dates. */
export type Names = { readonly directory: Directory | null; readonly calendar: Calendar };
/** One row: a case, or a task of it. `n` counts rows from 1. */
export type Row = { readonly n: number; readonly board: Board; readonly task: Board['tasks'][number] | null };

/**
 * What a cell holds. `id` and `text` are text, `date` a civil date, `rate` a share of 1. A `list` takes one of `words`; other words that
 * people write for the same are up to the reader.
 */
export type ValueKind = 'id' | 'text' | 'list' | 'date' | 'count' | 'rate';
export type Column = {
  readonly key: string;
  readonly zh: string;
  /** Other headers under which the column is known. */
  readonly aliases: readonly string[];
  readonly kind: ValueKind;
  /** Value -> word, for a `list`. */
  readonly words?: Readonly<Record<string, string>>;
  readonly width: number;
  /** Dates as `2026-03-02`. */
  readonly of: (row: Row, names: Names) => string | number | null;
};
