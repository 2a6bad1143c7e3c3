/** Who reads what of feedback (domain 6.8): the client over a ledger, with nothing running. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type As, type OfficeClient } from '../../client/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import { codeOf, type Feedback, type ReadRecord } from '../../schemas/index.ts';
import { CoreClient } from '../support/core-client.ts';
import { testDirectory } from '../support/directory.ts';
import { secret, T0, temporaryLedger } from '../support/ledger.ts';
import { storyPack, storyStart } from '../support/stories-ledger.ts';

const said = (feedbackId: string, more: Partial<Feedback> = {}): Feedback => ({
  feedbackId, kind: 'rating', level: 1, named: true, channel: '窗口评价器', field: 'JY', matter: { code: 'M-1', name: '入学材料' }, ratedUnit: 'U1', receivedAt: T0, saidAt: T0 - 5,
  text: '陈小明跑了三趟, 电话 13800001234', rater: { raterId: `r:${feedbackId}`, name: '陈小明', phone: '13800001234', idNo: '99010219900307561X' },
  service: { projectNo: 'P-77', seq: 1, window: '3 号窗', terminal: 'T-1', acceptedAt: T0, clerk: '霍窗口' }, aside: { 备注: '住三楼' }, ...more,
});

let open: Awaited<ReturnType<typeof temporaryLedger>>;
let ledger: Ledger;
let client: OfficeClient;
let core: CoreClient;
let assigned: string;
let report: string;
let secretOrder: string;

/** Opens it on the pure core, and in the ledger by the same number. */
async function openCase(feedback: Feedback): Promise<string> {
  await ledger.saveFeedback(feedback);
  return (await core.openCase(feedback, { as: 'li', commandId: `open:${feedback.feedbackId}` })).caseNo;
}

beforeAll(async () => {
  open = await temporaryLedger({ door: false });
  ({ ledger } = open);
  await ledger.savePack(storyPack, { policy: storyPack.policy.id, calendar: 'cn' }, storyStart);
  await ledger.importDirectory(testDirectory, storyStart);
  core = new CoreClient(testDirectory, storyPack, storyStart);
  client = createClient({ temporal: null, ledger, sealSecret: secret, now: () => core.at });
  assigned = await openCase(said('F-1'));
  await core.command(assigned, 'verifyStart', {}, { as: 'he' });
  await core.command(assigned, 'confirmValid', { record: { facts: '属实', contacted: '是', conclusion: '属实' } }, { as: 'he' });
  await core.command(assigned, 'triage', { colour: 'blue', track: 'immediate', reasonCode: 'N0' }, { as: 'zhu' });
  await core.command(assigned, 'assign', { leadUnit: 'U1', unitHead: 'wang', coopUnits: [] }, { as: 'zhu' });
  report = await openCase(said('F-2', { kind: 'report', text: '举报窗口收钱, 我是陈小明' }));
  secretOrder = await openCase(said('F-3', { kind: 'hotline', order: { orderNo: 'O-1', secret: true } }));
  for (const no of [assigned, report, secretOrder]) await ledger.append(core.batch(no));
});
afterAll(() => open.remove());

const zhu: As = { as: 'zhu' };
const codeFrom = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', codeOf);
const looks = async (caseNo: string): Promise<ReadRecord[]> => ledger.reads({ case: caseNo });

