/** Many commands from one file, and the ledger's commands through the door of a stack that runs. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkReport } from '../../cli/bulk/send.ts';
import type { HistoryItem, RebuildReport } from '../../client/index.ts';
import { oneDocument, type Ran, removeFolder, start, type Started, xiaohao } from '../support/cli.ts';
import { temporaryDataDir } from '../support/ledger.ts';
import { readFile } from 'node:fs/promises';
import { root } from '../support/source.ts';

let dataDir: string;
let stack: Started;
let numbers: string[];
const run = (...words: string[]): Promise<Ran> => xiaohao(dataDir, words);
const json = async <T>(...words: string[]): Promise<{ code: number | null; said: T }> => {
  const { code, stdout } = await run('--json', ...words);
  return { code, said: oneDocument(stdout) as T };
};
const file = async (name: string, lines: readonly unknown[]): Promise<string> => {
  const path = join(dataDir, name);
  await writeFile(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path;
};

beforeAll(async () => {
  dataDir = await temporaryDataDir();
  stack = await start(dataDir);
  await run('directory', 'import', 'docs/examples/directory.json');
  const feedback = JSON.parse(await readFile(join(root, 'docs/examples/feedback.json'), 'utf8')) as object;
  numbers = [];
  for (const n of [1, 2, 3]) {
    const path = await file(`feedback-${n}.json`, [{ ...feedback, feedbackId: `bulk-${n}` }]);
    numbers.push((await json<{ caseNo: string }>('open', path, '--as', 'li')).said.caseNo);
  }
});
afterAll(async () => {
  await stack.stop();
  await removeFolder(dataDir);
});

const record = { record: { facts: '属实', contacted: '已联系', conclusion: '属实' } };

describe('case do --from', () => {
  it('gives each row its own outcome, keeps the order within a case, and goes on after a refusal', async () => {
    const [a = '', b = '', c = ''] = numbers;
    const path = await file('rows.jsonl', [
      { caseNo: a, command: 'verifyStart', as: 'he' },
      { caseNo: b, command: 'signClosure', data: { opinion: '同意' } },
      { caseNo: a, command: 'confirmValid', data: record, as: 'he' },
      { caseNo: b, command: 'verifyStart', as: 'he', id: 'own-id' },
      { caseNo: a, command: 'triage', data: { colour: 'blue', track: 'immediate', reasonCode: 'N0' } },
      { caseNo: c, command: 'verifyStart', as: 'he', revision: 1 },
    ]);
    const dry = await json<BulkReport>('case', 'do', '--from', path, '--as', 'zhu', '--dry-run');
    expect([dry.code, dry.said.items.map((i) => i.outcome)]).toEqual([3, ['allowed', 'refused', 'later', 'later', 'later', 'allowed']]);
    expect((await json<HistoryItem[]>('case', 'history', a, '--as', 'zhu')).said).toHaveLength(1);

    const sent = await json<BulkReport>('case', 'do', '--from', path, '--as', 'zhu');
    expect(sent.said.items.map((i) => [i.row, i.outcome, i.code ?? i.stage])).toEqual([
      [1, 'done', '核实中'],
      [2, 'refused', 'NOT-IN-THIS-STATE'],
      [3, 'done', '已列入台账'],
      [4, 'done', '核实中'],
      [5, 'done', '已分级'],
      [6, 'done', '核实中'],
    ]);
    expect([sent.code, sent.said.counts]).toEqual([3, { all: 6, done: 5, refused: 1 }]);
    expect(sent.said.items[3]?.commandId).toBe('own-id');

    const again = await json<BulkReport>('case', 'do', '--from', path, '--as', 'zhu');
    expect(again.said.items.map((i) => i.outcome)).toEqual(sent.said.items.map((i) => i.outcome));
    const acts = (await json<HistoryItem[]>('case', 'history', a, '--as', 'zhu')).said.map((i) => i.type);
    expect(acts).toEqual(['capture', 'verifyStart', 'confirmValid', 'triage']);
  });

  it('keeps bad rows out and the others in, and says where they are', async () => {
    const path = await file('bad.jsonl', ['{"caseNo":', { caseNo: numbers[1], command: 'frobnicate' }, { caseNo: numbers[1], command: 'confirmValid', data: record, as: 'he' }, '', { caseNo: 'x', command: 'triage' }, { caseNo: numbers[2], command: 'triage' }]);
    const { code, stdout } = await run('case', 'do', '--from', path);
    expect(code).toBe(2);
    expect(stdout.split('\n').slice(1, 6).map((line) => [line.split(' ')[0], /有误 bad|已办理 done/.exec(line)?.[0]])).toEqual([['1', '有误 bad'], ['2', '有误 bad'], ['3', '已办理 done'], ['5', '有误 bad'], ['6', '有误 bad']]);
    expect(stdout).toContain('共 5 项: 有误 bad 4, 已办理 done 1');
  });

  it('sends nothing of a file that cannot be read, and takes no single command beside it', async () => {
    const binary = join(dataDir, 'binary.jsonl');
    await writeFile(binary, Buffer.from([0xff, 0xfe, 0x00, 0x41]));
    for (const words of [['--from', 'no-such-file.jsonl'], ['--from', binary], [numbers[0] ?? '', 'triage', '--from', binary], ['--from', binary, '--id', 'x'], [], [numbers[0] ?? '', 'triage', '--dry-run', '--as', 'zhu']])
      expect([words, (await run('case', 'do', ...words)).code]).toEqual([words, 2]);
  });
});

describe('through the door of what runs', () => {
  it('projections are compared and nothing is found, while cases go on', async () => {
    const [rebuilt] = await Promise.all([
      json<RebuildReport>('ledger', 'rebuild'),
      run('case', 'do', numbers[2] ?? '', 'confirmValid', '--as', 'he', '--data', JSON.stringify(record)),
    ]);
    expect(rebuilt).toMatchObject({ code: 0, said: { cases: 3, differences: [], faults: [] } });
  });

  it('the public sees no case without a notice, and is told when nobody is named to object to', async () => {
    const { code, stdout } = await run('publish', 'list');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^公示中 \(\d{4}-\d\d-\d\d\) · on public notice\n\(没有\) · nothing\n\n异议联系方式未设置/)]);
  });
});
