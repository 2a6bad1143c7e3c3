/** 12 教育: 食堂"照片整改", 1 件含 23 点位。红 U4, 拉网式暗访认定虚假整改, 约谈、通报, 重做, 部分合格, 返工, 两次回头看未反弹。 */
import * as a from '../acts.ts';
import { type StoryDriver, type Matter, begin } from '../driver.ts';
import { signals } from '../feedback/rows.ts';
import * as who from '../people.ts';

export const story = { no: 12, title: '食堂照片整改', stage: 'closed' } as const;

const sites = Array.from({ length: 23 }, (_, i) => `第 ${i + 1} 校食堂留样冰箱`);
const tasks = ['T-1', 'T-2', 'T-3'] as const;

export const run = async (d: StoryDriver): Promise<string[]> => {
  const [u, school] = [who.of('JYJ'), who.of('DYXX')];
  const m = await begin(d, 12, signals.s12);
  await a.toUnit(m, { finding: '抽查属实', grade: { colour: 'red', track: 'list', reasonCode: 'U4' }, unit: u, coops: [school] });
  await a.plan(
    m,
    u,
    a.planFor(m, u, '留样不规范', [
      { id: 'T-1', measure: '配齐留样设备' },
      { id: 'T-2', measure: '举一反三 23 校' },
      { id: 'T-3', measure: '学校食堂自查', by: school },
    ]),
    true,
  );
  const photo = await oldPhoto(m, u);
  await a.work(m, u, 'T-2');
  await a.work(m, u, 'T-3', school);
  await again(m, u);
  await sham(m, u);
  await punished(m, u);
  await m.refused(
    'TASKS-OPEN',
    u.uh,
    'applyClosure',
    { ...a.complete, analogousFix: [...a.complete.analogousFix] },
    '虚假整改后不重做就再申请',
  );
  await redo(m, u, school, photo);
  await again(m, u);
  const evidence = await a.seal(m, await a.visit(m, 'DRAGNET', who.il, 3));
  await m.both([who.il, who.hub], 'reinspectionPartial', {
    evidence,
    reason: '二十三校中仍有一校留样时间不足',
    rework: [a.rework(m, u, 'T-2', '补齐最后一校')],
  });
  await a.work(m, u, 'T-2');
  await again(m, u);
  await a.pass(m, await a.visit(m, 'DRAGNET'), sites);
  await a.sign(m, 'red', '二十三所学校食堂留样全部规范。');
  await a.confirm(m);
  await a.lookbacks(m, 2);
  return [m.caseNo];
};

/** The first proof: a photo that will be shown once more under another date. */
const oldPhoto = async (m: Matter, u: who.UnitPeople): Promise<string> => {
  await m.do(u.uo, 'startTask', { taskId: 'T-1' });
  const content = '留样冰箱照片';
  await m.do(u.uo, 'submitTaskProof', { taskId: 'T-1', proofs: [await m.show(u.uo, 'proof', { content })] });
  await m.both([u.lead, who.sup1], 'closeTask', { taskId: 'T-1' });
  return content;
};

/** 申请 → 受理 → 初审 (27, 28, 29). */
const again = async (m: Matter, u: who.UnitPeople): Promise<void> => {
  await a.apply(m, u);
  await a.accept(m);
  await m.refused('OWN-UNIT', who.moved, 'passPrelim', { compared: [], opinion: '通过' }, '刚从教育局调来的人初审教育局的件');
  await a.prelim(m);
};

/** 拉网式暗访 → 虚假整改 (31, 35): two witnesses, sealed evidence, every touched task is rework. */
const sham = async (m: Matter, u: who.UnitPeople): Promise<void> => {
  const team = await a.visit(m, 'DRAGNET');
  const evidence = await a.seal(m, team);
  const witnesses = [await m.show(team[0], 'witness'), await m.show(team[1], 'witness')];
  const finding = { evidence, finding: '整改照片为旧图改日期', rework: [a.rework(m, u, 'T-1', '重新配齐留样设备')] };
  await m.refused(
    'NOT-TWO-WITNESSES',
    who.il,
    'falseRectification',
    { ...finding, witnesses: witnesses.slice(0, 1) },
    '只有一名见证人就定虚假整改',
  );
  await m.both([who.il, who.hub], 'falseRectification', { ...finding, witnesses });
};

/** 约谈 → 通报 → 回复 (L4, L5, 49). */
const punished = async (m: Matter, u: who.UnitPeople): Promise<void> => {
  await m.do(who.deputy, 'summonTalk', { text: '约谈教育局主要负责人' });
  await m.refused('NOT-HEARD', who.hub, 'issueCircular', { text: '通报' }, '没有听取陈述就通报');
  const heard = await m.show(who.hub, 'hearing', { data: { what: '陈述记录' } });
  await m.both([who.hub, who.chief], 'issueCircular', { heard, text: '通报虚假整改' });
  for (const text of ['已接受约谈', '已公开检讨']) await m.do(u.uh, 'replyAct', { text });
};

const redo = async (m: Matter, u: who.UnitPeople, school: who.UnitPeople, photo: string): Promise<void> => {
  await m.do(u.uo, 'startTask', { taskId: 'T-1' });
  await m.refused(
    'PROOF-REUSED',
    u.uo,
    'submitTaskProof',
    { taskId: 'T-1', proofs: [await m.show(u.uo, 'proof', { content: photo })] },
    '旧照片换个日期再交',
  );
  await m.do(u.uo, 'submitTaskProof', { taskId: 'T-1', proofs: [await m.show(u.uo, 'proof')] });
  await m.both([u.lead, who.sup1], 'closeTask', { taskId: 'T-1' });
  await a.work(m, u, tasks[1]);
  await a.work(m, u, tasks[2], school);
};
