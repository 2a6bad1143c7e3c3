import { beforeAll, describe, expect, it } from 'vitest';
import type { As, CaseClient } from '../../client/index.ts';
import { type Feedback, codeOf } from '../../schemas/index.ts';
import { withClient } from '../support/client.ts';

const stack = withClient();
let count = 0;
const feedbackOf = (more: Partial<Feedback> = {}): Feedback => {
  count += 1;
  return {
    feedbackId: `f-${count}`, kind: 'rating', level: 1, named: true, channel: '网办', field: 'JY', matter: { code: `M${count}`, name: '入学材料' }, ratedUnit: 'U1', place: '东湖区',
    receivedAt: 1, text: '跑了三趟', rater: { raterId: `r-${count}`, name: '陈小明', phone: '13800001234' }, ...more,
  };
};
const codeFrom = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: unknown) => codeOf(error) ?? Promise.reject(error));
const li: As = { as: 'li' };
const zhu: As = { as: 'zhu' };

/** To 立行立改: verified by `he`, graded and assigned by `zhu`, signed for by `bai`. */
async function toUnit(client: CaseClient, feedback = feedbackOf()): Promise<string> {
  const { caseNo } = await client.openCase(feedback, li);
  await client.command(caseNo, 'verifyStart', {}, { as: 'he' });
  await client.command(caseNo, 'confirmValid', { record: { facts: '属实', contacted: '是', conclusion: '属实' } }, { as: 'he' });
  await client.command(caseNo, 'triage', { colour: 'blue', track: 'immediate', reasonCode: 'N0' }, zhu);
  await client.command(caseNo, 'assign', { leadUnit: 'U1', unitHead: 'wang', coopUnits: [] }, zhu);
  await client.command(caseNo, 'signFor', {}, { as: 'bai' });
  return caseNo;
}

describe('opening a case', () => {
  it('takes an item of another ledger over at its stage, once, marked with what is not known', async () => {
    const feedback = feedbackOf({ kind: 'inspection', level: undefined, rater: undefined });
    const imported = { document: '问题台账', originalNo: '17', stage: 'immediate' as const, grade: { colour: 'blue' as const, track: 'immediate' as const }, due: '2026-02-27', responsibility: { leadUnit: 'U1', unitHead: 'wang' } };
    const { caseNo, view } = await stack.client.openCase(feedback, { ...li, commandId: 'import:17', imported });
    expect(view).toMatchObject({ stage: 'immediate', leadUnit: 'U1', overdue: true, imported: { originalNo: '17' } });
    expect((await stack.client.openCase(feedback, { ...li, commandId: 'import:17', imported })).caseNo).toBe(caseNo);
    expect(await codeFrom(stack.client.openCase(feedbackOf(), { ...li, imported: { ...imported, responsibility: { leadUnit: 'U1', unitHead: '张三' } } }))).toBe('BAD-INPUT');
    expect((await stack.client.history(caseNo, { as: 'bai' })).map((h) => [h.position, h.zh, h.role, h.to])).toEqual([[1, '承接台账', 'SYS', '立行立改中']]);
    await stack.client.recorded(caseNo, 'import:17');
  });

  it('shows the call-backs of a case to those who may read them', async () => {
    const { caseNo } = await stack.client.openCase(feedbackOf(), { ...li, commandId: 'open-callbacks' });
    await stack.client.recorded(caseNo, 'open-callbacks');
    const seen = async (who: As): Promise<number | undefined> => (await stack.client.problems({ limit: 500 }, who)).items.find((b) => b.caseNo === caseNo)?.callbacks.length;
    expect([await seen(zhu), await seen({ as: 'he' }), await seen(li)]).toEqual([1, 1, 0]);
  });

  it('happens once: the same command id gives the same case and receipt', async () => {
    const feedback = feedbackOf();
    const first = await stack.client.openCase(feedback, { ...li, commandId: 'open-1' });
    const again = await Promise.all([1, 2, 3].map(() => stack.client.openCase(feedback, { ...li, commandId: 'open-1' })));
    await stack.client.recorded(first.caseNo, 'open-1');
    again.push(await stack.client.openCase(feedback, { ...li, commandId: 'open-1' }));
    for (const one of again) expect([one.caseNo, one.receipt]).toEqual([first.caseNo, first.receipt]);
    expect((await stack.ledger.head(first.caseNo))?.seq).toBe(1);
  });

  it('is refused under a key that is taken, also before the ledger shows the case', async () => {
    const feedback = feedbackOf();
    const { caseNo } = await stack.client.openCase(feedback, li);
    expect(await codeFrom(stack.client.openCase(feedback, li))).toBe('KEY-NOT-NEW');
    expect(await codeFrom(stack.client.openCase(feedback, li))).toBe('KEY-NOT-NEW');
    expect((await stack.ledger.refusals({ case: caseNo })).map((r) => [r.code, r.by]).filter(([code]) => code === 'KEY-NOT-NEW')).toContainEqual(['KEY-NOT-NEW', 'client']);
  });

  it('may be tried again under the same key after its first try was refused', async () => {
    const { ratedUnit: _unit, place: _place, ...bare } = feedbackOf();
    expect(await codeFrom(stack.client.openCase(bare, { ...li, externalKey: 'k-again' }))).toBe('NO-UNIT-NO-PLACE');
    const [refusal] = (await stack.ledger.refusals({ limit: 50 })).filter((r) => r.code === 'NO-UNIT-NO-PLACE');
    for (const read of ['view', 'history'] as const) expect(await codeFrom(stack.client[read](refusal?.case ?? '', zhu))).toBe('UNKNOWN-CASE');
    const { caseNo, receipt } = await stack.client.openCase({ ...bare, feedbackId: `${bare.feedbackId}-b`, ratedUnit: 'U1' }, { ...li, externalKey: 'k-again' });
    expect(receipt).toMatchObject({ seq: 1, stage: 'captured' });
    expect((await stack.client.view(caseNo, zhu)).stage).toBe('captured');
  });

  it('is for the desk: others are refused, on record, and so is what cannot be read', async () => {
    expect(await codeFrom(stack.client.openCase(feedbackOf(), { as: 'bai' }))).toBe('ROLE-NOT-ALLOWED');
    expect(await codeFrom(stack.client.openCase(feedbackOf(), { as: 'nobody' }))).toBe('UNKNOWN-PERSON');
    await expect(stack.client.openCase({ ...feedbackOf(), level: 9 }, li)).rejects.toMatchObject({ code: 'BAD-INPUT', refusal: { field: 'level' } });
    const codes = (await stack.ledger.refusals({ limit: 50 })).map((r) => `${r.person} ${r.code}`);
    expect(codes).toEqual(expect.arrayContaining(['bai ROLE-NOT-ALLOWED', 'nobody UNKNOWN-PERSON', 'li BAD-INPUT']));
  });
});

