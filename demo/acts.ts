/** Sequences that several stories share: each is what the people of the case would do, with the exhibits they would put on record. */
import type { As } from '../client/client.ts';
import type { Assignment, Colour, GradeCode, Plan, Rework, Track } from '../schemas/index.ts';
import { type Matter, inDays } from './driver.ts';
import * as who from './people.ts';

type Grade = { colour: Colour; track: Track; reasonCode: GradeCode };

/** 核实 → 属实 (3, 4). */
export const verify = async (m: Matter, finding: string): Promise<void> => {
  await m.do(who.verifier, 'verifyStart', {});
  await m.do(who.verifier, 'confirmValid', { record: { facts: finding, contacted: '已电话联系评价人', conclusion: '属实' } });
};

/** 分级 (10): red needs a leader beside the head of the office. */
export const grade = (m: Matter, g: Grade): Promise<void> => m.both(g.colour === 'red' ? [who.hub, who.deputy2] : [who.hub], 'triage', g);

/** 交办 (11): one lead unit, its head, those who answer below them. */
export const assignment = (u: who.UnitPeople, more: Partial<Assignment> = {}): Assignment => ({
  leadUnit: u.unit,
  unitHead: u.uh.as,
  dutyLeader: u.ul.as,
  owner: u.uo.as,
  liaison: u.uc.as,
  coopUnits: [],
  ...more,
});

/** 登记 is done; to 签收 and the first call (3, 4, 10, 11, 12a, 12, 50). */
export const toUnit = async (
  m: Matter,
  of: { finding: string; grade: Grade; unit: who.UnitPeople; coops?: who.UnitPeople[]; due?: string },
): Promise<void> => {
  await verify(m, of.finding);
  await grade(m, of.grade);
  await assignTo(m, of);
  for (const coop of of.coops ?? []) await m.do(coop.coop, 'coopSignFor', {});
  await m.do(of.unit.uc, 'signFor', {});
  if (m.feedback.rater) await contact(m, of.unit);
};
/** 联系群众 (50): within one working day of 交办. */
export const contact = async (m: Matter, u: who.UnitPeople): Promise<void> => {
  await m.do(u.uo, 'contactCitizen', { raterId: m.rater, proof: await m.show(u.uo, 'call', { data: { raterId: m.rater, answered: true } }) });
};
export const assignTo = async (
  m: Matter,
  of: { grade: Grade; unit: who.UnitPeople; coops?: who.UnitPeople[]; due?: string },
): Promise<void> => {
  const leader = of.grade.colour === 'red' ? { caseLeader: who.chief.as } : {};
  await m.do(
    who.hub,
    'assign',
    assignment(of.unit, { coopUnits: (of.coops ?? []).map((c) => c.unit), ...leader, ...(of.due ? { due: of.due } : {}) }),
  );
};

/** 立改措施 (16a). */
export const measure = async (m: Matter, u: who.UnitPeople, taskId: string, text: string): Promise<void> => {
  await m.do(u.uo, 'addMeasure', {
    taskId,
    measure: text,
    target: `${text}，群众不再跑第二趟`,
    owner: u.uo.as,
    due: inDays(m.d, 3),
    mark: '现场可查',
  });
};

/** One task from start to close (T1 T2 T3): by its owner, proved, checked by the lead unit, closed by a supervisor. */
export const work = async (m: Matter, lead: who.UnitPeople, taskId: string, by: who.UnitPeople = lead): Promise<void> => {
  await prove(m, lead, taskId, by);
  await m.both([lead.lead, who.sup1], 'closeTask', { taskId, opinion: '佐证与完成标志一致' });
};
export const prove = async (m: Matter, lead: who.UnitPeople, taskId: string, by: who.UnitPeople = lead): Promise<void> => {
  const doer: As = by === lead ? lead.uo : by.coop;
  await m.do(doer, 'startTask', { taskId });
  const proof = await m.show(doer, 'proof', { data: { what: `${taskId} 现场照片` } });
  await m.do(doer, 'submitTaskProof', { taskId, proofs: [proof] });
};

