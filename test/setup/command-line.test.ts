/** `xiaohao` runs from a few files made of its sources, made anew when one of these has changed; and from the sources where it must. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { xiaohao } from '../support/cli.ts';
import { root } from '../support/source.ts';

const list = join(root, 'node_modules', '.cache', 'xiaohao-made', 'sources.json');
const { madeOf } = (await import(pathToFileURL(join(root, 'bin', 'bundle.mjs')).href)) as { madeOf: (entry: string) => Promise<string | null> };
const commandLine = (): Promise<string | null> => madeOf('cli/main.ts');
type Made = { name: string; sources: Record<string, string> };
const made = async (): Promise<Made> => JSON.parse(await readFile(list, 'utf8')) as Made;

describe('the command line', () => {
  it('says the same from the files made of it and from its sources', async () => {
    for (const words of [['--help'], ['calendar', 'between', '2026-02-13', '2026-02-25', '--unit', 'workingDay', '--json'], ['frobnicate', '--json']]) {
      const [fast, plain] = await Promise.all([xiaohao('', words), xiaohao('', words, { XIAOHAO_FROM_SOURCES: '1' })]);
      expect(fast).toEqual(plain);
    }
  });

  it('is made of every source that it runs, and of none twice', async () => {
    const file = await commandLine();
    const { sources, name } = await made();
    expect(file).toBe(join(root, 'node_modules', '.cache', 'xiaohao-made', name, 'cli', 'main.mjs'));
    expect(await madeOf('ledger/pglite/host.ts')).toBe(join(root, 'node_modules', '.cache', 'xiaohao-made', name, 'ledger', 'pglite', 'host.mjs'));
    expect(Object.keys(sources)).toEqual(expect.arrayContaining(['cli/main.ts', 'cases/fold.ts', 'ledger/open.ts', 'package.json']));
    expect(await commandLine()).toBe(file);
  });

  it('is made anew when a source is not as it was, and when what was kept cannot be read', async () => {
    await commandLine();
    const { name, sources } = await made();
    await writeFile(list, JSON.stringify({ name, sources: { ...sources, 'cli/main.ts': '1 1' } }));
    await commandLine();
    expect((await made()).sources['cli/main.ts']).toBe(sources['cli/main.ts']);
    await writeFile(list, '{');
    expect(await commandLine()).toContain('main.mjs');
    expect((await made()).sources).toEqual(sources);
  });
});