describe('a command', () => {
  it('happens once, whatever is sent twice; the id for another content is refused', async () => {
    const { caseNo } = await stack.client.openCase(feedbackOf(), li);
    const sent = await Promise.all([1, 2, 3].map(() => stack.client.command(caseNo, 'verifyStart', {}, { as: 'he', commandId: 'v-1' })));
    expect(new Set(sent.map((a) => JSON.stringify(a.receipt))).size).toBe(1);
    expect(await codeFrom(stack.client.command(caseNo, 'verifyStart', {}, { as: 'hui', commandId: 'v-1' }))).toBe('COMMAND-ID-REUSED');
    await stack.client.recorded(caseNo, 'v-1');
    expect((await stack.ledger.head(caseNo))?.seq).toBe(2);
  });

  it('is answered with its receipt also when the case remembers newer ones alone, in another run', async () => {
    const { caseNo } = await stack.client.openCase(feedbackOf(), li);
    const verify = () => stack.client.command(caseNo, 'verifyStart', {}, { as: 'he', commandId: 'old' });
    const first = await verify();
    for (let n = 0; n < 70; n += 1) await stack.client.command(caseNo, 'instruct', { text: `加快办理 ${n}` }, { as: 'fen', commandId: `i-${n}` });
    await stack.client.recorded(caseNo, 'i-69');
    await stack.client.renew(caseNo);
    await expect.poll(async () => (await stack.ledger.runs(caseNo)).length, { timeout: 60_000 }).toBe(1);
    const again = await verify();
    expect([again.receipt, again.view.stage]).toEqual([first.receipt, 'verifying']);
  });

  it('is refused with its rule, in words, and the refusal is on record once for each cause', async () => {
    const { caseNo } = await stack.client.openCase(feedbackOf(), li);
    for (const commandId of ['s-1', 's-1']) expect(await codeFrom(stack.client.command(caseNo, 'signClosure', { opinion: '同意' }, { ...zhu, commandId }))).toBe('NOT-IN-THIS-STATE');
    const [record] = await stack.ledger.refusals({ case: caseNo });
    expect(record).toMatchObject({ code: 'NOT-IN-THIS-STATE', by: 'validator', person: 'zhu', count: 2 });
  });

  it('on a case that does not exist, by nobody, or of no form, is refused by the client, on record', async () => {
    expect(await codeFrom(stack.client.command('YC-2026-JY-9876', 'verifyStart', {}, { as: 'he' }))).toBe('UNKNOWN-CASE');
    expect((await stack.ledger.refusals({ case: 'YC-2026-JY-9876' }))[0]).toMatchObject({ code: 'UNKNOWN-CASE', by: 'client', person: 'he', role: 'VERIFIER' });
    const { caseNo } = await stack.client.openCase(feedbackOf(), li);
    expect(await codeFrom(stack.client.command(caseNo, 'verifyStart', {}, { as: 'nobody' }))).toBe('UNKNOWN-PERSON');
    await expect(stack.client.command(caseNo, 'confirmValid', { record: { facts: 3 } } as never, { as: 'he' })).rejects.toMatchObject({ code: 'BAD-INPUT', refusal: { field: 'record.facts' } });
    expect((await stack.ledger.refusals({ case: caseNo })).map((r) => r.code).sort()).toEqual(['BAD-INPUT', 'UNKNOWN-PERSON']);
  });

  it('of a timer comes from the operator alone; the system decides nothing', async () => {
    const { caseNo } = await stack.client.openCase(feedbackOf(), li);
    expect(await codeFrom(stack.client.command(caseNo, 'fallOverdue', {}, zhu))).toBe('SYS-ONLY');
    expect(await codeFrom(stack.client.tick(caseNo, 'signClosure', { payload: { opinion: '自动' } }))).toBe('SYS-MAY-NOT');
    expect(await codeFrom(stack.client.command(caseNo, 'fallOverdue', {}, { as: 'SYS' }))).toBe('UNKNOWN-PERSON');
  });

  it('by a delegate is on record for both; a conflict declared in the directory bars', async () => {
    const { caseNo } = await stack.client.openCase(feedbackOf(), li);
    await stack.client.command(caseNo, 'verifyStart', {}, { as: 'he' });
    await stack.client.command(caseNo, 'confirmValid', { record: { facts: '属实', contacted: '是', conclusion: '属实' } }, { as: 'he' });
    await stack.client.command(caseNo, 'triage', { colour: 'blue', track: 'immediate', reasonCode: 'N0' }, { as: 'fu', onBehalfOf: 'zhu', commandId: 't-1' });
    await stack.client.recorded(caseNo, 't-1');
    const last = (await stack.ledger.entries(caseNo)).at(-1);
    expect(JSON.parse(last?.header ?? '{}')).toMatchObject({ actor: { person: 'fu', role: 'HUB', onBehalfOf: 'zhu' } });
    expect(await codeFrom(stack.client.command(caseNo, 'issueCircular', { text: '通报' }, { as: 'chu' }))).not.toBe('done');
    await stack.client.command(caseNo, 'assign', { leadUnit: 'U1', unitHead: 'wang', coopUnits: [] }, zhu);
    const said = await stack.client.allowed(caseNo, { as: 'chu' });
    expect(said.filter((a) => a.enabled)).toEqual([]);
    expect(said.map((a) => a.refusal?.code)).toContain('CONFLICT-DECLARED');
  });
});

