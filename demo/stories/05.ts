/** 5 养老: 助餐点停供。黄 S1, 立改转清单, 销号后点题回头看发现反弹, 重开并重新分级为红。 */
import * as a from '../acts.ts';
import { type StoryDriver, inDays, begin, waitDays } from '../driver.ts';
import { signals } from '../feedback/rows.ts';
import * as who from '../people.ts';

export const story = { no: 5, title: '社区助餐点停供', stage: 'triaged' } as const;

export const run = async (d: StoryDriver): Promise<string[]> => {
  const [u, street] = [who.of('MZJ'), who.of('DHJD')];
  const m = await begin(d, 5, signals.s05);
  // 送餐不是法定待遇, 故首轮为黄: the reason stands on the form.
  await a.toUnit(m, {
    finding: '时段不足属实',
    grade: { colour: 'yellow', track: 'immediate', reasonCode: 'S1' },
    unit: u,
    coops: [street],
    due: inDays(d, 45),
  });
  await m.both([u.ul, who.hub], 'convertToPlan', { reason: '要签第三方送餐，一时难以解决' });
  await a.interim(m, u, '街道临时送餐');
  await a.plan(
    m,
    u,
    a.planFor(m, u, '供餐时段不足', [
      { id: 'T-1', measure: '签第三方送餐' },
      { id: 'T-2', measure: '街道建送餐名册', by: street },
      { id: 'T-3', measure: '供餐制度上墙' },
    ]),
    false,
  );
  await a.work(m, u, 'T-1');
  await a.work(m, u, 'T-2', street);
  await a.work(m, u, 'T-3');
  await a.reply(m, u, '供餐延长到晚七点。');
  await a.apply(m, u);
  await a.accept(m);
  await a.check(m, 'PINPOINT', ['晚六点仍供餐', '失能老人有送餐']);
  await a.callback(m, m.rater);
  await a.sign(m, 'yellow', '助餐点供餐时段已延长。');
  await a.confirm(m);
  await waitDays(d, 14);
  await m.both([who.sup2, who.hub], 'orderLookback', { reason: '点题回头看，换时段', mode: 'PINPOINT' });
  await m.both([who.il2, who.hub], 'rebound', { feedbackId: m.feedback.feedbackId, finding: '晚六点已停供，问题反弹' });
  await m.refused('COLOUR-BELOW-BEFORE', who.hub, 'triage', { colour: 'blue', track: 'immediate', reasonCode: 'N0' }, '重开件降一级');
  await a.grade(m, { colour: 'red', track: 'list', reasonCode: 'U3' });
  return [m.caseNo];
};
