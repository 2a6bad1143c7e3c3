/** A case keeps the pack it was born with, on a running engine. */
import { expect, it } from 'vitest';
import { compilePack } from '../../cases/index.ts';
import { shippedPolicy } from '../../import/index.ts';
import type { Feedback } from '../../schemas/index.ts';
import { withClient } from '../support/client.ts';

const stack = withClient();
const feedback = (n: number): Feedback => ({ feedbackId: `p-${n}`, kind: 'rating', level: 1, named: true, channel: '网办', field: 'JY', matter: { code: `M${n}`, name: '入学材料' }, ratedUnit: 'U1', place: '东湖区', receivedAt: 1, text: '跑了三趟', rater: { raterId: `r-${n}`, name: '陈小明' } });

/** Opens a case and takes it so far that its total due is set; the policy of each of its entries. */
async function open(n: number): Promise<string> {
  return (await stack.client.openCase(feedback(n), { as: 'li', commandId: `open-${n}` })).caseNo;
}
async function toUnit(caseNo: string): Promise<string[]> {
  await stack.client.command(caseNo, 'verifyStart', {}, { as: 'he' });
  await stack.client.command(caseNo, 'confirmValid', { record: { facts: '属实', contacted: '是', conclusion: '属实' } }, { as: 'he' });
  await stack.client.command(caseNo, 'triage', { colour: 'yellow', track: 'immediate', reasonCode: 'S1' }, { as: 'zhu' });
  await stack.client.command(caseNo, 'assign', { leadUnit: 'U1', unitHead: 'wang', coopUnits: [] }, { as: 'zhu', commandId: `assign:${caseNo}` });
  await stack.client.recorded(caseNo, `assign:${caseNo}`);
  return (await stack.ledger.entries(caseNo)).map((e) => (JSON.parse(e.header) as { policy: string }).policy);
}

it('a case born before an adoption goes on under its own pack, the next one is born under the new', async () => {
  const text = await shippedPolicy('example-city');
  const policy = compilePack(text);
  const old = (await stack.ledger.currentPack())?.policy;
  const before = await open(1);
  await stack.ledger.keepPolicy({ policy, text }, Date.now());
  await stack.ledger.adoptPolicy(policy.hash, Date.now());
  const after = await open(2);
  expect([...new Set(await toUnit(before))]).toEqual([old?.hash]);
  expect([...new Set(await toUnit(after))]).toEqual([policy.hash]);
  const due = async (caseNo: string): Promise<number> => (await stack.client.view(caseNo, { as: 'zhu' })).due ?? 0;
  expect(await due(before)).toBeGreaterThan(await due(after));
});
