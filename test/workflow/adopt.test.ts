/** A case that runs is moved to another calendar or policy pack: an Update of its own, judged by what came with it. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { packWith, refold } from '../../cases/index.ts';
import { packsOf } from '../../client/packs.ts';
import { sealMac, verifyChain } from '../../ledger/index.ts';
import { type Actor, type Adoption, type Answer, Body, Header, type Pack } from '../../schemas/index.ts';
import { adoptUpdate, commandUpdateId, renewSignal } from '../../workflows/messages.ts';
import { adoptionOf, policyWith, withOff } from '../support/adopting.ts';
import { type LiveCase, refusalOf } from '../support/case.ts';
import { secret } from '../support/ledger.ts';
import { onServer } from '../support/on-server.ts';
import { until } from '../support/worker.ts';
import { actor } from '../support/world.ts';

const on = onServer();

/** Off days from now on for a week, whatever the day of the test; outside the edition's year only the policy moves dates. */
const policy = policyWith((p) => ({
  totals: { ...p.totals, ordinary: { immediate: { amount: 30, unit: 'wd' }, list: p.totals.ordinary.list } },
}));
const calendar = withOff(['2026-07-06', '2026-07-10', '停止办公']);
const names = { policy: 'other', calendar: 'changed' };

type Sending = { by?: Actor; commandId?: string; key?: string; adoption?: Adoption };
const sealedFor = (one: LiveCase, to: Pack, { by, commandId = `a-${randomBytes(6).toString('hex')}`, key = secret }: Sending): Adoption => {
  const plain = adoptionOf(one.world.state, to, by, commandId);
  const { fingerprint, actor: who, facts } = plain;
  const expiresAt = Date.now() + 600_000;
  return { ...plain, seal: { expiresAt, mac: sealMac(key, { case: one.caseNo, commandId, fingerprint, actor: who, facts, expiresAt }) } };
};
async function adopt(one: LiveCase, to: Pack, sending: Sending = {}): Promise<Answer> {
  await one.look();
  const sent = sending.adoption ?? sealedFor(one, to, sending);
  return one.handle.executeUpdate(adoptUpdate, { args: [sent, to], updateId: commandUpdateId(sent.commandId, sent.fingerprint) });
}
async function assigned(): Promise<LiveCase> {
  const one = on.newCase();
  await one.open();
  await one.do('verifyStart', actor('VERIFIER'));
  await one.do('confirmValid', actor('VERIFIER'));
  await one.do('triage', actor('HUB'), { payload: { colour: 'blue', track: 'immediate', reasonCode: 'N0' } });
  await one.do('assign', actor('HUB'), { payload: { leadUnit: 'U1', unitHead: 'UH-1@U1', coopUnits: [] } });
  await on.bench.ledger.keepPack(one.input.pack, names, Date.now());
  return one;
}
/** Live, ledger, projection and replay say the same, under every pack that the headers name. */
async function agrees(one: LiveCase): Promise<void> {
  const state = await one.look();
  await until(async () => (await on.bench.ledger.head(one.caseNo))?.seq === state.seq, 'all entries');
  const entries = await on.bench.ledger.entries(one.caseNo, { limit: 500 });
  expect(verifyChain(entries)).toMatchObject({ ok: true });
  const recorded = entries.map((e) => ({ header: Header.parse(JSON.parse(e.header)), body: Body.parse(JSON.parse(e.body)) }));
  const again = refold(recorded, await packsOf(on.bench.ledger, recorded));
  expect([again.divergence, again.state]).toEqual([null, state]);
  expect((await on.bench.ledger.problem(one.caseNo))?.stateHash).toBe(state.stateHash);
}

