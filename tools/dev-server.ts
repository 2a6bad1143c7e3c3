import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Connection } from '@temporalio/client';
import { isAlive } from './cache.ts';
import { tieToThisProcess } from './lifeline.ts';
import { ensureNamespace, type SearchAttributeKind } from './namespace.ts';
import { freePort, isPortFree } from './port.ts';
import { SetUpError } from './set-up-error.ts';
import type { TemporalCli } from './temporal-cli.ts';

export type DevServerOptions = {
  cli: Pick<TemporalCli, 'path'>;
  /** SQLite file; without it everything is gone when the server stops. */
  dbFile?: string;
  /** gRPC port on 127.0.0.1; a free one when not given. */
  port?: number;
  /** Port of Temporal's own web UI; no UI when not given. */
  uiPort?: number;
  /** Namespaces to prepare beside `default`. */
  namespaces?: readonly string[];
  /** The server's own default is 24 hours. */
  namespaceRetentionDays?: number;
  searchAttributes?: Readonly<Record<string, SearchAttributeKind>>;
  /** Values are JSON, e.g. {'limit.numPendingUpdates': 50}. */
  dynamicConfig?: Readonly<Record<string, unknown>>;
  /** The server's output is appended here; it is thrown away when not given. */
  logFile?: string;
};

export type DevServer = {
  address: string;
  port: number;
  pid: number;
  uiUrl?: string;
  /** Ends the server in order and waits for its end. May be called twice. */
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would (for tests), and waits for its end. */
  kill9(): Promise<void>;
};

const readyWithinMs = 60_000;
const stopWithinMs = 15_000;

