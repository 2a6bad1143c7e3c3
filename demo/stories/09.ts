/** 9 政务窗口: 点错了想点好评 → 认定无效(剔除)。孪生件: 匿名, 说不清何事 → 查不属实 → 解释办结。又一件: 恶意差评 → 认定无效。 */
import { type StoryDriver, begin } from '../driver.ts';
import { signals } from '../feedback/rows.ts';
import * as who from '../people.ts';

export const story = { no: 9, title: '误评与孪生件', stage: 'invalidated' } as const;

export const run = async (d: StoryDriver): Promise<string[]> => [await mistaken(d), await unclear(d), await malicious(d)];

const mistaken = async (d: StoryDriver): Promise<string> => {
  const m = await begin(d, 9, signals.s09);
  await m.do(who.verifier, 'verifyStart', {});
  const call = await m.show(who.verifier, 'call', { data: { raterId: m.rater, answered: true } });
  await m.do(who.verifier, 'flagInvalid', { kind: '误评', filedBy: who.verifier.as, evidence: [call] });
  const decision = { kind: '误评', panel: [who.panel(1).as, who.panel(2).as], reason: '评价人本人说明点错' } as const;
  await m.refused('NO-OWN-WORDS', who.panel(1), 'upholdInvalid', { ...decision, panel: [...decision.panel] }, '没有本人陈述就认定误评');
  const statement = await m.show(who.verifier, 'statement', { data: { what: '评价人陈述' } });
  await m.both([who.panel(1), who.panel(2)], 'upholdInvalid', { ...decision, panel: [...decision.panel], statement });
  return m.caseNo;
};

const unclear = async (d: StoryDriver): Promise<string> => {
  const m = await begin(d, 9, signals.s09twin);
  await m.do(who.verifier, 'verifyStart', {});
  await m.refused('CONTACT-NOT-TRIED', who.verifier, 'verifyUnreachable', { tries: [] }, '什么都没查就说联系不上');
  const tries: string[] = [];
  for (const what of ['办件记录', '窗口日志', '监控']) tries.push(await m.show(who.verifier, 'record', { data: { what } }));
  await m.do(who.verifier, 'verifyUnreachable', { tries });
  await m.both([who.verifier, who.hub], 'notSubstantiated', { records: tries, finding: '三份记录均无异常' });
  return m.caseNo;
};

/** 恶意差评: the words on record show it, two of the panel say so with a reason, and the rating stays stored. */
const malicious = async (d: StoryDriver): Promise<string> => {
  const m = await begin(d, 9, signals.s09malicious);
  await m.do(who.verifier, 'verifyStart', {});
  const record = await m.show(who.verifier, 'record', { data: { what: '窗口录音' } });
  await m.do(who.verifier, 'flagInvalid', { kind: '恶意', filedBy: who.verifier.as, evidence: [record] });
  await m.both([who.panel(1), who.panel(2)], 'upholdInvalid', { kind: '恶意', panel: [who.panel(1).as, who.panel(2).as], reason: '以差评要挟更改排名，录音为证' });
  return m.caseNo;
};
