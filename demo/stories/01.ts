/** 1 教育: 网办差评, 随迁子女入学材料漏列居住证明。蓝色·一般件, 立行立改, 未抽中, 回访核销。 */
import * as a from '../acts.ts';
import { type Driver, begin } from '../driver.ts';
import * as who from '../people.ts';

export const story = { no: 1, title: '入学材料一次告知', stage: 'closed' } as const;

export const run = async (d: Driver): Promise<string[]> => {
  const u = who.of('JYJ');
  const feedback = {
    feedbackId: m.feedback.feedbackId,
    kind: 'rating',
    level: 2,
    named: true,
    channel: '网办 PC',
    field: 'JY',
    matter: { code: 'JY-RX-01', name: '随迁子女入学' },
    ratedUnit: 'JYJ',
    text: '一次告知没有说要居住证明，跑了三趟。',
    rater: { raterId: m.rater, name: '林某', phone: '13900000001' },
  } as const;
  const m = await open(d, 1, feedback, who.intake);
  await m.recorded();
  await m.expectRefusal('KEY-NOT-NEW', who.intake, '登记', '同一外部编号再次登记', () =>
    open(d, 1, { ...feedback, feedbackId: 'FK-01b' }, who.intake, m.feedback.feedbackId),
  );
  await m.expectRefusal('NOT-FOR-YOU', who.of('JTJ').uo, '查看评价人', '与本件无关的单位打听是谁投诉的', () =>
    d.client.contact(m.caseNo, { ...who.of('JTJ').uo, reason: '想了解' }),
  );
  await d.client.commitDraw({ cases: [{ caseNo: m.caseNo, drawn: false }], nonce: 'batch-2026-03-a' }, who.hub);
  await a.toUnit(m, { finding: '办事指南确未列居住证明', grade: { colour: 'blue', track: 'immediate', reasonCode: 'N0' }, unit: u });
  await m.refused('NO-TASKS', u.uo, 'reportDone', { summary: '已改' }, '没有立改措施就报完成');
  await a.measure(m, u, 'C1', '修订办事指南并培训窗口');
  await m.refused('TASKS-OPEN', u.uo, 'reportDone', { summary: '已改' }, '措施未销号就报完成');
  await a.work(m, u, 'C1');
  await m.refused('RATER-NOT-ANSWERED', u.uo, 'reportDone', { summary: '已改' }, '没有答复评价人就报完成');
  await a.reply(m, u, '居住证明已补办，指南已改。');
  await m.do(u.ulAsUo, 'reportDone', { summary: '立改措施全部完成' });
  await m.refusedApproval('SAME-PERSON', u.ul, '自己报的完成自己批');
  await m.do(u.ulAsUo, 'withdrawProposal', { proposalId: m.proposed() });
  await a.reportDone(m, u);
  await a.accept(m);
  const review = { compared: await a.compared(m), opinion: '回访核销' };
  await m.refused('REVIEWER-CHECKED-TASK', who.sup1, 'passByCallback', review, '核验过任务的人又来初审');
  await m.refused('NO-SOLVED-CALLBACK', who.sup2, 'passByCallback', review, '没有回访就核销');
  await a.callback(m, m.rater);
  await m.do(who.sup2, 'passByCallback', review);
  await m.refused('ROLE-NOT-ALLOWED', u.uh, 'signClosure', { opinion: '同意' }, '单位的人审批自己的销号');
  await m.refusedTick('SYS-MAY-NOT', 'signClosure', { opinion: '期满自动销号' }, '系统自动销号');
  await a.signMonthly(m, '入学材料清单已补全，窗口已培训。');
  return [m.caseNo];
};
