/** Lists, exports, the public view and the rebuilding of projections on a ledger as the twelve stories leave it: through its door, with no cases running. */
import { Workbook } from '@cj-tech-master/excelts';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dateAt } from '../../cases/index.ts';
import { directory } from '../../demo/directory.ts';
import { openLedger, type Ledger } from '../../ledger/index.ts';
import { databaseFolder } from '../../ledger/pglite/folder.ts';
import type { Board } from '../../schemas/index.ts';
import type { RebuildReport } from '../../client/index.ts';
import { oneDocument, removeFolder, xiaohao } from '../support/cli.ts';
import { temporaryDataDir } from '../support/ledger.ts';
import { secret } from '../support/ledger.ts';
import { fillWithStories, storyPack, storyPolicy } from '../support/stories-ledger.ts';

let dataDir: string;
let boards: Board[];
let ledger: Ledger;
beforeAll(async () => {
  dataDir = await temporaryDataDir();
  ledger = await openLedger({ dataDir, sealSecret: secret });
  await fillWithStories(ledger);
  boards = (await ledger.problems({ limit: 1000 })).items;
  await ledger.importDirectory({ ...directory, objectionContact: { unit: '云川市整改办', phone: '0999-12345678' } }, Date.now());
});
afterAll(async () => {
  await ledger.close();
  await removeFolder(dataDir);
});

const run = (...words: string[]) => xiaohao(dataDir, words);
const json = async <T>(...words: string[]): Promise<{ code: number | null; said: T }> => {
  const { code, stdout } = await run('--json', ...words);
  return { code, said: oneDocument(stdout) as T };
};
const auditor = ['--as', 'aud'];

describe('board', () => {
  it('of one unit is what a unit owes, whoever looks; somebody of several units looks as that one', async () => {
    const cases = async (...words: string[]) => (await json<{ cases: number; deadlines: { caseNo: string }[] }>('board', ...words)).said;
    const unit = boards.find((b) => b.leadUnit !== null)?.leadUnit ?? '';
    const all = await cases(...auditor);
    const ofUnit = await json<{ items: Board[] }>('case', 'list', ...auditor, '--kind', 'open', '--of-unit', unit);
    const numbers = ofUnit.said.items.map((b) => b.caseNo);
    for (const option of ['--unit', '--of-unit']) {
      const shown = await cases(...auditor, option, unit);
      expect([option, shown.cases]).toEqual([option, numbers.length]);
      expect(shown.deadlines).toEqual(all.deadlines.filter((d) => numbers.includes(d.caseNo)));
    }
    expect(all.cases).toBeGreaterThan(numbers.length);
    const clerk = directory.people.find((p) => p.terms.length === 1 && p.terms[0]?.unit === unit && p.terms[0].role === 'UC')?.id ?? '';
    expect((await cases('--as', clerk, '--unit', unit)).cases).toBe(numbers.length);
    expect((await run('board', '--as', clerk, '--unit', unit, '--role', 'UH')).code).not.toBe(0);
  });
});

describe('a row of the board', () => {
  it('is somebody’s by the role they hold, though no case names them', async () => {
    const hub = directory.people.find((p) => p.terms.some((t) => t.role === 'HUB'))?.id ?? '';
    const all = (await json<{ deadlines: { role: string; caseNo: string; id: string }[] }>('board', ...auditor)).said.deadlines;
    const mine = (await json<{ deadlines: { role: string; caseNo: string; id: string }[] }>('board', ...auditor, '--mine', hub)).said.deadlines;
    const names = (rows: typeof all): string[] => rows.map((d) => `${d.caseNo} ${d.id}`);
    expect(names(mine)).toEqual(expect.arrayContaining(names(all.filter((d) => d.role === 'HUB'))));
    expect(mine.filter((d) => d.role === 'UH' || d.role === 'UO')).toEqual([]);
    expect((await run('board', ...auditor, '--mine', 'nobody-here')).code).toBe(2);
  });
});

