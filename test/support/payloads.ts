/** A payload that satisfies the rules of its command in the present state, where the state lets it: the walker's good will. */
import { dateOf, epochDay, dateAt } from '../../cases/index.ts';
import type { Actor, CommandType, Plan } from '../../schemas/index.ts';
import { type World, actor, day } from './world.ts';

const inDays = (w: World, n: number): string => dateOf(epochDay(dateAt(w.pack.calendar, w.at)) + n);
const tasks = (w: World) => w.state.tasks;
const pick = (w: World, ...states: string[]): string => (tasks(w).find((t) => states.includes(t.state)) ?? tasks(w)[0])?.taskId ?? 'T0';
const rework = (w: World) => [{ taskId: tasks(w).find((t) => t.state !== 'waived')?.taskId, content: '返工', owner: 'UO-1@U1', due: inDays(w, 2), mark: '完成' }].map((r) => (r.taskId === undefined ? { ...r, taskId: undefined } : r));
const clean = <T>(v: T): T => JSON.parse(JSON.stringify(v)) as T;
const rater = (w: World): string => (w.state.raters.find((r) => !r.withdrawn && ['due', 'unreachable'].includes(r.callback.state)) ?? w.state.raters[0])?.raterId ?? 'R0';
const assignment = (w: World, unit: string) => ({ leadUnit: unit, unitHead: `UH-1@${unit}`, coopUnits: unit === 'U2' ? [] : ['U2'], caseLeader: 'LDR_CHIEF-1', due: inDays(w, 30) });

export const planOf = (w: World): Plan => {
  const lead = w.state.responsibility.leadUnit ?? 'U1';
  const due = inDays(w, 1) < '2026' ? inDays(w, 1) : inDays(w, 1);
  const task = (taskId: string, unit: string, owner: string) => ({ taskId, problem: 'Q1', target: '目标', measure: '措施', unit, owner, due, mark: '完成', nodes: [], after: [] });
  const open = tasks(w).filter((t) => t.rework && t.state !== 'taskClosed').map((t) => ({ ...task(t.taskId, t.unit, t.owner), taskId: t.taskId }));
  const fresh = `N${w.state.round}`;
  return {
    problems: [{ problemId: 'Q1', what: '问题' }],
    duties: [{ problemId: 'Q1', leadUnit: lead, coopUnits: [], unitHead: w.state.responsibility.unitHead ?? '', owner: 'UO-1@U1' }],
    tasks: [...open, ...(open.some((t) => t.taskId === fresh) ? [] : [task(fresh, lead, `UO-1@${lead}`)])],
  };
};

const seal = (w: World) => ['evidence', 'evidence'].map((k, i) => w.exhibit(k as 'evidence', actor('INS', i + 1)));
const team = (w: World) => {
  const people = [1, 2].map((n) => actor('INS', n));
  for (const p of people) w.exhibit('pledge', p);
  return { plan: w.exhibit('visitPlan', actor('HUB'), { mode: 'RANDOM' }), draw: w.exhibit('teamDraw', actor('HUB'), { team: people.map((p) => p.person) }), team: people.map((p) => p.person) };
};
const calls = (w: World, raterId: string, answered: boolean) => [w.exhibit('call', actor('VERIFIER', 2), { raterId, answered })];
const compared = (w: World) => tasks(w).filter((t) => t.state !== 'waived').map((t) => ({ taskId: t.taskId, met: true }));
const notice = (w: World) => {
  const draft = w.exhibit('draft', actor('INTAKE'), { text: '某单位已整改' });
  return { notice: draft, secrecyReview: w.exhibit('secrecyReview', actor('ARCH'), { draft }) };
};
const heard = (w: World) => ({ heard: w.exhibit('hearing', actor('HUB')), text: '通报' });

