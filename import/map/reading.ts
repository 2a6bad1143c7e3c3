import { type Pii, masks } from '../../schemas/index.ts';
import type { CellFault, RowError, SourceRow } from '../row.ts';
import { type ImportRule, importRules } from '../rules.ts';
import { reasonHeader } from '../report/bad-rows.ts';
import type { Binding, Column } from './header.ts';

/** What reading one cell gives: a value, or the rule that it breaks. */
export type Value<T> = { readonly value: T } | { readonly rule: ImportRule; readonly because?: string };
export type Parse<T> = (text: string) => Value<T>;
export const ok = <T>(value: T): Value<T> => ({ value });
export const wrong = (rule: ImportRule, because?: string): Value<never> => ({ rule, ...(because === undefined ? {} : { because }) });

const faultRules: Readonly<Record<CellFault, ImportRule>> = { precisionLost: 'PRECISION-LOST', formula: 'FORMULA', error: 'CELL-ERROR', tooLong: 'TOO-LONG' };

/** One row being read: every cell is asked for by the name of its column; what is wrong is collected, so that a row is sent back once. */
export type Reading<K extends string> = {
  readonly errors: readonly RowError[];
  text(key: K): string | undefined;
  optional<T>(key: K, parse: Parse<T>): T | undefined;
  required<T>(key: K, parse: Parse<T>): T | undefined;
  /** The cell is wrong for a reason that only several cells show. */
  blame(key: K, rule: ImportRule, because?: string): void;
  /** Cells of columns that nobody knows, by header; and those of `also`, whose own words are kept where something shorter stands for them. */
  aside(...also: K[]): Record<string, string> | undefined;
};

export function reading<K extends string>(row: SourceRow, columns: Readonly<Record<K, Column>>, binding: Binding<K>): Reading<K> {
  const errors: RowError[] = [];
  const blamed = new Set<string>();
  const headerOf = (key: K): string | undefined => binding.header[key];
  const cell = (key: K): string | undefined => {
    const text = row.cells[headerOf(key) ?? '']?.trim();
    return text === undefined || text === '' ? undefined : text;
  };
  const blame = (key: K, rule: ImportRule, because?: string): void => {
    if (blamed.has(key)) return;
    blamed.add(key);
    errors.push(errorOf(row, headerOf(key) ?? columns[key].headers[0] ?? key, cell(key) ?? '', rule, because, columns[key].personal));
  };
  const spoiled = (key: K): boolean => {
    const fault = row.faults[headerOf(key) ?? ''];
    if (fault !== undefined) blame(key, faultRules[fault]);
    return fault !== undefined;
  };
  const optional = <T>(key: K, parse: Parse<T>): T | undefined => {
    if (spoiled(key)) return undefined;
    const text = cell(key);
    if (text === undefined) return undefined;
    const read = parse(text);
    if ('value' in read) return read.value;
    blame(key, read.rule, read.because);
    return undefined;
  };
  const required = <T>(key: K, parse: Parse<T>): T | undefined => {
    const value = optional(key, parse);
    if (value === undefined) blame(key, 'REQUIRED');
    return value;
  };
  const aside = (...also: K[]): Record<string, string> | undefined => {
    const known = new Set<string | undefined>(Object.values(binding.header));
    // What stands behind the last header has a name of its own; the reasons of an earlier report are ours, not the file's.
    const strange = Object.keys(row.cells).filter((h) => !known.has(h) && h !== reasonHeader);
    const kept = [...strange, ...also.map((key) => headerOf(key) ?? '')].flatMap((h) => (row.cells[h]?.trim() ? [[h.slice(0, 200), row.cells[h].slice(0, 4000)] as const] : []));
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  };
  return { errors, text: cell, optional, required, blame, aside };
}

/** An error report names the cell and shows its value, masked where the column is somebody's secret. */
export function errorOf(row: Pick<SourceRow, 'sheet' | 'row'>, column: string | null, value: string, rule: ImportRule, because?: string, personal?: Pii): RowError {
  const words = importRules[rule];
  const shown = personal === undefined ? masks.text(value) : personal === 'aside' ? '' : masks[personal](value);
  const more = because === undefined ? '' : `: ${because}`;
  return { sheet: row.sheet, row: row.row, column, value: shown.slice(0, 200), rule, zh: `${words.zh}${more}`, en: `${words.en}${more}` };
}
