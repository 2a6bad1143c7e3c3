/** Personal data is where it is sealed, and nowhere else; what an older version kept whole is split. */
import { rm } from 'node:fs/promises';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { migrate, openLedger, readMigrations, type IntakeRow, type Ledger } from '../../ledger/index.ts';
import { databaseFolder, ensureDatabase } from '../../ledger/pglite/folder.ts';
import { openPglite } from '../../ledger/pglite/store.ts';
import type { SqlStore } from '../../ledger/sql-store.ts';
import { canonical, type Feedback, type ReadRecord } from '../../schemas/index.ts';
import { secret, T0, temporaryDataDir, temporaryFolder } from '../support/ledger.ts';

let dataDir: string;
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const look: ReadRecord = { case: 'YC-2026-ZW-0001', what: 'feedback', person: 'P-HE', role: 'VERIFIER', unit: 'U-OFFICE', reason: '核实', masked: false, at: T0 };

/** Every row of every table but these, as one text. */
async function dump(store: SqlStore, but: readonly string[]): Promise<string> {
  const tables = (await store.query("select table_name from information_schema.tables where table_schema = 'public' order by 1")).map((row) => String(row['table_name']));
  const rows = await Promise.all(tables.filter((t) => !but.includes(t)).map((t) => store.query(`select t::text as row from ${t} t`)));
  return rows.flat().map((row) => String(row['row'])).join('\n');
}

