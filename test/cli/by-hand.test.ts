import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partOf } from '../../cli/readme.ts';
import { dataFolder, removeFolder, shell, start, type Started } from '../support/cli.ts';
import { root } from '../support/source.ts';

/** The lines of a part of the README, as a reader would type them. */
const typed = async (name: string): Promise<string> => (partOf(await readFile(join(root, 'README.md'), 'utf8'), name) ?? '').replaceAll(/^```.*$/gm, '');

describe('what the README lets one type', () => {
  let dataDir: string;
  let stack: Started;
  beforeAll(async () => {
    dataDir = await dataFolder();
    stack = await start(dataDir);
  });
  afterAll(async () => {
    await stack.stop();
    await removeFolder(dataDir);
  });

  it('brings one case from the feedback to 已销号, by hand', async () => {
    const { code, stdout, stderr } = await shell(dataDir, await typed('by-hand'));
    expect([code, stderr]).toEqual([0, 'NO-TASKS\n  至少 1 项措施或任务\n  at least one measure or task in this round\n']);
    expect(stdout).toContain('exit code 3');
    expect(stdout).toMatch(/环节 stage +已销号/);
    expect(stdout).toMatch(/T1 +修订办事指南 +市教育局 +任责任 +\d{4}-\d\d-\d\d +已销号/);
    expect(stdout).toContain('第 18 版');
    // The unit's history is its own: dense, and silent about what happened between its application and the end.
    const own = stdout.slice(stdout.lastIndexOf('#  '));
    expect(own).toContain('核验中 → 已销号');
    expect(own).not.toMatch(/初审中|回访|核销|抽/);
    expect([...own.matchAll(/^(\d+) /gm)].map(([, n]) => Number(n))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('embeds the engine in ten lines, and twice is once', async () => {
    const run = 'node --import tsx/esm docs/examples/embed.ts';
    const first = await shell(dataDir, run);
    expect([first.code, first.stdout.trim()]).toEqual([0, expect.stringMatching(/^YC-\d{4}-JY-0002 核实中 NOT-IN-THIS-STATE$/)]);
    expect((await shell(dataDir, run)).stdout).toBe(first.stdout);
  });
});
