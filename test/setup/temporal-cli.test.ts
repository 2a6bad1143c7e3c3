import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../tools/say.ts';
import { findTemporal, findTemporalCli } from '../../tools/temporal-cli.ts';
import { answersVersion, compilesTemporal, environment, program, temporaryFolder } from '../support/fake-programs.ts';
import { root } from '../support/source.ts';

const offline = () => Promise.resolve('dns error: no such host');

describe('the Temporal dev server is looked for in order', () => {
  it('a running server at TEMPORAL_ADDRESS is taken as it is', async () => {
    const env = environment(temporaryFolder(), { TEMPORAL_ADDRESS: 'temporal.example:7233' });
    expect(await findTemporal({ env, download: offline })).toEqual({ kind: 'address', address: 'temporal.example:7233' });
  });

  it('who needs a server to stop and kill gets a program in spite of TEMPORAL_ADDRESS', async () => {
    const folder = temporaryFolder();
    const env = environment(folder, { TEMPORAL_ADDRESS: 'temporal.example:7233' });
    program(join(folder, 'bin', 'temporal'), answersVersion);
    expect(await findTemporal({ env, own: true, download: offline })).toMatchObject({ kind: 'cli', from: 'PATH' });
  });

  it('TEMPORAL_CLI goes before the PATH, and the PATH before the cache', async () => {
    const folder = temporaryFolder();
    const env = environment(folder);
    const named = program(join(folder, 'my-temporal'), answersVersion);
    program(join(folder, 'cache', 'bin', 'temporal-1.5.1'), answersVersion);
    expect(await findTemporalCli({ env, download: offline })).toMatchObject({ from: 'cache' });
    program(join(folder, 'bin', 'temporal'), answersVersion);
    expect(await findTemporalCli({ env, download: offline })).toMatchObject({ from: 'PATH', version: expect.stringContaining('1.29.1') });
    expect(await findTemporalCli({ env: { ...env, TEMPORAL_CLI: named }, download: offline })).toMatchObject({
      from: 'TEMPORAL_CLI',
      path: named,
    });
  });

  it('a TEMPORAL_CLI that does not run is an error that names it, and nothing else is tried', async () => {
    const folder = temporaryFolder();
    program(join(folder, 'bin', 'temporal'), answersVersion);
    const env = environment(folder, { TEMPORAL_CLI: join(folder, 'gone') });
    await expect(findTemporalCli({ env, download: offline })).rejects.toMatchObject({
      code: 'SET-UP',
      tried: [{ way: `TEMPORAL_CLI=${join(folder, 'gone')}` }],
    });
  });

  it('a server on the PATH that is too old is passed over', async () => {
    const folder = temporaryFolder();
    program(join(folder, 'bin', 'temporal'), 'echo "temporal version 0.10.0 (Server 1.21.0, UI 2.10.0)"');
    program(join(folder, 'cache', 'bin', 'temporal-1.5.1'), answersVersion);
    expect(await findTemporalCli({ env: environment(folder), download: offline })).toMatchObject({ from: 'cache' });
  });

  it('what was compiled is found in the cache the next time', async () => {
    const folder = temporaryFolder();
    const env = environment(folder);
    program(join(folder, 'bin', 'go'), compilesTemporal);
    const said: string[] = [];
    const progress: Progress = { step: (text) => said.push(text), tick: () => undefined, done: (text) => said.push(text) };
    expect(await findTemporalCli({ env, progress, download: offline })).toMatchObject({ from: 'compiled' });
    expect(said.join('\n')).toMatch(/正在编译.*compiling/s);
    expect(await findTemporalCli({ env, download: offline })).toMatchObject({ from: 'cache' });
    expect(readdirSync(join(folder, 'cache', 'tmp'))).toEqual([]);
  });

  it('a program in the cache that was cut off is removed and got again', async () => {
    const folder = temporaryFolder();
    const env = environment(folder);
    const cached = join(folder, 'cache', 'bin', 'temporal-1.5.1');
    mkdirSync(join(folder, 'cache', 'bin'), { recursive: true });
    writeFileSync(cached, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), { mode: 0o755 });
    program(join(folder, 'bin', 'go'), compilesTemporal);
    expect(await findTemporalCli({ env, download: offline })).toMatchObject({ from: 'compiled', path: cached });
    expect(readFileSync(cached, 'utf8')).toContain('temporal version');
  });

  it('a download goes before compiling', async () => {
    const folder = temporaryFolder();
    program(join(folder, 'bin', 'go'), 'exit 1');
    const download = async (_kind: string, to: string) => void program(to, answersVersion);
    const found = await findTemporalCli({ env: environment(folder), download: async (kind, to) => (await download(kind, to), undefined) });
    expect(found).toMatchObject({ from: 'download' });
  });

  it('two set-ups at once both end with a program that works', async () => {
    const folder = temporaryFolder();
    const env = environment(folder);
    program(join(folder, 'bin', 'go'), `/bin/sleep 0.2\n${compilesTemporal}`);
    const both = await Promise.all([findTemporalCli({ env, download: offline }), findTemporalCli({ env, download: offline })]);
    expect(both.map(({ from }) => from)).toEqual(['compiled', 'compiled']);
    expect(await findTemporalCli({ env, download: offline })).toMatchObject({ from: 'cache' });
  });
});

