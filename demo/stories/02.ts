/** 2 社保: 退休待遇核定超期积压 17 件。红 U3, 先交办后核实, 随机抽 13 件暗访。 */
import * as a from '../acts.ts';
import { type StoryDriver, begin } from '../driver.ts';
import { signals } from '../feedback/rows.ts';
import * as who from '../people.ts';

export const story = { no: 2, title: '退休待遇核定积压', stage: 'closed' } as const;

/** 13 of 17: 95 % to find at least one of two or more bad ones. */
const drawnItems = Array.from({ length: 13 }, (_, i) => `办件抽样 ${i + 1}/13 已办结并告知`);

export const run = async (d: StoryDriver): Promise<string[]> => {
  const u = who.of('SBZX');
  const m = await begin(d, 2, signals.s02);
  await m.do(who.verifier, 'verifyStart', {});
  const order = a.assignment(u, { caseLeader: who.chief.as });
  await m.refused('NO-U-CODE', who.hub, 'urgentAssign', order, '没有紧急理由码就先交办');
  await m.refused('NO-CASE-LEADER', who.hub, 'urgentAssign', { ...a.assignment(u), urgency: 'U3' }, '红色件没有包案领导');
  await m.do(who.hub, 'urgentAssign', { ...order, urgency: 'U3' });
  const ratification = (await d.client.view(m.caseNo, who.deputy)).proposals[0]?.proposalId ?? '';
  await m.do(u.uc, 'signFor', {});
  await a.contact(m, u);
  await a.interim(m, u, '先按最低标准预发');
  await m.do(who.verifier, 'confirmValid', { record: { facts: '积压 17 件属实', contacted: '已联系', conclusion: '属实' } });
  await a.measure(m, u, 'C1', '专班 48 小时清零，逐件告知');
  await a.work(m, u, 'C1');
  await a.reply(m, u, '待遇已核定并补发。');
  await a.reportDone(m, u);
  await a.accept(m);
  await a.callback(m, m.rater);
  await m.refused(
    'NOT-SIMPLE-BLUE',
    who.sup2,
    'passByCallback',
    { compared: await a.compared(m), opinion: '核销' },
    '红色件想用回访代替暗访',
  );
  await m.refused(
    'REVIEWER-CHECKED-TASK',
    who.sup1,
    'passPrelim',
    { compared: await a.compared(m), opinion: '通过' },
    '核验过任务的人又来初审',
  );
  await a.prelim(m);
  const team = await a.visit(m, 'RANDOM');
  await m.refused(
    'ROLE-NOT-ALLOWED',
    team[0],
    'reinspectionPass',
    { points: [], methods: [], evidence: [], signatures: [] },
    '暗访员替组长下结论',
  );
  await a.pass(m, team, drawnItems, ['DATA_CHECK', 'RATER_CALL']);
  await m.refused('ROLE-NOT-ALLOWED', who.ins(1), 'signClosure', { opinion: '同意' }, '暗访员审批销号');
  const opinion = { opinion: '同意销号', ...(await a.notice(m, '积压的退休待遇核定全部办结。')) };
  await m.refused('NOT-RATIFIED', who.chief, 'signClosure', opinion, '紧急交办还没有补签');
  await m.do(who.deputy, 'approveProposal', { proposalId: ratification, opinion: '补签' });
  await m.do(who.chief, 'signClosure', opinion);
  await a.confirm(m);
  await a.lookbacks(m, 2);
  return [m.caseNo];
};
