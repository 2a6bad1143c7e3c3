/** 7 交通: 定制公交晚点, 投诉 2 次。黄 S1, 三张清单 30 日, 提醒、滞后、临期、逾期都由时间触发, 督办函与红牌警示单由人签发。 */
import * as a from '../acts.ts';
import { type StoryDriver, inDays, begin, waitDays } from '../driver.ts';
import { signals } from '../feedback/rows.ts';
import * as who from '../people.ts';

export const story = { no: 7, title: '定制公交晚点', stage: 'closed' } as const;

export const run = async (d: StoryDriver): Promise<string[]> => {
  const [u, street] = [who.of('JTJ'), who.of('DHJD')];
  const m = await begin(d, 7, signals.s07);
  await a.toUnit(m, {
    finding: '晚点属实',
    grade: { colour: 'yellow', track: 'list', reasonCode: 'S1' },
    unit: u,
    coops: [street],
    due: inDays(d, 30),
  });
  await a.plan(
    m,
    u,
    a.planFor(m, u, '班次不足', [
      { id: 'T-1', measure: '调度加密' },
      { id: 'T-2', measure: '到站屏' },
      { id: 'T-3', measure: '补偿公示', by: street },
    ]),
    false,
  );
  await m.refused('SYS-ONLY', who.sup1, 'nearDue', {}, '人来触发计时事件');
  await m.awaits('fallBehind');
  await m.refused('ALERT-NOT-RAISED', who.hub, 'issueRedNotice', { text: '红牌' }, '只是滞后就发红牌警示单');
  await m.do(who.sup1, 'issueSupervisionLetter', { text: '进度滞后，限五个工作日回复' });
  await m.do(u.uh, 'replyAct', { text: '车辆已到，下周加密班次' });
  for (const mark of ['remind', 'nearDue'] as const) await m.awaits(mark);
  await m.awaits('fallOverdue', ({ overdue, alert }) => overdue && alert === 'red');
  await waitDays(d, 2);
  await m.refused(
    'EXTENSION-TOO-LATE',
    u.uh,
    'requestExtension',
    { due: inDays(d, 5), cause: '到站屏到货晚', interimPlan: '人工报站' },
    '逾期后才申请延期',
  );
  await m.do(who.hub, 'issueRedNotice', { text: '逾期两个工作日' });
  await m.do(u.uh, 'replyAct', { text: '立即整改' });
  await a.work(m, u, 'T-1');
  await a.work(m, u, 'T-2');
  await a.work(m, u, 'T-3', street);
  await a.reply(m, u, '早班已加密，晚点可领补偿。');
  await a.apply(m, u);
  await a.accept(m);
  await a.check(m, 'PINPOINT', ['换日换时段乘坐准点'], ['COVERT_RECORDING', 'CITIZEN_VISIT']);
  await a.callback(m, m.rater);
  await a.sign(m, 'yellow', '早班线已加密班次。');
  await a.confirm(m);
  return [m.caseNo];
};
