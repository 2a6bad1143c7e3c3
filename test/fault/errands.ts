/** What the clients do with a case: two ordinary ways from 登记 to the end, through the demonstration's own acts. */
import * as a from '../../demo/acts.ts';
import { type Driver, Matter } from '../../demo/driver.ts';
import type { Feedback } from '../../schemas/index.ts';
import * as who from '../../demo/people.ts';
import type { Dice } from './dice.ts';

const units = [
  { unit: 'JYJ', field: 'JY', code: 'JY-RX-01', name: '入学材料' },
  { unit: 'SBZX', field: 'SB', code: 'SB-TX-01', name: '退休待遇核定' },
  { unit: 'YBJ', field: 'YL', code: 'YL-BX-01', name: '异地就医报销' },
  { unit: 'ZJJ', field: 'ZF', code: 'ZF-DT-01', name: '加装电梯补贴' },
] as const;

/** Drives one case to its end. @returns the number of the case */
export async function errand(d: Driver, key: string, dice: Dice): Promise<string> {
  const of = dice.pick(units);
  const feedback = {
    feedbackId: `FK-${key}`, kind: 'rating', level: 2, named: true, channel: '网办', field: of.field, matter: { code: of.code, name: of.name }, ratedUnit: of.unit,
    text: '跑了三趟没有办成。', rater: { raterId: `R-${key}` },
  } as const;
  const m = await takenIn(d, { ...feedback, receivedAt: d.now() });
  await (dice.chance(0.6) ? atOnce : byList)(m, who.of(of.unit), key, dice);
  return m.caseNo;
}

/** 登记 by hand, as a desk does it. */
async function takenIn(d: Driver, feedback: Feedback): Promise<Matter> {
  const { caseNo, receipt } = await d.client.openCase(feedback, { ...who.intake, externalKey: feedback.feedbackId });
  return new Matter(d, 0, { caseNo, commandId: receipt?.commandId ?? '', feedback });
}

/** 立行立改, 回访核销, 销号. */
async function atOnce(m: Matter, u: who.UnitPeople, key: string, dice: Dice): Promise<void> {
  await m.d.client.commitDraw({ cases: [{ caseNo: m.caseNo, drawn: false }], nonce: key }, who.hub);
  await a.toUnit(m, { finding: '情况属实', grade: { colour: 'blue', track: 'immediate', reasonCode: 'N0' }, unit: u });
  if (dice.chance(0.5)) await m.refused('NO-TASKS', u.uo, 'reportDone', { summary: '已改' }, '没有措施就报完成');
  await a.measure(m, u, 'C1', '修订办事指南');
  await a.work(m, u, 'C1');
  await a.reply(m, u, '已经办好。');
  await a.reportDone(m, u);
  await a.accept(m);
  await a.callback(m, `R-${key}`);
  await m.do(who.sup2, 'passByCallback', { compared: await a.compared(m), opinion: '回访核销' });
  if (dice.chance(0.5)) await m.refused('ROLE-NOT-ALLOWED', u.uh, 'signClosure', { opinion: '同意' }, '单位自己审批销号');
  await a.signMonthly(m, '材料清单已补全。');
}

/** 三张清单, 申请销号, 暗访复查, 公示. */
async function byList(m: Matter, u: who.UnitPeople, key: string, dice: Dice): Promise<void> {
  await a.toUnit(m, { finding: '情况属实', grade: { colour: 'yellow', track: 'list', reasonCode: 'S1' }, unit: u });
  const tasks = Array.from({ length: dice.int(1, 3) }, (_, i) => ({ id: `T-${i + 1}`, measure: `措施 ${i + 1}` }));
  await a.plan(m, u, a.planFor(m, u, '流程不清', tasks), false);
  for (const { id } of tasks) await a.work(m, u, id);
  await a.reply(m, u, '已经办好。');
  if (dice.chance(0.5)) await m.refused('ROLE-NOT-ALLOWED', who.ins(1), 'applyClosure', { ...a.complete, analogousFix: [...a.complete.analogousFix] }, '暗访员替单位申请');
  await a.apply(m, u);
  await a.accept(m);
  await a.callback(m, `R-${key}`);
  await a.check(m, 'RANDOM', ['一次告知']);
  await a.sign(m, 'yellow', '流程已经理顺。');
}
