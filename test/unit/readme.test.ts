import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { partOf, readmes, rendered } from '../../cli/readme.ts';
import { root } from '../support/source.ts';

const text = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

describe('the READMEs', () => {
  it.each(readmes)('%s shows the chart and the example as they are (else: npx tsx cli/readme.ts)', async (path) => {
    expect(await text(path)).toBe(await rendered(path));
  });

  it('let the reader type the same lines in both languages', async () => {
    const [en, zh] = await Promise.all(readmes.map(text));
    expect(partOf(en ?? '', 'by-hand')).toBe(partOf(zh ?? '', 'by-hand'));
    const commands = (all: string | undefined): string[] => (all ?? '').split('\n').map((line) => line.replace(/ +#.*/, '')).filter((line) => /^(npm|xiaohao|export) /.test(line));
    expect(commands(en)).toEqual(commands(zh));
  });

  it('embed in ten lines', async () => {
    expect((await text('docs/examples/embed.ts')).trim().split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(10);
  });

  it('name no file that is not there', async () => {
    const links = (await Promise.all([...readmes, 'docs/run.md', 'docs/embed.md', 'docs/supervise.md', 'docs/time.md', 'docs/audit.md', 'docs/keep.md'].map(async (path) => [...(await text(path)).matchAll(/\]\(([^)#:]+)\)/g)].map(([, to]) => join(path, '..', to ?? ''))))).flat();
    for (const link of links) expect([link, (await text(link)).length > 0]).toEqual([link, true]);
  });
});
