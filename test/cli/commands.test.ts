import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileCalendar, toCivil, workingDaysBetween } from '../../cases/index.ts';
import shipped from '../../data/calendar-cn-2024-2026.json' with { type: 'json' };
import { Edition } from '../../schemas/index.ts';
import { cleanEnv, dataFolder, oneDocument, type Ran, removeFolder, start, type Started, xiaohao } from '../support/cli.ts';
import { temporaryDataDir } from '../support/ledger.ts';
import { root } from '../support/source.ts';

const calendar = compileCalendar(Edition.parse(shipped));
let dataDir: string;
let stack: Started;
const run = (...words: string[]): Promise<Ran> => xiaohao(dataDir, words);
/** With `--json`: the one document, and nothing on standard error. */
const json = async (...words: string[]): Promise<{ code: number | null; said: Record<string, unknown> }> => {
  const { code, stdout, stderr } = await run('--json', ...words);
  expect(stderr).toBe('');
  return { code, said: oneDocument(stdout) as Record<string, unknown> };
};
let no: string;

beforeAll(async () => {
  dataDir = await temporaryDataDir();
  stack = await start(dataDir);
  await run('directory', 'import', 'docs/examples/directory.json');
  no = String((await json('open', 'docs/examples/feedback.json', '--as', 'li')).said['caseNo']);
});
afterAll(async () => {
  await stack.stop();
  await removeFolder(dataDir);
});

/** In a terminal of its own, as `script` makes one; ended by Ctrl-C once the condition holds. */
async function inTerminal(command: string, until: (said: string) => boolean): Promise<{ said: string; code: number | null }> {
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: root, env: cleanEnv({ XIAOHAO_DATA: dataDir, TERM: 'xterm' }), stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  let ended = false;
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
    if (!ended && until(said)) ended = child.stdin.write('\u0003');
  });
  const code = await new Promise<number | null>((resolve) => void child.once('close', resolve));
  return { said, code };
}

describe('board --watch', () => {
  it('on a terminal draws the board anew every few seconds, over itself, until Ctrl-C', async () => {
    const clear = '\u001b[2J\u001b[H';
    const { said, code } = await inTerminal(`exec node bin/xiaohao.mjs board --watch --as zhu`, (text) => text.split(clear).length > 3);
    const pages = said.split(clear).slice(1);
    expect(pages.length).toBeGreaterThanOrEqual(3);
    for (const page of pages.slice(0, 2)) {
      expect(page).toContain(no);
      expect(page).toMatch(/还剩\d+个工作日|今日到期/);
    }
    expect(code).toBe(0);
  });
});

describe('--json', () => {
  it('prints exactly one document, whatever the command', async () => {
    const answers = await Promise.all([
      json('case', 'list', '--as', 'zhu'),
      json('case', 'show', no, '--as', 'zhu'),
      json('case', 'allowed', no, '--as', 'zhu'),
      json('case', 'history', no, '--as', 'zhu'),
      json('feedback', 'list', '--as', 'zhu', '--level', '2', '--from', '2026-01-01', '--to', '2099-12-31'),
      json('feedback', 'show', no, '--as', 'zhu', '--reason', '督办'),
      json('feedback', 'suspicions', '--as', 'zhu', '--code', 'SAME-RATER'),
      json('feedback', 'duplicates', '--as', 'zhu', '--within', '30'),
      json('directory', 'show'),
      json('chart'),
      json('doctor'),
      json('exhibit', 'add', no, '--as', 'li', '--kind', 'record', '--file', 'LICENSE', '--data', '{"what":"窗口日志"}'),
      json('board', '--as', 'zhu'),
    ]);
    expect(answers.map((a) => a.code)).toEqual(answers.map(() => 0));
    expect(answers[1]?.said).toMatchObject({ view: { caseNo: no, stage: 'captured' } });
    expect(answers[4]?.said).toMatchObject({ items: [{ caseNo: no, said: { rater: null } }], next: null });
    expect(answers.at(-1)?.said).toMatchObject({ cases: 1, deadlines: [{ caseNo: no, id: 'stage', paused: false }] });
    expect([answers[5]?.said, answers[6]?.said, answers[7]?.said]).toMatchObject([[{ shows: 'masked' }], [], []]);
  });

  it('prints refusals and errors as the document too', async () => {
    expect(await json('case', 'do', no, 'signClosure', '--as', 'zhu', '--data', '{"opinion":"同意"}')).toMatchObject({ code: 3, said: { error: { code: 'NOT-IN-THIS-STATE' } } });
    expect(await json('case', 'do', no)).toMatchObject({ code: 2, said: { error: { code: 'BAD-INPUT' } } });
    expect(await json('frobnicate')).toMatchObject({ code: 2, said: { error: { code: 'BAD-INPUT' } } });
  });

  it('is taken after the command as well as before it', async () => {
    const { code, stdout } = await run('case', 'list', '--as', 'zhu', '--json');
    expect([code, oneDocument(stdout)]).toMatchObject([0, { items: [{ caseNo: no }], next: null }]);
  });
});

