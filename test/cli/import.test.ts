/** An office file into a running stack, as its keeper does it: read, tried, taken in, sent again, killed half-way, counted, and out again. */
import { spawn } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Statistics } from '../../client/index.ts';
import { type ImportSummary, openTable } from '../../import/index.ts';
import { connectRemote } from '../../ledger/index.ts';
import { type Board, canonical } from '../../schemas/index.ts';
import { cleanEnv, oneDocument, program, type Ran, removeFolder, start, type Started, xiaohao } from '../support/cli.ts';
import { temporaryDataDir } from '../support/ledger.ts';
import { root } from '../support/source.ts';

let dataDir: string;
let stack: Started;
const run = (...words: string[]): Promise<Ran> => xiaohao(dataDir, words);
const json = async <T>(...words: string[]): Promise<{ code: number | null; said: T }> => {
  const { code, stdout } = await run('--json', ...words);
  return { code, said: oneDocument(stdout) as T };
};
type Imported = ImportSummary & { reports: { json: string; copy: string } | null; rows?: { outcome: string; explained: string }[] };
const file = async (name: string, text: string): Promise<string> => {
  const path = join(dataDir, name);
  await writeFile(path, text);
  return path;
};
const list = async (): Promise<Board[]> => (await json<{ items: Board[] }>('case', 'list', '--as', 'zhu', '--limit', '500')).said.items;

/** The year of a number is that of the day in Shanghai. */
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
const caseNo = (n: number): string => `YC-${year}-JY-${String(n).padStart(4, '0')}`;
const header = '办件编号,服务次数,事项名称,评价等级,文字评价,评价时间,受理时间,评价人,手机号,单位名称,领域\n';
const line = (n: number, level: number, unit = '市教育局'): string => `YC2026${String(n).padStart(6, '0')},1,入学登记,${level},第${n}条,2026-03-01 10:00:00,2026-02-01,,,${unit},教育\n`;

beforeAll(async () => {
  dataDir = await temporaryDataDir();
  stack = await start(dataDir);
  expect((await run('directory', 'import', 'docs/examples/directory.json')).code).toBe(0);
});
afterAll(async () => {
  await stack.stop();
  await removeFolder(dataDir);
});

