/** 8 交通/城管: 不服违停处罚。转法定渠道, 告知行政复议。 */
import { type StoryDriver, begin } from '../driver.ts';
import { signals } from '../feedback/rows.ts';
import * as who from '../people.ts';

export const story = { no: 8, title: '不服违停处罚', stage: 'transferredOut' } as const;

export const run = async (d: StoryDriver): Promise<string[]> => {
  const m = await begin(d, 8, signals.s08);
  await m.refused('NO-LAWFUL-CHANNEL', who.intake, 'routeOut', { channel: '别处', to: '城管局' }, '转到法律没有的渠道');
  await m.both([who.intake, who.hub], 'routeOut', { channel: '复议', to: '云川市人民政府行政复议机构' });
  return [m.caseNo];
};
