/** 11 医疗(不属职权): 医美退费派给了卫健委。退回, 改派, 再退回, 指定承办, 立改。 */
import * as a from '../acts.ts';
import { type StoryDriver, begin } from '../driver.ts';
import { signals } from '../feedback/rows.ts';
import * as who from '../people.ts';

export const story = { no: 11, title: '医美退费派错单位', stage: 'closed' } as const;

export const run = async (d: StoryDriver): Promise<string[]> => {
  const [first, u] = [who.of('WJW'), who.of('SCJ')];
  const m = await begin(d, 11, signals.s11);
  const grade = { colour: 'yellow', track: 'immediate', reasonCode: 'S1' } as const;
  await a.verify(m, '商家拒退属实');
  await a.grade(m, grade);
  await a.assignTo(m, { grade, unit: first });
  await m.refused('GROUND-NOT-IN-DUTIES', first.ul, 'requestReturn', { reason: '不归我们管' }, '退回不引三定');
  await m.do(first.ul, 'requestReturn', { dutyCited: '三定方案第四条: 消费纠纷归市场监管', reason: '不属职权' });
  await m.refused('UNIT-RETURNED-BEFORE', who.hub, 'reassign', a.assignment(first), '又派给退回过的单位');
  await m.do(who.hub, 'reassign', a.assignment(u));
  await m.do(u.ul, 'requestReturn', { dutyCited: '三定方案第六条: 医疗服务归卫健', reason: '不属职权' });
  const opinion = await m.show(who.hub, 'opinion', { data: { what: '编办意见' } });
  await m.do(who.hub, 'designate', { ...a.assignment(u), opinion });
  await m.refused(
    'DESIGNATED-NO-RETURN',
    u.ul,
    'requestReturn',
    { dutyCited: '三定方案第六条', reason: '还是不属职权' },
    '指定承办的还想退',
  );
  await m.do(u.uc, 'signFor', {});
  await a.measure(m, u, 'C1', '督促商家退费');
  await a.work(m, u, 'C1');
  await a.reply(m, u, '商家已退费。');
  await a.reportDone(m, u);
  await a.accept(m);
  await a.check(m, 'PINPOINT', ['同类门店退费规则上墙'], ['MOCK_SERVICE', 'RATER_CALL']);
  await a.callback(m, m.rater);
  await a.sign(m, 'yellow', '商家已退费，退费规则已公示。');
  await a.confirm(m);
  return [m.caseNo];
};