describe('what a reader is told', () => {
  let caseNo: string;
  beforeAll(async () => {
    caseNo = await toUnit(stack.client);
  });

  it('depends on who reads: the office, the unit, a stranger', async () => {
    expect(await stack.client.view(caseNo, zhu)).toMatchObject({ stage: 'immediate', revision: 6, matter: '入学材料' });
    expect(await stack.client.view(caseNo, { as: 'bai' })).toMatchObject({ stage: '立行立改中', revision: 2 });
    for (const read of ['view', 'allowed', 'history'] as const) expect(await codeFrom(stack.client[read](caseNo, { as: 'wei' }))).toBe('NOT-FOR-YOU');
    expect((await stack.ledger.refusals({ case: caseNo })).map((r) => `${r.person} ${r.type} ${r.code}`).sort()).toEqual(['wei read:allowed NOT-FOR-YOU', 'wei read:history NOT-FOR-YOU', 'wei read:view NOT-FOR-YOU']);
  });

  it('is a history without gaps', async () => {
    await expect.poll(async () => (await stack.ledger.head(caseNo))?.seq, { timeout: 30_000 }).toBe(6);
    expect((await stack.client.history(caseNo, zhu)).map((i) => [i.position, i.zh])).toEqual([[1, '登记'], [2, '开始核实'], [3, '属实'], [4, '分级'], [5, '交办'], [6, '签收']]);
    expect((await stack.client.history(caseNo, { as: 'bai' })).map((i) => [i.position, i.zh, i.from, i.to])).toEqual([[1, '交办', '—', '已交办(待签收)'], [2, '签收', '已交办(待签收)', '立行立改中']]);
  });

  it('names the rater to the desk, masked to the office with a reason, to a unit not at all', async () => {
    const [whole] = await stack.client.contact(caseNo, { as: 'he' });
    expect(whole).toMatchObject({ name: '陈小明', phone: '13800001234', named: true });
    expect(await codeFrom(stack.client.contact(caseNo, zhu))).toBe('NOT-FOR-YOU');
    expect((await stack.client.contact(caseNo, { ...zhu, reason: '督办' }))[0]).toMatchObject({ name: '陈*', phone: '138****1234' });
    expect(await stack.ledger.reads({ case: caseNo })).toMatchObject([{ person: 'zhu', role: 'HUB', reason: '督办', masked: true }, { person: 'he', role: 'VERIFIER', reason: null, masked: false }]);
    for (const as of ['bai', 'wang', 'wei', 'dang']) expect([as, await codeFrom(stack.client.contact(caseNo, { as, reason: '想知道' }))]).toEqual([as, 'NOT-FOR-YOU']);
    expect((await stack.ledger.refusals({ case: caseNo })).map((r) => `${r.person} ${r.type}`)).toEqual(expect.arrayContaining(['bai read:contact', 'zhu read:contact']));
  });

  it('lists to a unit its own cases, by what it may know of them', async () => {
    const listed = async (...of: Parameters<typeof stack.client.problems>) => (await stack.client.problems(...of)).items;
    const [own] = (await listed({}, { as: 'bai' })).filter((b) => b.caseNo === caseNo);
    expect(own).toMatchObject({ stage: '立行立改中', seq: 0, revision: 0, feedback: [], stateHash: '0'.repeat(64) });
    expect(await listed({}, { as: 'wei' })).toEqual([]);
    expect((await listed({ stage: ['immediate'] }, zhu)).map((b) => b.caseNo)).toContain(caseNo);
    expect(await listed({ stage: ['immediate'] }, { as: 'bai' })).toEqual([]);
    expect((await listed({ stage: ['立行立改中'] }, { as: 'bai' })).map((b) => b.caseNo)).toContain(caseNo);
  });

  it('offers a unit the acts of its own side alone', async () => {
    const commands = (await stack.client.allowed(caseNo, { as: 'gao' })).map((a) => a.command);
    expect(commands).toContain('addMeasure');
    expect(commands).not.toContain('orderSpotCheck');
    expect((await stack.client.allowed(caseNo, zhu)).map((a) => a.command)).toContain('orderSpotCheck');
  });
});

