import { maskText } from '../schemas/index.ts';
import type { Cell } from './book.ts';
import type { Column } from './column.ts';
import { guardText } from './guard.ts';

/** A cell of a spreadsheet holds no more. */
const mostChars = 32_000;

/** What XML can hold, with one kind of line end, not too long, and never a formula. */
export function cellText(text: string): string {
  // eslint-disable-next-line no-control-regex
  const clean = text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD');
  return guardText(clean.length > mostChars ? `${clean.slice(0, mostChars).toWellFormed()}…` : clean);
}

/** A value as it is written: texts masked and guarded, dates and numbers as they are. */
export function cellOf({ kind }: Pick<Column, 'kind'>, value: string | number | null): Cell {
  if (typeof value !== 'string' || kind === 'date') return value;
  return cellText(kind === 'text' ? maskText(value) : value);
}
