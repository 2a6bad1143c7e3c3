/** 10 住房: 同一人 30 天 9 条, 楼上漏水。8 件并单, 主件缺乏法定依据解释办结, 复核不支持。一件并单的归档、封存。 */
import { type StoryDriver, type Matter, begin, waitDays } from '../driver.ts';
import { signals } from '../feedback/rows.ts';
import * as who from '../people.ts';

export const story = { no: 10, title: '楼上漏水重复投诉', stage: 'explained' } as const;

export const run = async (d: StoryDriver): Promise<string[]> => {
  const main = await begin(d, 10, signals.s10);
  await main.recorded();
  const merged: Matter[] = [];
  for (const key of signals.s10others) merged.push(await mergeInto(d, main.caseNo, key));
  const last = merged[7] as Matter;
  const check = await last.show(who.arch, 'fourProperties', { data: { what: '四性检测报告' } });
  await last.refused('APPEAL-TIME-RUNNING', who.arch, 'archive', { check }, '申诉期未满就归档');
  await main.do(who.verifier, 'verifyStart', {});
  const explained = await main.show(who.verifier, 'call', { data: { raterId: main.rater, answered: true } });
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

const mergeInto = async (d: StoryDriver, target: string, key: string): Promise<Matter> => {
  const m = await begin(d, 10, key);
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
