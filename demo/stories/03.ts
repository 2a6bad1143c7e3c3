/** 3 医疗: 异地就医备案与医院结算不通。黄 S1, 三张清单, 延期 3 个工作日, 模拟办事暗访。 */
import * as a from '../acts.ts';
import { type StoryDriver, inDays, inWorkingDays, begin } from '../driver.ts';
import { signals } from '../feedback/rows.ts';
import * as who from '../people.ts';

export const story = { no: 3, title: '异地就医备案不通', stage: 'closed' } as const;

export const run = async (d: StoryDriver): Promise<string[]> => {
  const [u, wjw, hospital] = [who.of('YBJ'), who.of('WJW'), who.of('YCYY')];
  const m = await begin(d, 3, signals.s03);
  await a.toUnit(m, {
    finding: '接口不通属实',
    grade: { colour: 'yellow', track: 'list', reasonCode: 'S1' },
    unit: u,
    coops: [wjw, hospital],
    due: inDays(d, 32),
  });
  await m.refused('WRONG-UNIT', who.of('JTJ').uh, 'submitPlan', { plan: { problems: [], duties: [], tasks: [] } }, '别的单位来报方案');
  await a.interim(m, u, '先行手工备案');
  const lists = a.planFor(m, u, '备案系统与医院结算接口不通', [
    { id: 'T-1', measure: '接口联调' },
    { id: 'T-2', measure: '医院结算端升级', by: hospital },
    { id: 'T-3', measure: '全市定点医院排查' },
  ]);
  const undated = { ...lists, tasks: lists.tasks.map(({ due: _due, ...t }) => t) };
  await m.refused('LISTS-INCOMPLETE', u.uh, 'submitPlan', { plan: undated }, '任务没有完成时限');
  await a.plan(m, u, lists, false);
  await a.work(m, u, 'T-1');
  await a.work(m, u, 'T-2', hospital);
  const due = (await d.client.view(m.caseNo, u.uh)).due ?? d.now();
  await m.do(u.uh, 'requestExtension', { due: laterBy(d, due, 3), cause: '两家医院升级窗口推迟', interimPlan: '手工备案继续有效' });
  await m.do(who.hub, 'grantExtension', { opinion: '同意延 3 个工作日' });
  // 原期限已过, 批准的期限未到: lawfully late is not late.
  await d.waitUntil(due + 1);
  if ((await d.client.view(m.caseNo, who.hub)).overdue) throw new Error(`story 3 ${m.caseNo}: a granted extension shows as overdue`);
  await a.work(m, u, 'T-3');
  await a.reply(m, u, '接口已通，垫付款可以补报。');
  await a.apply(m, u);
  await a.accept(m);
  await a.check(m, 'RANDOM', ['异地备案当场可查', '结算直接报销'], ['MOCK_SERVICE', 'CITIZEN_VISIT']);
  const opinion = { opinion: '同意销号', ...(await a.notice(m, '异地就医备案与医院结算已联通。')) };
  await m.refused('SIGN-LEVEL', who.hub, 'signClosure', opinion, '黄色件由整改办主任越级审批');
  await m.refused('CALLBACK-OPEN', who.deputy, 'signClosure', opinion, '没有回访就审批');
  await a.callback(m, m.rater);
  await m.do(who.deputy, 'signClosure', opinion);
  await m.refused('WINDOW-RUNNING', who.hub, 'confirmClosure', {}, '公示期未满就确认');
  await a.confirm(m);
  return [m.caseNo];
};

/** The date that lies `days` working days after a due instant. */
const laterBy = (d: StoryDriver, due: number, days: number): string => inWorkingDays({ ...d, now: () => due - 1 }, days);
