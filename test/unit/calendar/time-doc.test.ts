/** The page on time that supervisors read: each line of it is typed, and answers as the page says. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, compileCalendar, dateAt, dueOn, endOfDay, epochDay, explainDue, instantOfMark, policyPart, spentAt, toCivil, whenSpent, workingDaysBetween } from '../../../cases/index.ts';
import { dueBy } from '../../../cases/due.ts';
import { dayLines } from '../../../cli/explain-page.ts';
import { runCli } from '../../../cli/run.ts';
import { defaultPack, newestEdition } from '../../../cli/seed.ts';
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

const { calendar, policy } = (await defaultPack()).pack;
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const two = (n: number): string => String(n).padStart(2, '0');
const minute = (instant: number): string => {
  const { ms } = toCivil(calendar, instant);
  return ms === 0 ? `${dateAt(calendar, instant - 1)} 24:00` : `${dateAt(calendar, instant)} ${two(Math.floor(ms / 3_600_000))}:${two(Math.floor((ms % 3_600_000) / 60_000))}`;
};
const cells = (first: RegExp): string[][] => page.split('\n').flatMap((l) => { const row = l.split('|').slice(1, -1).map((c) => c.trim()); return l.startsWith('|') && first.test(row.join('|')) ? [row] : []; });
const units: Record<string, 'wd' | 'd' | 'h'> = { 个工作日: 'wd', 日: 'd', 小时: 'h' };

/** A limit as the table of the page writes it: from when, how much, suspended from and to, extended to. */
function limitIn(from: string, text: string): Parameters<typeof instantOfMark>[1] {
  const [, n = '', unit = '', a = '', b = '', date = ''] = /^([\d.]+)(个工作日|日|小时)(?:, 暂缓 (.+) 至 (.+)|, 延期至 (.+))?$/.exec(text) ?? [];
  const amount = { amount: Number(n), unit: units[unit] ?? 'wd' };
  const d = { since: at(from), due: dueBy(calendar, at(from), amount).instant, amount, countedFrom: at(from), spent: 0 };
  if (date !== '') return { ...d, due: dueOn(calendar, date).instant };
  if (a === '') return d;
  const left = workingDaysBetween(calendar, epochDay(dateAt(calendar, at(a))), epochDay(dateAt(calendar, d.due - 1)));
  return { ...d, due: endOfDay(calendar, addWorkingDays(calendar, epochDay(dateAt(calendar, at(b))), left).day), countedFrom: at(b), spent: spentAt(calendar, d, at(a)) };
}
const markOf = (d: Parameters<typeof instantOfMark>[1], m: ReturnType<typeof marks>[number]): string => {
  const instant = instantOfMark(calendar, d, m.at);
  return instant === null ? '—' : instant <= d.since ? '没有' : minute(instant);
};
const marks = () => policyPart(policy, 'marks').filter((m) => m.command !== 'fallOverdue');

describe('reminders and alerts on the page', () => {
  const rows = cells(/^2026-\S+ \S+\|[\d.]+(个工作日|日|小时)/);
  it('has its tables', () => expect([rows.length, cells(/^2026-.+\|\d\/\d\|/).length]).toEqual([8, 3]));

  it.each(rows)('a limit from %s, %s ends at %s and is told of at %s, %s, %s, %s', (from = '', text = '', ...says) => {
    const d = limitIn(from, text);
    expect([minute(d.due), ...marks().map((m) => markOf(d, m))]).toEqual(says);
  });

  it.each(cells(/^2026-.+\|\d\/\d\|/))('work from %s to %s with %s done is behind at %s', (from = '', to = '', tasks = '', says = '') => {
    const [done = 0, all = 1] = tasks.split('/').map(Number);
    const share = done / all + policyPart(policy, 'thresholds').behindPoints / 100;
    const due = dueOn(calendar, to.slice(0, 10)).instant;
    expect(minute(whenSpent(calendar, { since: at(from), due, amount: null, countedFrom: at(from), spent: 0 }, share))).toBe(says);
  });

  it('explains the days of a limit as case show does', async () => {
    const edition = await newestEdition();
    const { steps } = explainDue({ calendar: compileCalendar(edition), edition }, at('2026-02-13 18:00'), { amount: 2, unit: 'wd' });
    expect(page).toContain(['```', ...dayLines(steps, false), '```'].join('\n'));
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
