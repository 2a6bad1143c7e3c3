/**
 * Brings node_modules to what package-lock.json says. A stamp inside node_modules, written last, says that it is whole:
 * an installation that was killed leaves none, and is done again. Plain JavaScript, no packages.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';

const stampName = '.xiaohao-stamp';

/** @param {string} root  @returns {boolean} */
export function isInstalled(root) {
  const stamp = read(join(root, 'node_modules', stampName));
  return stamp !== undefined && stamp === wantedStamp(root);
}

/**
 * @param {{ root: string, say?: (text: string) => void, isTerminal?: boolean }} options
 * @returns {Promise<'there' | 'installed'>}
 * @throws {Error} with what npm said and the one thing to do
 */
export async function ensureModules({ root, say = sayOnError, isTerminal = process.stderr.isTTY === true }) {
  if (isInstalled(root)) return 'there';
  const waiting = (owner) => say(`另一个进程（${owner}）正在安装，等待 · waiting for process ${owner}, which is installing`);
  return withLock(join(root, '.set-up.lock'), () => install(root, say, isTerminal), waiting);
}

async function install(root, say, isTerminal) {
  // While we waited another process may have done it.
  if (isInstalled(root)) return 'there';
  if (!isSameTree(root)) {
    say('正在安装依赖（npm ci）· installing the dependencies');
    await npmCi(root, isTerminal);
    say('依赖已安装 · dependencies installed');
  }
  writeFileSync(join(root, 'node_modules', stampName), wantedStamp(root));
  return 'installed';
}

/** Progress on a terminal; quiet in a pipe, with npm's words only when it fails. Standard output stays untouched. */
async function npmCi(root, isTerminal) {
  const { file, args } = npm();
  const child = spawn(file, [...args, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', isTerminal ? 2 : 'pipe', isTerminal ? 2 : 'pipe'],
    detached: true,
  });
  const untie = tie(child.pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output = (output + chunk).slice(-16_384)));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(null);
    });
    child.once('close', resolve);
  });
  untie();
  if (code !== 0) throw installFailed(output, code);
}

/**
 * When this process dies, however it dies, npm dies too: an npm left alone would go on writing under the next one's feet, and one that
 * is only asked to stop takes seconds to undo what it did, there as well. What it leaves has no stamp.
 * A tiny shell waits on a pipe that the system closes for us. (tools/lifeline.ts, before TypeScript can run.)
 */
function tie(pid) {
  if (pid === undefined) return () => undefined;
  const watcher = spawn('sh', ['-c', 'read -r word || kill -s KILL -- "-$1"', 'tie', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  for (const part of [watcher, watcher.stdin]) part.on('error', () => undefined);
  return () => watcher.stdin.end('over\n');
}

/** The npm that started us, or the one on the PATH. */
function npm() {
  const own = process.env.npm_execpath;
  return own !== undefined && /npm-cli\.[cm]?js$/.test(own) ? { file: process.execPath, args: [own] } : { file: 'npm', args: [] };
}

function installFailed(output, code) {
  const error = new Error(
    [
      ...(output.trim() === '' ? [] : [output.trim(), '']),
      `依赖没有装上（npm ci，退出码 ${code}）。`,
      `The dependencies could not be installed (npm ci, exit code ${code}).`,
      '请这样做: 检查网络与 npm 的镜像、代理设置，再运行一次。',
      'To do: check the network and npm’s registry and proxy settings, and run again.',
    ].join('\n'),
  );
  error.code = 'SET-UP';
  return error;
}

/** Changes with the lock file and with the machine, because some packages carry native code. */
function wantedStamp(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
}

/**
 * True when somebody has installed exactly this already (`npm install` by hand): npm keeps a list of what it put there,
 * which it writes last. Optional packages may be missing (other platforms).
 */
function isSameTree(root) {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const there = packagesOf(hidden);
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (there === undefined || wanted === undefined) return false;
  const missing = Object.entries(wanted).some(
    ([path, entry]) => path !== '' && there[path]?.version !== entry.version && !(entry.optional && there[path] === undefined),
  );
  return !missing && Object.keys(there).every((path) => path in wanted);
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function sayOnError(text) {
  process.stderr.write(`${text}\n`);
}
