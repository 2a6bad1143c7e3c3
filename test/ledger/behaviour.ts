import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { verifyChain, type Ledger, type RemoteLedger } from '../../ledger/index.ts';
import { canonical, codeOf, Header, type Directory, type Effect, type Exhibit, type Pack, type RefusalRecord } from '../../schemas/index.ts';
import { batchFrom, batchOf, boardOf, clerk, draftOf, markOf, T0 } from '../support/ledger.ts';
import { takesIn, type Subject } from './intake-behaviour.ts';
import { keepsPolicies } from './policy-behaviour.ts';
import { projects } from './projection-behaviour.ts';

export type { Subject };

let cases = 0;
const freshCase = (field = 'JY'): string => `YC-2026-${field}-${String(++cases + 4000)}`;
const codeFrom = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', codeOf);
const refusalOf = (caseNo: string, more: Partial<RefusalRecord> = {}): RefusalRecord => ({
  case: caseNo,
  commandId: 'c-9',
  fingerprint: '0123456789abcdef',
  revision: 3,
  code: 'BAD-INPUT',
  type: 'close',
  person: 'P-LI',
  role: 'UO',
  unit: 'U-SCHOOL',
  at: T0,
  by: 'validator',
  ...more,
});

/** What every store holds, one sentence each. */
export function behaves(subject: () => Subject): void {
  const append: Ledger['append'] = (batch) => subject().append(batch);
  const ledger = (): RemoteLedger => subject().ledger;

  it('gives back what was appended, in a chain that verifies', async () => {
    const no = freshCase();
    const { seq, hash } = await append(batchOf([draftOf({ case: no, seq: 1 }), markOf({ case: no, seq: 2 }), draftOf({ case: no, seq: 3 })]));
    const entries = await ledger().entries(no);
    expect(entries.map((e) => e.seq)).toEqual([1, 2, 3]);
    expect(await ledger().head(no)).toEqual({ seq, hash });
    expect(verifyChain(entries, { head: { seq, hash } })).toEqual({ ok: true, head: { seq: 3, hash } });
    expect(Header.parse(JSON.parse(entries[1]?.header ?? ''))).toMatchObject({ type: 'mark', seq: 2, case: no });
    expect(JSON.parse(entries[0]?.body ?? '')).toEqual(draftOf({ case: no, seq: 1 }).body);
  });

  it('keeps every character of a text, also those that SQL does not like', async () => {
    const no = freshCase();
    const text = '引号 " \' 反斜杠 \\ \\u0000 \u0000 换行\n 𠮷🀄 \u202e';
    await append(batchOf([draftOf({ case: no, text })], { matter: text }));
    const [entry] = await ledger().entries(no);
    expect(JSON.parse(entry?.body ?? '')).toMatchObject({ payload: { note: text } });
    expect((await ledger().problem(no))?.matter).toBe(text.replaceAll('\0', '\uFFFD'));
  });

  it('reads entries by page', async () => {
    const no = freshCase();
    await append(batchFrom(no, 1, 25));
    expect((await ledger().entries(no, { limit: 10 })).map((e) => e.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((await ledger().entries(no, { after: 20, limit: 10 })).map((e) => e.seq)).toEqual([21, 22, 23, 24, 25]);
    expect(await ledger().entries(no, { after: 25 })).toEqual([]);
    expect([await ledger().entries('YC-2026-JY-9999'), await ledger().head('YC-2026-JY-9999'), await ledger().problem('YC-2026-JY-9999')]).toEqual([[], null, null]);
  });

  it('takes the same bytes again as done already, whole or in part', async () => {
    const no = freshCase();
    const first = await append(batchFrom(no, 1, 3));
    const before = await ledger().entries(no);
    expect(await append(batchFrom(no, 1, 3))).toEqual(first);
    expect(await append(batchFrom(no, 2, 2))).toEqual({ seq: 2, hash: before[1]?.hash });
    await append(batchFrom(no, 2, 5));
    const after = await ledger().entries(no);
    expect(after.slice(0, 3)).toEqual(before);
    expect(after.map((e) => e.seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('refuses other bytes under a sequence that is taken, and keeps the first', async () => {
    const no = freshCase();
    await append(batchFrom(no, 1, 2));
    const before = await ledger().entries(no);
    expect(await codeFrom(append(batchOf([draftOf({ case: no, seq: 2, text: '另一条' })])))).toBe('LEDGER-FORK');
    expect(await codeFrom(append(batchOf([draftOf({ case: no, seq: 2, at: T0 + 2001 }), draftOf({ case: no, seq: 3 })])))).toBe('LEDGER-FORK');
    expect(await ledger().entries(no)).toEqual(before);
  });

  it('refuses a gap in the sequence', async () => {
    const no = freshCase();
    expect(await codeFrom(append(batchFrom(no, 2)))).toBe('LEDGER-FORK');
    await append(batchFrom(no, 1, 2));
    expect(await codeFrom(append(batchFrom(no, 4)))).toBe('LEDGER-FORK');
    expect(await ledger().head(no)).toMatchObject({ seq: 2 });
  });

  it('refuses a batch that is not of one piece', async () => {
    const [no, other] = [freshCase(), freshCase()];
    expect(await codeFrom(append(batchOf([draftOf({ case: no, seq: 1 }), draftOf({ case: no, seq: 3 })])))).toBe('BAD-INPUT');
    expect(await codeFrom(append({ ...batchFrom(no, 1), board: boardOf({ caseNo: other }) }))).toBe('BAD-INPUT');
    expect(await codeFrom(append({ ...batchFrom(no, 1), entries: [] }))).toBe('BAD-INPUT');
    expect(await ledger().head(no)).toBeNull();
  });

  it('refuses a forged actor, and stores nothing of the batch', async () => {
    const no = freshCase();
    const good = draftOf({ case: no, seq: 1 });
    const { seal: _seal, ...unsealed } = draftOf({ case: no, seq: 2 }).body;
    const forged = {
      'another secret': draftOf({ case: no, seq: 2, key: 'somebody else' }),
      expired: draftOf({ case: no, seq: 2, expiresAt: T0 + 1999 }),
      'no seal': { ...draftOf({ case: no, seq: 2 }), body: unsealed },
      'another person in the header': { ...draftOf({ case: no, seq: 2 }), actor: { person: 'P-WANG', role: clerk.role, unit: clerk.unit } },
      'another person in both': { ...draftOf({ case: no, seq: 2 }), actor: { person: 'P-WANG', role: clerk.role, unit: clerk.unit }, body: { ...draftOf({ case: no, seq: 2 }).body, actor: { ...clerk, person: 'P-WANG' } } },
      'other facts': { ...draftOf({ case: no, seq: 2 }), body: { ...draftOf({ case: no, seq: 2 }).body, facts: { exhibits: {}, people: {}, units: ['U-1'], proofSeen: {} } } },
      'another fingerprint': { ...draftOf({ case: no, seq: 2 }), fingerprint: 'ffffffffffffffff' },
      'the seal of another case': { ...draftOf({ case: no, seq: 2 }), body: draftOf({ case: freshCase(), seq: 2 }).body },
    };
    for (const [how, draft] of Object.entries(forged)) expect([how, await codeFrom(append(batchOf([good, draft])))]).toEqual([how, 'ACTOR-FORGED']);
    const { commandId: _id, ...personWithoutCommand } = draftOf({ case: no, seq: 2 });
    expect(await codeFrom(append(batchOf([good, personWithoutCommand])))).toBe('ACTOR-FORGED');
    expect(await ledger().head(no)).toBeNull();
    expect(await append(batchOf([good, draftOf({ case: no, seq: 2, expiresAt: T0 + 2000 })]))).toMatchObject({ seq: 2 });
  });

  it('notes who looked at personal data and why, time after time, the latest first', async () => {
    const no = freshCase();
    const look = { case: no, what: 'contact', person: 'P-HE', role: 'VERIFIER', unit: 'U-OFFICE', reason: null, masked: false, at: T0 } as const;
    await ledger().noteRead(look);
    await ledger().noteRead(look);
    await ledger().noteRead({ ...look, person: 'P-ZHU', role: 'HUB', reason: '督办', masked: true, at: T0 + 1 });
    expect((await ledger().reads({ case: no })).map((r) => [r.person, r.reason, r.masked])).toEqual([['P-ZHU', '督办', true], ['P-HE', null, false], ['P-HE', null, false]]);
    expect(await ledger().reads({ case: freshCase() })).toEqual([]);
    expect(await codeFrom(ledger().noteRead({ ...look, reason: '' }))).toBe('BAD-INPUT');
  });

  it('recalls a command by its id and takes an id once', async () => {
    const no = freshCase();
    await append(batchFrom(no, 1, 2));
    const draft = draftOf({ case: no, seq: 2 });
    expect(await ledger().recall(no, 'c-2')).toEqual({ fingerprint: draft.fingerprint, seq: 2, receipt: draft.body.receipt });
    expect(await ledger().recall(no, 'c-3')).toBeNull();
    expect(await codeFrom(append(batchOf([draftOf({ case: no, seq: 3, commandId: 'c-1' })])))).toBe('LEDGER-FORK');
    expect(await ledger().head(no)).toMatchObject({ seq: 2 });
  });

  it('lets two drains of one case run at once: one chain comes out', async () => {
    const no = freshCase();
    await append(batchFrom(no, 1));
    const drains = await Promise.all([batchFrom(no, 2, 6), batchFrom(no, 2, 4), batchFrom(no, 2, 6)].map(append));
    expect(drains.map((d) => d.seq)).toEqual([6, 4, 6]);
    const entries = await ledger().entries(no);
    expect(verifyChain(entries, { head: await ledger().head(no) })).toMatchObject({ ok: true, head: { seq: 6 } });
  });

  it('answers each of many batches of one turn by itself: bad ones do not sink the good', async () => {
    const numbers = Array.from({ length: 30 }, () => freshCase('ZW'));
    const batches = numbers.map((no, i) => (i % 10 === 3 ? batchFrom(no, 2) : i % 10 === 6 ? batchOf([draftOf({ case: no, seq: 1, commandId: 'twice' }), draftOf({ case: no, seq: 2, commandId: 'twice' })]) : batchFrom(no, 1, 2)));
    const outcomes = await Promise.all(batches.map((batch) => codeFrom(append(batch))));
    expect(outcomes).toEqual(numbers.map((_, i) => (i % 10 === 3 || i % 10 === 6 ? 'LEDGER-FORK' : 'done')));
    const heads = await Promise.all(numbers.map((no) => ledger().head(no)));
    expect(heads.map((head) => head?.seq ?? 0)).toEqual(outcomes.map((o) => (o === 'done' ? 2 : 0)));
  });

  it('appends batches of one case in the order in which they came', async () => {
    const no = freshCase();
    const done = await Promise.all(Array.from({ length: 20 }, (_, i) => append(batchFrom(no, i + 1))));
    expect(done.map((d) => d.seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('records a refusal once for each cause and counts repeats', async () => {
    const no = freshCase();
    for (const at of [T0, T0 + 5, T0 + 3]) await ledger().refuse(refusalOf(no, { at }));
    await ledger().refuse(refusalOf(no, { revision: 4, at: T0 + 1 }));
    await ledger().refuse(refusalOf(no, { person: 'x\0y', code: 'UNKNOWN-CASE', commandId: '', at: T0 + 2 }));
    const rows = await ledger().refusals({ case: no });
    expect(rows.map((r) => [r.code, r.revision, r.count, r.at, r.lastAt])).toEqual([
      ['BAD-INPUT', 3, 3, T0, T0 + 5],
      ['UNKNOWN-CASE', 3, 1, T0 + 2, T0 + 2],
      ['BAD-INPUT', 4, 1, T0 + 1, T0 + 1],
    ]);
    expect(await codeFrom(ledger().refuse({ ...refusalOf(no), at: -1 }))).toBe('BAD-INPUT');
    expect((await ledger().refusals({ limit: 1 })).length).toBe(1);
    await ledger().refuse(refusalOf(no, { commandId: '长'.repeat(100_000), type: '\ud83d'.repeat(500), at: T0 + 9 }));
    expect((await ledger().refusals({ case: no, limit: 1 }))[0]?.commandId).toBe('长'.repeat(200));
  });

  it('reserves numbers without gaps, once for each external key', async () => {
    const wish = (externalKey: string, commandId = 'open-1') => ({ prefix: 'YC', year: 2031, field: 'JT', externalKey, commandId });
    expect(await ledger().reserveCase(wish('k-1'))).toEqual({ caseNo: 'YC-2031-JT-0001', fresh: true });
    expect(await ledger().reserveCase(wish('k-1'))).toEqual({ caseNo: 'YC-2031-JT-0001', fresh: true });
    expect(await ledger().reserveCase(wish('k-1', 'open-2'))).toEqual({ caseNo: 'YC-2031-JT-0001', fresh: false });
    const many = await Promise.all([2, 3, 4, 5, 2, 3, 4, 5].map((n) => ledger().reserveCase(wish(`k-${n}`, `open-${n}`))));
    expect(new Set(many.map((m) => m.caseNo))).toEqual(new Set([2, 3, 4, 5].map((n) => `YC-2031-JT-000${n}`)));
    expect(await ledger().reserveCase({ ...wish('k-6'), year: 2032 })).toEqual({ caseNo: 'YC-2032-JT-0001', fresh: true });
    for (const bad of [{ externalKey: '' }, { externalKey: 'a\0b' }, { externalKey: 'x'.repeat(5000) }, { prefix: 'yc' }, { year: 20.5 }])
      expect(await codeFrom(ledger().reserveCase({ ...wish('k-7'), ...bad }))).toBe('BAD-INPUT');
    expect(await ledger().reserveCase(wish('k-8', 'open-8'))).toEqual({ caseNo: 'YC-2031-JT-0006', fresh: true });
  });

  it('delivers an effect once under its key', async () => {
    const no = freshCase();
    await append(batchFrom(no, 1, 2));
    await append(batchFrom(no, 1, 2));
    const pending = await ledger().effects({ pending: true, case: no });
    expect(pending.map((e) => [e.key, e.attempts, e.deliveredAt])).toEqual([
      [`${no}:1:told`, 0, null],
      [`${no}:2:told`, 0, null],
    ]);
    await ledger().attempted(`${no}:1:told`);
    await ledger().deliver(`${no}:1:told`, T0 + 7);
    await ledger().deliver(`${no}:1:told`, T0 + 8);
    expect(await ledger().effects({ pending: true, case: no })).toEqual(pending.slice(1));
    expect((await ledger().effects({ case: no }))[0]).toEqual({ ...pending[0], attempts: 1, deliveredAt: T0 + 7 });
  });

  it('gives pending effects of one kind, those that failed least often first', async () => {
    const no = freshCase();
    const effect = (name: string, kind: Effect['kind'], at: number): Effect => ({ key: `${no}:1:${name}`, kind, case: no, seq: 1, to: [], name, at, data: {} });
    await append({ ...batchFrom(no, 1), effects: [effect('a', 'notice', T0), effect('b', 'notice', T0 + 1), effect('c', 'notice', T0 + 2), effect('d', 'raters', T0 + 3)] });
    const pending = async (kind: Effect['kind'], limit: number): Promise<string[]> => (await ledger().effects({ pending: true, case: no, kind, limit })).map((e) => e.name);
    expect(await pending('raters', 1)).toEqual(['d']);
    for (const name of ['a', 'a', 'b']) await ledger().attempted(`${no}:1:${name}`);
    expect(await pending('notice', 2)).toEqual(['c', 'b']);
    expect((await ledger().effects({ case: no })).map((e) => e.name)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('stamps an exhibit with server time once', async () => {
    const exhibit = (id: string): Omit<Exhibit, 'registeredAt'> => ({ id, caseNo: freshCase(), kind: 'proof', sha256: 'd'.repeat(64), by: { person: 'P-1', role: 'UO', unit: 'U-1' }, data: {} });
    const one = exhibit(`X-${freshCase()}`);
    expect(await ledger().registerExhibit(one, T0)).toEqual({ ...one, registeredAt: T0 });
    expect(await ledger().registerExhibit(one, T0 + 99)).toEqual({ ...one, registeredAt: T0 });
    expect(await codeFrom(ledger().registerExhibit({ ...one, kind: 'call' }, T0))).toBe('BAD-INPUT');
    const two = await ledger().registerExhibit(exhibit(`X-${freshCase()}`), T0 + 1);
    expect(await ledger().exhibits([two.id, 'X-none', one.id])).toEqual([two, { ...one, registeredAt: T0 }]);
  });

  it('numbers the versions of the directory', async () => {
    const directory = (name: string): Directory => ({ name, fictional: true, prefix: 'YC', units: [{ id: 'U-1', name: '整改办', kind: 'office' }], people: [], delegations: [], conflicts: [] });
    const { version } = await ledger().importDirectory(directory('甲'), T0);
    expect(await ledger().importDirectory(directory('甲'), T0 + 1)).toEqual({ version });
    expect(await ledger().importDirectory(directory('乙'), T0 + 2)).toEqual({ version: version + 1 });
    expect(await ledger().directory()).toEqual({ version: version + 1, directory: directory('乙') });
    expect(await codeFrom(ledger().importDirectory({ ...directory('丙'), prefix: 'lower' }, T0))).toBe('BAD-INPUT');
  });

  it('keeps packs by their hashes and knows the one for new cases', async () => {
    const [p1, c1, c2] = ['1', '2', '3'].map((x) => x.repeat(64)) as [string, string, string];
    const first = packOf(p1, c1);
    const names = { policy: '规则一', calendar: '2026 年' };
    await ledger().savePack(first, names, T0);
    await ledger().savePack(packOf(p1, c2), names, T0 + 1);
    expect(await ledger().currentPack()).toEqual(packOf(p1, c2));
    expect(await ledger().pack({ policy: p1, calendar: c1 })).toEqual(first);
    expect(await ledger().pack({ policy: c1, calendar: p1 })).toBeNull();
    expect(await codeFrom(ledger().savePack({ ...first, policy: { ...first.policy, suspensionDays: 9 } }, names, T0))).toBe('BAD-INPUT');
    await ledger().savePack(first, names, T0 + 2);
    expect(await ledger().currentPack()).toEqual(first);
  });

  it('keeps every calendar edition as it was written, under an id that stays its own', async () => {
    const hours = (year: string) => ({ hash: year.repeat(16), years: { [year]: { days: 'f'.repeat(92), provisional: false } } });
    const edition = (id: string, source: string) => ({ id, source, years: [{ year: 2031, provisional: false, off: [['2031-01-01', '2031-01-01', '元旦'] as [string, string, string]], on: [] }] });
    const [first, second] = [edition('cn-2031', '通知甲'), edition('cn-2031-b', '通知乙')];
    const { hash, fresh } = await ledger().saveEdition({ edition: first, calendar: hours('2031') }, T0);
    expect(fresh).toBe(true);
    expect(await ledger().saveEdition({ edition: first, calendar: hours('2031') }, T0 + 1)).toEqual({ hash, fresh: false });
    expect(await codeFrom(ledger().saveEdition({ edition: { ...first, source: '通知丙' }, calendar: hours('2031') }, T0))).toBe('BAD-INPUT');
    expect(await codeFrom(ledger().saveEdition({ edition: { ...first, id: '' }, calendar: hours('2031') }, T0))).toBe('BAD-INPUT');
    await ledger().saveEdition({ edition: second, calendar: hours('2031') }, T0 + 2);
    const kept = (await ledger().editions()).filter((e) => e.edition.id.startsWith('cn-2031'));
    expect(kept.map((e) => [e.edition, e.calendar, e.savedAt])).toEqual([[first, hours('2031').hash, T0], [second, hours('2031').hash, T0 + 2]]);
  });

  it('commits a case to one draw, the whole batch or nothing', async () => {
    const [a, b, c] = [freshCase(), freshCase(), freshCase()];
    const batch = { commitment: 'e'.repeat(64), cases: [{ caseNo: a, drawn: true }, { caseNo: b, drawn: false }] };
    await ledger().commitDraw(batch, T0);
    await ledger().commitDraw(batch, T0 + 1);
    expect([await ledger().draw(a), await ledger().draw(b), await ledger().draw(c)]).toEqual([{ commitment: batch.commitment, drawn: true }, { commitment: batch.commitment, drawn: false }, null]);
    expect(await codeFrom(ledger().commitDraw({ commitment: 'f'.repeat(64), cases: [{ caseNo: c, drawn: true }, { caseNo: b, drawn: true }] }, T0))).toBe('BAD-INPUT');
    expect(await codeFrom(ledger().commitDraw({ ...batch, cases: [{ caseNo: b, drawn: true }] }, T0))).toBe('BAD-INPUT');
    expect(await ledger().draw(c)).toBeNull();
  });

  it('keeps the history of a run byte for byte, once', async () => {
    const no = freshCase();
    const bytes = new Uint8Array(gzipSync(Buffer.alloc(100_000, '事件')));
    const run = { case: no, runId: 'run-1', sha256: 'a'.repeat(64), bytes, at: T0 };
    await ledger().keepRun(run);
    await ledger().keepRun({ ...run, bytes: Buffer.from(bytes), at: T0 + 1 });
    const kept = await ledger().run(no, 'run-1');
    expect(kept?.bytes instanceof Uint8Array && Buffer.compare(kept.bytes, bytes) === 0 && { ...kept, bytes: null }).toEqual({ ...run, bytes: null });
    expect(await ledger().runs(no)).toEqual([{ case: no, runId: 'run-1', sha256: run.sha256, at: T0 }]);
    expect(await codeFrom(ledger().keepRun({ ...run, sha256: 'b'.repeat(64) }))).toBe('BAD-INPUT');
    expect(await ledger().run(no, 'run-2')).toBeNull();
  });

  projects(subject);
  takesIn(subject);
  keepsPolicies(subject);
}

function packOf(policy: string, calendar: string): Pack {
  const day = { amount: 5, unit: 'wd' as const };
  const totals = { immediate: day, list: day };
  const limits = { publicity: day, supplement: day, actReply: day, ratify: day, objectionRest: day, extensionShare: 0.5, suspensionDays: 30, reRateDays: 15, reboundMonths: 12, appealDays: 60, ratingAppeal: day };
  const lookback = { red: [day], yellow: [day], blue: [] };
  const pack: Pack = {
    policy: { id: 'p', hash: policy, totals: { red: totals, yellow: totals, blue: totals, ordinary: totals }, ...limits, lookback, retire: { closedMonths: 12, settledDays: 60 } },
    calendar: { hash: calendar, years: { '2026': { days: '0'.repeat(92), provisional: false } } },
  };
  return JSON.parse(canonical(pack)) as Pack;
}