describe('the feedback of a case', () => {
  it('is whole to the desk, and each look is on record before it is shown', async () => {
    const before = (await looks(assigned)).length;
    const [one] = await client.feedback(assigned, { as: 'he' });
    expect(one).toMatchObject({ feedbackId: 'F-1', text: said('').text, at: T0 - 5, shows: 'whole', rater: { raterId: 'r:F-1', name: '陈小明', phone: '13800001234', idNo: '99010219900307561X' }, service: { clerk: '霍窗口', projectNo: 'P-77' } });
    expect(JSON.stringify(one)).not.toContain('住三楼');
    expect((await looks(assigned)).slice(0, -before || undefined)).toEqual([{ case: assigned, what: 'feedback', person: 'he', role: 'VERIFIER', unit: 'OFFICE', reason: null, masked: false, at: core.at }]);
  });

  it('is the masked text to the office, and masked with a reason, which goes on record', async () => {
    const before = (await looks(assigned)).length;
    for (const as of ['zhu', 'fu', 'fen', 'shen']) {
      const [one] = await client.feedback(assigned, { as, ...(as === 'fu' ? { role: 'SUP' as const } : {}) });
      expect([as, one]).toMatchObject([as, { text: '陈*跑了三趟, 电话 138****1234', rater: null, shows: 'text', service: { projectNo: 'P-77', clerk: '霍*' } }]);
    }
    expect((await looks(assigned)).length).toBe(before);
    expect(await client.feedback(assigned, { ...zhu, reason: ' 督办 ' })).toMatchObject([{ shows: 'masked', text: '陈*跑了三趟, 电话 138****1234', rater: { name: '陈*', phone: '138****1234', idNo: '990102********561X' } }]);
    expect((await looks(assigned))[0]).toMatchObject({ person: 'zhu', what: 'feedback', reason: '督办', masked: true });
  });

  it('is to its unit the masked text alone: no person, no number, no hour by which it would find one', async () => {
    for (const as of ['bai', 'wang']) {
      const seen = await client.feedback(assigned, { as, reason: '想知道' });
      expect(seen).toMatchObject([{ feedbackId: null, rater: null, service: null, order: null, at: null, shows: 'text', text: '陈*跑了三趟, 电话 138****1234', level: 1 }]);
      expect(JSON.stringify(seen)).not.toMatch(/F-1|P-77|陈小明|13800001234|霍|T-1/);
    }
    expect((await looks(assigned)).map((r) => r.person)).not.toContain('bai');
  });

  it('is nothing to another unit, and the refusal is on record', async () => {
    expect(await codeFrom(client.feedback(assigned, { as: 'wei' }))).toBe('NOT-FOR-YOU');
    expect((await ledger.refusals({ case: assigned })).map((r) => `${r.person} ${r.type} ${r.code}`)).toContain('wei read:feedback NOT-FOR-YOU');
  });

  it('is, when it reports misconduct, for the desk alone: not for leaders, auditors or the unit, whatever their reason', async () => {
    expect(await client.feedback(report, { as: 'li' })).toMatchObject([{ shows: 'whole', text: '举报窗口收钱, 我是陈小明' }]);
    for (const as of ['zhu', 'fen', 'shen', 'bai', 'an']) {
      expect([as, await codeFrom(client.feedback(report, { as, reason: '督办' }))]).toEqual([as, 'NOT-FOR-YOU']);
      expect([as, await codeFrom(client.contact(report, { as, reason: '督办' }))]).toEqual([as, 'NOT-FOR-YOU']);
    }
  });

  it('is, when it is to be kept secret within a case about something else, left out for everybody but the desk', async () => {
    expect([await client.feedback(secretOrder, { ...zhu, reason: '督办' }), await client.contact(secretOrder, { ...zhu, reason: '督办' })]).toEqual([[], []]);
    expect(await client.contact(secretOrder, { as: 'he' })).toEqual([{ raterId: 'r:F-3', name: '陈小明', phone: '13800001234', named: true }]);
    expect(await client.feedback(secretOrder, { as: 'he' })).toMatchObject([{ feedbackId: 'F-3', shows: 'whole' }]);
  });

  it('of an unknown case is UNKNOWN-CASE', async () => {
    expect(await codeFrom(client.feedback('YC-2026-JY-9999', zhu))).toBe('UNKNOWN-CASE');
  });
});

describe('who complained', () => {
  it('is whole to the desk, masked to the office with a reason, one look each however many raters', async () => {
    const before = (await looks(assigned)).length;
    expect(await client.contact(assigned, { as: 'he' })).toEqual([{ raterId: 'r:F-1', name: '陈小明', phone: '13800001234', named: true }]);
    expect(await client.contact(assigned, { ...zhu, reason: '督办' })).toEqual([{ raterId: 'r:F-1', name: '陈*', phone: '138****1234', named: true }]);
    expect(await codeFrom(client.contact(assigned, zhu))).toBe('NOT-FOR-YOU');
    expect((await looks(assigned)).length).toBe(before + 2);
  });
});

describe('feedback as a whole', () => {
  it('is listed to the office without the person, and reports to the desk alone', async () => {
    await ledger.intake([{ feedback: said('F-4', { level: 5, isDefault: true, saidAt: T0 - 9 }), opens: false, externalKey: 'F-4', commandId: 'c' }], { prefix: 'YC', year: 2026 }, T0);
    const desk = await client.feedbacks({}, { as: 'li' });
    expect(desk.items.map((i) => [i.said.feedbackId, i.caseNo])).toEqual([['F-3', secretOrder], ['F-2', report], ['F-1', assigned], ['F-4', null]]);
    const office = await client.feedbacks({ limit: 1 }, zhu);
    expect(office).toMatchObject({ items: [{ said: { feedbackId: 'F-1', rater: null } }], next: 'F-1' });
    expect((await client.feedbacks({ limit: 5, after: 'F-1' }, zhu)).items.map((i) => i.said.feedbackId)).toEqual(['F-4']);
    expect(JSON.stringify([desk, office])).not.toMatch(/陈小明|13800001234|561X/);
    expect(new Set(desk.items.map((i) => i.raterKey)).size).toBe(1);
  });

  it('shows suspicions and likely duplicates to the office, reports left out', async () => {
    expect((await client.suspicions({}, zhu)).map((s) => `${s.code} ${s.feedbackId}`)).toEqual(['RATED-BEFORE-SERVICE F-1', 'DEFAULT-FIVE F-4', 'RATED-BEFORE-SERVICE F-4']);
    expect((await client.suspicions({ code: 'RATED-BEFORE-SERVICE' }, { as: 'he' })).map((s) => s.feedbackId).toSorted()).toEqual(['F-1', 'F-2', 'F-3', 'F-4']);
    expect((await client.duplicates({ unit: 'U1' }, zhu)).map((d) => [d.caseNo, d.other])).toEqual([[report, assigned], [secretOrder, assigned]]);
  });

  it('is nothing to units, inspectors and the archive', async () => {
    for (const as of ['bai', 'wang', 'wei', 'an', 'cha', 'dang'])
      for (const read of ['feedbacks', 'suspicions', 'duplicates'] as const) expect([as, read, await codeFrom(client[read]({}, { as }))]).toEqual([as, read, 'NOT-FOR-YOU']);
  });
});
