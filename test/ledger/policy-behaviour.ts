import { expect, it } from 'vitest';
import { compilePack } from '../../cases/index.ts';
import { shippedPolicy } from '../../import/index.ts';
import type { RemoteLedger } from '../../ledger/index.ts';
import { codeOf, type Pack, type PolicyPack } from '../../schemas/index.ts';
import { T0 } from '../support/ledger.ts';

const codeFrom = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', codeOf);
const compiled = (text: PolicyPack) => ({ policy: compilePack(text), text });
const calendar: Pack['calendar'] = { hash: 'c'.repeat(64), years: {} };

/** What every store does with policy packs, one sentence each. */
export function keepsPolicies(subject: () => { ledger: RemoteLedger }): void {
  const ledger = (): RemoteLedger => subject().ledger;

  it('keeps a policy pack with its citations under the hash that cases pin, and a version stands for one text', async () => {
    const given = compiled({ ...(await shippedPolicy('example-city')), name: 'kept' });
    const { hash } = given.policy;
    expect(await ledger().policyText(hash)).toBeNull();
    await ledger().keepPolicy(given, T0);
    await ledger().keepPolicy(given, T0 + 1);
    expect(await ledger().policyText(hash)).toEqual(given.text);
    expect((await ledger().policies()).find((p) => p.hash === hash)).toEqual({ hash, id: 'kept-1', name: given.text.title.zh, savedAt: T0, current: false, since: null });
    const words = { ...given.text, title: { zh: '另一个名称', en: 'another name' } };
    const amounts = { ...given.text, fixed: { ...given.text.fixed, publicity: { amount: 9, unit: 'd' as const, cite: ['design'] } } };
    expect(await codeFrom(ledger().keepPolicy(compiled(words), T0))).toBe('BAD-INPUT');
    expect(await codeFrom(ledger().keepPolicy(compiled(amounts), T0))).toBe('BAD-INPUT');
    expect((await ledger().policies()).filter((p) => p.id === 'kept-1')).toHaveLength(1);
  });

  it('keeps nothing whose hash, name or form is not its own', async () => {
    const given = compiled({ ...(await shippedPolicy('default')), name: 'false' });
    const wrong = [{ ...given, policy: { ...given.policy, suspensionDays: 9 } }, { ...given, text: { ...given.text, version: 2 } }, { ...given, text: { ...given.text, more: 1 } as PolicyPack }];
    for (const one of wrong) expect(await codeFrom(ledger().keepPolicy(one, T0))).toBe('BAD-INPUT');
    expect(await ledger().policyText(given.policy.hash)).toBeNull();
  });

  it('adopts a kept pack for new cases alone: the calendar stays, packs of before are still found, once is enough', async () => {
    const [one, two] = [compiled({ ...(await shippedPolicy('default')), name: 'one' }), compiled({ ...(await shippedPolicy('example-city')), name: 'two' })];
    await ledger().savePack({ policy: one.policy, calendar }, { policy: 'one', calendar: 'c' }, T0);
    expect(await codeFrom(ledger().adoptPolicy(two.policy.hash, T0 + 1))).toBe('BAD-INPUT');
    await ledger().keepPolicy(two, T0 + 1);
    expect(await ledger().adoptPolicy(two.policy.hash, T0 + 2)).toBe(true);
    expect(await ledger().adoptPolicy(two.policy.hash, T0 + 3)).toBe(false);
    expect(await ledger().currentPack()).toEqual({ policy: two.policy, calendar });
    expect(await ledger().pack({ policy: one.policy.hash, calendar: calendar.hash })).toEqual({ policy: one.policy, calendar });
    const known = (await ledger().policies()).filter((p) => ['one-1', 'two-1'].includes(p.id));
    expect(known.map((p) => [p.id, p.current, p.since])).toEqual([['one-1', false, null], ['two-1', true, T0 + 2]]);
  });
}
