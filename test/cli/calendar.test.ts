/** Calendar editions on a stack that runs: taken in, in force for new cases, and rehearsed on those that exist. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdoptionRehearsal } from '../../client/index.ts';
import { dataFolder, oneDocument, type Ran, removeFolder, start, type Started, xiaohao } from '../support/cli.ts';
import { root } from '../support/source.ts';

let dataDir: string;
let stack: Started;
const run = (...words: string[]): Promise<Ran> => xiaohao(dataDir, ['--json', ...words]);
const json = async <T>(...words: string[]): Promise<T> => oneDocument((await run(...words)).stdout) as T;
const file = async (name: string, text: string): Promise<string> => {
  const path = join(dataDir, name);
  await writeFile(path, text);
  return path;
};
const due = (year: number) => json<{ due: string; provisional: boolean; edition: string }>('calendar', 'due', '--from', `${year}-03-01`, '--amount', '1', '--unit', 'workingDay');

beforeAll(async () => {
  dataDir = await dataFolder();
  stack = await start(dataDir);
  await run('directory', 'import', 'docs/examples/directory.json');
  await run('open', 'docs/examples/feedback.json', '--as', 'li');
});
afterAll(async () => {
  await stack.stop();
  await removeFolder(dataDir);
});

describe('xiaohao calendar on a ledger', () => {
  it('counts by the edition that ships until another is taken in', async () => {
    expect(await due(2026)).toMatchObject({ due: '2026-03-03', provisional: false, edition: 'cn-2024-2026' });
    expect(await due(2027)).toMatchObject({ provisional: true });
  });

  it('takes in a table of dates once, keeps it, and counts by it from then on', async () => {
    const table = await file('2027.csv', '日期,类型,名称\n2027-01-01,休,元旦\n2027-03-02,休,停止办公\n');
    expect(await json('calendar', 'import', table)).toMatchObject({ error: { code: 'BAD-INPUT', field: 'id' } });
    const words = ['calendar', 'import', table, '--id', 'cn-2027', '--source', '测试通知'] as const;
    const first = await json<{ fresh: boolean; hash: string; years: unknown[] }>(...words);
    expect([first.fresh, first.years.length]).toEqual([true, 4]);
    expect(await json(...words)).toMatchObject({ fresh: false, hash: first.hash });
    expect(await due(2027)).toMatchObject({ due: '2027-03-03', provisional: false, edition: 'cn-2027' });
    expect(await json('calendar', 'import', table, '--id', 'cn-2027', '--source', '另一通知')).toMatchObject({ error: { code: 'BAD-INPUT', field: 'id' } });
    expect(await json('calendar', 'diff', 'cn-2024-2026', 'cn-2027')).toMatchObject({ years: [{ year: 2027, before: 'absent', after: 'published' }], hours: false });
  });

  it('refuses a faulty edition whole', async () => {
    const edition = JSON.parse(await readFile(join(root, 'data/calendar-cn.json'), 'utf8')) as { years: { on: string[] }[] };
    edition.years[0]?.on.push('2026-03-03');
    const path = await file('faulty.json', JSON.stringify({ ...edition, id: 'faulty' }));
    expect(await json('calendar', 'import', path)).toMatchObject({ error: { code: 'BAD-INPUT', field: 'years.0.on.6' } });
    expect(await json('calendar', 'import', 'data/calendar-cn.json')).toMatchObject({ error: { code: 'BAD-INPUT', field: 'years' } });
    expect(await json('calendar', 'show', '2026', '--edition', 'faulty')).toMatchObject({ error: { code: 'BAD-INPUT' } });
  });

  it('rehearses adoption over every case and changes nothing', async () => {
    const before = await json<unknown[]>('case', 'history', 'YC-2026-JY-0001', '--as', 'zhu');
    const rehearsal = await json<AdoptionRehearsal & { edition: string }>('calendar', 'adopt', 'cn-2027', '--dry-run');
    expect(rehearsal).toEqual({ edition: 'cn-2027', cases: 1, changes: [], faults: [] });
    expect(await json('case', 'history', 'YC-2026-JY-0001', '--as', 'zhu')).toEqual(before);
  });
});
