import type { Package } from './package.ts';
import { attribute, parseAll } from './xml.ts';

/** How a cell's number is shown: as a date, with leading zeros to a width, or as it is. */
export type Style = { readonly date: boolean; readonly zeros: number };
const plain: Style = { date: false, zeros: 0 };

/** Built-in formats that are dates or times; 27-36 and 50-58 are dates in Chinese, Japanese and Korean editions. 46 is a duration. */
const builtIn = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id === 45 || id === 47 || (id >= 50 && id <= 58);

/** yyyy"年"m"月" is a date, [h]:mm a duration and 0.00 "days" a number: what stands in quotes or brackets, or behind \ _ *, does not count. */
export function styleOf(id: number, code: string | undefined): Style {
  if (code === undefined) return { date: builtIn(id), zeros: 0 };
  if (/^0+$/.test(code)) return { date: false, zeros: code.length };
  if (/\[(?:h+|m+|s+)\]/i.test(code)) return plain;
  const bare = code.replace(/"[^"]*"?|\[[^\]]*\]|[\\_*]./g, '').replace(/general|g\/通用格式|e[+-]/gi, '');
  return { date: /[ymdhs]/i.test(bare.split(';')[0] ?? ''), zeros: 0 };
}

/** Styles by the number that cells name. */
export async function readStyles(parts: Package, path: string | undefined): Promise<readonly Style[]> {
  if (path === undefined || !parts.has(path)) return [];
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let inCells = false;
  await parseAll(parts.text(path), {
    open: (name, attributes) => {
      if (name === 'cellXfs') inCells = true;
      if (name === 'numFmt')
        codes.set(Number(attribute(attributes, 'numFmtId')), (attribute(attributes, 'formatCode') ?? '').slice(0, 255));
      if (name === 'xf' && inCells) formats.push(Number(attribute(attributes, 'numFmtId') ?? 0));
    },
    text: () => undefined,
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  const known = new Map<number, Style>();
  const style = (id: number): Style => known.get(id) ?? known.set(id, styleOf(id, codes.get(id))).get(id) ?? plain;
  return formats.map(style);
}
