/** The page on time that supervisors read: each line of it is typed, and answers as the page says. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run.ts';
import { root } from '../../support/source.ts';

const page = await readFile(join(root, 'docs/time.md'), 'utf8');
const lines = [...page.matchAll(/^(xiaohao calendar .+?) +# (.+)$/gm)].map(([, command = '', says = '']) => [command, says] as const);

/** A folder without a ledger: what ships is in force. */
async function typed(command: string, ...more: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let [stdout, stderr] = ['', ''];
  const words = [...command.replace(/^xiaohao /, '').matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const stream = (add: (text: string) => void) => ({ write: (text: string) => add(text) });
  const around = { stdout: stream((t) => (stdout += t)), stderr: stream((t) => (stderr += t)), env: { XIAOHAO_DATA: '/nonexistent/xiaohao-time-doc' }, now: () => 0 };
  return { code: await runCli([...words, ...more], around), stdout, stderr };
}

describe('docs/time.md', () => {
  it('has its examples', () => expect(lines.length).toBeGreaterThanOrEqual(13));

  it.each(lines)('%s gives %s', async (command, says) => {
    const { code, stdout } = await typed(command);
    const [answer = '', ...why] = says.split('  ');
    expect([code, stdout]).toEqual([0, expect.stringContaining(answer)]);
    expect(stdout.includes('暂定')).toBe(why.join(' ').includes('暂定'));
  });

  it('shows the document of --json to the letter', async () => {
    const { stdout } = await typed('xiaohao calendar due --from 2026-02-13 --amount 3 --unit workingDay', '--json');
    expect(page).toContain(`\`${stdout.trim()}\``);
  });
});

describe('xiaohao calendar', () => {
  it.each([
    ['due --from 2026-02-30 --amount 3 --unit workingDay', 'from'],
    ['due --from 2026-02-13T25:00 --amount 3 --unit workingDay', 'from'],
    ['due --from 9999-12-31 --amount 3 --unit workingDay', 'from'],
    ['due --from 2026-02-13 --amount 1.5 --unit workingDay', 'amount'],
    ['due --from 2026-02-13 --amount 1e9 --unit hour', 'amount'],
    ['due --from 2026-02-13 --amount 3661 --unit calendarDay', 'amount'],
    ['due --from 2026-02-13 --amount 3 --unit wd', 'unit'],
    ['between 2026-02-13 2026-02-31 --unit workingDay', 'b'],
    ['show 26', 'year'],
    ['show 2026 --edition nowhere', 'edition'],
  ])('%s is refused by its field', async (command, field) => {
    const { code, stdout } = await typed(`xiaohao calendar ${command}`, '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { error: { code: 'BAD-INPUT', field } }]);
  });

  it('shows a year outside its coverage as provisional, and one inside with its notice', async () => {
    const [inside, outside] = [await typed('xiaohao calendar show 2025', '--json'), await typed('xiaohao calendar show 2027', '--json')].map((r) => JSON.parse(r.stdout) as { provisional: boolean; source: string | null; workingDays: number[] });
    expect(inside).toMatchObject({ provisional: false, source: expect.stringContaining('2024-11-12') as string });
    expect(inside?.workingDays.reduce((a, b) => a + b, 0)).toBe(248);
    expect(outside).toMatchObject({ provisional: true, source: null });
  });

  it('adopts nothing where nothing runs, nor without somebody who does it', async () => {
    expect(await typed('xiaohao calendar adopt cn-2026', '--json')).toMatchObject({ code: 2 });
    expect(await typed('xiaohao calendar adopt cn-2026 --dry-run', '--json')).toMatchObject({ code: 1, stdout: expect.stringContaining('NOT-RUNNING') as string });
  });
});
