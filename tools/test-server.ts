import { access, chmod, constants, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { cacheDir, withWorkFolder } from './cache.ts';
import { downloadBySdk } from './download.ts';
import { runChild, whichProgram } from './run-child.ts';
import { silent, type Progress } from './say.ts';
import { type Attempt, brief, SetUpError } from './set-up-error.ts';
import type { FindOptions } from './temporal-cli.ts';

/** Temporal's time-skipping test server is a Java program; this is the release the SDK of this version is tested with. */
const testServerVersion = '1.32.0';
const artifact = `io.temporal:temporal-test-server:${testServerVersion}`;
const sdkVersion = '1.24.0';

/** `path` is for TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } }). */
export type TestServer = { path: string; from: 'TEMPORAL_TEST_SERVER' | 'cache' | 'download' | 'maven' };

/**
 * The time-skipping test server, in this order: TEMPORAL_TEST_SERVER; our cache; the SDK's own download; Maven with a Java runtime.
 * @throws SetUpError naming everything tried
 */
export async function findTestServer(options: FindOptions = {}): Promise<TestServer> {
  const env = options.env ?? process.env;
  const progress = options.progress ?? silent;
  const named = env['TEMPORAL_TEST_SERVER'];
  if (named !== undefined && named !== '') return await namedServer(named);
  const tried: Attempt[] = [{ way: 'TEMPORAL_TEST_SERVER', result: '未设置 / not set' }];
  const bySdk = options.download ?? downloadBySdk;
  const server = (await inCache(env, tried)) ?? (await download(bySdk, env, progress, tried)) ?? (await fromMaven(env, progress, tried));
  if (server !== undefined) return server;
  throw noTestServer(tried);
}

async function namedServer(path: string): Promise<TestServer> {
  if (await isExecutable(path)) return { path, from: 'TEMPORAL_TEST_SERVER' };
  throw noTestServer([{ way: `TEMPORAL_TEST_SERVER=${path}`, result: '不是可执行文件 / not an executable file' }]);
}

function cachedPaths(env: NodeJS.ProcessEnv): { jars: string; downloaded: string } {
  const cache = cacheDir(env);
  return {
    jars: join(cache, `test-server-${testServerVersion}`),
    downloaded: join(cache, 'bin', `temporal-test-server-sdk-${sdkVersion}`),
  };
}

async function inCache(env: NodeJS.ProcessEnv, tried: Attempt[]): Promise<TestServer | undefined> {
  const { jars, downloaded } = cachedPaths(env);
  if (await isExecutable(downloaded)) return { path: downloaded, from: 'cache' };
  const fault = await faultOfJars(jars);
  if (fault === undefined) return await withJava(env, { path: join(jars, scriptName), from: 'cache' }, tried);
  tried.push({ way: `缓存 / cache (${jars})`, result: fault });
  await rm(jars, { recursive: true, force: true }).catch(() => undefined);
  return undefined;
}

async function download(
  bySdk: typeof downloadBySdk,
  env: NodeJS.ProcessEnv,
  progress: Progress,
  tried: Attempt[],
): Promise<TestServer | undefined> {
  progress.step('正在下载 Temporal 测试服务器 · downloading the Temporal test server');
  const path = cachedPaths(env).downloaded;
  const failure = await bySdk('test', path, cacheDir(env), progress).catch(brief);
  if (failure === undefined) progress.done(`Temporal 测试服务器已下载 · downloaded: ${path}`);
  else tried.push({ way: 'Temporal SDK 下载 / download', result: failure });
  return failure === undefined ? { path, from: 'download' } : undefined;
}

async function fromMaven(env: NodeJS.ProcessEnv, progress: Progress, tried: Attempt[]): Promise<TestServer | undefined> {
  const way = `Maven: ${artifact}`;
  const mvn = await whichProgram('mvn', env);
  if (mvn === undefined) tried.push({ way, result: '没有 mvn / no mvn on the PATH' });
  const { jars } = cachedPaths(env);
  if (mvn === undefined || (await withJava(env, { path: jars, from: 'maven' }, tried)) === undefined) return undefined;
  progress.step('正在用 Maven 取得 Temporal 测试服务器 · getting the Temporal test server with Maven');
  const failure = await copyJars(mvn, jars, env, progress).catch(brief);
  if (failure !== undefined) tried.push({ way, result: failure });
  else progress.done(`Temporal 测试服务器已就绪 · ready: ${jars}`);
  return failure === undefined ? { path: join(jars, scriptName), from: 'maven' } : undefined;
}

async function withJava(env: NodeJS.ProcessEnv, server: TestServer, tried: Attempt[]): Promise<TestServer | undefined> {
  const home = env['JAVA_HOME'];
  const java = home !== undefined && home !== '' ? join(home, 'bin', 'java') : await whichProgram('java', env);
  if (java !== undefined && (await isExecutable(java))) return server;
  tried.push({ way: 'java (JAVA_HOME, PATH)', result: '没有 / not there' });
  return undefined;
}

/** Maven copies the jars into a work folder; the script and the list of sizes go beside them; one rename puts them in place. */
async function copyJars(mvn: string, to: string, env: NodeJS.ProcessEnv, progress: Progress): Promise<string | undefined> {
  const started = Date.now();
  return withWorkFolder(cacheDir(env), async (folder) => {
    const whole = join(folder, 'whole');
    await mkdir(join(whole, 'lib'), { recursive: true });
    await writeFile(join(folder, 'pom.xml'), pom);
    const args = ['-B', '-f', join(folder, 'pom.xml'), copyGoal, `-DoutputDirectory=${join(whole, 'lib')}`, '-DincludeScope=runtime'];
    const onLine = (line: string) => {
      const seconds = Math.round((Date.now() - started) / 1000);
      progress.tick(
        `Maven: ${seconds} s ${
          line
            .replace(/^\[INFO\]\s*/, '')
            .split('/')
            .at(-1) ?? ''
        }`,
      );
    };
    const result = await runChild(mvn, args, {
      env: { ...env, ...mavenHome(env) },
      cwd: folder,
      onLine,
      timeoutMs: 15 * 60_000,
      tied: true,
    });
    if (result.code !== 0) return result.output.split('\n').find((line) => /^\[ERROR\] *\S/.test(line)) ?? `exit code ${result.code}`;
    await writeFile(join(whole, scriptName), script);
    await chmod(join(whole, scriptName), 0o755);
    await writeFile(join(whole, 'sizes.json'), JSON.stringify(await sizesOf(join(whole, 'lib'))));
    await rename(whole, to);
    return undefined;
  });
}

/** Java takes the home folder from the list of accounts; where HOME says otherwise (service accounts), Maven is told. */
function mavenHome(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (userInfo().homedir === homedir()) return {};
  return { MAVEN_OPTS: `${env['MAVEN_OPTS'] ?? ''} -Duser.home=${homedir()}`.trim() };
}

/** The jars are whole when each has the size that was noted when they came. @returns the fault, or undefined */
async function faultOfJars(jars: string): Promise<string | undefined> {
  const noted = await readFile(join(jars, 'sizes.json'), 'utf8').catch(() => undefined);
  if (noted === undefined) return '没有 / not there';
  const now = JSON.stringify(await sizesOf(join(jars, 'lib')).catch(() => ({})));
  return noted === now && (await isExecutable(join(jars, scriptName))) ? undefined : '残缺，已删除 / damaged, removed';
}

async function sizesOf(folder: string): Promise<Record<string, number>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).size] as const)));
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

