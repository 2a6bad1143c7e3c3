/** Files of 200,000 rows are read in the memory of a few: measured in a process of its own, by what it needs more for ten times the rows. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { inFolder } from '../support/table.ts';
import { parts, textRow, zip } from '../support/zip.ts';

type Read = { rows: number; letters: number; grownMb: number };

async function readInChild(path: string): Promise<Read> {
  const child = new URL('./read-child.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child, path]);
  return JSON.parse(stdout) as Read;
}

/** Twenty letters that do not pack away to nothing. */
const words = (n: number): string => createHash('sha256').update(String(n)).digest('hex').slice(0, 20);

function xlsxRow(n: number): string {
  const number = [...'ABCDEF'].map((c, i) => `<c r="${c}${n + 2}"><v>${n * 7 + i}</v></c>`).join('');
  return `<row r="${n + 2}">${number}<c r="G${n + 2}" t="s"><v>${n}</v></c><c r="H${n + 2}" t="inlineStr"><is><t>${words(n)}</t></is></c></row>`;
}

const header = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const numbersTo = (rows: number): number[] => Array.from({ length: rows }, (_, n) => n);

const writers = {
  xlsx: (rows: number): Buffer =>
    zip(
      parts({
        sheets: [textRow(1, ...header) + numbersTo(rows).map(xlsxRow).join('')],
        strings: numbersTo(rows)
          .map((n) => `<si><t>${words(n + 1)}</t></si>`)
          .join(''),
      }),
    ),
  csv: (rows: number): Buffer =>
    Buffer.from(
      `${header.join(',')}\n${numbersTo(rows)
        .map((n) => `${n},1,2,3,4,5,"${words(n)}",慢\n`)
        .join('')}`,
    ),
  jsonl: (rows: number): Buffer =>
    Buffer.from(
      numbersTo(rows)
        .map((n) => `${JSON.stringify({ a: n, b: { c: words(n) }, d: '慢', e: 1, f: 2 })}\n`)
        .join(''),
    ),
};

it.each(Object.keys(writers) as (keyof typeof writers)[])('200,000 rows of %s need little more memory than 20,000', async (format) => {
  await inFolder(async (folder) => {
    const measure = async (rows: number): Promise<Read & { size: number }> => {
      const path = join(folder, `${rows}.${format}`);
      await writeFile(path, writers[format](rows));
      return { ...(await readInChild(path)), size: (await stat(path)).size };
    };
    const [few, many] = [await measure(20_000), await measure(200_000)];
    expect([few.rows, many.rows]).toEqual([20_000, 200_000]);
    expect(many.letters).toBeGreaterThan(10 * few.letters);
    // Shared strings are kept, packed; everything else passes through.
    expect(many.grownMb - few.grownMb).toBeLessThan(80);
  });
});