describe('case list', () => {
  it('filters, sorts and goes on where a page ended', async () => {
    const numbers = async (...words: string[]) => (await json<{ items: Board[]; next: string | null }>('case', 'list', ...auditor, ...words)).said;
    const closed = await numbers('--stage', 'closed', 'explained', '--sort', 'colour', '--desc');
    expect(closed.items.map((b) => b.caseNo).sort()).toEqual(boards.filter((b) => ['closed', 'explained'].includes(b.stage)).map((b) => b.caseNo).sort());
    const first = await numbers('--sort', 'captured', '--limit', '5');
    const second = await numbers('--sort', 'captured', '--limit', '1000', '--cursor', first.next ?? '');
    expect([...first.items, ...second.items]).toHaveLength(boards.length);
    expect(second.next).toBeNull();
    const { stdout } = await run('case', 'list', ...auditor, '--limit', '2');
    expect(stdout).toMatch(/还有更多: --cursor [\w-]+ · there is more\n$/);
  });

  it('says for every due date what it rests on, in the table and for programs', async () => {
    const { said } = await json<{ items: (Board & { cite: { id: string; title: string }[] })[] }>('case', 'list', ...auditor, '--limit', '1000');
    const graded = said.items.filter((b) => b.due !== null && b.track !== null);
    expect(graded.length).toBeGreaterThan(5);
    expect(graded.filter((b) => b.cite.length === 0)).toEqual([]);
    const pack = await storyPolicy();
    for (const b of graded) expect(b.cite.map((c) => c.id)).toEqual(pack.totals[b.ordinary ? 'ordinary' : (b.colour as 'red')][b.track as 'list'].cite);
    const { stdout } = await run('case', 'list', ...auditor, '--limit', '1000');
    expect(stdout).toMatch(/依据 source/);
    const yellow = graded.find((b) => b.colour === 'yellow' && b.track === 'immediate') as Board;
    expect(stdout).toMatch(new RegExp(`^${yellow.caseNo} .*${pack.sources['sichuan']?.title}`, 'm'));
  });

  it('says which option it cannot read', async () => {
    for (const words of [['--due', 'soon'], ['--due', '2026-02-30'], ['--colour', 'green'], ['--sort', 'revision'], ['--cursor', 'x'], ['--kind', 'all']]) {
      const { code, stderr } = await run('case', 'list', ...auditor, ...words);
      expect([words, code, stderr]).toEqual([words, 2, expect.stringMatching(/^BAD-INPUT$/m)]);
    }
  });
});

describe('plan', () => {
  const planned = (): string => boards.find((b) => (b.problems ?? []).length > 0 && b.tasks.length > 1)?.caseNo ?? '';

  it('gantt draws the tasks of a case, and lists every plan that was in force', async () => {
    const { code, stdout } = await run('plan', 'gantt', planned(), ...auditor);
    expect(code).toBe(0);
    for (const t of boards.find((b) => b.caseNo === planned())?.tasks ?? []) expect(stdout).toMatch(new RegExp(`^${t.taskId} .*\\s[v*.]+$`, 'm'));
    expect(stdout).toContain('第 1 版');
    const { said: checked } = await json<{ deadline: string | null; cite: { title: string }[] }>('plan', 'gantt', planned(), ...auditor);
    expect(checked.cite.map((c) => c.title)).toEqual(['本产品的建议值']);
    const { said } = await json<{ versions: { version: number }[]; calendar?: unknown }>('plan', 'gantt', planned(), ...auditor);
    expect([said.versions.map((v) => v.version), said.calendar]).toEqual([[1], undefined]);
    const refused = await json<{ error: { code: string } }>('plan', 'gantt', planned(), '--as', 'nobody');
    expect(refused).toMatchObject({ code: 3, said: { error: { code: 'UNKNOWN-PERSON' } } });
  });

  it('check judges a draft by the case: its deadline, which the stories have left behind', async () => {
    const file = join(dataDir, 'draft.csv');
    await writeFile(file, '任务编号,前置任务,工期(工作日),完成时限\nX1,,2,\nX2,X1,1,2026-01-05\n');
    const { code, said } = await json<{ deadline: string | null; faults: { kind: string; tasks?: string[] }[] }>('plan', 'check', file, '--case', planned(), ...auditor);
    expect([code, said.deadline]).toEqual([3, null]);
    expect(said.faults[0]).toMatchObject({ kind: 'short', tasks: ['X1', 'X2'] });
  });
});