describe('when no server can be had', () => {
  it('the error says in Chinese and English what was tried and the one thing to do', async () => {
    const folder = temporaryFolder();
    const env = environment(folder);
    program(join(folder, 'bin', 'temporal'), 'echo boom >&2; exit 7');
    program(join(folder, 'bin', 'go'), 'echo "go: module lookup disabled" >&2; exit 1');
    const error = await findTemporalCli({ env, download: offline }).then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    const message = error?.message ?? '';
    expect(error).toMatchObject({ code: 'SET-UP' });
    expect(message).toContain('找不到可用的 Temporal 开发服务器');
    expect(message).toContain('No Temporal dev server could be had');
    expect(message).toContain('TEMPORAL_CLI: 未设置 / not set');
    expect(message).toMatch(/temporal \(PATH: .*\): .*boom \(exit 7\)/);
    expect(message).toContain('temporal-sdk-1.24.0): 没有 / not there');
    expect(message).toContain('temporal-1.5.1): 没有 / not there');
    expect(message).toContain('dns error: no such host');
    expect(message).toContain('go install github.com/temporalio/cli/cmd/temporal@v1.5.1: go: module lookup disabled');
    expect(message).toMatch(/请这样做: .*TEMPORAL_CLI/);
    expect(message).toMatch(/To do: .*TEMPORAL_CLI/);
  });

  it('a machine without Go is told so', async () => {
    const env = environment(temporaryFolder());
    await expect(findTemporalCli({ env, download: offline })).rejects.toThrow('没有 go / no go on the PATH');
  });
});

describe('a set-up that is killed half-way', () => {
  it('leaves nothing that would be taken for a server, and the next one cleans up', async () => {
    const folder = temporaryFolder();
    const env = environment(folder);
    const begun = join(folder, 'begun');
    program(join(folder, 'bin', 'go'), `printf half > "$GOBIN/temporal"\n: > ${begun}\nexec /bin/sleep 2`);
    const script = `const { findTemporalCli } = await import(${JSON.stringify(join(root, 'tools', 'temporal-cli.ts'))});
      await findTemporalCli({ download: async () => 'offline' });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: root, env, stdio: 'ignore' });
    while (!existsSync(begun)) await sleep(20);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(readdirSync(join(folder, 'cache'))).toEqual(['tmp']);
    expect(readdirSync(join(folder, 'cache', 'tmp'))).toHaveLength(1);
    program(join(folder, 'bin', 'go'), compilesTemporal);
    expect(await findTemporalCli({ env, download: offline })).toMatchObject({ from: 'compiled' });
    expect(readdirSync(join(folder, 'cache', 'tmp'))).toEqual([]);
  });
});
