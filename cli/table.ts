import stringWidth from 'string-width';

/** Columns of a terminal that a text takes. */
export const widthOf = (text: string): number => stringWidth(text);

/** Pads to so many columns of a terminal: a Chinese character takes two. */
export const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - stringWidth(text)));

/** Aligned columns with two blanks between; the last is not padded. An empty table has its heading only. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heading, ...rows];
  const widths = heading.map((_, i) => Math.max(...all.map((row) => stringWidth(row[i] ?? ''))));
  const line = (row: readonly string[]): string => row.map((cell, i) => (i === row.length - 1 ? cell : pad(cell, widths[i] ?? 0))).join('  ').trimEnd();
  return all.map(line).join('\n');
}

/** `name  value` lines, aligned; those without a value are left out. */
export function facts(pairs: readonly (readonly [string, string | null])[]): string {
  const given = pairs.filter((p): p is readonly [string, string] => p[1] !== null && p[1] !== '');
  const width = Math.max(0, ...given.map(([name]) => stringWidth(name)));
  return given.map(([name, value]) => `${pad(name, width)}  ${value}`).join('\n');
}
