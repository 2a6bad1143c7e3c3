/** 10 住房: 同一人 30 天 9 条, 楼上漏水。8 件并单, 主件缺乏法定依据解释办结, 复核不支持。一件并单的归档、封存。 */
import { type Driver, type Matter, begin, waitDays } from '../driver.ts';
import * as who from '../people.ts';

export const story = { no: 10, title: '楼上漏水重复投诉', stage: 'explained' } as const;

const signal = {
  kind: 'rating',
  level: 1,
  named: true,
  channel: '12345',
  field: 'ZF',
  matter: { code: 'ZF-LS-01', name: '邻里漏水' },
  place: '东湖小区',
  text: '楼上漏水没人管。',
  rater: { raterId: m.rater, name: '卫某', phone: '13900000010' },
} as const;

export const run = async (d: Driver): Promise<string[]> => {
  const main = await open(d, 10, { ...signal, feedbackId: m.feedback.feedbackId }, who.intake);
  await main.recorded();
  const merged: Matter[] = [];
  for (let n = 1; n <= 8; n += 1) merged.push(await mergeInto(d, main.caseNo, n));
  const last = merged[7] as Matter;
  const check = await last.show(who.arch, 'fourProperties', { data: { what: '四性检测报告' } });
  await last.refused('APPEAL-TIME-RUNNING', who.arch, 'archive', { check }, '申诉期未满就归档');
  await main.do(who.verifier, 'verifyStart', {});
  const explained = await main.show(who.verifier, 'call', { data: { raterId: m.rater, answered: true } });
  await main.both([who.verifier, who.hub], 'noBasis', { clause: '民法典相邻关系；可向物业和调解组织申请', explained });
  await main.do(who.intake, 'fileAppeal', { against: 'answer', reason: '不服答复' });
  await main.refused(
    'APPEAL-WRONG-DECIDER',
    who.hub,
    'decideAppeal',
    { decision: '不支持', noProblemLeft: false, reason: '维持' },
    '作出答复的机关自己复核',
  );
  await main.do(who.upper, 'decideAppeal', { decision: '不支持', noProblemLeft: false, reason: '答复依据充分' });
  await retire(last, check);
  return [main.caseNo, ...merged.map((m) => m.caseNo)];
};

const mergeInto = async (d: Driver, target: string, n: number): Promise<Matter> => {
  const m = await open(d, 10, { ...signal, feedbackId: `FK-10-${n}` }, who.intake);
  await m.do(who.intake, 'merge', { into: target });
  return m;
};

/** Right to appeal over → 归档 (43a); 60 days after the ending nothing can come back → 封存 (43b), by time alone. */
const retire = async (m: Matter, check: string): Promise<void> => {
  await waitDays(m.d, 32);
  await m.do(who.arch, 'archive', { check });
  await m.becomes('retired', who.hub);
  await m.refused('CASE-ENDED', who.intake, 'raterWithdraw', { raterId: m.rater }, '封存后再操作');
};
