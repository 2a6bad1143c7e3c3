import type { Pii } from '../../schemas/index.ts';

/** A column that a kind of file may have: our name, the headers it goes by (wire names and Chinese ones), and whose secret it is. */
export type Column = { readonly headers: readonly string[]; readonly personal?: Pii };
export type Columns = Readonly<Record<string, Column>>;

/** Which header of the sheet holds which of our columns, and what is left over. */
export type Binding<K extends string = string> = { readonly header: Readonly<Partial<Record<K, string>>>; readonly unknown: readonly string[] };

/** 评价时间（必填） and `* 评价时间` are 评价时间: width, blanks, marks and remarks in brackets do not make another column. */
export const plainHeader = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^[*#]+|[*:]+$/g, '')
    .replace(/\((?:必填|选填|可选|文本|yyyy[^)]*)\)/gi, '')
    .toLowerCase();

/** Binds a sheet's headers; `named` (the map file) goes before the aliases, and the first header of a name wins. */
export function bind<K extends string>(columns: Readonly<Record<K, Column>>, headers: readonly string[], named: Readonly<Record<string, string>> = {}): Binding<K> {
  const free = new Set(headers);
  const header: Partial<Record<K, string>> = {};
  const take = (key: K, wanted: readonly string[]): void => {
    const found = headers.find((h) => free.has(h) && wanted.some((w) => plainHeader(w) === plainHeader(h)));
    if (found === undefined || header[key] !== undefined) return;
    header[key] = found;
    free.delete(found);
  };
  const keys = Object.keys(columns) as K[];
  for (const key of keys) if (named[key] !== undefined) take(key, [named[key]]);
  for (const key of keys) take(key, [key, ...columns[key].headers]);
  return { header, unknown: headers.filter((h) => free.has(h)) };
}

/** How many of a kind's columns a sheet has: the kind of a file is the one that fits best. */
export const fitOf = (columns: Columns, headers: readonly string[]): number => Object.keys(bind(columns, headers).header).length;