/** 三张清单: one problem, one duty line, tasks in order, the later after the earlier. */
export const planFor = (
  m: Matter,
  lead: who.UnitPeople,
  problem: string,
  tasks: readonly { id: string; measure: string; by?: who.UnitPeople }[],
): Plan => ({
  problems: [{ problemId: 'W1', what: problem, nature: '流程' }],
  duties: [
    {
      problemId: 'W1',
      leadUnit: lead.unit,
      coopUnits: [...new Set(tasks.flatMap((t) => (t.by ? [t.by.unit] : [])))],
      unitHead: lead.uh.as,
      dutyLeader: lead.ul.as,
      owner: lead.uo.as,
    },
  ],
  tasks: tasks.map((t, i) => ({
    taskId: t.id,
    problem: 'W1',
    target: `${t.measure}到位`,
    measure: t.measure,
    unit: (t.by ?? lead).unit,
    owner: t.by ? t.by.coop.as : lead.uo.as,
    due: inDays(m.d, 10 + i),
    mark: '现场可查',
    nodes: [],
    after: i === 0 ? [] : [tasks[i - 1]?.id ?? ''],
  })),
});

/** 报方案 → 批准 (18, 19). */
export const plan = async (m: Matter, lead: who.UnitPeople, of: Plan, red: boolean): Promise<void> => {
  await m.do(lead.uh, 'submitPlan', { plan: of });
  await m.both(red ? [who.hub, who.deputy] : [who.hub], 'approvePlan', { opinion: '同意' });
};

/** 答复 every rater (50b). */
export const reply = async (m: Matter, u: who.UnitPeople, text: string): Promise<void> => {
  await m.do(u.uo, 'replyCitizen', { text, proof: await m.show(u.uo, 'letter', { data: { what: '答复函' } }) });
};
export const interim = async (m: Matter, u: who.UnitPeople, text: string): Promise<void> => {
  await m.do(u.uo, 'interimMeasure', { measure: text, proof: await m.show(u.uo, 'proof', { data: { what: text } }) });
};

/** 立改完成 (16). */
export const reportDone = (m: Matter, u: who.UnitPeople): Promise<void> =>
  m.both([u.uo, u.ul], 'reportDone', { summary: '立改措施全部完成，附佐证' });
export const complete = {
  standards: {
    measuresDone: '全部落实',
    lawfullyHandled: '依法处理',
    effect: '符合规范',
    analogous: '同类问题一并整改',
    source: '已立长效机制',
  },
  analogousFix: [{ where: '全市同类单位', found: '已排查，无同类问题' }],
  lastingRule: { title: '首问负责办法', number: '云整办发〔2026〕8号', date: '2026-03-20' },
  report: '整改报告见附件',
} as const;
/** 申请销号 (27). */
export const apply = async (m: Matter, u: who.UnitPeople): Promise<void> => {
  await m.do(u.uh, 'applyClosure', { ...complete, analogousFix: [...complete.analogousFix] });
};
/** 受理 (28). */
export const accept = async (m: Matter): Promise<void> => {
  await m.do(who.intake, 'acceptApplication', { checked: ['closureApplication', 'rectificationReport', 'fixFeedback', 'proofIndex'] });
};

/** 回访 (C2): a recorded call of a verifier, four questions. */
export const callback = async (m: Matter, raterId: string, solved = true): Promise<void> => {
  const call = await m.show(who.verifier2, 'call', { data: { raterId, answered: true } });
  await m.do(who.verifier2, 'recordCallback', {
    raterId,
    result: 'done',
    calls: [call],
    answers: { solved, satisfied: solved, contacted: true, truthful: true },
  });
};

export const compared = async (m: Matter): Promise<{ taskId: string; met: boolean }[]> =>
  (await m.d.client.view(m.caseNo, who.sup2)).tasks.filter((t) => t.state !== 'waived').map((t) => ({ taskId: t.taskId, met: true }));
/** 初审通过 (29). */
export const prelim = async (m: Matter, by: As = who.sup2): Promise<void> => {
  await m.do(by, 'passPrelim', { compared: await compared(m), opinion: '逐条对照，达到目标' });
};

