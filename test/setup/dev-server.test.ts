import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isAlive } from '../../tools/cache.ts';
import { freePort } from '../../tools/port.ts';
import { type DevServer, type DevServerOptions, findTemporalCli, startDevServer, type TemporalCli } from '../../tools/temporal-server.ts';
import { temporaryFolder } from '../support/fake-programs.ts';
import { root } from '../support/source.ts';

let cli: TemporalCli;
beforeAll(async () => {
  cli = await findTemporalCli();
}, 600_000);

async function started(options: Omit<DevServerOptions, 'cli'>): Promise<DevServer> {
  const server = await startDevServer({ cli, ...options });
  onTestFinished(() => server.stop());
  return server;
}

async function withClient<T>(server: DevServer, body: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: server.address });
  try {
    return await body(connection);
  } finally {
    await connection.close();
  }
}

/** A process that starts a server on the file, tells its id and waits to be killed. */
async function ownerOf(dbFile: string) {
  const script = `const { findTemporalCli, startDevServer } = await import(${JSON.stringify(join(root, 'tools', 'temporal-server.ts'))});
    const server = await startDevServer({ cli: await findTemporalCli(), dbFile: ${JSON.stringify(dbFile)} });
    console.log(server.pid);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, server: Number(line.toString()) };
}

describe('the dev server', () => {
  it('keeps ended workflows for thirty days, in every namespace asked for, with the search attributes', async () => {
    const server = await started({ namespaces: ['second'], searchAttributes: { XhStage: 'Keyword' } });
    await withClient(server, async (connection) => {
      for (const namespace of ['default', 'second']) {
        const { config } = await connection.workflowService.describeNamespace({ namespace });
        expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 86_400);
        const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
        expect(customAttributes).toHaveProperty('XhStage');
      }
    });
  });

  it('finds its data again after a kill -9, at another port', async () => {
    const dbFile = join(temporaryFolder(), 'temporal.db');
    const wish = { dbFile, searchAttributes: { XhStage: 'Keyword' } } as const;
    const first = await started(wish);
    await withClient(first, (connection) =>
      new Client({ connection }).workflow.start('anything', { workflowId: 'kept', taskQueue: 'nobody' }),
    );
    await first.kill9();
    expect(isAlive(first.pid)).toBe(false);
    const second = await started(wish);
    const found = await withClient(second, (connection) => new Client({ connection }).workflow.getHandle('kept').describe());
    expect(found.status.name).toBe('RUNNING');
  });

  it('a port that is taken is a clear error', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    await expect(startDevServer({ cli, port })).rejects.toThrow(new RegExp(`端口 ${port} 已被占用.*Port ${port} is taken`, 's'));
    await expect(startDevServer({ cli, uiPort: port })).rejects.toMatchObject({ code: 'SET-UP' });
  });

  it('a second server on the same file is refused while the owner of the first lives', async () => {
    const dbFile = join(temporaryFolder(), 'temporal.db');
    const { server } = await ownerOf(dbFile);
    await expect(startDevServer({ cli, dbFile })).rejects.toThrow('The data file is in use');
    expect(isAlive(server)).toBe(true);
  });

  it('dies with the process that started it, even after kill -9, and the file can be used at once', async () => {
    const dbFile = join(temporaryFolder(), 'temporal.db');
    const { child, server } = await ownerOf(dbFile);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const next = await started({ dbFile });
    for (let wait = 0; isAlive(server) && wait < 100; wait += 1) await sleep(50);
    expect(isAlive(server)).toBe(false);
    expect(isAlive(next.pid)).toBe(true);
  });

  it('a program that is no server is an error that shows its output', async () => {
    await expect(startDevServer({ cli: { path: '/bin/false' } })).rejects.toMatchObject({ code: 'SET-UP' });
    await expect(startDevServer({ cli: { path: '/nowhere/temporal' } })).rejects.toThrow('ENOENT');
  });
});
