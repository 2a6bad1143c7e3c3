/** `xiaohao plan check` as people run it on a file, and the chart that they read. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inkFor } from '../../../cli/output.ts';
import { type Bar, gantt } from '../../../cli/plan/gantt.ts';
import { readDraft } from '../../../cli/plan/read.ts';
import { runCli } from '../../../cli/run.ts';
import { writeBook } from '../../../export/index.ts';
import { codeOf } from '../../../schemas/index.ts';
import { pack } from '../../support/world.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'xiaohao-plan-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => void (process.exitCode = undefined));

const headers = ['任务编号', '整改措施', '前置任务', '工期(工作日)', '完成时限', '固定节点'];
const rows = [
  ['T1', '梳理办事指南', '无', '5', '', ''],
  ['T2', '窗口培训', 'T1', '3', '', ''],
  ['T3', '现场听证', 'T1', '1', '', '2026-03-16'],
  ['T4', '公布新版指南', 'T2、T3', '2', '3月27日', ''],
];
const drafts = [
  { taskId: 'T1', measure: '梳理办事指南', after: [], duration: 5 },
  { taskId: 'T2', measure: '窗口培训', after: ['T1'], duration: 3 },
  { taskId: 'T3', measure: '现场听证', after: ['T1'], duration: 1, fixed: '2026-03-16' },
  { taskId: 'T4', measure: '公布新版指南', after: ['T2', 'T3'], duration: 2, due: '2026-03-27' },
];
const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};
const csv = (list: string[][], name = 'plan.csv') => file(name, `云川市任务清单\n${[headers, ...list].map((r) => r.join(',')).join('\n')}\n`);
const ran = async (...words: string[]) => {
  let [stdout, stderr] = ['', ''];
  const code = await runCli(words, { stdout: { write: (t) => (stdout += String(t)) }, stderr: { write: (t) => (stderr += String(t)) }, env: {}, now: () => Date.UTC(2026, 2, 2, 2) });
  return { code: code === 0 ? (process.exitCode ?? 0) : code, stdout, stderr };
};
const spring = ['--deadline', '2026-04-15', '--today', '2026-03-02'];

describe('a draft', () => {
  it('reads the same from CSV, XLSX and JSON', async () => {
    const book = join(folder, 'plan.xlsx');
    await writeBook(book, [() => ({ name: '任务清单', columns: headers.map((header) => ({ header, width: 12, kind: 'text' })), rows: rows.map((cells) => ({ cells: cells.map((c) => (c === '' ? null : c)) })) })], 0);
    const json = await file('plan.json', JSON.stringify({ plan: { problems: [], duties: [], tasks: drafts } }));
    for (const path of [await csv(rows), book, json]) expect((await readDraft(path, '2026-03-02')).tasks).toEqual(drafts);
  });

  it.each<[string, string[]]>([
    ['a duration that is no number of days', ['T9', '', '', '三天', '', '']],
    ['a date that is none', ['T9', '', '', '3', '2026-02-31', '']],
    ['a limit that names no day', ['T9', '', '', '3', '长期坚持', '']],
    ['a longer duration than any plan', ['T9', '', '', '501', '', '']],
  ])('with %s is bad input', async (_what, row) => {
    const path = await csv([...rows, row], 'bad.csv');
    expect(await readDraft(path, '2026-03-02').then(() => 'read', codeOf)).toBe('BAD-INPUT');
  });

  it('without tasks, or with more than two hundred, is bad input', async () => {
    const many = await csv(Array.from({ length: 201 }, (_, i) => [`T${i}`, '', '', '1', '', '']), 'many.csv');
    for (const path of [await csv([], 'none.csv'), many]) expect(await readDraft(path, '2026-03-02').then(() => 'read', codeOf)).toBe('BAD-INPUT');
  });
});

describe('plan check', () => {
  it('explains what fits: latest start and finish, slack, critical chain, the chart', async () => {
    const { code, stdout } = await ran('plan', 'check', await csv(rows), ...spring);
    expect(code).toBe(0);
    for (const words of ['任务最迟 2026-04-02 做完', '余量 5 个工作日', '关键线路: T1 → T3', '是 · yes']) expect(stdout).toContain(words);
    expect(stdout).toMatch(/^T2 窗口培训 +3 +2026-03-23 +2026-03-25 +5$/m);
    expect(stdout).toMatch(/^T1 梳理办事指南 +#####$/m);
    expect(stdout).toMatch(/^暗访复查缓冲 reinspection +rrrrr$/m);
  });

  it('refuses what does not fit: the shortage, its tasks, exit code 3', async () => {
    const { code, stdout } = await ran('plan', 'check', await csv(rows.slice(0, 2)), '--deadline', '2026-03-20', '--today', '2026-03-02');
    expect(code).toBe(3);
    expect(stdout).toContain('工期不足 1 个工作日: T1 → T2');
    expect(stdout).toContain('1 working day short: T1 → T2');
  });

  it('prints one JSON document', async () => {
    const { code, stdout } = await ran('plan', 'check', await csv(rows.slice(0, 2)), '--deadline', '2026-03-20', '--today', '2026-03-02', '--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ deadline: '2026-03-20', measured: true, schedule: { kind: 'short', shortage: 1, chain: ['T1', 'T2'] }, faults: [{ kind: 'short', tasks: ['T1', 'T2'] }] });
  });

  it('names a circle, and says when a plan has no durations', async () => {
    const circle = await ran('plan', 'check', await csv([['A', '', 'B', '1', '', ''], ['B', '', 'A', '1', '', '']]), ...spring);
    expect([circle.code, circle.stdout.includes('前置任务互相等待')]).toEqual([3, true]);
    process.exitCode = undefined;
    const dated = await ran('plan', 'check', await csv([['A', '', '', '', '2026-04-02', '']]), ...spring);
    expect([dated.code, dated.stdout.includes('方案没有写工期')]).toEqual([0, true]);
  });

  it.each([
    ['past', '2026-02-27', 'A 的完成时限 2026-02-27 已过'],
    ['in the days that are kept free', '2026-04-03', 'A 的完成时限 2026-04-03 晚于任务最迟做完的 2026-04-02'],
    ['before that of its predecessor', '2026-03-20', 'A 的完成时限早于前置任务 B 的时限'],
  ])('refuses a plan of dates alone when one is %s, as the command would', async (_what, due, words) => {
    const { code, stdout } = await ran('plan', 'check', await csv([['A', '', 'B', '', due, ''], ['B', '', '', '', '2026-03-23', '']]), ...spring);
    expect(code).toBe(3);
    expect(stdout).toContain(words);
  });

  it('names every chain that is short, and the dates that bind each', async () => {
    const tasks = [['A', '', '', '9', '', ''], ['听证', '', 'A', '1', '', '2026-03-12'], ['B', '', '', '30', '', ''], ['C', '', '', '4', '2026-03-04', '']];
    const { code, stdout } = await ran('plan', 'check', await csv(tasks), ...spring);
    expect(code).toBe(3);
    for (const words of ['工期不足 6 个工作日: B (任务最迟 2026-04-02 做完)', '工期不足 1 个工作日: A → 听证 (听证 固定于 2026-03-12)', '工期不足 1 个工作日: C (C 时限 2026-03-04)']) expect(stdout).toContain(words);
  });

  it.each([[[]], [['--case', 'YC-2026-JY-0001']], [['--case', 'YC-2026-JY-0001', '--as', 'li', '--deadline', '2026-04-15']], [['--deadline', '2026-02-30']], [['--deadline', '2026-04-15', '--today', '2026-04-16']]])('with %j is bad input', async (more) => {
    expect((await ran('plan', 'check', await csv(rows), ...more)).code).toBe(2);
  });
});

describe('the chart', () => {
  const plain = inkFor({ write: () => undefined }, {});
  const bars: Bar[] = [
    { name: 'T1 中文任务', from: '2026-03-02', to: '2026-03-06', sign: '#' },
    { name: 'Task two', from: '2026-03-05', to: '2026-03-06', slackFrom: '2026-03-03', sign: '=' },
    { name: '一个名字长得一行放不下所以要截断的任务', from: '2026-03-09', to: '2026-03-09', sign: '*' },
  ];
  const lines = (text: string): string[] => text.split('\n');

  it('lines its columns up where characters are two columns wide, one column to a working day', () => {
    const [axis = '', one = '', two = '', three = ''] = lines(gantt(bars, { calendar: pack.calendar, ink: plain }));
    const at = (line: string, sign: string): number => stringWidth(line.slice(0, line.indexOf(sign)));
    const start = at(axis, '03-02');
    expect([at(one, '#'), at(two, '.'), at(two, '='), at(three, '*')]).toEqual([start, start + 1, start + 3, start + 5]);
    expect(two.endsWith('..==')).toBe(true);
  });

  it('says with a sign what it says with colour', () => {
    const coloured = gantt(bars, { calendar: pack.calendar, ink: inkFor({ isTTY: true, write: () => undefined }, {}) });
    expect(coloured).toContain('\u001b[31m#####\u001b[0m');
    expect(stripVTControlCharacters(coloured)).toBe(gantt(bars, { calendar: pack.calendar, ink: plain }));
  });

  it('puts several days into a column when there are many, and stays narrow', () => {
    const long = gantt([{ name: 'T', from: '2026-01-05', to: '2099-12-31', sign: '=' }], { calendar: pack.calendar, ink: plain });
    expect(Math.max(...lines(long).slice(0, 2).map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
    expect(long).toMatch(/每格 \d\d+ 个工作日/);
  });

  it('of nothing says so', () => expect(gantt([], { calendar: pack.calendar, ink: plain })).toContain('(没有)'));
});