/** 暗访方案, 随机抽取, 回避承诺 → 开展暗访 (31). Two inspectors, drawn and pledged. */
export const visit = async (
  m: Matter,
  mode: 'DRAGNET' | 'RANDOM' | 'PINPOINT',
  leader: As = who.il,
  first = 1,
): Promise<readonly [As, As]> => {
  const team = [who.ins(first), who.ins(first + 1)] as const;
  const plan = await m.show(who.hub, 'visitPlan', { data: { mode } });
  const draw = await m.show(who.hub, 'teamDraw', { data: { team: team.map((x) => x.as) } });
  const pledges = [await m.show(team[0], 'pledge'), await m.show(team[1], 'pledge')];
  await m.do(leader, 'startReinspection', { plan, draw, team: team.map((x) => x.as), pledges });
  return team;
};
/** 取证: sealed by both inspectors. */
export const seal = (m: Matter, team: readonly [As, As]): Promise<string[]> =>
  Promise.all(team.map((x) => m.show(x, 'evidence', { data: { what: '现场取证' } })));
type Method = 'MOCK_SERVICE' | 'COVERT_RECORDING' | 'CITIZEN_VISIT' | 'PHONE' | 'ONLINE' | 'DATA_CHECK' | 'RATER_CALL';

/** 合格 (32). */
export const pass = async (
  m: Matter,
  team: readonly [As, As],
  points: readonly string[],
  methods: readonly [Method, Method] = ['MOCK_SERVICE', 'CITIZEN_VISIT'],
  leader: As = who.il,
): Promise<void> => {
  const evidence = await seal(m, team);
  const signatures = await Promise.all(team.map((x) => m.show(x, 'signature')));
  await m.do(leader, 'reinspectionPass', {
    points: points.map((point) => ({ point, must: true, pass: true })),
    methods: [...methods],
    evidence,
    signatures,
  });
};
/** 初审 → 暗访 → 合格 (29, 31, 32). */
export const check = async (
  m: Matter,
  mode: 'DRAGNET' | 'RANDOM' | 'PINPOINT',
  points: readonly string[],
  methods?: readonly [Method, Method],
): Promise<void> => {
  await prelim(m);
  await pass(m, await visit(m, mode), points, methods);
};

/** 返工项 that reopens a task. */
export const rework = (m: Matter, u: who.UnitPeople, taskId: string, content: string): Rework => ({
  taskId,
  content,
  owner: u.uo.as,
  due: inDays(m.d, 5),
  mark: '重新现场核验',
});

/** 公示稿 masked by its drafter, read for secrets by another. */
export const notice = async (m: Matter, text: string): Promise<{ notice: string; secrecyReview: string }> => {
  const draft = await m.show(who.intake, 'draft', { data: { text } });
  return { notice: draft, secrecyReview: await m.show(who.arch, 'secrecyReview', { data: { draft } }) };
};
const signers = { blue: who.hub, yellow: who.deputy, red: who.chief } as const;
/** 销号审批 (36), with a public window. */
export const sign = async (m: Matter, colour: Colour, text: string): Promise<void> => {
  await m.do(signers[colour], 'signClosure', { opinion: '同意销号', ...(await notice(m, text)) });
};
/** 销号审批, 月度汇总公开: a blue case on the immediate track needs no window. */
export const signMonthly = async (m: Matter, text: string): Promise<void> => {
  await m.do(who.hub, 'signClosure', { opinion: '同意销号', exempt: '月度汇总', ...(await notice(m, text)) });
};
/** The window runs out, then 确认销号 (40). */
export const confirm = async (m: Matter): Promise<void> => {
  const { publicUntil } = await m.d.client.view(m.caseNo, who.hub);
  await m.d.waitUntil(publicUntil ?? 0);
  await m.do(who.hub, 'confirmClosure', {});
};

/** 回头看 by time alone (42), each found 未反弹 (43): other people, another day. */
export const lookbacks = async (m: Matter, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) {
    await m.becomes('lookback', who.hub);
    const evidence = await seal(m, [who.ins(5), who.ins(3 + n)]);
    await m.do(who.il2, 'lookbackStable', { methods: ['CITIZEN_VISIT', 'MOCK_SERVICE'], evidence });
  }
};
