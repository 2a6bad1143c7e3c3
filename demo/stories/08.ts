/** 8 交通/城管: 不服违停处罚。转法定渠道, 告知行政复议。 */
import { type Driver, open } from '../driver.ts';
import * as who from '../people.ts';

export const story = { no: 8, title: '不服违停处罚', stage: 'transferredOut' } as const;

export const run = async (d: Driver): Promise<string[]> => {
  const m = await open(
    d,
    8,
    {
      feedbackId: 'FK-08',
      kind: 'hotline',
      named: true,
      channel: '12345',
      field: 'JT',
      matter: { code: 'JT-WT-01', name: '违停处罚' },
      ratedUnit: 'CGJ',
      place: '东湖路',
      text: '不服处罚决定。',
      rater: { raterId: 'R-08', name: '陈某', phone: '13900000008' },
    },
    who.intake,
  );
  await m.refused('NO-LAWFUL-CHANNEL', who.intake, 'routeOut', { channel: '别处', to: '城管局' }, '转到法律没有的渠道');
  await m.both([who.intake, who.hub], 'routeOut', { channel: '复议', to: '云川市人民政府行政复议机构' });
  return [m.caseNo];
};
