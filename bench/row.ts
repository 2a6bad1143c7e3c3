/** One line of the table. `aim` is what was aimed at; missing it is a finding, not a failure. */
export type Row = { question: string; zh: string; measured: number; unit: string; aim?: { atMost: number } | { atLeast: number }; note?: string };

export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => [`${row.zh} · ${row.question}`, `${shown(row.measured)} ${row.unit}`.trim(), aimOf(row), met(row), row.note ?? '']);
  const all = [['', '实测 measured', '目标 aim', '', ''], ...lines];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((line) => widthOf(line[column] ?? ''))));
  return all.map((line) => line.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell))).join('  ').trimEnd()).join('\n');
}

const aimOf = ({ aim }: Row): string => (aim === undefined ? '' : 'atMost' in aim ? `<= ${aim.atMost}` : `>= ${aim.atLeast}`);
const met = ({ aim, measured }: Row): string => (aim === undefined ? '' : ('atMost' in aim ? measured <= aim.atMost : measured >= aim.atLeast) ? '✓' : '✗');
const shown = (value: number): string => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : String(Math.round(value * 100) / 100));
const widthOf = (text: string): number => [...text].reduce((sum, char) => sum + (/[\u2e80-\uffef]/.test(char) ? 2 : 1), 0);
