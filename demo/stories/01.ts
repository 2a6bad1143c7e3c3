/** 1 教育: 网办差评, 随迁子女入学材料漏列居住证明。蓝色·一般件, 立行立改, 未抽中, 回访核销。 */
import * as a from '../acts.ts';
import { type StoryDriver, begin } from '../driver.ts';
import { signals } from '../feedback/rows.ts';
import * as who from '../people.ts';

export const story = { no: 1, title: '入学材料一次告知', stage: 'closed' } as const;

export const run = async (d: StoryDriver): Promise<string[]> => {
  const u = who.of('JYJ');
  const m = await begin(d, 1, signals.s01);
  await m.recorded();
  await m.expectRefusal('KEY-NOT-NEW', who.intake, '登记', '同一外部编号再次登记', () =>
    d.client.openCase({ ...m.feedback, feedbackId: 'FK-01b' }, { ...who.intake, externalKey: m.feedback.feedbackId }),
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