describe('feedback', () => {
  it('is counted down on the board of deadlines, and no other command watches', async () => {
    expect((await run('board', '--as', 'zhu')).stdout).toMatch(new RegExp(`${no} .*本环节 · this stage.*(还剩\\d+个工作日|今日到期)`));
    expect((await run('board', '--as', 'zhu')).stdout).toMatch(/依据 source/);
    const { deadlines } = oneDocument((await run('board', '--as', 'zhu', '--json')).stdout) as { deadlines: { edition: string; cite: { title: string }[] }[] };
    expect(deadlines.map((d) => [d.edition, d.cite.length > 0])).toEqual(deadlines.map(() => ['cn-2024-2026', true]));
    expect(deadlines.length).toBeGreaterThan(0);
    expect((await run('board', '--as', 'zhu', '--due', 'overdue')).stdout).toMatch(/^没有到期事项/);
    expect((await run('board', '--as', 'zhu', '--due', 'soon')).code).toBe(2);
    expect((await run('case', 'list', '--as', 'zhu', '--watch')).code).toBe(2);
  });

  it('is a page that a person can read, masked', async () => {
    expect((await run('feedback', 'list', '--as', 'zhu')).stdout).toMatch(/^反馈 feedback/);
    const { stdout } = await run('feedback', 'show', no, '--as', 'zhu', '--reason', '督办');
    expect(stdout).toMatch(/评价人 rater\s+\S\*/);
    expect((await run('feedback', 'show', no, '--as', 'zhu')).stdout).toMatch(/评价人 rater\s+未显示/);
    expect((await run('feedback', 'list', '--as', 'bai')).code).toBe(3);
    for (const bad of [['list', '--from', '2026-02-30'], ['suspicions', '--code', 'X'], ['list', '--level', 'x']]) expect((await run('feedback', ...bad, '--as', 'zhu')).code).toBe(2);
  });
});

