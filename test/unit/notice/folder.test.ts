import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { fileName, noticeFolder, type FolderDeps } from '../../../activities/notice-folder.ts';
import { Notice } from '../../../schemas/notice.ts';
import type { Effect } from '../../../schemas/index.ts';

const folders: string[] = [];
const fresh = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'xiaohao-notice-'));
  folders.push(folder);
  return folder;
};
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const effect = (key: string): Effect => ({ key, kind: 'notice', case: 'YC-2026-JY-0001', seq: 7, to: [], name: 'nearDue', at: 1000, data: {} });
const notice = (key: string, person: string | null, sentAt = 2000): Notice => ({
  key, kind: 'mark', case: 'YC-2026-JY-0001', name: 'nearDue', at: 1000, sentAt, person, role: person === null ? 'rater' : 'UH', unit: null, text: { zh: '临期', en: 'due soon' },
});
let clock = 0;
/** To these people, whatever the effect; each attempt at another moment. */
const to = (...people: (string | null)[]): FolderDeps['address'] => (e) => Promise.resolve(people.map((p) => notice(e.key, p, (clock += 1))));

const read = async (dataDir: string): Promise<{ files: string[]; lines: Notice[]; notices: Notice[]; rest: string[] }> => {
  const all = (await readdir(join(dataDir, 'notices'), { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
  const files = all.filter((f) => f.endsWith('.json'));
  const log = await readFile(join(dataDir, 'notices.jsonl'), 'utf8').catch(() => '');
  const lines = log.split('\n').flatMap((line) => (line === '' ? [] : [Notice.parse(JSON.parse(line))]));
  const notices = await Promise.all(files.map(async (f) => Notice.parse(JSON.parse(await readFile(f, 'utf8')))));
  return { files: files.map((f) => f.slice(join(dataDir, 'notices').length + 1)).toSorted(), lines, notices, rest: all.filter((f) => !f.endsWith('.json')) };
};
const name = (n: Notice): string => `${n.person ?? '_rater'}/${n.key}`;

class Death extends Error {}
/** Dies at the n-th step, as a process would: nothing after it happens. */
const dyingAt = (n: number): NonNullable<FolderDeps['after']> => {
  let left = n;
  return () => {
    left -= 1;
    if (left === 0) throw new Death();
  };
};

describe('a notice', () => {
  it('is one file and one line for each person', async () => {
    const dataDir = await fresh();
    await noticeFolder({ dataDir, address: to('wang', 'gao', null) })(effect('C:7:nearDue'));
    const { files, lines } = await read(dataDir);
    expect(files).toEqual(['_rater/C%3A7%3AnearDue.json', 'gao/C%3A7%3AnearDue.json', 'wang/C%3A7%3AnearDue.json']);
    expect(lines.map(name).toSorted()).toEqual(['_rater/C:7:nearDue', 'gao/C:7:nearDue', 'wang/C:7:nearDue']);
  });

  it('delivered again, or after a restart, stays as it was first written', async () => {
    const dataDir = await fresh();
    const deliver = noticeFolder({ dataDir, address: to('wang') });
    await deliver(effect('K'));
    const before = await read(dataDir);
    await deliver(effect('K'));
    await noticeFolder({ dataDir, address: to('wang') })(effect('K'));
    expect(await read(dataDir)).toEqual(before);
  });

  it.each([1, 2, 3])('is whole and single after a crash behind write %i and a retry', async (step) => {
    const dataDir = await fresh();
    await expect(noticeFolder({ dataDir, address: to('wang'), after: dyingAt(step) })(effect('K'))).rejects.toThrow(Death);
    await noticeFolder({ dataDir, address: to('wang') })(effect('K'));
    const { files, lines, notices, rest } = await read(dataDir);
    expect([files, lines.map(name), notices.map(name), rest]).toEqual([['wang/K.json'], ['wang/K'], ['wang/K'], []]);
  });

  it('whose line was cut off by a crash is written on a line of its own', async () => {
    const dataDir = await fresh();
    await expect(noticeFolder({ dataDir, address: to('wang'), after: dyingAt(2) })(effect('K'))).rejects.toThrow(Death);
    await writeFile(join(dataDir, 'notices.jsonl'), '{"key":"K","person":"wa');
    await noticeFolder({ dataDir, address: to('wang') })(effect('K'));
    const log = (await readFile(join(dataDir, 'notices.jsonl'), 'utf8')).split('\n');
    expect(Notice.parse(JSON.parse(log[1] ?? '')).person).toBe('wang');
  });

  it('of two dispatchers at once is made by one of them', async () => {
    const dataDir = await fresh();
    const two = [noticeFolder({ dataDir, address: to('wang', 'gao') }), noticeFolder({ dataDir, address: to('wang', 'gao') })];
    const keys = Array.from({ length: 20 }, (_, n) => effect(`K${n}`));
    await Promise.all(keys.flatMap((e) => [...two, ...two].map((deliver) => deliver(e))));
    const { files, notices } = await read(dataDir);
    expect([files.length, new Set(notices.map(name)).size]).toEqual([40, 40]);
  });

  it('of one dispatcher asked twice at once has one line', async () => {
    const dataDir = await fresh();
    const deliver = noticeFolder({ dataDir, address: to('wang') });
    await Promise.all([deliver(effect('K')), deliver(effect('K')), deliver(effect('K'))]);
    expect((await read(dataDir)).lines).toHaveLength(1);
  });

  it('that cannot reach one person reaches the others, and is asked for again', async () => {
    const dataDir = await fresh();
    await mkdir(join(dataDir, 'notices'), { recursive: true });
    await writeFile(join(dataDir, 'notices', 'gao'), 'in the way');
    const deliver = noticeFolder({ dataDir, address: to('gao', 'wang') });
    await expect(deliver(effect('K'))).rejects.toThrow();
    expect((await read(dataDir)).files).toEqual(['wang/K.json']);
    await rm(join(dataDir, 'notices', 'gao'));
    await deliver(effect('K'));
    expect((await read(dataDir)).files).toEqual(['gao/K.json', 'wang/K.json']);
  });
});

describe('the name of a file', () => {
  it('differs where the text differs, leads nowhere else, and fits a file system', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 }), (a, b) => {
        fc.pre(a.isWellFormed() && b.isWellFormed());
        expect(fileName(a) === fileName(b)).toBe(a === b);
        expect(fileName(a)).not.toMatch(/[/\\\0:]/);
        expect(Buffer.byteLength(fileName(a))).toBeLessThan(240);
      }),
    );
    expect(fileName('王'.repeat(120))).not.toBe(fileName(`${'王'.repeat(119)}李`));
  });
});

