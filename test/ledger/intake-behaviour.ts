import { expect, it } from 'vitest';
import { type IntakeRow, type Ledger, type RemoteLedger } from '../../ledger/index.ts';
import { codeOf, type Feedback, type ReadRecord } from '../../schemas/index.ts';
import { batchOf, type boardOf, draftOf, markOf, T0 } from '../support/ledger.ts';

/** `ledger` is what the sentences are about; `append` goes to the owner, because a door has none. */
export type Subject = { ledger: RemoteLedger; append: Ledger['append'] };

const minute = 60_000;
const day = 24 * 60 * minute;
let made = 0;
const fresh = (name = 'F'): string => `${name}-${++made}`;
const codeFrom = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', codeOf);

function said(more: Partial<Feedback> = {}): Feedback {
  const feedbackId = more.feedbackId ?? fresh();
  const rater = { raterId: `r:${feedbackId}`, name: '陈小明', phone: '13800001234', idNo: '99010219900307561X' };
  return { feedbackId, kind: 'rating', level: 1, named: true, channel: '窗口评价器', field: 'ZW', matter: { code: 'M-2', name: '社保转移' }, receivedAt: T0, text: '来回跑三次, 找陈小明 13800001234', rater, ...more };
}
const rowOf = (feedback: Feedback, opens = feedback.level !== 5): IntakeRow => ({ feedback, opens, externalKey: feedback.feedbackId, commandId: `import:${feedback.feedbackId}` });
const look = (more: Partial<ReadRecord> = {}): ReadRecord => ({ case: fresh('YC'), what: 'feedback', person: 'P-HE', role: 'VERIFIER', unit: 'U-OFFICE', reason: null, masked: false, at: T0, ...more });