describe('xiaohao import', () => {
  it('tries a file without keeping anything, takes the good rows in, and says of each bad cell what is wrong', async () => {
    const rows = `${header}${line(1, 5)}${line(2, 1)}${line(3, 9)}${line(2, 1)}${line(4, 2, '没有的局')}`;
    const path = await file('ratings.csv', `\uFEFF${rows}`);
    const tried = await json<Imported>('import', path, '--as', 'li', '--dry-run');
    expect([tried.code, tried.said.counts, tried.said.dryRun]).toEqual([2, { read: 5, accepted: 2, duplicate: 1, rejected: 2 }, true]);
    expect(await list()).toEqual([]);

    const taken = await json<Imported>('import', path, '--as', 'li');
    expect([taken.code, taken.said.counts, taken.said.opened, taken.said.sheets[0]?.kind]).toEqual([2, { read: 5, accepted: 2, duplicate: 1, rejected: 2 }, 1, 'rating']);
    const report = JSON.parse(await readFile(taken.said.reports?.json ?? '', 'utf8')) as { counts: unknown; errors: { row: number; column: string; rule: string; zh: string; en: string }[] };
    expect(report.counts).toEqual(taken.said.counts);
    expect(report.errors.map((e) => [e.row, e.column, e.rule])).toEqual([[4, '评价等级', 'BAD-LEVEL'], [6, '单位名称', 'UNKNOWN-UNIT']]);
    const copy = await readFile(taken.said.reports?.copy ?? '', 'utf8');
    expect(copy.split('\r\n')[3]).toContain('评价等级须为5至1');
    expect((await stat(taken.said.reports?.copy ?? '')).mode & 0o077).toBe(0);
    expect((await list()).map((b) => [b.caseNo, b.stage, b.source])).toEqual([[caseNo(1), 'captured', 'rating']]);
  });

  it('the same file again is nothing new; other words under the same key are refused', async () => {
    const again = await json<Imported>('import', join(dataDir, 'ratings.csv'), '--as', 'li');
    expect([again.said.counts, again.said.opened]).toEqual([{ read: 5, accepted: 0, duplicate: 3, rejected: 2 }, 0]);
    const other = await json<Imported>('import', await file('other.csv', `${header}${line(2, 2)}`), '--as', 'li');
    expect([other.code, other.said.counts.rejected]).toEqual([2, 1]);
    expect((await list()).map((b) => b.caseNo)).toEqual([caseNo(1)]);
  });

  it('is for the keeper of the ledger, and refuses what is no table, names no kind or lacks a column', async () => {
    expect((await json<{ error: { code: string } }>('import', join(dataDir, 'ratings.csv'), '--as', 'zhu')).said.error.code).toBe('ROLE-NOT-ALLOWED');
    const codes = async (text: string, ...more: string[]): Promise<unknown[]> => {
      const { code, said } = await json<{ error: { code: string; field: string } }>('import', await file('wrong.csv', text), '--as', 'li', ...more);
      return [code, said.error.code, said.error.field];
    };
    expect(await codes('姓名,年龄\n甲,1\n')).toEqual([2, 'BAD-INPUT', 'file']);
    expect(await codes('事项名称,评价等级\n入学,1\n', '--kind', 'rating')).toEqual([2, 'BAD-INPUT', 'file']);
    expect(await codes('a,b\n1,2\n', '--kind', 'song')).toEqual([2, 'BAD-INPUT', 'kind']);
  });

  it('killed anywhere and run again ends as if it had never been killed', async () => {
    const many = `${header}${Array.from({ length: 400 }, (_, i) => line(1000 + i, i % 8 === 0 ? 1 : 5)).join('')}`;
    const path = await file('many.csv', many);
    const ledger = await connectRemote(dataDir);
    const before = (await ledger.counts()).cases;
    // Killed when a part of the cases is there, by count and not by the clock.
    for (const cases of [1, 10, 30]) {
      const child = spawn(process.execPath, [program, 'import', path, '--as', 'li'], { cwd: root, env: cleanEnv({ XIAOHAO_DATA: dataDir }), stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('close', resolve));
      while ((await ledger.counts()).cases - before < cases && child.exitCode === null) await wait(5);
      child.kill('SIGKILL');
      await ended;
      expect((await ledger.counts()).cases - before).toBeLessThan(50);
    }
    await ledger.close();
    const last = await json<Imported>('import', path, '--as', 'li');
    const { read, accepted, duplicate, rejected } = last.said.counts;
    expect([read, rejected, accepted + duplicate]).toEqual([400, 0, 400]);
    const once = await json<Imported>('import', path, '--as', 'li');
    expect([once.said.counts, once.said.opened]).toEqual([{ read: 400, accepted: 0, duplicate: 400, rejected: 0 }, 0]);
    // One case for each bad rating, numbered in the order of the file.
    const boards = (await list()).filter((b) => b.caseNo !== caseNo(1));
    expect(boards.map((b) => b.caseNo)).toEqual(Array.from({ length: 50 }, (_, i) => caseNo(i + 2)));
    expect(boards.every((b) => b.stage === 'captured')).toBe(true);
    const shown = await json<{ items: { said: { feedbackId: string }; caseNo: string }[] }>('feedback', 'list', '--as', 'li', '--limit', '1000');
    const opened = Object.fromEntries(shown.said.items.filter((f) => f.caseNo !== null).map((f) => [f.said.feedbackId, f.caseNo]));
    expect([opened['hcp:YC2026001000:1'], opened['hcp:YC2026001392:1']]).toEqual([caseNo(2), caseNo(51)]);
  });

  it('an old ledger: open items at their stage, closed ones as history, row by row explained', async () => {
    const ledger = '问题编号,问题描述,领域,分级,整改类型,整改措施,牵头单位,第一责任人,责任人,完成时限,是否销号,销号时间\nWT-1,窗口无座椅,政务,蓝色·一般件,立行立改,加装座椅,市教育局,王局长,任责任,2027年6月底,否,\nWT-2,指南漏项,教育,蓝,清单,修订指南,市教育局,王局长,,长期坚持,否,\nWT-3,旧问题,教育,黄,立行立改,已改,市教育局,,,2025-05-01,是,2025-05-20\nWT-4,没有日期,教育,黄,立行立改,已改,市教育局,,,,是,\n';
    const path = await file('台账.csv', ledger);
    const tried = await json<Imported>('import', path, '--as', 'li', '--dry-run', '--kind', 'ledger');
    expect(tried.said.rows?.map((r) => [r.outcome, r.explained])).toEqual([['accepted', '立行立改中 (immediate)'], ['accepted', '方案编制中 (planDrafting)'], ['accepted', '已销号, 存为历史 · closed: kept as history']]);
    const taken = await json<Imported>('import', path, '--as', 'li');
    expect([taken.said.counts, taken.said.opened, taken.said.sheets[0]?.kind]).toEqual([{ read: 4, accepted: 3, duplicate: 0, rejected: 1 }, 2, 'ledger']);
    const over = (await list()).filter((b) => b.imported !== null);
    expect(over.map((b) => [b.imported?.originalNo, b.stage, b.unitHead])).toEqual([['WT-2', 'planDrafting', 'wang'], ['WT-1', 'immediate', 'wang']]);
    const closed = await json<Imported>('import', await file('later.csv', ledger.replace('2027年6月底,否,', '2027年6月底,是,2026-03-01')), '--as', 'li');
    expect([closed.said.counts.rejected, closed.said.counts.duplicate]).toEqual([2, 2]);
  });

  it('what is exported comes back as nothing new, and what was changed in it is sent back by column', async () => {
    const out = join(dataDir, '台账.xlsx');
    expect((await run('ledger', 'export', '--kind', 'closures', '--as', 'zhu', '--out', out)).code).toBe(0);
    const before = canonical(await list());
    const back = await json<Imported>('import', out, '--as', 'li');
    const cases = (await list()).length;
    expect([back.code, back.said.counts]).toEqual([0, { read: cases, accepted: 0, duplicate: cases, rejected: 0 }]);
    expect(canonical(await list())).toBe(before);
    const lines: string[][] = [];
    const book = await openTable(out);
    for await (const sheet of book.sheets()) {
      if (!sheet.headers.includes('问题编号')) continue;
      for await (const row of sheet.rows()) lines.push(sheet.headers.map((h) => (h === '备注' && lines.length === 0 ? '已办结' : (row.cells[h] ?? ''))));
      lines.unshift([...sheet.headers]);
    }
    await book.close();
    const edited = await json<Imported>('import', await file('edited.csv', lines.map((cells) => cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join('\n')), '--as', 'li', '--kind', 'ledger');
    expect(edited.said.counts).toEqual({ read: cases, accepted: 0, duplicate: cases - 1, rejected: 1 });
    const report = JSON.parse(await readFile(edited.said.reports?.json ?? '', 'utf8')) as { errors: { rule: string; zh: string }[] };
    expect(report.errors.map((e) => [e.rule, e.zh.endsWith('备注')])).toEqual([['OTHER-CONTENT', true]]);
  });

  it('leaves no personal data in what it prints and reports, and its log names nobody', async () => {
    const secret = `${header}YC2026900001,1,入学登记,1,我叫欧阳小明 13911112222,2026-03-01,2026-02-01,欧阳小明,1391111222,市教育局,教育\nYC2026900002,1,入学登记,1,好,2026-03-01,2026-02-01,欧阳小明,13911112222,市教育局,教育\n`;
    const path = await file('secret.csv', secret);
    const { stdout, stderr } = await run('import', path, '--as', 'li');
    const report = await readFile(`${path}.errors.json`, 'utf8');
    for (const text of [stdout, stderr, report, stack.said(), await readFile(join(dataDir, 'notices.log'), 'utf8').catch(() => '')]) expect(text).not.toMatch(/欧阳小明|1391111222/);
  });
});

describe('xiaohao stats', () => {
  it('counts what the record allows, with its denominators, and ranks nobody below thirty', async () => {
    const { code, said } = await json<Statistics>('stats', '--as', 'zhu', '--by', 'unit');
    expect(code).toBe(0);
    const of = (id: string) => said.all.find((m) => m.id === id);
    expect(of('badRated')).toMatchObject({ numerator: 52, denominator: 403 });
    expect(of('volunteered')).toMatchObject({ denominator: null });
    expect(of('rectified')?.leftOut.map((l) => l.zh)).toEqual(['尚未认定']);
    expect(said.groups.flatMap((g) => g.metrics.filter((m) => (m.denominator ?? 0) < 30)).every((m) => m.rank === null)).toBe(true);
    expect((await json<{ error: { code: string } }>('stats', '--as', 'wang')).said.error.code).toBe('NOT-FOR-YOU');
    expect((await run('stats', '--as', 'zhu')).stdout).toContain('无分母');
  });
});

describe('xiaohao directory', () => {
  it('comes in as a workbook, whole or not at all, and shows at once whose duties are left open', async () => {
    const { directory } = (await json<{ directory: { people: { id: string; terms: { to?: string }[] }[] } }>('directory', 'show')).said;
    const left = { ...directory, people: directory.people.map((p) => (p.id === 'wang' ? { ...p, terms: p.terms.map((t) => ({ ...t, to: '2026-01-01' })) } : p)) };
    const { code, said } = await json<{ version: number; handovers: { duty: string; holder: string }[] }>('directory', 'import', await file('left.json', JSON.stringify(left)));
    expect([code, said.version]).toEqual([0, 2]);
    expect(new Set(said.handovers.map((h) => `${h.duty} ${h.holder}`))).toEqual(new Set(['unitHead wang']));
    expect((await json<unknown[]>('directory', 'handover', '--as', 'zhu')).said).toHaveLength(said.handovers.length);
    const wrong = await json<{ error: { code: string; zh: string } }>('directory', 'import', await file('wrong.json', JSON.stringify({ ...left, units: [] })));
    expect([wrong.code, wrong.said.error.code]).toEqual([2, 'BAD-INPUT']);
    expect((await json<{ version: number }>('directory', 'show')).said.version).toBe(2);
  });
});
