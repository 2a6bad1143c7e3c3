import { access, constants, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runChild, whichProgram } from './run-child.ts';
import { type Attempt, SetUpError } from './set-up-error.ts';

const programs = ['initdb', 'postgres', 'pg_ctl'] as const;

/** The folder with initdb, postgres and pg_ctl: `pg_config --bindir`, the newest of /usr/lib/postgresql, the PATH. */
export async function findPostgresBin(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const tried: Attempt[] = [];
  for (const folder of await candidates(env)) {
    if (await hasAll(folder)) return folder;
    tried.push({ way: folder, result: '没有 initdb、postgres / no initdb, postgres' });
  }
  throw noPostgres(tried);
}

async function candidates(env: NodeJS.ProcessEnv): Promise<string[]> {
  const config = await runChild('pg_config', ['--bindir'], { env, timeoutMs: 10_000 });
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, 'bin'));
  const initdb = await whichProgram('initdb', env);
  return [
    ...(config.code === 0 ? [config.output] : []),
    ...newestFirst,
    '/opt/homebrew/opt/postgresql/bin',
    ...(initdb === undefined ? [] : [initdb.slice(0, -'/initdb'.length)]),
  ];
}

async function hasAll(folder: string): Promise<boolean> {
  const found = await Promise.all(
    programs.map((name) =>
      access(join(folder, name), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}

export type Account = { uid: number; gid: number; name: string };

/** PostgreSQL refuses to run as root: then another account of this machine runs it, `postgres` or `nobody`. */
export async function accountForServer(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , uid, gid] = lines.find(([account]) => account === wanted) ?? [];
    if (name !== undefined && uid !== undefined && gid !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw noPostgres([{ way: 'root: postgres, nobody', result: '没有这样的账户 / no such account' }]);
}

function noPostgres(tried: readonly Attempt[]): SetUpError {
  return new SetUpError({
    zh: '找不到可用的 PostgreSQL。',
    en: 'No PostgreSQL could be had.',
    tried: [{ way: 'XIAOHAO_TEST_PG_URL', result: '未设置 / not set' }, ...tried],
    todo: {
      zh: '安装 PostgreSQL 服务器（如 apt install postgresql），或用 XIAOHAO_TEST_PG_URL 指明一个可建库的测试服务器。',
      en: 'install the PostgreSQL server (e.g. apt install postgresql), or set XIAOHAO_TEST_PG_URL to a test server where databases may be created.',
    },
  });
}