/** What every store does with feedback, one sentence each. Each sentence has a year or a unit of its own. */
export function takesIn(subject: () => Subject): void {
  const ledger = (): RemoteLedger => subject().ledger;
  const years = (() => {
    let year = 2100;
    return (): number => ++year;
  })();
  /** A case in the ledger, standing open, that began with this feedback. */
  const capture = async (caseNo: string, feedback: Feedback, more: Parameters<typeof boardOf>[0] = {}): Promise<void> => {
    const draft = draftOf({ case: caseNo, type: 'capture' });
    const body = { ...draft.body, payload: { feedbackId: feedback.feedbackId, externalKey: '"feedbackId":"x"' } };
    await subject().append(batchOf([{ ...draft, body }], { matterCode: feedback.matter.code, ratedUnit: feedback.ratedUnit ?? null, place: feedback.place ?? null, field: 'ZW', ...more }));
  };

  it('shows feedback masked, and whole only to a look that is on record', async () => {
    const one = said({ text: '来回跑三次\0", 找陈小明, 电话 138 0000 1234', aside: { 备注: '陈小明的邻居' } });
    await ledger().saveFeedback(one);
    await ledger().saveFeedback({ ...one, receivedAt: T0 + 5 });
    const { aside: _never, ...open } = one;
    expect(await ledger().feedback(one.feedbackId)).toEqual({ ...open, text: '来回跑三次\0", 找陈*, 电话 138****1234', rater: { raterId: one.rater?.raterId, name: '陈*', phone: '138****1234', idNo: '990102********561X' } });
    const record = look({ reason: '核实' });
    expect(await ledger().unseal([one.feedbackId, 'F-none', one.feedbackId], record)).toEqual([one]);
    expect(await ledger().reads({ case: record.case })).toEqual([record]);
    expect([await ledger().feedback('F-none'), await ledger().unseal(['F-none'], look())]).toEqual([null, []]);
  });

  it('shows nothing when the look cannot be put on record', async () => {
    const one = said();
    await ledger().saveFeedback(one);
    expect(await codeFrom(ledger().unseal([one.feedbackId], look({ reason: '' })))).toBe('BAD-INPUT');
  });

  it('refuses other words under an id that is taken, and never says which words', async () => {
    const one = said();
    await ledger().saveFeedback(one);
    for (const other of [{ ...one, level: 2 }, { ...one, rater: { raterId: 'r', phone: '13911112222' } }, { ...one, text: '另一段话 13911112222' }]) {
      const error = await ledger().saveFeedback(other).catch((e: Error) => e);
      expect(codeOf(error)).toBe('BAD-INPUT');
      expect(String((error as Error).message)).not.toMatch(/13911112222|另一段话/);
    }
    expect(await ledger().unseal([one.feedbackId], look())).toEqual([one]);
  });

  it('takes in a chunk in its order: cases get their numbers as if each had been opened by itself', async () => {
    const year = years();
    const chunk = [said({ field: 'JT' }), said({ level: 5 }), said({ field: 'YL' }), said({ field: 'JT' })].map((f) => rowOf(f));
    await ledger().reserveCase({ prefix: 'YC', year, field: 'JT', externalKey: fresh('K'), commandId: 'by hand' });
    const first = await ledger().intake(chunk, { prefix: 'YC', year }, T0);
    expect(first.map((r) => [r.outcome, r.caseNo, r.captured])).toEqual([['new', `YC-${year}-JT-0002`, false], ['new', null, false], ['new', `YC-${year}-YL-0001`, false], ['new', `YC-${year}-JT-0003`, false]]);
    expect(first.map((r) => r.feedbackId)).toEqual(chunk.map((row) => row.feedback.feedbackId));
    await capture(`YC-${year}-YL-0001`, chunk[2]?.feedback as Feedback);
    const again = await ledger().intake(chunk.toReversed(), { prefix: 'YC', year }, T0 + 1);
    expect(again.map((r) => [r.outcome, r.caseNo, r.captured])).toEqual([['same', `YC-${year}-JT-0003`, false], ['same', `YC-${year}-YL-0001`, true], ['same', null, false], ['same', `YC-${year}-JT-0002`, false]]);
    expect(await ledger().reserveCase({ prefix: 'YC', year, field: 'JT', externalKey: chunk[0]?.externalKey ?? '', commandId: chunk[0]?.commandId ?? '' })).toEqual({ caseNo: `YC-${year}-JT-0002`, fresh: true });
    expect(await ledger().reserveCase({ prefix: 'YC', year, field: 'JT', externalKey: fresh('K'), commandId: 'by hand' })).toEqual({ caseNo: `YC-${year}-JT-0004`, fresh: true });
  });

  it('changes nothing for a row that is on record with other content; when it was received is no content', async () => {
    const year = years();
    const one = said();
    await ledger().intake([rowOf(one, false)], { prefix: 'YC', year }, T0);
    const results = await ledger().intake([rowOf({ ...one, receivedAt: T0 + day }), rowOf({ ...one, level: 2 }), rowOf(said())], { prefix: 'YC', year }, T0);
    expect(results.map((r) => [r.outcome, r.caseNo])).toEqual([['same', `YC-${year}-ZW-0001`], ['other', null], ['new', `YC-${year}-ZW-0002`]]);
    expect(await ledger().unseal([one.feedbackId], look())).toEqual([one]);
    expect((await ledger().feedbacks({ case: `YC-${year}-ZW-0001` })).map((r) => r.feedback.receivedAt)).toEqual([T0]);
  });

  it('knows a row twice in one chunk: the first is new, the next the same or another', async () => {
    const one = said();
    const results = await ledger().intake([rowOf(one), rowOf(one), rowOf({ ...one, level: 2 })], { prefix: 'YC', year: years() }, T0);
    expect(results.map((r) => r.outcome)).toEqual(['new', 'same', 'other']);
    expect(new Set(results.slice(0, 2).map((r) => r.caseNo)).size).toBe(1);
  });

  it('gives a key that another command holds the number it stands under, and leaves that case its own feedback', async () => {
    const year = years();
    const [one, two] = [said(), said()];
    const [first] = await ledger().intake([rowOf(one)], { prefix: 'YC', year }, T0);
    const [second] = await ledger().intake([{ ...rowOf(two), externalKey: one.feedbackId }], { prefix: 'YC', year }, T0);
    expect(second).toEqual({ feedbackId: two.feedbackId, outcome: 'new', caseNo: first?.caseNo, captured: false });
    expect((await ledger().feedbacks({ case: first?.caseNo ?? '' })).map((r) => r.feedback.feedbackId)).toEqual([one.feedbackId]);
  });

  it('takes in all of a chunk or nothing', async () => {
    const year = years();
    const good = rowOf(said());
    const bad = [{ ...rowOf(said()), externalKey: '' }, rowOf({ ...said(), level: 9 }), { ...rowOf(said()), commandId: 'a\0b' }];
    for (const row of bad) expect(await codeFrom(ledger().intake([good, row], { prefix: 'YC', year }, T0))).toBe('BAD-INPUT');
    expect(await codeFrom(ledger().intake([good], { prefix: 'yc', year }, T0))).toBe('BAD-INPUT');
    expect(await codeFrom(ledger().intake(Array.from({ length: 1001 }, () => good), { prefix: 'YC', year }, T0))).toBe('BAD-INPUT');
    expect(await ledger().feedback(good.feedback.feedbackId)).toBeNull();
    expect(await ledger().intake([], { prefix: 'YC', year }, T0)).toEqual([]);
    expect((await ledger().intake([good], { prefix: 'YC', year }, T0))[0]).toMatchObject({ outcome: 'new', caseNo: `YC-${year}-ZW-0001` });
  });

  it('gives the same numbers to two that take in one file at once, and to a reservation in between no number twice', async () => {
    const year = years();
    const chunk = Array.from({ length: 60 }, (_, i) => rowOf(said({ field: i % 3 === 0 ? 'JT' : 'ZW' })));
    const byHand = Array.from({ length: 5 }, (_, i) => ledger().reserveCase({ prefix: 'YC', year, field: 'JT', externalKey: fresh('K'), commandId: `hand-${i}` }));
    const [a, b] = await Promise.all([ledger().intake(chunk, { prefix: 'YC', year }, T0), ledger().intake(chunk.toReversed(), { prefix: 'YC', year }, T0)]);
    const numbers = a.map((r) => r.caseNo);
    expect(b.toReversed().map((r) => r.caseNo)).toEqual(numbers);
    expect([...a, ...b].map((r) => r.outcome).toSorted()).toEqual([...chunk.map(() => 'new'), ...chunk.map(() => 'same')]);
    expect(new Set([...numbers, ...(await Promise.all(byHand)).map((r) => r.caseNo)]).size).toBe(65);
  });

  it('lists feedback by every filter and page, the latest first, and recognises a rater without naming one', async () => {
    const unit = fresh('U');
    const of = (i: number): Feedback => said({ text: '排队太久', ratedUnit: unit, saidAt: T0 + i * minute, level: i < 2 ? 5 : 2, channel: i === 0 ? '网上' : '窗口', rater: { raterId: `r${i}`, phone: i % 2 === 0 ? '+86 138-0000-7777' : `1390000000${i}` }, ...(i === 4 ? { kind: 'report' as const } : {}) });
    const all = Array.from({ length: 5 }, (_, i) => of(i));
    await ledger().intake(all.map((f) => rowOf(f, false)), { prefix: 'YC', year: years() }, T0 + 9);
    await ledger().saveFeedback(said({ text: '排队太久', ratedUnit: unit, saidAt: T0 - minute, rater: { raterId: 'r9', phone: '１３８００００７７７７' } }));
    const ids = all.map((f) => f.feedbackId);
    const list = async (query: Parameters<RemoteLedger['feedbacks']>[0]): Promise<string[]> => (await ledger().feedbacks({ unit, ...query })).map((r) => r.feedback.feedbackId).filter((id) => ids.includes(id));
    expect(await list({})).toEqual(ids.toReversed());
    expect(await list({ level: 5 })).toEqual([ids[1], ids[0]]);
    expect([await list({ kind: 'report' }), await list({ channel: '网上' }), await list({ field: 'JY' })]).toEqual([[ids[4]], [ids[0]], []]);
    expect(await list({ secret: false })).toEqual([ids[3], ids[2], ids[1], ids[0]]);
    expect(await list({ from: T0 + minute, to: T0 + 3 * minute })).toEqual([ids[2], ids[1]]);
    expect([await list({ limit: 2 }), await list({ limit: 2, after: ids[3] ?? '' })]).toEqual([[ids[4], ids[3]], [ids[2], ids[1]]]);
    const rows = await ledger().feedbacks({ unit });
    const key = rows.find((r) => r.feedback.feedbackId === ids[0])?.raterKey ?? '';
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    for (const rater of [key, key.slice(0, 12)]) expect((await ledger().feedbacks({ rater, unit })).length).toBe(4);
    expect(rows.map((r) => r.recordedAt)).toEqual([...all.map(() => T0 + 9), null]);
    expect(JSON.stringify(rows)).not.toMatch(/(0000|００００)\W?(7777|７７７７)/);
  });

  it('finds who rated before the service began, a burst at one terminal, fives by default, and one rater many times', async () => {
    const [unit, terminal] = [fresh('U'), fresh('T')];
    const at = (i: number): number => T0 + 400 * day + i * 2 * minute;
    const of = (more: Partial<Feedback>): Feedback => said({ ratedUnit: unit, level: 5, ...more, rater: { raterId: fresh('r'), ...more.rater } });
    const service = (more: object): Feedback['service'] => ({ projectNo: fresh('P'), seq: 1, ...more });
    const burst = Array.from({ length: 5 }, (_, i) => of({ saidAt: at(i), service: service({ terminal }) }));
    const quiet = Array.from({ length: 4 }, (_, i) => of({ saidAt: at(i), service: service({ terminal: `${terminal}-quiet` }) }));
    const late = of({ saidAt: at(4) + 10 * minute + 1, service: service({ terminal }) });
    const early = of({ saidAt: at(50), service: service({ acceptedAt: at(50) + 1 }) });
    const onTime = of({ saidAt: at(50), service: service({ acceptedAt: at(50) }) });
    const byDefault = of({ saidAt: at(51), isDefault: true });
    const four = of({ saidAt: at(51), isDefault: true, level: 4 });
    const often = Array.from({ length: 5 }, (_, i) => of({ saidAt: at(60) + i * 7 * day, rater: { raterId: 'r', idNo: '99010219900307777X' } }));
    const rare = of({ saidAt: at(60) + 60 * day, rater: { raterId: 'r', idNo: '99010219900307777X' } });
    const year = years();
    const all = [...burst, ...quiet, late, early, onTime, byDefault, four, ...often, rare];
    await ledger().intake(all.map((f) => rowOf(f, f === early)), { prefix: 'YC', year }, T0);
    const found = await ledger().suspicions({ unit });
    const ids = (code: string): string[] => found.filter((s) => s.code === code).map((s) => s.feedbackId).toSorted();
    const sorted = (of: readonly Feedback[]): string[] => of.map((f) => f.feedbackId).toSorted();
    expect([ids('RATED-BEFORE-SERVICE'), ids('TERMINAL-BURST'), ids('DEFAULT-FIVE'), ids('SAME-RATER')]).toEqual([sorted([early]), sorted(burst), sorted([byDefault]), sorted(often)]);
    expect(found.find((s) => s.feedbackId === early.feedbackId)).toEqual({ code: 'RATED-BEFORE-SERVICE', feedbackId: early.feedbackId, caseNo: `YC-${year}-ZW-0001`, unit, at: at(50), numbers: { saidAt: at(50), acceptedAt: at(50) + 1 } });
    expect(found.find((s) => s.code === 'TERMINAL-BURST')?.numbers).toEqual({ count: 5, withinMs: 10 * minute });
    expect(found.find((s) => s.code === 'SAME-RATER')?.numbers).toEqual({ count: 5, withinMs: 30 * day });
    expect(found.find((s) => s.code === 'DEFAULT-FIVE')?.numbers).toEqual({ defaults: 1, ratings: all.length });
    expect(found.map((s) => s.at)).toEqual(found.map((s) => s.at).toSorted((a, b) => b - a));
    expect((await ledger().suspicions({ unit, code: 'TERMINAL-BURST', burst: { count: 4, minutes: 10 } })).length).toBe(9);
    expect((await ledger().suspicions({ unit, code: 'TERMINAL-BURST', from: at(4), to: at(5) })).map((s) => s.feedbackId)).toEqual([burst[4]?.feedbackId]);
    expect(await ledger().suspicions({ unit, code: 'SAME-RATER', rater: { count: 7, days: 90 } })).toEqual([]);
    expect((await ledger().suspicions({ unit, limit: 3 })).length).toBe(3);
  });

  it('suggests open cases of one matter, at one place or of one unit, within fifteen days, beside the oldest of them', async () => {
    const year = years();
    const [unit, matter] = [fresh('U'), { code: fresh('M'), name: '占道' }];
    const of = (days: number, more: Partial<Feedback> = {}): Feedback => said({ matter, ratedUnit: unit, saidAt: T0 + days * day, ...more });
    const all = [of(0), of(3), of(15), of(31), of(3, { matter: { code: fresh('M'), name: '别的' } }), of(4, { ratedUnit: fresh('U'), place: '云川路' }), of(5, { place: '云川路' }), of(6)];
    const taken = await ledger().intake(all.map((f) => rowOf(f)), { prefix: 'YC', year }, T0);
    const numbers = taken.map((r) => r.caseNo ?? '');
    for (const [i, feedback] of all.entries()) await capture(numbers[i] ?? '', feedback, { kind: i === 7 ? 'settled' : 'open' });
    const found = (await ledger().likelyDuplicates()).filter((d) => numbers.includes(d.caseNo));
    const pair = (a: number, b: number, because: { unit: string | null; place: string | null }, apart: number) => ({ caseNo: numbers[a], other: numbers[b], because: { matter: matter.code, ...because, apartMs: apart * day } });
    expect(found).toEqual([pair(1, 0, { unit, place: null }, 3), pair(2, 0, { unit, place: null }, 15), pair(6, 0, { unit, place: null }, 5), pair(6, 5, { unit: null, place: '云川路' }, 1)]);
    expect((await ledger().likelyDuplicates({ unit, days: 4 })).map((d) => [d.caseNo, d.other])).toEqual([[numbers[1], numbers[0]], [numbers[6], numbers[1]], [numbers[6], numbers[5]]]);
    expect((await ledger().likelyDuplicates({ case: numbers[0] ?? '' })).map((d) => d.caseNo)).toEqual([numbers[1], numbers[2], numbers[6]]);
    expect(await ledger().likelyDuplicates({ unit, field: 'JY' })).toEqual([]);
  });

  it('keeps closed items of an old ledger masked, once, and never another under their key', async () => {
    const key = fresh('past');
    const item = { key, content: { 问题: '陈小明反映路灯不亮, 电话 13800001234', 销号时间: '2025年6月底' }, names: ['陈小明'] };
    expect(await ledger().keepPast([item, item, { ...item, content: { 问题: '别的' } }], T0)).toEqual([{ key, outcome: 'new' }, { key, outcome: 'same' }, { key, outcome: 'other' }]);
    expect(await ledger().keepPast([item], T0 + 1)).toEqual([{ key, outcome: 'same' }]);
    expect((await ledger().pastProblems({ after: 'past' })).filter((p) => p.key === key)).toEqual([{ key, content: { 问题: '陈*反映路灯不亮, 电话 138****1234', 销号时间: '2025年6月底' }, importedAt: T0 }]);
    expect(await ledger().pastProblems({ after: 'zzz' })).toEqual([]);
    expect(await codeFrom(ledger().keepPast([{ key: '', content: {} }], T0))).toBe('BAD-INPUT');
  });

  it('says beforehand what taking in would come to, and keeps nothing of it', async () => {
    const [known, unknown] = [said(), said()];
    await ledger().saveFeedback(known);
    const past = { key: fresh('P'), content: { 问题: '旧' }, names: ['甲'] };
    await ledger().keepPast([past], T0);
    const ask = [{ feedback: { ...known, receivedAt: T0 + 9 } }, { feedback: { ...known, level: 2 } }, { feedback: unknown }, { past }, { past: { ...past, names: [] } }, { past: { key: known.feedbackId, content: {} } }, { past: { key: fresh('P'), content: {} } }];
    expect(await ledger().rehearse(ask)).toEqual(['same', 'other', 'new', 'same', 'other', 'open', 'new']);
    expect(await ledger().feedback(unknown.feedbackId)).toBeNull();
  });

  it('knows one person again by the number, however it is written, and shows nobody the number', async () => {
    const [a, b, other, none] = await ledger().raterKeys([{ raterId: 'x', phone: '13811112222' }, { raterId: 'y', phone: '+86 138-1111-2222' }, { raterId: 'z', phone: '13811113333' }, undefined]);
    expect([a === b, a === other, none]).toEqual([true, false, null]);
    expect(a).not.toContain('1381111');
  });

  it('keeps one act for each entry, dated at the instant by which time counts', async () => {
    const one = said();
    const caseNo = `YC-2026-ZW-${8000 + (made += 1)}`;
    await capture(caseNo, one);
    await subject().append(batchOf([{ ...markOf({ case: caseNo, seq: 2, at: T0 + 500 }) }], { seq: 2 }));
    expect(await ledger().acts([caseNo, 'YC-2026-ZW-0000'])).toEqual([
      expect.objectContaining({ caseNo, seq: 1, type: 'capture', from: 'captured', to: 'captured', outcome: 'done' }),
      expect.objectContaining({ caseNo, seq: 2, type: 'mark', outcome: 'noop', at: T0 }),
    ]);
  });
}