type Make = (w: World, by: Actor, rnd: () => number) => unknown;
export const goodPayload: Record<CommandType, Make> = {
  capture: (_, __, rnd) => ({ source: 'rating', externalKey: 'K1', field: 'JY', matter: { code: 'M1', name: '入学材料' }, ratedUnit: 'U1', place: '东湖区', raters: rnd() < 0.9 ? [{ raterId: 'R1', feedbackId: 'F1', named: true }] : [{ raterId: 'R1', feedbackId: 'F1', named: false }] }),
  merge: () => ({ into: 'YC-2026-JY-0099' }),
  splitMerged: () => ({ mistake: '并错' }),
  routeOut: (_, __, rnd) => ({ channel: rnd() < 0.5 ? '复议' : '紧急', to: '法院' }),
  sentBack: (w) => ({ letter: w.exhibit('letter', actor('INTAKE')) }),
  verifyStart: () => ({}),
  urgentAssign: (w) => ({ ...assignment(w, 'U1'), urgency: 'U3' }),
  confirmValid: () => ({ record: { facts: '属实', contacted: '已联系', conclusion: '属实' } }),
  verifyUnreachable: (w) => ({ tries: [...calls(w, 'R1', false), ...['办件记录', '窗口日志', '监控'].map((what) => w.exhibit('record', actor('VERIFIER'), { what }))] }),
  flagInvalid: (w) => ({ kind: '误评', filedBy: 'VERIFIER-1', evidence: calls(w, 'R1', true) }),
  noBasis: (w) => ({ clause: '第三条', explained: calls(w, 'R1', true)[0] }),
  notSubstantiated: (w) => ({ records: [w.exhibit('record', actor('VERIFIER')), w.exhibit('record', actor('INTAKE'))], told: calls(w, 'R1', true)[0], finding: '查不属实' }),
  requestExplain: (w) => ({ clause: '第三条', done: [{ what: '已办', proof: w.exhibit('proof', actor('UO')) }], explained: calls(w, 'R1', true)[0] }),
  upholdInvalid: (w) => ({ kind: '误评', statement: w.exhibit('statement', actor('VERIFIER')), panel: ['PANEL-1', 'PANEL-2'], reason: '误评' }),
  rejectInvalid: () => ({ panel: ['PANEL-1', 'PANEL-2'], reason: '不成立' }),
  triage: (w, _, rnd) => {
    const floor = w.state.colourFloor;
    const colour = floor === 'red' ? 'red' : floor === 'yellow' ? 'yellow' : (['blue', 'yellow', 'red'][Math.floor(rnd() * 3)] as string);
    const track = rnd() < 0.5 ? 'immediate' : 'list';
    return { colour, track, reasonCode: colour === 'red' ? 'U3' : colour === 'yellow' ? 'S1' : 'N0' };
  },
  assign: (w) => assignment(w, 'U1'),
  recall: () => ({ reason: '派错' }),
  signFor: () => ({}),
  coopSignFor: () => ({}),
  changeDuty: () => ({ reason: '调岗', owner: 'UO-2@U1' }),
  coopObject: () => ({ dutyCited: '三定方案第五条', ground: '不属职责' }),
  requestReturn: () => ({ dutyCited: '三定方案第五条', reason: '不属职责' }),
  reassign: (w) => assignment(w, ['U1', 'U2', 'U3'].find((u) => !w.state.dispatch.returnedBy.includes(u)) ?? 'U3'),
  designate: (w) => ({ ...assignment(w, 'U1'), opinion: w.exhibit('opinion', actor('HUB')) }),
  reportDone: () => ({ summary: '已完成' }),
  addMeasure: (w, by) => ({ measure: '改办事指南', target: '一次告知', owner: `UO-1@${by.unit}`, due: inDays(w, 2), mark: '公布' }),
  convertToPlan: () => ({ reason: '一时难以解决' }),
  orderPlan: () => ({ reason: '逾期' }),
  submitPlan: (w) => ({ plan: planOf(w) }),
  approvePlan: () => ({}),
  returnPlan: () => ({ items: ['缺完成标志'] }),
  reportProgress: (w) => ({ nodes: [{ taskId: pick(w, 'doing'), what: '节点', proof: w.exhibit('proof', actor('UO')) }] }),
  amendPlan: (w) => ({ plan: planOf(w), reason: '调整' }),
  suspend: (w) => ({ ground: '资金报批', resumeBy: inDays(w, 20) }),
  resume: (w) => ({ proof: w.exhibit('letter', actor('HUB')) }),
  renewSuspension: (w) => ({ proof: w.exhibit('letter', actor('HUB')), resumeBy: inDays(w, 20) }),
  requestExtension: (w) => ({ due: dateOf(epochDay(dateAt(w.pack.calendar, (w.state.clocks.totalDue ?? w.at) - 1)) + 1), cause: '原因', interimPlan: '过渡' }),
  grantExtension: () => ({}),
  denyExtension: () => ({ reason: '理由不足' }),
  startTask: (w, by) => ({ taskId: (tasks(w).find((t) => ['todo', 'taskReturned'].includes(t.state) && t.owner === by.person) ?? { taskId: pick(w, 'todo', 'taskReturned') }).taskId }),
  submitTaskProof: (w, by) => {
    const t = tasks(w).find((x) => x.state === 'doing' && x.owner === by.person) ?? tasks(w).find((x) => x.state === 'doing');
    return { taskId: t?.taskId ?? 'T0', proofs: [w.exhibit('proof', { ...by, unit: t?.unit ?? by.unit })] };
  },
  closeTask: (w) => ({ taskId: pick(w, 'submitted') }),
  returnTask: (w) => ({ taskId: pick(w, 'submitted'), reason: '不合要求' }),
  waiveTask: (w) => ({ taskId: (tasks(w).find((t) => !t.rework && ['todo', 'doing', 'taskReturned'].includes(t.state)) ?? tasks(w)[0])?.taskId ?? 'T0', ground: '政策变化', reason: '政策变化' }),
  contactCitizen: (w) => ({ raterId: w.state.raters[0]?.raterId, proof: calls(w, 'R1', true)[0] }),
  interimMeasure: (w) => ({ measure: '手工备案', proof: w.exhibit('proof', actor('UO')) }),
  replyCitizen: (w) => ({ text: '答复', proof: w.exhibit('letter', actor('UO')) }),
  discloseContact: (w) => ({ raterId: 'R1', handler: 'UO-1@U1', consent: w.exhibit('consent', actor('VERIFIER'), { raterId: 'R1' }) }),
  applyClosure: () => ({ standards: { measuresDone: '是', lawfullyHandled: '是', effect: '是', analogous: '是', source: '是' }, analogousFix: [{ where: '全区', found: '无' }], lastingRule: { notNeeded: '已有制度' }, report: '报告' }),
  acceptApplication: () => ({ checked: ['closureApplication', 'rectificationReport', 'proofIndex', 'fixFeedback'] }),
  returnForSupplement: () => ({ items: ['缺照片'] }),
  submitSupplement: () => ({}),
  returnApplication: (w) => ({ missing: ['仍缺'], rework: clean(rework(w)) }),
  withdrawApplication: (w) => ({ rework: clean(rework(w)) }),
  passPrelim: (w) => ({ compared: compared(w), opinion: '通过' }),
  returnPrelim: (w) => ({ opinion: '退回', rework: clean(rework(w)) }),
  passByCallback: (w) => ({ compared: compared(w), opinion: '回访核销' }),
  startReinspection: (w) => team(w),
  voidVisit: () => ({ ground: '跑风漏气' }),
  reinspectionPass: (w) => ({ points: [{ point: '窗口', must: true, pass: true }], methods: ['MOCK_SERVICE', 'CITIZEN_VISIT'], evidence: seal(w), signatures: [1, 2].map((n) => w.exhibit('signature', actor('INS', n))) }),
  reinspectionFail: (w) => ({ evidence: seal(w), reason: '现场仍然要求群众重复提交材料', rework: clean(rework(w)) }),
  reinspectionPartial: (w) => ({ evidence: seal(w), reason: '现场仍然要求群众重复提交材料', rework: clean(rework(w)) }),
  falseRectification: (w) => ({ evidence: seal(w), witnesses: [1, 2].map((n) => w.exhibit('witness', actor('INS', n))), finding: '旧照片', rework: clean(rework(w)) }),
  signClosure: (w, _, rnd) => ({ opinion: '同意', unsolvedReason: '已说明', ...notice(w), ...(rnd() < 0.4 ? { exempt: '月度汇总' } : {}) }),
  declineSignoff: (w, _, rnd) => (rnd() < 0.5 ? { reason: '再查', newDraw: true, rework: [] } : { reason: '不足', newDraw: false, rework: clean(rework(w)) }),
  raiseObjection: () => ({ reason: '仍未解决' }),
  upholdObjection: (w) => ({ rework: clean(rework(w)) }),
  dismissObjection: () => ({ reason: '已核' }),
  confirmClosure: () => ({}),
  reRate: () => ({ raterId: 'R1', satisfied: false, solved: false }),
  lookbackDue: () => ({}),
  orderLookback: () => ({ reason: '点题', mode: 'PINPOINT' }),
  orderSpotCheck: () => ({ reason: '过程暗访' }),
  recordSpotCheck: (w) => ({ evidence: seal(w), finding: '正常' }),
  lookbackStable: (w) => ({ methods: ['PHONE', 'CITIZEN_VISIT'], evidence: seal(w) }),
  archive: (w) => ({ check: w.exhibit('fourProperties', actor('ARCH')) }),
  retire: () => ({}),
  rebound: () => ({ feedbackId: 'F9', finding: '反弹' }),
  callbackDue: () => ({}),
  recordCallback: (w) => {
    const raterId = rater(w);
    return { raterId, result: 'done', calls: calls(w, raterId, true), answers: { solved: true, satisfied: true, contacted: true, truthful: true } };
  },
  regrade: (w) => ({ colour: w.state.grade?.colour === 'blue' ? 'yellow' : 'red', reason: '升级' }),
  transferClue: () => ({ clue: '线索', to: '有权机关', named: [] }),
  raterWithdraw: (w) => ({ raterId: 'R1', call: calls(w, 'R1', true)[0] }),
  instruct: () => ({ text: '加快' }),
  replyAct: () => ({ text: '回复' }),
  remind: () => ({}),
  nearDue: () => ({}),
  fallBehind: () => ({}),
  fallOverdue: () => ({}),
  issueUrge: () => ({ reason: '催办' }),
  issueSupervisionLetter: () => ({}),
  issueRedNotice: () => ({}),
  summonTalk: () => ({}),
  issueCircular: heard,
  listForSupervision: heard,
  proposeAccountability: heard,
  clearAlert: () => ({ reason: '消除' }),
  fileAppeal: (w, by) => ({ against: by.role === 'UH' ? (w.state.served['conclusion'] === undefined ? 'rating' : 'conclusion') : w.state.clocks.closedAt === null ? 'answer' : 'closure', reason: '不服' }),
  withdrawAppeal: () => ({}),
  decideAppeal: (_, __, rnd) => ({ decision: rnd() < 0.5 ? '支持' : '不支持', noProblemLeft: rnd() < 0.5, reason: '决定' }),
  approveProposal: (w) => ({ proposalId: w.state.proposals.at(-1)?.proposalId ?? 'P0' }),
  returnProposal: (w) => ({ proposalId: w.state.proposals.at(-1)?.proposalId ?? 'P0', reason: '不同意' }),
  withdrawProposal: (w) => ({ proposalId: w.state.proposals.at(-1)?.proposalId ?? 'P0' }),
};
export const aDay = day;
