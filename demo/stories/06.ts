/** 6 托育: 托位信息不公开, 电话无人接。蓝色·一般件, 抽中, 电话暗访 10 次 9 通, 部分合格, 只返工接听一项。 */
import * as a from '../acts.ts';
import { type StoryDriver, begin } from '../driver.ts';
import { signals } from '../feedback/rows.ts';
import * as who from '../people.ts';

export const story = { no: 6, title: '普惠托位信息', stage: 'closed' } as const;

export const run = async (d: StoryDriver): Promise<string[]> => {
  const u = who.of('WJW');
  const m = await begin(d, 6, signals.s06);
  await d.client.commitDraw({ cases: [{ caseNo: m.caseNo, drawn: true }], nonce: 'batch-2026-03-b' }, who.hub);
  await a.toUnit(m, { finding: '名录未公开属实', grade: { colour: 'blue', track: 'immediate', reasonCode: 'N0' }, unit: u });
  await a.measure(m, u, 'C1', '公开普惠托位名录');
  await a.measure(m, u, 'C2', '咨询电话专人接听');
  await a.work(m, u, 'C1');
  await a.work(m, u, 'C2');
  await a.reply(m, u, '名录已公开。');
  await a.reportDone(m, u);
  await a.accept(m);
  await a.callback(m, m.rater);
  await m.refused('CASE-DRAWN', who.sup2, 'passByCallback', { compared: await a.compared(m), opinion: '核销' }, '抽中的件想用回访核销');
  await a.prelim(m);
  await partly(m, u);
  await m.refused('REWORK-NOT-WAIVABLE', u.uh, 'waiveTask', { taskId: 'C2', ground: '政策变化', reason: '不再设电话' }, '想把返工项免掉');
  const spare = await m.show(u.uo, 'proof', { data: { what: '返工前录的音' } });
  await m.do(u.uo, 'startTask', { taskId: 'C2' });
  await m.refused('PROOF-BEFORE-START', u.uo, 'submitTaskProof', { taskId: 'C2', proofs: [spare] }, '拿返工开始前的录音当佐证');
  await m.do(u.uo, 'submitTaskProof', { taskId: 'C2', proofs: [await m.show(u.uo, 'proof')] });
  await m.both([u.lead, who.sup1], 'closeTask', { taskId: 'C2' });
  await a.reportDone(m, u);
  await a.accept(m);
  await a.prelim(m);
  await a.pass(m, await a.visit(m, 'RANDOM', who.il2, 3), ['电话 10 次 10 通', '名录可查'], ['PHONE', 'RATER_CALL'], who.il2);
  await a.callback(m, m.rater);
  await a.signMonthly(m, '托位名录已公开，电话有人接。');
  return [m.caseNo];
};

type M = Parameters<typeof a.apply>[0];

/** 部分合格 (34): nine of ten calls answered; only that measure reopens. */
const partly = async (m: M, u: who.UnitPeople): Promise<void> => {
  await m.refused(
    'TEAM-NOT-DRAWN',
    who.il,
    'startReinspection',
    { plan: await m.show(who.hub, 'visitPlan', { data: { mode: 'RANDOM' } }), team: ['ins-1'], pledges: [] },
    '不抽签就点名去暗访',
  );
  const evidence = await a.seal(m, await a.visit(m, 'RANDOM'));
  const finding = { evidence, reason: '电话暗访十次只有九次接通，未达承诺', rework: [a.rework(m, u, 'C2', '十次拨打全部接通')] };
  await m.refused('REWORK-EMPTY', who.il, 'reinspectionPartial', { ...finding, rework: [] }, '退回却不列返工项');
  await m.both([who.il, who.hub], 'reinspectionPartial', finding);
};