describe('a live case that adopts', () => {
  it('another policy: its total moves, what follows is judged by it, in the ledger and refolded', async () => {
    const one = await assigned();
    const due = (await one.look()).clocks.totalDue ?? 0;
    const to = packWith(one.input.pack, { policy });
    await on.bench.ledger.keepPack(to, names, Date.now());
    const { receipt, view } = await adopt(one, to);
    expect([receipt?.outcome, (view.due ?? 0) > due]).toEqual(['done', true]);
    await one.do('signFor', actor('UC'));
    const headers = async () => (await on.bench.ledger.entries(one.caseNo)).map((e) => Header.parse(JSON.parse(e.header)));
    await agrees(one);
    expect((await headers()).slice(-2).map((h) => [h.type, h.policy])).toEqual([
      ['adoptPolicy', policy.hash],
      ['signFor', policy.hash],
    ]);
    expect((await one.handle.describe()).typedSearchAttributes.getAll().find(({ key }) => key.name === 'CaseNextDue')?.value).toEqual(
      new Date(view.due ?? 0),
    );
  });

  it('and goes on under it after a new run, where it may adopt again', async () => {
    const one = await assigned();
    const to = packWith(one.input.pack, { calendar });
    await on.bench.ledger.keepPack(to, names, Date.now());
    await adopt(one, to);
    const run = await one.runId();
    await one.handle.signal(renewSignal);
    await until(async () => (await one.runId()) !== run, 'a new run');
    await one.do('signFor', actor('UC'));
    expect((await one.look()).calendar).toBe(calendar.hash);
    const both = packWith(to, { policy });
    await on.bench.ledger.keepPack(both, names, Date.now());
    await adopt(one, both);
    await agrees(one);
    expect(await one.look()).toMatchObject({ calendar: calendar.hash, policy: policy.hash });
  });

  it('once, however often it is sent: the same receipt, no other entry, also from the next run', async () => {
    const one = await assigned();
    const to = packWith(one.input.pack, { policy });
    await on.bench.ledger.keepPack(to, names, Date.now());
    await one.look();
    const sent = sealedFor(one, to, {});
    const first = await adopt(one, to, { adoption: sent });
    const { seq } = await one.look();
    const run = await one.runId();
    expect((await adopt(one, to, { adoption: sent })).receipt).toEqual(first.receipt);
    await one.handle.signal(renewSignal);
    await until(async () => (await one.runId()) !== run, 'a new run');
    expect((await adopt(one, to, { adoption: sent })).receipt).toEqual(first.receipt);
    const entries = await on.bench.ledger.entries(one.caseNo, { limit: 500 });
    expect(entries.filter((e) => (JSON.parse(e.header) as { type: string }).type === 'adoptPolicy')).toHaveLength(1);
    expect(seq).toBeLessThanOrEqual((await one.look()).seq);
  });
});

describe('refused before anything happens, on record and without history', () => {
  it('to a unit, by a hash that is not that of the content, and for what is no pack', async () => {
    const one = await assigned();
    const to = packWith(one.input.pack, { policy });
    const events = await one.idle();
    expect((await refusalOf(adopt(one, to, { by: actor('UH') }))).code).toBe('ROLE-NOT-ALLOWED');
    expect((await refusalOf(adopt(one, to, { by: actor('SUP') }))).code).toBe('ROLE-NOT-ALLOWED');
    expect(await refusalOf(adopt(one, { ...to, policy: { ...policy, reRateDays: 1 } }))).toMatchObject({
      code: 'BAD-INPUT',
      field: 'policy.hash',
    });
    expect(await refusalOf(adopt(one, { ...to, calendar: {} } as Pack, { adoption: sealedFor(one, to, {}) }))).toMatchObject({
      code: 'BAD-INPUT',
    });
    expect(await one.events()).toBe(events);
    const refusals = await on.bench.ledger.refusals({ case: one.caseNo });
    expect(refusals.filter((r) => r.type === 'adoptPolicy').map((r) => [r.code, r.by, r.person])).toContainEqual([
      'ROLE-NOT-ALLOWED',
      'validator',
      'UH-1@U1',
    ]);
    expect((await one.look()).policy).toBe(one.input.pack.policy.hash);
  });
});
