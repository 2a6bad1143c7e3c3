import type { SourceRow, SourceSheet } from '../row.ts';
import { type Cell, brokenRow, cellOf, rowOf } from './cell.ts';
import { type Limits, within } from './limits.ts';
import { numberCell } from './number.ts';

type Line = { readonly row: number; readonly text: string | null };
type Flat = Map<string, Cell>;

/** Lines of a text, empty ones too; null for one beyond the limit, of which nothing is kept. */
export async function* linesOf(texts: AsyncIterable<string>, limit: number): AsyncGenerator<Line> {
  let row = 1;
  let open: string | null = '';
  const grown = (part: string): string | null => (open === null || open.length + part.length > limit ? null : open + part);
  for await (const text of texts) {
    const parts = text.split('\n');
    for (const part of parts.slice(0, -1)) {
      yield { row: row++, text: grown(part) };
      open = '';
    }
    open = grown(parts.at(-1) ?? '');
  }
  yield { row, text: open };
}

const deepest = 16;

/** Puts a value at its dotted path: {"rater": {"mobile": "..."}} is rater.mobile, ["510", "517"] is 510,517. @returns why it cannot */
function flatten(value: unknown, path: string, into: Flat, limits: Limits, depth = 0): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (depth > deepest) return `嵌套超过${deepest}层 (nested more than ${deepest} deep)`;
  if (typeof value === 'object' && !isList(value)) {
    return Object.entries(value).reduce<string | undefined>(
      (why, [key, inner]) => why ?? flatten(inner, path === '' ? key : `${path}.${key}`, into, limits, depth + 1),
      undefined,
    );
  }
  if (into.has(path)) return `字段重复: ${path} (the same field twice)`;
  into.set(path, cell(value, limits));
  return undefined;
}

const isList = (value: object): value is (string | number | boolean | null)[] =>
  Array.isArray(value) && value.every((v) => v === null || typeof v !== 'object');

function cell(value: unknown, limits: Limits): Cell {
  if (typeof value === 'number') return numberCell(String(value)) ?? { text: String(value) };
  return cellOf(Array.isArray(value) ? value.map((v) => v ?? '').join(',') : String(value), limits);
}

export const blank = (line: Line): boolean => line.text !== null && line.text.trim() === '';

/** The object of a line; undefined where it is none. The parser's own words are not passed on: they quote the line. */
export function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value === null || typeof value !== 'object' || Array.isArray(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** @returns the fields of a line, or why it has none */
function read(line: Line, limits: Limits): Flat | string {
  if (line.text === null) return `超过${limits.lineLength}字 (longer than ${limits.lineLength} characters)`;
  const object = objectIn(line.text);
  if (object === undefined) return '不是 JSON 对象 (not a JSON object)';
  const flat: Flat = new Map();
  const why = flatten(object, '', flat, limits);
  within(limits, 'columns', flat.size);
  return why ?? flat;
}

async function* rowsOf(texts: AsyncIterable<string>, headers: readonly string[], limits: Limits): AsyncGenerator<SourceRow> {
  let count = 0;
  for await (const line of linesOf(texts, limits.lineLength)) {
    if (blank(line)) continue;
    within(limits, 'rows', (count += 1));
    const flat = read(line, limits);
    if (typeof flat === 'string') yield brokenRow(null, line.row, flat);
    else yield rowOf(null, { row: line.row, cells: headers.map((h) => flat.get(h)) }, headers);
  }
}

/** The fields of all lines, in the order in which they first appear: a field may turn up in the last line only. */
async function fieldsOf(texts: AsyncIterable<string>, limits: Limits): Promise<string[]> {
  const names = new Set<string>();
  for await (const line of linesOf(texts, limits.lineLength)) {
    const flat = blank(line) ? '' : read(line, limits);
    if (typeof flat !== 'string') for (const name of flat.keys()) names.add(name);
    within(limits, 'columns', names.size);
  }
  return [...names];
}

/** The one sheet of a JSONL file, one object a line. `open` reads the text from its start: once for the fields, once for the rows. */
export async function* jsonlSheets(open: () => AsyncIterable<string>, limits: Limits): AsyncGenerator<SourceSheet> {
  const headers = await fieldsOf(open(), limits);
  yield { name: null, headers, headerRow: 0, rows: () => rowsOf(open(), headers, limits) };
}
