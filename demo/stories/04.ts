/** 4 住房: 加装电梯补贴拖欠, 群体 6 人。红 U6, 三张清单, 暂缓与恢复, 公示异议成立, 返工, 再来一轮。 */
import * as a from '../acts.ts';
import { type StoryDriver, inDays, begin } from '../driver.ts';
import { signals } from '../feedback/rows.ts';
import * as who from '../people.ts';

export const story = { no: 4, title: '加装电梯补贴拖欠', stage: 'closed' } as const;

export const run = async (d: StoryDriver): Promise<string[]> => {
  const [u, czj] = [who.of('ZJJ'), who.of('CZJ')];
  const m = await begin(d, 4, signals.s04);
  await a.verify(m, '补贴未拨属实');
  await a.grade(m, { colour: 'red', track: 'list', reasonCode: 'U6' });
  await m.refused('OWN-UNIT', who.both, 'assign', a.assignment(u, { caseLeader: who.chief.as }), '住建局的人兼任整改办，来交办本局的件');
  await a.assignTo(m, { grade: { colour: 'red', track: 'list', reasonCode: 'U6' }, unit: u, coops: [czj] });
  await m.do(czj.coop, 'coopSignFor', {});
  await m.do(u.uc, 'signFor', {});
  await a.contact(m, u);
  await a.plan(
    m,
    u,
    a.planFor(m, u, '补贴未拨付', [
      { id: 'T-1', measure: '核账' },
      { id: 'T-2', measure: '资金审批', by: czj },
      { id: 'T-3', measure: '分批拨付并公示' },
    ]),
    true,
  );
  await a.work(m, u, 'T-1');
  await suspended(m, u);
  await a.work(m, u, 'T-2', czj);
  await a.work(m, u, 'T-3');
  await a.reply(m, u, '补贴已分批拨付。');
  await checked(m, u);
  await m.refused('OWN-UNIT', who.both, 'signClosure', { opinion: '同意' }, '住建局的人兼任整改办，来审批本局的销号');
  await a.sign(m, 'red', '补贴已拨付到户。');
  await m.do(who.intake, 'raiseObjection', { reason: '还有两户没有收到' });
  const back = { finding: '两户确未到账', rework: [a.rework(m, u, 'T-3', '补拨漏发的两户')] };
  await m.refused('DECIDER-INVOLVED', who.chief, 'upholdObjection', back, '批过本件的人来裁异议');
  await m.refused('DECIDER-INVOLVED', who.delegate, 'upholdObjection', back, '受批过本件的人委托来裁异议');
  await m.refused('REWORK-EMPTY', who.upper, 'upholdObjection', { finding: '成立', rework: [] }, '异议成立却不列返工项');
  await m.do(who.upper, 'upholdObjection', back);
  await m.refused(
    'TASKS-OPEN',
    u.uh,
    'applyClosure',
    { ...a.complete, analogousFix: [...a.complete.analogousFix] },
    '不返工就再次申请销号',
  );
  await a.work(m, u, 'T-3');
  await checked(m, u);
  await a.sign(m, 'red', '漏发的两户已补拨，全部到账。');
  await a.confirm(m);
  await a.lookbacks(m, 2);
  return [m.caseNo];
};

type M = Parameters<typeof a.apply>[0];

/** 临时措施 → 暂缓(资金报批) → 恢复 (50a, 25, 26). */
const suspended = async (m: M, u: who.UnitPeople): Promise<void> => {
  const wish = { ground: '资金报批', resumeBy: inDays(m.d, 7), note: '补贴资金按程序报批' };
  await m.refused('NO-INTERIM-MEASURE', u.uh, 'suspend', wish, '红色件没有临时措施就暂缓');
  await a.interim(m, u, '先行垫付最困难的两户');
  await m.both([u.uh, who.deputy], 'suspend', wish);
  // 到期由系统提出恢复, 由人恢复: nothing resumes by itself.
  await m.awaits('fallOverdue');
  await m.do(who.hub, 'resume', { proof: await m.show(who.hub, 'letter', { data: { what: '资金批复' } }) });
};
/** 申请 → 受理 → 初审 → 暗访合格 → 回访 (27, 28, 29, 31, 32, C2). */
const checked = async (m: M, u: who.UnitPeople): Promise<void> => {
  await a.apply(m, u);
  await a.accept(m);
  await a.check(m, 'DRAGNET', ['逐户核对到账', '公示栏在位']);
  await a.callback(m, m.rater);
};