const scriptName = 'temporal-test-server';

/**
 * The SDK calls it as `temporal-test-server PORT [more]`, and kills the process it started: hence `exec`.
 * Without `--enable-time-skipping`: the SDK unlocks time itself while it sleeps or waits for a result, and with that flag
 * its count of locks is off by one, so that the first sleep of 90 days skips 180.
 */
const script = `#!/bin/sh
here=$(dirname "$0")
exec "\${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -cp "$here/lib/*" io.temporal.testserver.TestServer "$@"
`;

const copyGoal = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>${artifact.split(':')[0]}</groupId>
      <artifactId>${artifact.split(':')[1]}</artifactId>
      <version>${artifact.split(':')[2]}</version>
    </dependency>
    <dependency><!-- keeps its logging library from warning that it has no output -->
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`;

function noTestServer(tried: Attempt[]): SetUpError {
  return new SetUpError({
    zh: '找不到可用的 Temporal 测试服务器（可跳时）。',
    en: 'No time-skipping Temporal test server could be had.',
    tried,
    todo: {
      zh: '安装 Java 11 以上与 Maven，或用 TEMPORAL_TEST_SERVER 指明 temporal-test-server，再运行一次。',
      en: 'install Java 11 or later and Maven, or point TEMPORAL_TEST_SERVER at a temporal-test-server, and run again.',
    },
  });
}