async function withStore<T>(work: (store: SqlStore) => Promise<T>): Promise<T> {
  const store = await openPglite(databaseFolder(dataDir));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Somebody, and a text in which that person is named and numbers are written as people write them. */
const digits = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const person = fc.record({
  name: fc.string({ unit: fc.constantFrom(...'爨亓仉亶昝逄臧燊赟翀'), minLength: 2, maxLength: 4 }),
  phone: fc.tuple(fc.constantFrom('13', '15', '18', '19'), digits(9)).map((p) => p.join('')),
  idNo: fc.tuple(fc.constantFrom('990102'), digits(11), fc.constantFrom('1', 'X')).map((p) => p.join('')),
  clerk: fc.string({ unit: fc.constantFrom(...'廑蕤霈骎镡弢'), minLength: 2, maxLength: 3 }),
  aside: fc.string({ unit: fc.constantFrom(...'黼黻琬琰'), minLength: 6, maxLength: 9 }),
});
type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;
const writings = fc.constantFrom(
  (p: string) => p,
  (p: string) => `${p.slice(0, 3)} ${p.slice(3, 7)} ${p.slice(7)}`,
  (p: string) => `${p.slice(0, 3)}-${p.slice(3, 7)}-${p.slice(7)}`,
  (p: string) => `+86${p}`,
  (p: string) => [...p].map((d) => String.fromCodePoint(d.charCodeAt(0) + 0xfee0)).join(''),
);

let made = 0;
function feedbackOf(p: Person, written: string): Feedback {
  const feedbackId = `F-${++made}`;
  return {
    feedbackId, kind: 'rating', level: 1, named: true, channel: '窗口', field: 'ZW', matter: { code: 'M-1', name: '社保转移' }, receivedAt: T0,
    text: `找${p.clerk}办, ${p.name}等了很久, 电话 ${written}, 证件 ${p.idNo}, \0"完"`,
    rater: { raterId: `r:${feedbackId}`, name: p.name, phone: written, idNo: p.idNo },
    service: { projectNo: `P-${feedbackId}`, seq: 1, clerk: p.clerk },
    aside: { 备注: p.aside },
  };
}
const rowOf = (feedback: Feedback): IntakeRow => ({ feedback, opens: true, externalKey: feedback.feedbackId, commandId: `import:${feedback.feedbackId}` });
/** What must not be found, as numbers without anything between their digits. */
const secretsOf = (p: Person): string[] => [p.name, p.phone, p.idNo, p.clerk, p.aside];
const bare = (text: string): string => text.normalize('NFKC').replace(/(?<=\d)[\s-](?=\d)/g, '');
const showsNone = (text: string, people: readonly Person[]): void => {
  const plain = bare(text);
  for (const one of people.flatMap(secretsOf)) expect(plain.includes(one), one).toBe(false);
};

describe('personal data', () => {
  it('is in the sealed store alone: not in another table, an answer without a look, or an error', async () => {
    dataDir = await temporaryDataDir();
    const ledger: Ledger = await openLedger({ dataDir, sealSecret: secret, door: false });
    const people: Person[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(person, writings), { minLength: 1, maxLength: 6 }), async (said) => {
        const all = said.map(([p, write]) => feedbackOf(p, write(p.phone)));
        people.push(...said.map(([p]) => p));
        const [first, ...rest] = all as [Feedback, ...Feedback[]];
        await ledger.saveFeedback(first);
        await ledger.intake(rest.map(rowOf), { prefix: 'YC', year: 2026 }, T0);
        await ledger.keepPast(said.map(([p, write], i) => ({ key: `${first.feedbackId}/${i}`, content: { 问题: `${p.name}反映, 电话 ${write(p.phone)}, ${p.idNo}` }, names: [p.name] })), T0);
        const wrong = [ledger.saveFeedback({ ...first, level: 2 }), ledger.intake([rowOf({ ...first, level: 9 })], { prefix: 'YC', year: 2026 }, T0), ledger.saveFeedback({ ...first, rater: { ...first.rater, raterId: '' } })];
        const errors = await Promise.all(wrong.map((one) => one.then(() => 'no error', (error: Error) => `${error.message} ${JSON.stringify(error)} ${error.stack}`)));
        expect(errors).not.toContain('no error');
        showsNone(errors.join('\n'), people);
        showsNone(JSON.stringify(await Promise.all(all.map((f) => ledger.feedback(f.feedbackId)))), people);
        expect(await ledger.unseal(all.map((f) => f.feedbackId), look)).toEqual(all);
      }),
      { numRuns: 25 },
    );
    showsNone(JSON.stringify([await ledger.feedbacks({ limit: 1000 }), await ledger.suspicions(), await ledger.pastProblems({ limit: 1000 })]), people);
    await ledger.close();
    await withStore(async (store) => {
      showsNone(await dump(store, ['sealed']), people);
      const sealed = await store.query("select convert_from(content, 'UTF8') as text from sealed");
      const text = bare(sealed.map((row) => String(row['text'])).join('\n'));
      for (const one of people.flatMap(secretsOf)) expect(text.includes(one), one).toBe(true);
    });
  });

  it('cannot be changed in the role of the ledger, neither what is shown nor what is sealed', async () => {
    dataDir = await temporaryDataDir();
    const ledger = await openLedger({ dataDir, sealSecret: secret, door: false });
    await ledger.saveFeedback(feedbackOf({ name: '亓官', phone: '13800001234', idNo: '99010219900307561X', clerk: '霈霈', aside: '黼黻黼黻黼黻' }, '13800001234'));
    await ledger.keepPast([{ key: 'k', content: { 问题: '路灯' } }], T0);
    await ledger.close();
    await withStore(async (store) => {
      const changes = ["update sealed set alg = 'x'", 'delete from sealed', "update feedback set content = '{}'", 'delete from feedback', 'truncate feedback', "update ledger_keys set key = ''", 'delete from past_problems'];
      await store.query('set role xiaohao_ledger');
      for (const sql of changes) await expect(store.query(sql), sql).rejects.toThrow(/permission denied/);
      await store.query('reset role');
      for (const sql of ["update past_problems set content = '{}'", 'delete from past_problems', 'truncate past_problems']) await expect(store.query(sql), sql).rejects.toThrow(/append-only/);
    });
  });
});

