import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFolder, oneDocument, removeFolder, start, type Started, xiaohao } from '../support/cli.ts';

describe('xiaohao start', () => {
  let dataDir: string;
  let stack: Started;
  let caseNo = '';
  const run = (...words: string[]) => xiaohao(dataDir, words);
  beforeAll(async () => {
    dataDir = await dataFolder();
    stack = await start(dataDir);
  });
  afterAll(async () => {
    await stack.stop('SIGKILL');
    await removeFolder(dataDir);
  });

  it('says where things are', () => {
    expect(stack.said()).toContain(`数据目录  ${dataDir}`);
    expect(stack.said()).toMatch(/Temporal {2}127\.0\.0\.1:\d+ \(命名空间 default, 任务队列 xiaohao\)/);
    expect(stack.said()).toContain('pglite (process-crash)');
    expect(stack.said()).toContain('尚无人员目录');
  });

  it('has no directory yet, and says so to whoever asks', async () => {
    expect(await run('directory', 'show')).toMatchObject({ code: 0, stdout: expect.stringContaining('尚无人员目录') });
    expect(oneDocument((await run('--json', 'directory', 'show')).stdout)).toBeNull();
  });

  it('keeps its folder to one user', async () => {
    expect((await stat(join(dataDir, 'running.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'seal.key'))).mode & 0o777).toBe(0o600);
  });

  it('refuses a second start on the same folder before it touches anything', async () => {
    const second = await run('start');
    expect([second.code, second.stdout]).toEqual([1, '']);
    expect(second.stderr).toContain('LEDGER-LOCKED');
    expect(oneDocument((await run('--json', 'start')).stdout)).toMatchObject({ error: { code: 'LEDGER-LOCKED' } });
    expect((await run('doctor')).stdout).toMatch(/服务 +stack +127\.0\.0\.1/);
  });

  it('stops in order on Ctrl-C and finds its data again', async () => {
    expect((await run('directory', 'import', 'docs/examples/directory.json')).code).toBe(0);
    ({ caseNo } = oneDocument((await run('--json', 'open', 'docs/examples/feedback.json', '--as', 'li')).stdout) as { caseNo: string });
    const ended = await stack.stop('SIGINT');
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('已停止');
    const offline = await run('case', 'show', caseNo, '--as', 'zhu');
    expect([offline.code, offline.stderr.trim()]).toEqual([0, '服务未启动, 以下按台账所记 · nothing is running; this is what the ledger says']);
    expect(offline.stdout).toContain('已登记(待核实)');
    stack = await start(dataDir);
    expect(stack.said()).not.toContain('尚无人员目录');
    expect((await run('case', 'do', caseNo, 'verifyStart', '--as', 'he')).stdout).toContain('现为 核实中, 第 2 版');
  });

  it('takes over a folder whose owner was killed', async () => {
    await stack.stop('SIGKILL');
    expect((await run('directory', 'import', 'docs/examples/directory.json')).stderr).toContain('NOT-RUNNING');
    stack = await start(dataDir);
    expect((await run('case', 'show', caseNo, '--as', 'zhu')).stdout).toMatch(/环节 stage +核实中/);
  });

  it('ends by itself, with an error, when its server dies under it', async () => {
    const { server } = JSON.parse(await readFile(join(dataDir, 'temporal.db.owner.json'), 'utf8')) as { server: number };
    process.kill(server, 'SIGKILL');
    const ended = await stack.ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('Temporal');
    stack = await start(dataDir);
  });
});

describe('xiaohao start, before anything runs', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await dataFolder();
  });
  afterAll(() => removeFolder(dataDir));

  it('names a port that is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)));
    const ran = await xiaohao(dataDir, ['start', '--port', String(port)]);
    other.close();
    expect([ran.code, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toContain('PORT-TAKEN');
    expect(ran.stderr).toContain(String(port));
    expect((await xiaohao(dataDir, ['start', '--port', 'many'])).code).toBe(2);
  });

  it('leaves a folder of a newer version alone, and so does every other command', async () => {
    const newer = await dataFolder();
    await writeFile(join(newer, 'folder.json'), '{"form":2}\n');
    for (const words of [['start'], ['case', 'list', '--as', 'zhu'], ['directory', 'show'], ['directory', 'import', 'docs/examples/directory.json'], ['doctor']]) {
      const { code, stdout, stderr } = await xiaohao(newer, words);
      expect([words, code, `${stdout}${stderr}`]).toEqual([words, 1, expect.stringContaining('LEDGER-NEWER')]);
    }
    expect(await readdir(newer)).toEqual(['folder.json']);
    await removeFolder(newer);
  });

  it('names a folder that cannot be one', async () => {
    const file = join(dataDir, 'a-file');
    await writeFile(file, '');
    for (const words of [['start'], ['case', 'list', '--as', 'zhu']]) {
      const { code, stderr } = await xiaohao(file, words);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/BAD-INPUT[^]*XIAOHAO_DATA[^]*a-file/)]);
    }
  });

  it('names a Temporal that does not answer', async () => {
    const nowhere = { TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const alone = { ...nowhere, DATABASE_URL: 'postgres://127.0.0.1:1/none' };
    for (const [words, env] of [['start', nowhere], ['worker', alone]] as const) {
      const { code, stdout, stderr } = await xiaohao(dataDir, [words], env);
      expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/UNAVAILABLE\n.*127\.0\.0\.1:1/)]);
    }
  });

  it('says what was tried for a server that cannot be had, with --json in the document', async () => {
    const env = { TEMPORAL_CLI: '/bin/false' };
    expect((await xiaohao(dataDir, ['start'], env)).stderr).toMatch(/tried:[^]*\/bin\/false[^]*To do:/);
    expect(oneDocument((await xiaohao(dataDir, ['--json', 'start'], env)).stdout)).toMatchObject({ error: { code: 'SERVER-MISSING', detail: expect.stringMatching(/\/bin\/false[^]*To do:/) } });
  });

  it('ends at once on Ctrl-C before it is up, and starts again', async () => {
    const half = await start(dataDir, [], {}, '编译流程代码');
    const ended = await half.stop('SIGINT');
    expect([ended.code, ended.stdout]).toEqual([null, '']);
    const again = await start(dataDir);
    expect((await again.stop('SIGINT')).code).toBe(0);
  });

  it('is asked for by every command that needs it', async () => {
    const ran = await xiaohao(dataDir, ['case', 'do', 'YC-2026-JY-0001', 'verifyStart', '--as', 'he']);
    expect([ran.code, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toContain('xiaohao start');
    expect(oneDocument((await xiaohao(dataDir, ['--json', 'open', 'docs/examples/feedback.json', '--as', 'li'])).stdout)).toMatchObject({ error: { code: 'NOT-RUNNING' } });
  });
});
