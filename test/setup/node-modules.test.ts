import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../tools/lock.mjs';
import { program, temporaryFolder } from '../support/fake-programs.ts';
import { root } from '../support/source.ts';

/** An `npm` that notes each call, and installs the loader that the real command needs. Asked to stop, it undoes what it did, as npm does. */
const npmInstalls = `trap '' PIPE
trap 'echo undone >> "$CLONE/undone"; exit 1' TERM
echo "$@" >> "$CLONE/calls"
rm -rf node_modules
mkdir -p node_modules
echo half > node_modules/half
while [ -n "$NPM_UNTIL" ] && [ ! -e "$NPM_UNTIL" ]; do sleep 0.05; done
echo went-on >> "$CLONE/went-on"
ln -s "$REAL/node_modules/tsx" node_modules/tsx
echo whole > node_modules/whole`;

type Clone = { folder: string; env: NodeJS.ProcessEnv; calls: () => number };

/** A clone with the real tools, a fake npm, and a command of three lines in place of the product. */
function freshClone(npm: string = npmInstalls): Clone {
  const folder = temporaryFolder();
  for (const file of ['run.mjs', 'node-modules.mjs', 'lock.mjs']) cpSync(join(root, 'tools', file), join(folder, 'tools', file));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'package-lock.json'), '{"packages":{"":{},"node_modules/tsx":{"version":"1.0.0"}}}');
  mkdirSync(join(folder, 'cli'));
  writeFileSync(
    join(folder, 'cli', 'main.ts'),
    `const words: string[] = process.argv.slice(2);
     if (words.includes('wait')) {
       process.on('SIGTERM', () => { console.log('stopped'); process.exit(7); });
       setInterval(() => undefined, 1000);
     }
     console.log(JSON.stringify({ words }));
     if (words.includes('refuse')) process.exit(3);`,
  );
  program(join(folder, 'path', 'npm'), npm);
  const { npm_execpath: _, ...outer } = process.env;
  const env = { ...outer, PATH: `${join(folder, 'path')}:${process.env['PATH'] ?? ''}`, CLONE: folder, REAL: root };
  const calls = () => (existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n').length : 0);
  return { folder, env, calls };
}

function runIn(clone: Clone, ...words: string[]) {
  return spawnSync(process.execPath, [join(clone.folder, 'tools', 'run.mjs'), ...words], { cwd: '/', env: clone.env, encoding: 'utf8' });
}