describe('a ledger of the version before', () => {
  const old = (i: number): Feedback => ({
    feedbackId: `F-old-${i}`, kind: 'rating', level: 2, named: true, channel: '窗口', field: 'JY', matter: { code: 'M-2', name: '入学\0"' }, ratedUnit: 'U-1', receivedAt: T0 + i,
    text: `亓官小满说 \\u0000 \0 第 ${i} 次, 13800001234 "feedbackId":"F-old-9"`, rater: { raterId: `r-${i}`, name: '亓官小满', phone: '13800001234' },
  });

  /** Made by the migrations before 0004, with feedback as that version wrote it, and cases that two of them opened. */
  async function makeOld(count: number): Promise<void> {
    dataDir = await temporaryFolder();
    await ensureDatabase(dataDir);
    await withStore(async (store) => {
      await migrate(store, (await readMigrations()).slice(0, 3), T0);
      for (let i = 0; i < count; i++) await store.query('insert into feedback (feedback_id, content) values ($1, $2)', [old(i).feedbackId, canonical(old(i))]);
      const body = (i: number): string => canonical({ actor: { person: 'P-LI' }, row: '0', outcome: 'done', from: 'uncaptured', to: 'captured', payload: { externalKey: 'k"feedbackId":"F-old-9"', feedbackId: old(i).feedbackId, matter: { name: '\0' }, raters: [{ feedbackId: 'F-old-9' }] } });
      const entry = (no: string, seq: number, type: string, of: number) => store.query('insert into entries (case_no, seq, hash, header, body) values ($1, $2, $3, $4, $5)', [no, seq, 'h', canonical({ case: no, seq, type, at: T0 }), body(of)]);
      await entry('YC-2026-JY-0001', 1, 'capture', 0);
      await entry('YC-2026-JY-0001', 2, 'rebound', 2);
      await entry('YC-2026-JY-0002', 1, 'capture', 1);
    });
  }

  it('opens with all its feedback, shown masked and sealed whole, beside the cases that it opened', async () => {
    await makeOld(3);
    const ledger = await openLedger({ dataDir, sealSecret: secret, door: false });
    expect((await ledger.feedback('F-old-1'))).toEqual({ ...old(1), text: '亓*说 \\u0000 \0 第 1 次, 138****1234 "feedbackId":"F-old-9"', rater: { raterId: 'r-1', name: '亓*', phone: '138****1234' } });
    expect(await ledger.unseal([0, 1, 2].map((i) => old(i).feedbackId), look)).toEqual([0, 1, 2].map(old));
    const rows = await ledger.feedbacks({ unit: 'U-1', field: 'JY', level: 2 });
    expect(rows.map((r) => [r.feedback.feedbackId, r.caseNo])).toEqual([['F-old-2', null], ['F-old-1', 'YC-2026-JY-0002'], ['F-old-0', 'YC-2026-JY-0001']]);
    expect(new Set(rows.map((r) => r.raterKey)).size).toBe(1);
    await ledger.saveFeedback(old(2));
    expect((await ledger.intake([rowOf(old(2))], { prefix: 'YC', year: 2026 }, T0))[0]).toMatchObject({ outcome: 'same' });
    await ledger.close();
    await withStore(async (store) => expect(await dump(store, ['sealed', 'entries'])).not.toMatch(/亓官小满|13800001234/));
  });

  it('goes on splitting where an opening was killed', async () => {
    await makeOld(700);
    await withStore(async (store) => {
      await migrate(store, await readMigrations(), T0);
      expect(await store.query('select count(*) as n from feedback where content is null')).toEqual([{ n: 700 }]);
    });
    const ledger = await openLedger({ dataDir, sealSecret: secret, door: false });
    expect((await ledger.feedbacks({ limit: 1000 })).length).toBe(700);
    expect(await ledger.unseal(['F-old-699'], look)).toEqual([old(699)]);
    await ledger.close();
  });

  it('keeps out a program of the version before, which would write feedback whole', async () => {
    dataDir = await temporaryDataDir();
    await withStore((store) => expect(store.query('insert into feedback (feedback_id, content) values ($1, $2)', ['F-1', canonical(old(1))])).rejects.toThrow(/feedback_is_split/));
  });
});
