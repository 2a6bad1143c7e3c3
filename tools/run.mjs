/**
 * `node tools/run.mjs demo|start|test|check|setup|bench|soak [arguments]`: what the npm scripts call.
 * Works in a fresh clone: installs what is missing, then runs the real command. Set-up talks on standard error only.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = '', ...args] = process.argv.slice(2);

/** @type {Record<string, () => Promise<void>>} */
const commands = {
  demo: () => runHere('cli/main.ts', ['demo', ...args]),
  start: () => runHere('cli/main.ts', ['start', ...args]),
  setup: () => runHere('tools/set-up.ts', args),
  bench: () => runHere('bench/main.ts', args),
  soak: () => runHere('test/fault/soak.ts', args),
  check: runCheck,
  test: runTest,
};

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`需要 Node.js 20.19 以上，现在是 ${process.versions.node}。\nNode.js 20.19 or later is needed, this is ${process.versions.node}.`);
}
const run = commands[command];
if (run === undefined) fail(`用法 · usage: node tools/run.mjs ${Object.keys(commands).join('|')}`, 2);

try {
  const { ensureModules } = await import('./node-modules.mjs');
  await ensureModules({ root });
  await run();
} catch (error) {
  // A failed set-up explains itself; anything else is a fault of ours and shows where.
  fail(error?.code === 'SET-UP' ? error.message : (error?.stack ?? String(error)));
}

/** Runs a TypeScript file in this process, so that signals and exit codes need no passing on. */
async function runHere(file, argv) {
  stopWhenNpmDies();
  const { register } = await import('tsx/esm/api');
  register();
  const path = join(root, file);
  process.argv = [process.execPath, path, ...argv];
  await import(pathToFileURL(path).href);
}

/** A SIGTERM that reaches npm ends npm alone: what it started would stay. Then we ask ourselves to stop in order. */
function stopWhenNpmDies() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}

async function runCheck() {
  process.exitCode = 0;
  for (const [name, ...words] of [
    ['typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
    ['oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '.'],
    ['vitest/vitest.mjs', 'run', '--project', 'unit', ...args],
  ]) {
    const code = await runProgram(name, words);
    if (code !== 0) process.exitCode = code;
  }
}

async function runTest() {
  const { register } = await import('tsx/esm/api');
  register();
  const { runTests } = await import('./run-tests.ts');
  process.exitCode = await runTests({ args, runProgram });
}

/** Runs a program from node_modules and passes our signals on to it. @returns its exit code, 128 + n for a signal */
function runProgram(name, words) {
  const child = spawn(process.execPath, [join(root, 'node_modules', name), ...words], { cwd: root, stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  // On a terminal Ctrl-C reaches the child as well as us: then it is only for us to wait.
  const pass = (signal) => {
    if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      for (const signal of signals) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });
}

function fail(message, code = 1) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
