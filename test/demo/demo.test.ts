/** The demonstration as people run it: one child process, a real Temporal server, a real ledger. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
type Ended = { code: number | null; out: string; err: string };

const demo = (...args: string[]): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['tools/run.mjs', 'demo', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended: Ended = { code: null, out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (ended.out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (ended.err += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ended, code }));
  });

describe('npm run demo', () => {
  it('plays the twelve stories, refuses what must be refused, and proves the record', async () => {
    const { code, out, err } = await demo('--json');
    expect(err).not.toContain('  ✗ ');
    const lines = out.trimEnd().split('\n');
    const summary = JSON.parse(lines.at(-1) ?? '') as {
      cases: number;
      byStage: Record<string, number>;
      refusals: Record<string, number>;
      entries: number;
    };
    expect(Object.keys(summary)).toEqual(['cases', 'byStage', 'refusals', 'entries', 'chainVerified', 'refoldEqual', 'wrongFirings', 'import']);
    expect(summary).toMatchObject({ chainVerified: true, refoldEqual: true, wrongFirings: 0 });
    // Twelve stories, the twin of the ninth and the malicious one beside it, eight repeats of the tenth.
    expect(summary.cases).toBe(22);
    expect(summary).toMatchObject({ import: { read: 57, accepted: 49, duplicate: 3, rejected: 5 } });
    expect(err.match(/ {2}↩ /g)?.length).toBeGreaterThanOrEqual(5);
    expect(summary.byStage).toEqual({ closed: 8, explained: 2, invalidated: 2, merged: 7, retired: 1, transferredOut: 1, triaged: 1 });
    expect(Object.keys(summary.refusals).length).toBeGreaterThanOrEqual(28);
    expect(summary.entries).toBeGreaterThan(300);
    expect(lines).toHaveLength(1);
    expect(err).toContain('演示日历');
    expect(code).toBe(0);
  });

  it('stops in order when it is interrupted, whatever was under way, and leaves nothing behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'xiaohao-interrupted-'));
    const child = spawn(process.execPath, ['tools/run.mjs', 'demo'], {
      cwd: root,
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err, told] = ['', '', false];
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      // Well into the stories: commands are on their way in every lane.
      if (told || out.split('\n').length <= 25) return;
      told = child.kill('SIGINT');
      // What Ctrl-C does under npm: npm ends first, and its child is then told to stop once more.
      setTimeout(() => child.kill('SIGTERM'), 300);
    });
    const code = await new Promise<number | null>((resolve) => void child.once('close', resolve));
    expect(err).not.toMatch(/Error/);
    expect(code).toBe(130);
    expect((await readdir(folder)).filter((name) => name.startsWith('xiaohao-demo-'))).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