/**
 * Starts a Temporal dev server and waits until it answers and its namespaces are ready. It dies with this process.
 * We use the namespace `default`, as every Temporal tool does when nothing else is said, with a retention of 30 days.
 * It runs in a process group of its own: Ctrl-C reaches us, and we stop it after the worker.
 * @throws SetUpError when a port or the SQLite file is in use or the server does not come up
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  if (options.dbFile !== undefined) await stopLeftover(options.dbFile);
  for (const port of [options.port, options.uiPort]) if (port !== undefined && !(await isPortFree(port))) throw portTaken(port);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const server = launch(options, port);
    try {
      await whenReady(options, port, server);
      return server.handle;
    } catch (error) {
      await server.handle.kill9();
      // Between our look and the server's bind somebody else may have taken the port.
      if (options.port !== undefined || attempt >= 3 || !server.output().includes('address already in use')) throw error;
    }
  }
}

type Launched = { handle: DevServer; exited: Promise<number | null>; output: () => string };

function launch(options: DevServerOptions, port: number): Launched {
  const log = options.logFile === undefined ? undefined : openSync(options.logFile, 'a');
  const child = spawn(options.cli.path, serverArgs(options, port), { detached: true, stdio: ['ignore', log ?? 'ignore', 'pipe'] });
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-8192);
    if (options.logFile !== undefined) writeFileSync(options.logFile, chunk, { flag: 'a' });
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(null);
    });
    child.once('exit', resolve);
  });
  if (log !== undefined) closeSync(log);
  return { handle: handleOf(child, exited, options, port), exited, output: () => output };
}

function serverArgs(options: DevServerOptions, port: number): string[] {
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'];
  args.push(...(options.uiPort === undefined ? ['--headless'] : ['--ui-port', String(options.uiPort)]));
  if (options.dbFile !== undefined) args.push('--db-filename', options.dbFile);
  for (const [key, value] of Object.entries(options.dynamicConfig ?? {}))
    args.push('--dynamic-config-value', `${key}=${JSON.stringify(value)}`);
  return args;
}

function handleOf(child: ChildProcess, exited: Promise<unknown>, options: DevServerOptions, port: number): DevServer {
  const pid = child.pid ?? 0;
  const untie = pid === 0 ? () => undefined : tieToThisProcess(pid);
  if (options.dbFile !== undefined && pid !== 0)
    writeFileSync(ownerFile(options.dbFile), `${JSON.stringify({ server: pid, owner: process.pid, port })}\n`);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null && pid !== 0) child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    await exited;
    clearTimeout(timer);
    untie();
    if (options.dbFile !== undefined) rmSync(ownerFile(options.dbFile), { force: true });
  };
  const uiUrl = options.uiPort === undefined ? {} : { uiUrl: `http://127.0.0.1:${options.uiPort}` };
  return { address: `127.0.0.1:${port}`, port, pid, ...uiUrl, stop: () => end('SIGTERM'), kill9: () => end('SIGKILL') };
}

async function whenReady(options: DevServerOptions, port: number, server: Launched): Promise<void> {
  const connection = await connectWithin(readyWithinMs, `127.0.0.1:${port}`, server);
  try {
    const retentionDays = options.namespaceRetentionDays ?? 30;
    const searchAttributes = options.searchAttributes === undefined ? {} : { searchAttributes: options.searchAttributes };
    for (const namespace of ['default', ...(options.namespaces ?? [])])
      await ensureNamespace(connection, { namespace, retentionDays, ...searchAttributes });
  } finally {
    await connection.close();
  }
}

async function connectWithin(ms: number, address: string, server: Launched): Promise<Connection> {
  const until = Date.now() + ms;
  let ended = false;
  void server.exited.then(() => {
    ended = true;
  });
  for (;;) {
    try {
      return await Connection.connect({ address, connectTimeout: 1000 });
    } catch (error) {
      if (ended || Date.now() > until) throw notUp(server.output(), error);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function ownerFile(dbFile: string): string {
  return `${dbFile}.owner.json`;
}

/** Two servers on one SQLite file ruin it. One whose owner is dead (kill -9) is stopped; one whose owner lives is an error. */
async function stopLeftover(dbFile: string): Promise<void> {
  const left = readOwner(dbFile);
  if (left === undefined || !isAlive(left.server) || !isServerOf(left.server, dbFile)) return;
  if (isAlive(left.owner) && left.owner !== process.pid) throw inUse(dbFile, left.server);
  process.kill(left.server, 'SIGTERM');
  const until = Date.now() + stopWithinMs;
  while (isAlive(left.server)) {
    if (Date.now() > until) process.kill(left.server, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function readOwner(dbFile: string): { server: number; owner: number } | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(ownerFile(dbFile), 'utf8'));
    const { server, owner } = value as { server: unknown; owner: unknown };
    return typeof server === 'number' && typeof owner === 'number' ? { server, owner } : undefined;
  } catch {
    return undefined;
  }
}

/** Process ids are used again: where the system shows command lines, ours must name the file. */
function isServerOf(pid: number, dbFile: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dbFile);
  } catch {
    return process.platform !== 'linux';
  }
}

function portTaken(port: number): SetUpError {
  return new SetUpError({
    zh: `端口 ${port} 已被占用。`,
    en: `Port ${port} is taken.`,
    tried: [],
    todo: { zh: '换一个端口，或停止占用它的程序。', en: 'choose another port, or stop the program that uses it.' },
  });
}

function inUse(dbFile: string, pid: number): SetUpError {
  return new SetUpError({
    zh: `数据文件正在使用: ${dbFile}（进程 ${pid}）。`,
    en: `The data file is in use: ${dbFile} (process ${pid}).`,
    tried: [],
    todo: { zh: '先停止那一个，再启动。', en: 'stop that one first, then start again.' },
  });
}

function notUp(output: string, cause: unknown): SetUpError {
  const last = output.trim().split('\n').slice(-5).join('\n  ');
  return new SetUpError({
    zh: 'Temporal 开发服务器没有启动。',
    en: 'The Temporal dev server did not come up.',
    tried: [{ way: 'temporal server start-dev', result: last === '' ? String(cause) : last }],
    todo: {
      zh: '按上面的输出排除原因；缓存的程序可用 TEMPORAL_CLI 另行指定。',
      en: 'remove the cause shown above; TEMPORAL_CLI can name another program.',
    },
  });
}
