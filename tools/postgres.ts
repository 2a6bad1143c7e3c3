/**
 * A PostgreSQL server for tests and benches, in a temporary folder, on a free port of the loopback interface.
 * As root it runs as another account. With XIAOHAO_TEST_PG_URL that server is used instead, and cannot be stopped.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { tieToThisProcess } from './lifeline.ts';
import { freePort } from './port.ts';
import { type Account, accountForServer, findPostgresBin } from './postgres-files.ts';
import { runChild } from './run-child.ts';
import { SetUpError } from './set-up-error.ts';

export type Postgres = {
  /** A database of its own for this call, owned by the user in the URL. */
  url: string;
  /** False for a server that was given by XIAOHAO_TEST_PG_URL: it may not be stopped. */
  canStop: boolean;
  /** One more empty database on the same server. @returns its URL */
  createDatabase(): Promise<string>;
  /** Stops at once without a checkpoint (pg_ctl -m immediate): the next start recovers from the log. */
  stopImmediate(): Promise<void>;
  /** Starts again after a stop, on the same port and data. */
  start(): Promise<void>;
  /** Ends the server and removes its files (a given server: its databases that we made). */
  stop(): Promise<void>;
};

/** @throws SetUpError when there is no PostgreSQL; `hasPostgres` asks without throwing. */
export async function startPostgres(env: NodeJS.ProcessEnv = process.env): Promise<Postgres> {
  const given = env['XIAOHAO_TEST_PG_URL'];
  if (given !== undefined && given !== '') return await onGivenServer(given);
  const bin = await findPostgresBin(env);
  const account = await accountForServer();
  const folder = await temporaryFolder(account);
  try {
    return await onOwnServer({ bin, account, folder });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

export async function hasPostgres(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const given = env['XIAOHAO_TEST_PG_URL'];
  if (given !== undefined && given !== '') return true;
  return findPostgresBin(env)
    .then(() => accountForServer())
    .then(
      () => true,
      () => false,
    );
}

async function onGivenServer(url: string): Promise<Postgres> {
  const made: string[] = [];
  const createDatabase = async () => {
    const name = databaseName();
    await query(url, `create database ${name}`);
    made.push(name);
    return withDatabase(url, name);
  };
  const refuse = () => Promise.reject(new Error('XIAOHAO_TEST_PG_URL names a server that tests may not stop'));
  const stop = async () => {
    for (const name of made.splice(0)) await query(url, `drop database if exists ${name} with (force)`);
  };
  return { url: await createDatabase(), canStop: false, createDatabase, stopImmediate: refuse, start: refuse, stop };
}

type Place = { bin: string; account: Account | undefined; folder: string };

async function onOwnServer(place: Place): Promise<Postgres> {
  const password = randomBytes(12).toString('hex');
  await initialise(place, password);
  const port = await freePort();
  const admin = `postgres://xiaohao:${password}@127.0.0.1:${port}/postgres`;
  let server: Running | undefined = await launch(place, port, admin);
  const end = async (mode: 'fast' | 'immediate') => {
    const running = server;
    server = undefined;
    if (running !== undefined) await running.end(mode);
  };
  const createDatabase = async () => {
    const name = databaseName();
    await query(admin, `create database ${name}`);
    return withDatabase(admin, name);
  };
  return {
    url: await createDatabase(),
    canStop: true,
    createDatabase,
    stopImmediate: () => end('immediate'),
    start: async () => {
      server ??= await launch(place, port, admin);
    },
    stop: async () => {
      await end('fast');
      await rm(place.folder, { recursive: true, force: true });
    },
  };
}

/** Only the account that runs the server may look into its folder; the folders above must let it pass. */
async function temporaryFolder(account: Account | undefined): Promise<string> {
  const folder = await mkdtemp(join(account === undefined ? tmpdir() : '/tmp', 'xiaohao-pg-'));
  await mkdir(join(folder, 'socket'));
  await chmod(folder, 0o700);
  if (account !== undefined) for (const path of [folder, join(folder, 'socket')]) await chown(path, account.uid, account.gid);
  return folder;
}

function asAccount(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

async function initialise({ bin, account, folder }: Place, password: string): Promise<void> {
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, `${password}\n`);
  if (account !== undefined) await chown(passwordFile, account.uid, account.gid);
  const args = [
    '-D',
    join(folder, 'data'),
    '-U',
    'xiaohao',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
  ];
  const env = { ...process.env, HOME: folder };
  const result = await runChild(join(bin, 'initdb'), args, { ...asAccount(account), env, cwd: folder });
  if (result.code !== 0) throw notUp('initdb', result.output);
}

type Running = { end(mode: 'fast' | 'immediate'): Promise<void> };

async function launch(place: Place, port: number, admin: string): Promise<Running> {
  const { bin, account, folder } = place;
  const settings = [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${join(folder, 'socket')}`,
    '-c',
    'max_connections=200',
  ];
  const child = spawn(join(bin, 'postgres'), ['-D', join(folder, 'data'), '-p', String(port), ...settings], {
    ...asAccount(account),
    cwd: folder,
    env: { ...process.env, HOME: folder },
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-8192);
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // SIGTERM would wait until every client has gone.
  const untie = child.pid === undefined ? () => undefined : tieToThisProcess(child.pid, 'INT');
  await untilAnswers(admin, child, () => output);
  return { end: (mode) => end(child, exited, mode).finally(untie) };
}

/** The signals are PostgreSQL's own: SIGINT is a fast shutdown, SIGQUIT an immediate one. */
async function end(child: ChildProcess, exited: Promise<void>, mode: 'fast' | 'immediate'): Promise<void> {
  child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), 15_000);
  await exited;
  clearTimeout(timer);
}

async function untilAnswers(admin: string, child: ChildProcess, output: () => string): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      return await query(admin, 'select 1');
    } catch {
      if (child.exitCode !== null || Date.now() > until) throw notUp('postgres', output());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

function databaseName(): string {
  return `xiaohao_${randomBytes(6).toString('hex')}`;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

function notUp(program: string, output: string): SetUpError {
  return new SetUpError({
    zh: 'PostgreSQL 没有启动。',
    en: 'PostgreSQL did not come up.',
    tried: [{ way: program, result: output.trim().split('\n').slice(-5).join('\n  ') }],
    todo: { zh: '按上面的输出排除原因。', en: 'remove the cause shown above.' },
  });
}
