import { mkdir, rename, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { cacheDir, withWorkFolder } from './cache.ts';
import { downloadBySdk } from './download.ts';
import { runChild, whichProgram } from './run-child.ts';
import { silent, type Progress } from './say.ts';
import { type Attempt, brief, SetUpError } from './set-up-error.ts';

/** The last release that `go install` accepts: later ones carry `replace` lines. */
export const cliVersion = '1.5.1';
const cliModule = `github.com/temporalio/cli/cmd/temporal@v${cliVersion}`;
const sdkVersion = '1.24.0';
/** Older servers lack what we lean on: Update by default, priority. */
const oldestServer = [1, 28] as const;

export type TemporalCli = { kind: 'cli'; path: string; from: 'TEMPORAL_CLI' | 'PATH' | 'cache' | 'download' | 'compiled'; version: string };
export type TemporalSource = TemporalCli | { kind: 'address'; address: string };

export type FindOptions = {
  progress?: Progress;
  env?: NodeJS.ProcessEnv;
  /** How the SDK's download is asked for. */
  download?: typeof downloadBySdk;
};
export type FindCliOptions = FindOptions & {
  /** Do not take TEMPORAL_ADDRESS for an answer: the caller stops and kills its server. */
  own?: boolean;
};

/**
 * A Temporal server to use, in this order: the running one at TEMPORAL_ADDRESS; TEMPORAL_CLI; `temporal` on the PATH; our cache;
 * the SDK's own download; `go install`. What was got is kept in the cache.
 * @throws SetUpError naming everything tried. A TEMPORAL_CLI that does not work is an error at once: it was asked for by name.
 */
export async function findTemporal(options: FindCliOptions = {}): Promise<TemporalSource> {
  const address = (options.env ?? process.env)['TEMPORAL_ADDRESS'];
  if (options.own !== true && address !== undefined && address !== '') return { kind: 'address', address };
  return findTemporalCli(options);
}

/** As `findTemporal`, but always a program that this machine can start. */
export async function findTemporalCli(options: FindOptions = {}): Promise<TemporalCli> {
  const env = options.env ?? process.env;
  const progress = options.progress ?? silent;
  const tried: Attempt[] = [];
  const named = env['TEMPORAL_CLI'];
  if (named !== undefined && named !== '') return await namedCli(named);
  const found = (await onPath(env, tried)) ?? (await inCache(env, tried));
  if (found !== undefined) return found;
  const got = (await download(options.download ?? downloadBySdk, env, progress, tried)) ?? (await compile(env, progress, tried));
  if (got !== undefined) return got;
  throw noCli(tried);
}

async function namedCli(path: string): Promise<TemporalCli> {
  const check = await checkCli(path);
  if (check.version !== undefined) return { kind: 'cli', path, from: 'TEMPORAL_CLI', version: check.version };
  throw noCli([{ way: `TEMPORAL_CLI=${path}`, result: check.reason }]);
}

async function onPath(env: NodeJS.ProcessEnv, tried: Attempt[]): Promise<TemporalCli | undefined> {
  tried.push({ way: 'TEMPORAL_CLI', result: '未设置 / not set' });
  const path = await whichProgram('temporal', env);
  const check = path === undefined ? { reason: '没有 / not there', version: undefined } : await checkCli(path);
  if (path !== undefined && check.version !== undefined) return { kind: 'cli', path, from: 'PATH', version: check.version };
  tried.push({ way: path === undefined ? 'temporal (PATH)' : `temporal (PATH: ${path})`, result: check.reason ?? '' });
  return undefined;
}

function cachedPaths(env: NodeJS.ProcessEnv): { compiled: string; downloaded: string } {
  const bin = join(cacheDir(env), 'bin');
  return { compiled: join(bin, `temporal-${cliVersion}`), downloaded: join(bin, `temporal-sdk-${sdkVersion}`) };
}

/** A file in the cache that does not answer (cut off, wrong machine) is removed, so that it is got again. */
async function inCache(env: NodeJS.ProcessEnv, tried: Attempt[]): Promise<TemporalCli | undefined> {
  const { compiled, downloaded } = cachedPaths(env);
  for (const path of [downloaded, compiled]) {
    const check = await checkCli(path);
    if (check.version !== undefined) return { kind: 'cli', path, from: 'cache', version: check.version };
    tried.push({
      way: `缓存 / cache (${path})`,
      result: check.missing === true ? '没有 / not there' : `${check.reason}; 已删除 / removed`,
    });
    if (check.missing !== true) await rm(path, { force: true }).catch(() => undefined);
  }
  return undefined;
}

async function download(
  bySdk: typeof downloadBySdk,
  env: NodeJS.ProcessEnv,
  progress: Progress,
  tried: Attempt[],
): Promise<TemporalCli | undefined> {
  progress.step('正在下载 Temporal 开发服务器 · downloading the Temporal dev server');
  const path = cachedPaths(env).downloaded;
  const failure = await bySdk('dev', path, cacheDir(env), progress).catch(brief);
  const check = failure === undefined ? await checkCli(path) : { reason: failure, version: undefined };
  if (check.version === undefined) {
    tried.push({ way: 'Temporal SDK 下载 / download', result: check.reason ?? '' });
    return undefined;
  }
  progress.done(`Temporal 开发服务器已下载 · downloaded: ${path}`);
  return { kind: 'cli', path, from: 'download', version: check.version };
}

async function compile(env: NodeJS.ProcessEnv, progress: Progress, tried: Attempt[]): Promise<TemporalCli | undefined> {
  const way = `go install ${cliModule}`;
  const go = await whichProgram('go', env);
  if (go === undefined) {
    tried.push({ way, result: '没有 go / no go on the PATH' });
    return undefined;
  }
  const path = cachedPaths(env).compiled;
  const failure = await goInstall(go, path, env, progress).catch(brief);
  const check = failure === undefined ? await checkCli(path) : { reason: failure, version: undefined };
  if (check.version !== undefined) return { kind: 'cli', path, from: 'compiled', version: check.version };
  tried.push({ way, result: check.reason ?? '' });
  return undefined;
}

/** Compiles into a folder of its own and moves the program into its place. @returns undefined, or the reason in one line */
async function goInstall(go: string, to: string, env: NodeJS.ProcessEnv, progress: Progress): Promise<string | undefined> {
  const cache = cacheDir(env);
  const started = Date.now();
  let packages = 0;
  let last = '';
  const tell = () => {
    const seconds = Math.round((Date.now() - started) / 1000);
    progress.tick(`正在编译 Temporal 开发服务器 · compiling: ${seconds} s, ${packages} packages ${last}`);
  };
  progress.step(
    `正在编译 Temporal 开发服务器（约 ${minutes()} 分钟，仅此一次）· compiling the Temporal dev server (about ${minutes()} min, once)`,
  );
  const timer = setInterval(tell, 1000);
  try {
    return await withWorkFolder(cache, async (folder) => {
      const onLine = (line: string) => {
        if (!line.startsWith('go: ')) packages += 1;
        last = line.replace('go: downloading ', '');
      };
      const result = await runChild(go, ['install', '-v', cliModule], { env: { ...env, GOBIN: folder }, cwd: folder, onLine, tied: true });
      if (result.code !== 0) return result.output.split('\n').at(-1) ?? `exit code ${result.code}`;
      await mkdir(join(cache, 'bin'), { recursive: true });
      await rename(join(folder, 'temporal'), to);
      progress.done(`Temporal 开发服务器已编译 · compiled: ${to}`);
      return undefined;
    });
  } finally {
    clearInterval(timer);
  }
}

function minutes(): string {
  return cpus().length <= 2 ? '2.5' : '1';
}

type Check = { version: string; reason?: undefined; missing?: undefined } | { version?: undefined; reason: string; missing?: boolean };

/** Asks the program for its version: a file that is cut off, foreign or too old does not pass. */
export async function checkCli(path: string): Promise<Check> {
  const result = await runChild(path, ['--version'], { timeoutMs: 60_000 });
  if (result.timedOut) return { reason: '没有回答 --version / no answer to --version' };
  if (result.code === null && result.output.includes('ENOENT')) return { reason: '没有 / not there', missing: true };
  const version = /^temporal version (.+)$/m.exec(result.output)?.[1];
  if (result.code !== 0 || version === undefined)
    return { reason: `不能运行 / does not run: ${brief(result.output)} (exit ${result.code})` };
  const server = /Server (\d+)\.(\d+)/.exec(version);
  if (server !== null && isOlder(Number(server[1]), Number(server[2]))) return { reason: `太旧 / too old: ${version}` };
  return { version };
}

function isOlder(major: number, minor: number): boolean {
  return major < oldestServer[0] || (major === oldestServer[0] && minor < oldestServer[1]);
}

function noCli(tried: Attempt[]): SetUpError {
  return new SetUpError({
    zh: '找不到可用的 Temporal 开发服务器。',
    en: 'No Temporal dev server could be had.',
    tried,
    todo: {
      zh: '安装 Temporal CLI（https://docs.temporal.io/cli），用 TEMPORAL_CLI=/路径/temporal 指明，再运行一次。',
      en: 'install the Temporal CLI (https://docs.temporal.io/cli), point TEMPORAL_CLI at it, and run again.',
    },
  });
}