describe('whatever is repeated, in whatever order, and wherever it dies', () => {
  const people = ['wang', 'gao', 'UH-1@U1', 'UH-1:U1', null];
  const sent = fc.record({ key: fc.constantFrom('K1', 'K2', 'K3', 'C:7:nearDue', 'C_7_nearDue'), people: fc.uniqueArray(fc.constantFrom(...people), { minLength: 1 }), dies: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }), restarts: fc.boolean() });
  it('every person has exactly one file for each key, and one line, once the last try went through', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sent, { minLength: 1, maxLength: 12 }), async (script) => {
        const dataDir = await fresh();
        let wanted: readonly (string | null)[] = [];
        let after: FolderDeps['after'];
        const make = () => noticeFolder({ dataDir, address: (e) => to(...wanted)(e), after: (step) => after?.(step) });
        let deliver = make();
        const send = async (s: (typeof script)[number], dies?: number): Promise<void> => {
          wanted = s.people;
          after = dies === undefined ? undefined : dyingAt(dies);
          await deliver(effect(s.key)).catch((error: unknown) => {
            if (!(error instanceof Death)) throw error;
          });
        };
        for (const s of script) {
          if (s.restarts) deliver = make();
          await send(s, s.dies);
        }
        for (const s of script.toReversed()) await send(s);
        const due = new Set(script.flatMap((s) => s.people.map((p) => `${p ?? '_rater'}/${s.key}`)));
        const { notices, lines, rest } = await read(dataDir);
        expect(notices.map(name).toSorted()).toEqual([...due].toSorted());
        expect(lines.map(name).toSorted()).toEqual([...due].toSorted());
        expect(rest).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
