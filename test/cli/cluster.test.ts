import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { hasPostgres, startPostgres, type Postgres } from '../../tools/postgres.ts';
import { cleanEnv, dataFolder, oneDocument, program, removeFolder, xiaohao } from '../support/cli.ts';
import { root } from '../support/source.ts';

const found = await hasPostgres();

/** Several machines are here several folders: what they share comes from the environment alone. */
describe.skipIf(!found)('an existing Temporal and PostgreSQL', () => {
  let postgres: Postgres;
  let env: Record<string, string>;
  const folders: string[] = [];
  const workers: ChildProcess[] = [];
  const machine = async (): Promise<string> => {
    const folder = await dataFolder();
    folders.push(folder);
    return folder;
  };
  const startWorker = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [program, 'worker'], { cwd: root, env: cleanEnv({ ...env, XIAOHAO_DATA: await machine() }), stdio: ['ignore', 'ignore', 'pipe'] });
    workers.push(child);
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        if (said.includes('工作进程已启动')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`worker ended with ${code}: ${said}`)));
    });
    return child;
  };
  const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill(signal);
    });

  beforeAll(async () => {
    postgres = await startPostgres();
    env = {
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: `cluster-${randomBytes(4).toString('hex')}`,
      DATABASE_URL: postgres.url,
      XIAOHAO_SEAL_SECRET: 'shared by all machines of the test',
    };
  });
  afterAll(async () => {
    for (const child of workers) child.kill('SIGKILL');
    await postgres.stop();
    for (const folder of folders) await removeFolder(folder);
  });

  it('is prepared by one command, which may be repeated', async () => {
    const here = await machine();
    const before = await xiaohao(here, ['doctor'], env);
    expect([before.code, before.stdout]).toEqual([1, expect.stringMatching(/缺 missing +命名空间 +namespace +.*xiaohao cluster init/)]);
    for (const _ of [1, 2]) {
      const { code, stdout, stderr } = await xiaohao(here, ['--json', 'cluster', 'init'], env);
      expect([code, stderr]).toEqual([0, '']);
      expect(oneDocument(stdout)).toMatchObject({ namespace: env['TEMPORAL_NAMESPACE'], retentionDays: 30, tables: true });
    }
  });

  it('is worked on by several workers; one may be killed, the others go on', async () => {
    const [first] = [await startWorker(), await startWorker()];
    const here = await machine();
    const run = (...words: string[]) => xiaohao(here, words, env);
    expect((await run('directory', 'import', 'docs/examples/directory.json')).code).toBe(0);
    const { caseNo } = oneDocument((await run('--json', 'open', 'docs/examples/feedback.json', '--as', 'li')).stdout) as { caseNo: string };
    await ended(first, 'SIGKILL');
    expect((await run('case', 'do', caseNo, 'verifyStart', '--as', 'he')).stdout).toContain('现为 核实中, 第 2 版');
    expect((await run('case', 'show', caseNo, '--as', 'zhu')).stdout).toMatch(/环节 stage +核实中/);
    const doctor = await run('doctor');
    expect([doctor.code, doctor.stdout]).toEqual([0, expect.stringMatching(/有 found +命名空间 +namespace +cluster-[^]*台账 +ledger +postgres, \d 件/)]);
  });

  it('lets a worker end in order', async () => {
    const worker = workers.at(-1);
    expect(worker && (await ended(worker, 'SIGTERM'))).toBe(0);
  });
});