describe('ledger export', () => {
  it('writes a file for its owner alone and says how much is in it', async () => {
    const out = join(dataDir, '台账.xlsx');
    const { code, stdout, stderr } = await run('ledger', 'export', '--kind', 'closures', '--stage', 'closed', ...auditor, '--out', out);
    const closed = boards.filter((b) => b.stage === 'closed').length;
    expect([code, stdout]).toEqual([0, `销号台账: ${closed} 件, ${closed} 行, 已写入 ${out} · ${closed} cases, ${closed} rows\n`]);
    expect(stderr).toContain('服务未启动');
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    const book = new Workbook();
    await book.xlsx.readFile(out);
    expect(book.worksheets.map((s) => [s.name, s.rowCount > 1])).toEqual([['销号台账', true], ['说明', true]]);
    const said: string[] = [];
    book.getWorksheet('说明')?.eachRow((row) => said.push((row.values as unknown[]).slice(1).join(' ')));
    expect(said.filter((line) => line.startsWith('期限依据'))).toContain('期限依据 source of the due date 黄色 立行立改: 四川一地差评整改 15 个工作日');
    expect((await readFile(out)).subarray(0, 2).toString()).toBe('PK');
  });

  it('gives a unit its own cases and no measure of what else is on record; a citizen nothing at all', async () => {
    const out = join(dataDir, '单位.xlsx');
    const unit = boards.find((b) => b.leadUnit !== null && b.stage === 'closed')?.leadUnit ?? '';
    const clerk = directory.people.find((p) => p.terms.length === 1 && p.terms[0]?.unit === unit && p.terms[0].role === 'UC')?.id ?? '';
    const { said } = await json<{ cases: number }>('ledger', 'export', '--kind', 'tasks', '--as', clerk, '--out', out);
    expect(said.cases).toBe(boards.filter((b) => b.unitStage !== null && (b.leadUnit === unit || b.coopUnits.includes(unit))).length);
    const book = new Workbook();
    await book.xlsx.readFile(out);
    const about: string[] = [];
    book.getWorksheet('说明')?.eachRow((row) => about.push(row.getCell(1).text));
    expect(about).toContain('筛选 filter');
    expect(about.filter((name) => /分录|状态/.test(name))).toEqual([]);
    const refused = await run('ledger', 'export', '--kind', 'tasks', '--as', clerk, '--sort', 'since', '--out', join(dataDir, 'none.xlsx'));
    expect([refused.code, refused.stderr]).toMatchObject([3, expect.stringContaining('NOT-FOR-YOU')]);
    expect(await stat(join(dataDir, 'none.xlsx')).then(() => 'there', () => 'absent')).toBe('absent');
  });
});

describe('publish list', () => {
  it('shows what anybody may see on a day: notices, windows, where to object; nobody has to say who reads', async () => {
    const shown = boards.find((b) => b.publication?.text && b.publication.exempt === null);
    const day = dateAt(storyPack.calendar, (shown?.publication?.from ?? 0) + 1);
    const { code, stdout } = await run('publish', 'list', '--at', day);
    expect(code).toBe(0);
    expect(stdout).toContain(shown?.caseNo);
    expect(stdout).toContain(shown?.publication?.text);
    expect(stdout).toMatch(/异议联系方式 · where to object\n单位 unit +云川市整改办\n电话 phone +0999-12345678/);
    const { said } = await json<{ items: object[]; monthly: unknown }>('publish', 'list', '--at', day);
    expect(said.items.every((i) => Object.keys(i).join() === 'caseNo,text,from,until')).toBe(true);
    expect(said.monthly).toBeNull();
  });

  it('lists the month’s blue cases of the short track that had no window, and no others', async () => {
    const exempt = boards.filter((b) => b.publication?.exempt === '月度汇总' && b.closedAt !== null);
    expect(exempt.length).toBeGreaterThan(0);
    const months = [...new Set(exempt.map((b) => dateAt(storyPack.calendar, b.closedAt ?? 0).slice(0, 7)))];
    const listed = await Promise.all(months.map(async (month) => (await json<{ monthly: { items: { caseNo: string }[] } }>('publish', 'list', '--month', month)).said.monthly.items));
    expect(listed.flat().map((i) => i.caseNo).sort()).toEqual(exempt.map((b) => b.caseNo).sort());
    expect((await json<{ monthly: unknown }>('publish', 'list', '--month', '2020-01')).said.monthly).toEqual({ month: '2020-01', items: [] });
    expect((await run('publish', 'list', '--month', '2026-13')).code).toBe(2);
  });
});

describe('ledger rebuild', () => {
  it('works through the door and on the folder: finds the projections equal, and after somebody changed one behind its back says so, repairs it, and is at rest', async () => {
    expect(await json<RebuildReport>('ledger', 'rebuild', '--check')).toMatchObject({ code: 0, said: { equal: boards.length, differences: [] } });
    await ledger.close();
    const database = await PGlite.create(databaseFolder(dataDir));
    await database.query(`update problems set stage = 'closed' where stage = 'triaged'`);
    await database.close();
    const found = await run('ledger', 'rebuild', '--check');
    expect([found.code, found.stdout]).toEqual([1, expect.stringMatching(/不符 1, 已修复 0(.*\n)+.*problems +不符 differs: stage\n$/)]);
    const repaired = await run('ledger', 'rebuild');
    expect([repaired.code, repaired.stdout]).toEqual([0, expect.stringContaining('不符 1, 已修复 1')]);
    ledger = await openLedger({ dataDir, sealSecret: secret });
    expect((await run('ledger', 'rebuild', '--check')).code).toBe(0);
  });
});