describe('a worker that is away', () => {
  it('is waited for: the command happens once when it is back', async () => {
    const { caseNo } = await stack.client.openCase(feedbackOf(), li);
    await stack.stopWorker();
    const sent = stack.client.command(caseNo, 'verifyStart', {}, { as: 'he', commandId: 'late-1' });
    const impatient = stack.more({ patience: 500 });
    expect(await codeFrom(impatient.command(caseNo, 'verifyStart', {}, { as: 'he', commandId: 'late-1' }))).toBe('UNAVAILABLE');
    await stack.startWorker();
    expect((await sent).receipt).toMatchObject({ stage: 'verifying', revision: 2 });
    expect((await stack.client.command(caseNo, 'verifyStart', {}, { as: 'he', commandId: 'late-1' })).receipt).toEqual((await sent).receipt);
    await stack.client.recorded(caseNo, 'late-1');
    expect((await stack.ledger.head(caseNo))?.seq).toBe(2);
  });
});

describe('with a ledger and no engine', () => {
  it('cases are read as recorded, and nothing can be done', async () => {
    const caseNo = await toUnit(stack.client);
    await expect.poll(async () => (await stack.ledger.head(caseNo))?.seq, { timeout: 30_000 }).toBe(6);
    const offline = stack.more({ temporal: null });
    expect(await offline.view(caseNo, zhu)).toEqual(await stack.client.view(caseNo, zhu));
    expect(await offline.history(caseNo, { as: 'bai' })).toEqual(await stack.client.history(caseNo, { as: 'bai' }));
    expect((await offline.allowed(caseNo, { as: 'gao' })).map((a) => [a.command, a.enabled])).toEqual((await stack.client.allowed(caseNo, { as: 'gao' })).map((a) => [a.command, a.enabled]));
    expect(await codeFrom(offline.command(caseNo, 'addMeasure', { measure: '改', target: '改', owner: 'ren', due: '2099-01-01', mark: '改' }, { as: 'gao' }))).toBe('NOT-RUNNING');
    expect(await codeFrom(offline.view('YC-2026-JY-9999', zhu))).toBe('UNKNOWN-CASE');
  });
});