describe('the exit code', () => {
  it('is 3 for a refusal, with the rule and the reason in both languages on standard error', async () => {
    const { code, stdout, stderr } = await run('case', 'do', no, 'confirmClosure', '--as', 'zhu');
    expect([code, stdout, stderr]).toEqual([3, '', 'NOT-IN-THIS-STATE\n  本环节不能进行此操作\n  no row of the table starts here with this command\n']);
    expect((await run('case', 'show', no, '--as', 'wei')).stderr).toMatch(/^NOT-FOR-YOU\n/);
    expect((await run('case', 'do', no, 'verifyStart', '--as', 'zhu')).stderr).toMatch(/ROLE-NOT-ALLOWED\n.*可由核实回访员办理/);
    expect((await run('case', 'do', no, 'verifyStart', '--as', 'nobody')).code).toBe(3);
    expect((await run('open', 'docs/examples/feedback.json', '--as', 'li')).stderr).toMatch(/^KEY-NOT-NEW\n/);
  });

  it('is 2 for what cannot be read: options, JSON, files, payloads, unknown cases and commands', async () => {
    const bad = [
      ['case', 'do', no, 'verifyStart'],
      ['case', 'do', no, 'verifyStart', '--as', 'he', '--frob'],
      ['case', 'do', no, 'verifyStart', '--as', 'he', '--role', 'KING'],
      ['case', 'do', no, 'verifyStart', '--as', 'he', '--revision', 'new'],
      ['case', 'list', '--as', 'zhu', '--limit', 'all'],
      ['case', 'do', no, 'frobnicate', '--as', 'he'],
      ['case', 'do', no, 'confirmValid', '--as', 'he', '--data', '{'],
      ['case', 'do', no, 'confirmValid', '--as', 'he', '--data', '@no-such-file.json'],
      ['case', 'do', no, 'confirmValid', '--as', 'he', '--data', '{"record":{"facts":7}}'],
      ['case', 'show', 'YC-2026-JY-9999', '--as', 'zhu'],
      ['open', 'no-such-file.json', '--as', 'li'],
      ['open', 'package.json', '--as', 'li'],
      ['exhibit', 'add', no, '--as', 'li', '--kind', 'rumour', '--text', '听说'],
      ['exhibit', 'add', no, '--as', 'li', '--kind', 'proof'],
      ['directory', 'import', 'package.json'],
      ['draw', 'commit', '--as', 'zhu', '--data', '{"cases":[]}'],
      ['cluster', 'init'],
      ['worker'],
    ];
    const ran = await Promise.all(bad.map((words) => run(...words)));
    expect(ran.map(({ code }, i) => [bad[i]?.join(' '), code])).toEqual(bad.map((words) => [words.join(' '), 2]));
    expect(ran.map(({ stdout }) => stdout).join('')).toBe('');
    expect(ran[8]?.stderr).toContain('record.facts');
  });

  it('is 0 for help in both languages', async () => {
    const { code, stdout } = await run('case', 'do', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('用法 Usage: xiaohao case do');
    expect(stdout).toContain('对案件进行一项操作 · one command on a case');
    expect(stdout).toMatch(/通用选项 Global Options:\n +--json/);
  });

  it('is 2 for no command at all, which is answered with what there is', async () => {
    for (const [words, line] of [[[], 'case'], [['case'], 'do [options]'], [['cluster'], 'init']] as const) {
      const { code, stdout, stderr } = await run(...words);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('命令 Commands:');
      expect(stderr).toContain(line);
      expect(stderr).toMatch(/BAD-INPUT\n.*缺少命令\n.*a command is missing\n$/);
    }
  });
});

describe('commands', () => {
  it('happen once under one id, and are based on a revision when asked to', async () => {
    const sent = await Promise.all([1, 2].map(() => json('case', 'do', no, 'verifyStart', '--as', 'he', '--id', 'v-1')));
    expect(sent.map(({ code }) => code)).toEqual([0, 0]);
    expect(sent[0]?.said['receipt']).toEqual(sent[1]?.said['receipt']);
    expect((await json('case', 'do', no, 'confirmValid', '--as', 'he', '--revision', '1', '--data', '{"record":{"facts":"是","contacted":"是","conclusion":"是"}}')).said).toMatchObject({ error: { code: 'STALE-REVISION' } });
  });

  it('take their payload from a file', async () => {
    const path = join(dataDir, 'record.json');
    await writeFile(path, '{"record":{"facts":"属实","contacted":"已联系","conclusion":"属实"}}');
    expect((await run('case', 'do', no, 'confirmValid', '--as', 'he', '--data', `@${path}`)).stdout).toContain('现为 已列入台账, 第 3 版');
  });

  it('show a page that a person can read', async () => {
    await run('case', 'do', no, 'triage', '--as', 'zhu', '--data', '{"colour":"blue","track":"immediate","reasonCode":"N0"}');
    await run('case', 'do', no, 'assign', '--as', 'zhu', '--data', '{"leadUnit":"jyj","unitHead":"wang"}');
    const { stdout } = await run('case', 'show', no, '--as', 'zhu');
    expect(stdout).toMatch(/分级 colour +蓝色·一般件/);
    expect(stdout).toMatch(/牵头单位 lead unit +市教育局/);
    // What is assigned after the office closed, or at a weekend, counts as received on the next working day: six are left then.
    const left = /期限 due +\d{4}-\d\d-\d\d \(还剩(\d)个工作日 · (\d) working days left/.exec(stdout)?.slice(1).map(Number);
    const { view } = (await json('case', 'show', no, '--as', 'zhu')).said as { view: { due: number } };
    const days = workingDaysBetween(calendar, toCivil(calendar, Date.now()).day, toCivil(calendar, view.due - 1).day);
    expect([5, 6]).toContain(days);
    expect(left).toEqual([days, days]);
    expect(stdout).toMatch(/下一步 what is next\n(.*\n)*recall +撤回交办/);
    expect(stdout).not.toContain('\u001b');
    expect((await run('case', 'show', no, '--as', 'bai')).stdout).toMatch(/signFor +签收/);
  });

  it('say what is found and what is missing', async () => {
    const { code, stdout } = await run('doctor');
    expect(code).toBe(0);
    expect(stdout).toMatch(/有 found +命名空间 +namespace +default/);
    expect(stdout).toMatch(/耐久等级 +durability +process-crash/);
    expect(stdout).toMatch(/人员目录 +directory +云川市/);
    const empty = await dataFolder();
    expect((await xiaohao(empty, ['doctor'])).stdout).toContain('未启动');
    await removeFolder(empty);
  });

  it('print the chart of the machine, as a diagram and as a table', async () => {
    expect((await run('chart')).stdout.trim()).toBe((await readFile(join(root, 'README.md'), 'utf8')).split('```mermaid\n')[1]?.split('\n```')[0]);
    const table = (await run('chart', '--table')).stdout.trim().split('\n');
    expect(table.length).toBeGreaterThan(106);
    expect(table.find((line) => line.startsWith('36 '))).toMatch(/销号审批 +signClosure +销号审批中 +整改办主任\/分管领导/);
  });

  it('refuse a directory that contradicts itself', async () => {
    const path = join(dataDir, 'directory.json');
    const directory = JSON.parse(await readFile(join(root, 'docs/examples/directory.json'), 'utf8')) as { people: { terms: { unit: string }[] }[] };
    await writeFile(path, JSON.stringify({ ...directory, people: [...directory.people, { id: 'x', name: '某', terms: [{ role: 'HUB', unit: 'nowhere', from: '2026-01-01' }] }] }));
    const { code, stderr } = await run('directory', 'import', path);
    expect([code, stderr.includes('people.x.terms')]).toEqual([2, true]);
  });
});
