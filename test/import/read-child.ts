/** Reads one file and says how many rows it has and how far the memory of the process rose: `read-child.ts PATH`. */
import { openTable } from '../../import/table/index.ts';

const [path = ''] = process.argv.slice(2);
// Not the system's own peak: a child begins with that of its parent.
let peak = 0;
const sample = (): void => void (peak = Math.max(peak, process.memoryUsage.rss()));
const before = process.memoryUsage.rss();
const file = await openTable(path);
let rows = 0;
let letters = 0;
for await (const sheet of file.sheets()) {
  for await (const row of sheet.rows()) {
    if ((rows += 1) % 500 === 0) sample();
    letters += Object.values(row.cells).reduce((sum, text) => sum + text.length, 0);
  }
}
await file.close();
const grownMb = Math.round((peak - before) / 2 ** 20);
process.stdout.write(`${JSON.stringify({ rows, letters, grownMb })}\n`);