function startIn(clone: Clone, env: NodeJS.ProcessEnv, ...words: string[]): ChildProcess {
  return spawn(process.execPath, [join(clone.folder, 'tools', 'run.mjs'), ...words], {
    cwd: '/',
    env: { ...clone.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const stampOf = (clone: Clone) => join(clone.folder, 'node_modules', '.xiaohao-stamp');

describe('the first command in a fresh clone', () => {
  it('installs, runs from any folder, keeps standard output for the command, and does not install again', () => {
    const clone = freshClone();
    const first = runIn(clone, 'demo', '--json');
    expect(first).toMatchObject({ status: 0, stdout: '{"words":["demo","--json"]}\n' });
    expect(first.stderr).toMatch(/正在安装依赖.*installing the dependencies/);
    const second = runIn(clone, 'demo', '--json');
    expect(second).toMatchObject({ status: 0, stderr: '' });
    expect(clone.calls()).toBe(1);
  });

  it('installs again when package-lock.json changed', () => {
    const clone = freshClone();
    runIn(clone, 'demo');
    writeFileSync(join(clone.folder, 'package-lock.json'), '{"packages":{"":{},"node_modules/tsx":{"version":"1.0.1"}}}');
    expect(runIn(clone, 'demo').status).toBe(0);
    expect(clone.calls()).toBe(2);
  });

  it('takes what npm says it has installed by hand, when it is exactly the same', () => {
    const clone = freshClone();
    mkdirSync(join(clone.folder, 'node_modules'));
    symlinkSync(join(root, 'node_modules', 'tsx'), join(clone.folder, 'node_modules', 'tsx'));
    writeFileSync(join(clone.folder, 'node_modules', '.package-lock.json'), '{"packages":{"node_modules/tsx":{"version":"1.0.0"}}}');
    expect(runIn(clone, 'demo').status).toBe(0);
    expect(clone.calls()).toBe(0);
    expect(existsSync(stampOf(clone))).toBe(true);
  });

  it('passes on exit codes and signals', async () => {
    const clone = freshClone();
    expect(runIn(clone, 'demo', 'refuse').status).toBe(3);
    const child = startIn(clone, {}, 'start', 'wait');
    const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    expect(String(line)).toContain('wait');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('stops in order when npm, which started it, is killed', async () => {
    const clone = freshClone();
    expect(runIn(clone, 'demo').status).toBe(0);
    const run = JSON.stringify([process.execPath, join(clone.folder, 'tools', 'run.mjs'), 'start', 'wait']);
    const log = join(clone.folder, 'log');
    // In place of npm: a process that starts the command and passes no signal on.
    const npm = `const [file, ...words] = ${run}; require('child_process').spawn(file, words, { stdio: ['ignore', require('fs').openSync(${JSON.stringify(log)}, 'a'), 'ignore'] });`;
    const parent = spawn(process.execPath, ['-e', npm], { env: { ...clone.env, npm_lifecycle_event: 'start' }, stdio: 'ignore' });
    const logged = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
    while (!logged().includes('wait')) await sleep(20);
    parent.kill('SIGKILL');
    while (!logged().includes('stopped')) await sleep(20);
  });

  it('an unknown command is told what there is, with exit code 2', () => {
    const clone = freshClone();
    expect(runIn(clone, 'fly')).toMatchObject({ status: 2, stderr: expect.stringContaining('demo|start|setup') });
    expect(clone.calls()).toBe(0);
  });
});

describe('an installation that goes wrong', () => {
  it('a failure shows what npm said and the one thing to do, and leaves no stamp', () => {
    const clone = freshClone('echo "npm error 404 no such package" >&2; mkdir -p node_modules; exit 1');
    const result = runIn(clone, 'demo', '--json');
    expect(result).toMatchObject({ status: 1, stdout: '' });
    for (const part of ['npm error 404 no such package', '依赖没有装上', 'could not be installed', '请这样做', 'To do'])
      expect(result.stderr).toContain(part);
    expect(existsSync(stampOf(clone))).toBe(false);
  });

  it('killed half-way it is done again by the next command, which takes over the lock', async () => {
    const clone = freshClone();
    const mayGoOn = join(clone.folder, 'may-go-on');
    const child = startIn(clone, { NPM_UNTIL: mayGoOn }, 'demo');
    while (!existsSync(join(clone.folder, 'node_modules', 'half'))) await sleep(20);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(stampOf(clone))).toBe(false);
    expect(existsSync(join(clone.folder, '.set-up.lock'))).toBe(true);
    const next = runIn(clone, 'demo');
    expect(next).toMatchObject({ status: 0, stdout: '{"words":["demo"]}\n' });
    expect(existsSync(join(clone.folder, '.set-up.lock'))).toBe(false);
    expect(clone.calls()).toBe(2);
    // The npm that was left behind must not go on, now that it could: only the second one did.
    writeFileSync(mayGoOn, '');
    await sleep(1500);
    expect(readFileSync(join(clone.folder, 'went-on'), 'utf8')).toBe('went-on\n');
    // Nor undo what it did, which would be under the feet of the second one.
    expect(existsSync(join(clone.folder, 'undone'))).toBe(false);
  });

  it('the one who waits says for whom, also when he came before the owner had written his name', async () => {
    const lock = join(temporaryFolder(), 'lock');
    writeFileSync(lock, '');
    let told = 0;
    const done = withLock(lock, async () => 'mine', (owner) => (told = owner));
    await sleep(600);
    writeFileSync(lock, `${process.pid}\n`);
    await expect.poll(() => told).toBe(process.pid);
    rmSync(lock);
    expect(await done).toBe('mine');
  });

  it('two commands at once install once: the second waits and says for whom', async () => {
    const clone = freshClone();
    // The installation takes until somebody waits for it.
    const go = join(clone.folder, 'go');
    const children = [startIn(clone, { NPM_UNTIL: go }, 'demo'), startIn(clone, { NPM_UNTIL: go }, 'demo')];
    const waits = /等待 · waiting for process \d+/;
    const said = children.map(() => '');
    children.forEach((child, index) =>
      child.stderr?.on('data', (chunk: Buffer) => {
        said[index] += chunk.toString();
        if (waits.test(said[index] ?? '')) writeFileSync(go, '');
      }),
    );
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0] as unknown));
    expect(codes).toEqual([0, 0]);
    expect(clone.calls()).toBe(1);
    expect(said.filter((text) => waits.test(text))).toHaveLength(1);
  });
});
