import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Edition, compileCalendar } from '../../cases/index.ts';
import { defaultPack } from '../../cli/seed.ts';
import { codeOf, hashOf, type Feedback } from '../../schemas/index.ts';
import calendar from '../../data/calendar-cn.json' with { type: 'json' };
import { withClient } from '../support/client.ts';

const stack = withClient();
const li = { as: 'li' } as const;
const feedback: Feedback = { feedbackId: 'f-1', kind: 'hotline', named: false, channel: '12345', field: 'JT', matter: { code: 'M1', name: '路灯' }, place: '东湖区', receivedAt: 1, text: '灯不亮' };
const codeFrom = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: unknown) => codeOf(error) ?? Promise.reject(error));

/** Days of 40 ms: sixty of them, after which the last right to come back has lapsed, pass in three seconds. */
async function hurry(): Promise<void> {
  const { pack, names } = await defaultPack();
  const now = Date.now();
  const fast = compileCalendar(Edition.parse(calendar), { realEpoch: now, civilEpoch: now, msPerDay: 40 });
  await stack.ledger.savePack({ policy: pack.policy, calendar: fast }, { ...names, calendar: 'fast' }, now);
}

describe('a case whose workflow has ended', () => {
  let caseNo: string;
  let captured: unknown;
  let routedAt: unknown;
  beforeAll(async () => {
    await hurry();
    const opened = await stack.client.openCase(feedback, { ...li, commandId: 'open-1' });
    [caseNo, captured] = [opened.caseNo, opened.receipt];
    routedAt = (await stack.client.command(caseNo, 'routeOut', { channel: '紧急', to: '供电公司' }, { ...li, commandId: 'route-1' })).receipt;
    await stack.client.command(caseNo, 'approveProposal', { proposalId: (await stack.client.view(caseNo, { as: 'zhu' })).proposals[0]?.proposalId ?? 'none' }, { as: 'zhu' });
    const check = await stack.client.exhibit(caseNo, { kind: 'fourProperties', content: '四性检测合格' }, { as: 'dang' });
    const archive = (): Promise<unknown> => codeFrom(stack.client.command(caseNo, 'archive', { check: check.id }, { as: 'dang', commandId: 'archive-1' }));
    for (let said = await archive(); said !== 'done'; said = await archive()) {
      expect(said).toBe('APPEAL-TIME-RUNNING');
      await wait(200);
    }
    await vi.waitFor(async () => expect((await stack.ledger.problem(caseNo))?.kind).toBe('final'), { timeout: 60_000, interval: 200 });
  }, 150_000);

  it('gives the receipt of every command it ever took', async () => {
    const again = await stack.client.openCase(feedback, { ...li, commandId: 'open-1' });
    expect([again.caseNo, again.receipt]).toEqual([caseNo, captured]);
    const routed = await stack.client.command(caseNo, 'routeOut', { channel: '紧急', to: '供电公司' }, { ...li, commandId: 'route-1' });
    expect(routed.receipt).toMatchObject({ commandId: 'route-1', stage: 'transferredOut' });
    expect(routed.receipt).toEqual(routedAt);
  });

  it('knows when an id stands for another content', async () => {
    expect(await codeFrom(stack.client.command(caseNo, 'routeOut', { channel: '紧急', to: '自来水公司' }, { ...li, commandId: 'route-1' }))).toBe('COMMAND-ID-REUSED');
  });

  it('takes no new command, and no new case under its key; both are on record', async () => {
    expect(await codeFrom(stack.client.command(caseNo, 'sentBack', {}, { ...li, commandId: 'late' }))).toBe('CASE-ENDED');
    expect(await codeFrom(stack.client.openCase(feedback, { ...li, commandId: 'open-2' }))).toBe('KEY-NOT-NEW');
    const codes = (await stack.ledger.refusals({ case: caseNo })).map((r) => `${r.commandId} ${r.code}`);
    expect(codes).toEqual(expect.arrayContaining(['late CASE-ENDED', 'open-2 KEY-NOT-NEW', 'route-1 COMMAND-ID-REUSED']));
  });

  it('is still read, and its record refolds to the same state', async () => {
    const view = await stack.client.view(caseNo, { as: 'shen' });
    expect(view).toMatchObject({ caseNo, stage: 'retired', matter: '路灯' });
    expect((await stack.more({ temporal: null }).view(caseNo, { as: 'shen' })).stage).toBe('retired');
    expect((await stack.client.history(caseNo, { as: 'shen' })).map((i) => i.zh)).toEqual(expect.arrayContaining(['登记', '转法定渠道', '归档', '封存']));
  });
});

describe('a committed draw', () => {
  it('is the hash of the batch and its nonce, made by the office, and never changed', async () => {
    const cases = [{ caseNo: 'YC-2026-JT-0001', drawn: true }, { caseNo: 'YC-2026-JT-0002', drawn: false }];
    expect(await codeFrom(stack.client.commitDraw({ cases, nonce: 'n-1' }, { as: 'bai' }))).toBe('ROLE-NOT-ALLOWED');
    expect(await stack.client.commitDraw({ cases, nonce: 'n-1' }, { as: 'zhu' })).toEqual({ commitment: hashOf({ cases, nonce: 'n-1' }) });
    expect(await codeFrom(stack.client.commitDraw({ cases: [{ caseNo: 'YC-2026-JT-0002', drawn: true }], nonce: 'n-2' }, { as: 'zhu' }))).toBe('BAD-INPUT');
    expect(await stack.ledger.draw('YC-2026-JT-0002')).toMatchObject({ drawn: false });
  });
});
