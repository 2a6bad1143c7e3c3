/** Calendar editions on a stack that runs: taken in, in force for new cases, and rehearsed on those that exist. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdoptionRehearsal } from '../../client/index.ts';
import { oneDocument, type Ran, removeFolder, start, type Started, xiaohao } from '../support/cli.ts';
import { temporaryDataDir } from '../support/ledger.ts';
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
  dataDir = await temporaryDataDir();
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

  it('counts, compares and rehearses by a table of dates as well, which is laid over the edition in force', async () => {
    const table = await file('2028.csv', '日期,类型,名称\n2028-01-03,休,元旦\n');
    expect(await json('calendar', 'due', '--from', '2027-12-31', '--amount', '1', '--unit', 'workingDay', '--edition', table)).toMatchObject({ due: '2028-01-04', provisional: false, edition: '2028.csv' });
    expect(await json('calendar', 'diff', 'cn-2027', table)).toMatchObject({ after: '2028.csv', years: [{ year: 2028, before: 'absent', after: 'published' }] });
    // What is kept for ever has a name and a notice.
    expect(await json('calendar', 'adopt', table, '--dry-run')).toMatchObject({ error: { code: 'BAD-INPUT', field: 'id' } });
    expect(await json('calendar', 'adopt', table, '--dry-run', '--id', 'cn-2028', '--source', '测试通知')).toEqual({ edition: 'cn-2028', cases: 1, changes: [], faults: [] });
    const faulty = await file('faulty.csv', '日期,类型,名称\n2028-01-03,半天,元旦\n');
    expect(await json('calendar', 'show', '2028', '--edition', faulty)).toMatchObject({ error: { code: 'BAD-INPUT' } });
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

  describe('adopt', () => {
    const no = 'YC-2026-JY-0001';
    const history = () => json<{ type: string; zh: string }[]>('case', 'history', no, '--as', 'zhu');
    const adopted = async () => (await history()).filter((i) => i.type.startsWith('adopt'));
    /** The shipped edition with every plain weekday of the next week off. */
    const closedNextWeek = async (complete = true): Promise<string> => {
      const edition = JSON.parse(await readFile(join(root, 'data/calendar-cn-2024-2026.json'), 'utf8')) as { years: { year: number; provisional: boolean; off: string[][]; on: (string | string[])[] }[] };
      const days = Array.from({ length: 8 }, (_, i) => new Date(Date.now() + 8 * 3_600_000 + (i + 1) * 86_400_000).toISOString().slice(0, 10));
      if (complete) edition.years.push({ year: 2027, provisional: false, off: [], on: [] });
      for (const date of days) {
        const [year, weekday] = [Number(date.slice(0, 4)), new Date(date).getUTCDay()];
        let of = edition.years.find((y) => y.year === year);
        if (!of) edition.years.push((of = { year, provisional: false, off: [], on: [] }));
        const known = of.off.some(([from = '', to = '']) => from <= date && date <= to) || weekday === 0 || weekday === 6;
        if (!known) of.off.push([date, date, '停止办公']);
      }
      for (const y of edition.years) y.off.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
      return file('closed.json', JSON.stringify({ ...edition, id: 'closed-week' }));
    };

    const withLeaders = async (): Promise<void> => {
      const directory = JSON.parse(await readFile(join(root, 'docs/examples/directory.json'), 'utf8')) as { people: unknown[] };
      for (const role of ['LDR_DEPUTY', 'LDR_CHIEF']) directory.people.push({ id: role.toLowerCase(), name: '领导', terms: [{ role, unit: 'zgb', from: '2024-01-01' }] });
      expect((await run('directory', 'import', await file('directory.json', JSON.stringify(directory)))).code).toBe(0);
    };

    it('is somebody\'s act, and says so', async () => {
      expect(await json('calendar', 'adopt', 'cn-2027')).toMatchObject({ error: { code: 'BAD-INPUT', field: '--as' } });
    });

    it('refuses an edition in which a published year is missing, also to try it', async () => {
      const path = await closedNextWeek(false);
      for (const words of [['--dry-run'], ['--as', 'zhu']]) expect(await json('calendar', 'adopt', path, ...words)).toMatchObject({ error: { code: 'BAD-INPUT', field: 'years' } });
    });

    it('tells first which dates would move and why, then does it once, on record, and has nothing to do the second time', async () => {
      const path = await closedNextWeek();
      const rehearsal = await json<AdoptionRehearsal>('calendar', 'adopt', path, '--dry-run');
      expect(rehearsal).toMatchObject({ cases: 1, faults: [] });
      expect(rehearsal.changes).toContainEqual(expect.objectContaining({ caseNo: no, what: 'limit stage', change: 'moved' }));
      expect(await adopted()).toEqual([]);
      const first = await run('calendar', 'adopt', path, '--as', 'zhu');
      expect([first.code, oneDocument(first.stdout), first.stderr]).toMatchObject([0, { edition: 'closed-week', cases: 1, adopted: 1, refused: 0, items: [{ caseNo: no, outcome: 'adopted' }] }, '']);
      const again = await run('calendar', 'adopt', path, '--as', 'zhu');
      expect([again.code, oneDocument(again.stdout)]).toMatchObject([0, { adopted: 0, unchanged: 1 }]);
      expect(await adopted()).toMatchObject([{ type: 'adoptCalendar', zh: '启用日历版本' }]);
      expect(await json('calendar', 'adopt', path, '--dry-run')).toMatchObject({ cases: 1, changes: [] });
      expect((await xiaohao(dataDir, ['calendar', 'adopt', path, '--as', 'zhu'])).stdout).toContain('早已是');
    });

    it('ends with 3 when cases refuse, each with its code, and with that of the refusal for a case that is named', async () => {
      const report = await run('calendar', 'adopt', 'cn-2027', '--as', 'wang');
      expect([report.code, oneDocument(report.stdout)]).toMatchObject([3, { adopted: 0, refused: 1, items: [{ caseNo: no, outcome: 'refused', code: 'ROLE-NOT-ALLOWED' }] }]);
      const one = await run('calendar', 'adopt', 'cn-2027', '--case', no, '--as', 'wang');
      expect([one.code, oneDocument(one.stdout)]).toMatchObject([3, { error: { code: 'ROLE-NOT-ALLOWED' } }]);
      expect((await run('calendar', 'adopt', 'cn-2027', '--case', 'YC-2026-JY-0099', '--as', 'zhu')).code).toBe(2);
      expect((await run('calendar', 'adopt', 'cn-2027', '--as', 'nobody')).code).toBe(3);
    });

    it('of a policy moves the case that is named, after the same checks, and leaves the pack in force alone', async () => {
      const inForce = async () => (await json<{ id: string; current: boolean }[]>('policy', 'list')).find((p) => p.current)?.id;
      expect(await json('policy', 'adopt', 'example-city', '--dry-run')).toMatchObject({ error: { code: 'BAD-INPUT', field: '--dry-run' } });
      expect(await json('policy', 'adopt', 'example-city', '--case', no, '--every-case', '--as', 'zhu')).toMatchObject({ error: { code: 'BAD-INPUT', field: '--case' } });
      expect(await json('policy', 'adopt', 'example-city', '--case', no, '--dry-run')).toMatchObject({ error: { code: 'BAD-INPUT', field: 'approvers' } });
      await withLeaders();
      const rehearsal = await json<AdoptionRehearsal & { policy: string }>('policy', 'adopt', 'example-city', '--case', no, '--dry-run');
      expect([rehearsal.policy, rehearsal.cases]).toEqual(['example-city-1', 1]);
      expect(await json('policy', 'adopt', 'example-city', '--case', no, '--as', 'zhu')).toMatchObject({ policy: 'example-city-1', adopted: 1 });
      expect(await json('policy', 'adopt', 'example-city', '--every-case', '--as', 'zhu')).toMatchObject({ adopted: 0, unchanged: 1 });
      expect((await adopted()).map((i) => i.zh)).toEqual(['启用日历版本', '改用限时方案']);
      expect(await inForce()).toBe('default-1');
      expect(await json('ledger', 'rebuild', '--check')).toMatchObject({ faults: [], differing: [] });
    });
  });
});
