/** Rules of planning and fixing. */
import type { Actor, Plan, RuleId } from '../../../schemas/index.ts';
import { type World, actor, day, hour } from '../world.ts';
import { act, approval, both, chief, deputy, finish, go, hub, inDays, lead, measure, planOf, reply, started, submitted, toDrafting, toImmediate, toPlanReview, toRectifying, toReworked, uh, ul, uo, work } from './build.ts';
import type { Act, Scenario } from './scenario.ts';

const done = (w: World): Act => act(w, 'reportDone', uo);
const applied = (w: World, over: object): Act => act(w, 'applyClosure', uh, { ...over });
const toDone = (w: World): void => {
  toRectifying(w);
  finish(w);
};
const withMeasure = (then: (w: World) => void) => (w: World) => {
  toImmediate(w);
  measure(w);
  then(w);
};
const planWith = (w: World, change: (t: Plan['tasks'][number]) => Plan['tasks'][number]): { plan: Plan } => {
  const plan = planOf(w);
  return { plan: { ...plan, tasks: plan.tasks.map(change) } };
};
const undated = (t: Plan['tasks'][number]): Plan['tasks'][number] => {
  const { due, ...rest } = t;
  return due === undefined ? t : rest;
};
const withoutRework = (w: World): { plan: Plan } => ({ plan: { ...planOf(w), tasks: planOf(w).tasks.filter((t) => !w.state.tasks.some((x) => x.rework && x.taskId === t.taskId)) } });
/** A few working days more than the case has now. */
export const longer = (w: World, days = 5): string => inDays(w, Math.ceil(((w.state.clocks.totalDue ?? w.at) - w.at) / day) - 1 + days);
export const extended = (w: World, by: readonly [Actor, ...Actor[]]): void => {
  go(w, 'requestExtension', uh, { due: longer(w) });
  both(w, 'grantExtension', by);
};
const proofTaken = (w: World, before: number): string[] => [w.exhibit('proof', uo, {}, w.at - before)];
const later = (w: World): void => w.wait(40 * day);
const suspended = (w: World): void => {
  toRectifying(w);
  both(w, 'suspend', [uh, deputy]);
};
const item = (w: World) => w.state.tasks.find((t) => t.rework)?.taskId ?? 'T0';

export const fixing = {
  'NO-TASKS': {
    what: '立改无措施就报完成',
    given: (w) => {
      toImmediate(w);
      reply(w);
    },
    wrong: done,
    once: '定了措施并已销号',
    right: (w) => {
      measure(w);
      work(w);
      return done(w);
    },
  },
  'TASKS-OPEN': {
    what: '任务未销号就报完成',
    given: withMeasure(reply),
    wrong: done,
    once: '任务已销号',
    right: (w) => {
      work(w);
      return done(w);
    },
  },
  'REWORK-OPEN': {
    what: '返工项未完成就再报完成',
    given: (w) => {
      toReworked(w);
      w.state = { ...w.state, tasks: w.state.tasks.map((t) => ({ ...t, state: 'waived' })) };
    },
    doctored: '未完成的返工项先由 TASKS-OPEN 拦下, 免除又由 REWORK-NOT-WAIVABLE 拦下; 这里把返工项改成已免除',
    wrong: done,
    once: '返工项已完成',
    afresh: (w) => {
      toReworked(w);
      work(w);
    },
    right: done,
  },
  'PROOF-OLDER-THAN-RETURN': {
    what: '拿退回前的佐证再报完成',
    given: (w) => {
      toReworked(w);
      w.state = { ...w.state, tasks: w.state.tasks.map((t) => ({ ...t, state: 'taskClosed' })) };
    },
    doctored: '旧佐证在提交时已由 PROOF-BEFORE-START 拦下; 这里把返工项改成未交新佐证就已销号',
    wrong: done,
    once: '佐证晚于退回',
    afresh: (w) => {
      toReworked(w);
      work(w);
    },
    right: done,
  },
  'RATER-NOT-ANSWERED': {
    what: '未答复评价人就报完成',
    given: withMeasure(work),
    wrong: done,
    once: '已答复',
    right: (w) => {
      reply(w);
      return done(w);
    },
  },
  'STANDARDS-UNCHECKED': { what: '五条标准漏查一条就申请销号', given: toDone, wrong: (w) => applied(w, { standards: { measuresDone: '是', lawfullyHandled: '是', effect: '是', analogous: '是' } }), once: '五条都已自查', right: (w) => applied(w, {}) },
  'NO-ANALOGOUS-FIX': { what: '申请销号不附举一反三清单', given: toDone, wrong: (w) => applied(w, { analogousFix: [] }), once: '附清单', right: (w) => applied(w, {}) },
  'NO-LASTING-RULE': { what: '申请销号不附建章立制', given: toDone, wrong: (w) => applied(w, { lastingRule: undefined }), once: '附制度或不需要的理由', right: (w) => applied(w, {}) },
  'AFTER-DUE': {
    what: '过了期限才转清单',
    given: (w) => {
      toImmediate(w);
      later(w);
    },
    wrong: (w) => act(w, 'convertToPlan', ul),
    once: '在期限前',
    afresh: toImmediate,
    right: (w) => act(w, 'convertToPlan', ul),
  },
  'NOT-OVERDUE': {
    what: '未逾期就责令转清单',
    given: toImmediate,
    wrong: (w) => act(w, 'orderPlan', hub),
    once: '已逾期',
    right: (w) => {
      later(w);
      return act(w, 'orderPlan', hub);
    },
  },
  'LISTS-INCOMPLETE': { what: '任务没有时限的方案', given: toDrafting, wrong: (w) => act(w, 'submitPlan', uh, planWith(w, undated)), once: '三张清单完整', right: (w) => act(w, 'submitPlan', uh) },
  'SCHEDULE-INVALID': { what: '任务排到总期限之后', given: toDrafting, wrong: (w) => act(w, 'submitPlan', uh, planWith(w, (t) => ({ ...t, due: longer(w) }))), once: '倒排工期成立', right: (w) => act(w, 'submitPlan', uh) },
  'REWORK-NOT-IN-PLAN': { what: '调整方案时把返工项排除在外', given: (w) => toReworked(w, 'yellow'), wrong: (w) => act(w, 'amendPlan', uh, withoutRework(w)), once: '包含全部返工项', right: (w) => act(w, 'amendPlan', uh) },
  'NOT-ITEMISED': { what: '笼统退回方案', given: toPlanReview, wrong: (w) => act(w, 'returnPlan', hub, { items: [] }), once: '逐条列明', right: (w) => act(w, 'returnPlan', hub) },
  'TOTAL-DUE-MOVED': { what: '借调整方案推后总期限', given: toRectifying, wrong: (w) => act(w, 'amendPlan', uh, { due: longer(w) }), once: '总期限不变', right: (w) => act(w, 'amendPlan', uh) },
  'NO-NODE-PROOF': { what: '报进展不附佐证', given: toRectifying, wrong: (w) => act(w, 'reportProgress', uo, { nodes: [{ taskId: w.state.tasks[0]?.taskId, what: '节点', proof: 'X999' }] }), once: '节点附佐证', right: (w) => act(w, 'reportProgress', uo) },
  'EXTENSION-TOO-LATE': {
    what: '期限最后一天才申请延期',
    given: (w) => {
      toRectifying(w);
      w.wait((w.state.clocks.totalDue ?? w.at) - w.at - 2 * hour);
    },
    wrong: (w) => act(w, 'requestExtension', uh, { due: longer(w) }),
    once: '提前 1 个工作日以上',
    afresh: toRectifying,
    right: (w) => act(w, 'requestExtension', uh, { due: longer(w) }),
  },
  'EXTENSION-OVER-CAP': { what: '一次延期超过原期限一半', given: toRectifying, wrong: (w) => act(w, 'requestExtension', uh, { due: longer(w, 40) }), once: '不超过一半', right: (w) => act(w, 'requestExtension', uh, { due: longer(w) }) },
  'EXTENSION-NEEDS-CHIEF': {
    what: '分管领导批第三次延期',
    given: (w) => {
      toRectifying(w);
      extended(w, [hub]);
      extended(w, [hub, deputy]);
      go(w, 'requestExtension', uh, { due: longer(w) });
      go(w, 'grantExtension', hub);
    },
    wrong: (w) => approval(w, deputy),
    once: '由主要领导批',
    right: (w) => approval(w, chief),
  },
  'EXTENSION-STATE': {
    what: '无人申请就批延期',
    given: toRectifying,
    wrong: (w) => act(w, 'grantExtension', hub),
    once: '已申请',
    right: (w) => {
      go(w, 'requestExtension', uh, { due: longer(w) });
      return act(w, 'grantExtension', hub);
    },
  },
  'NO-SUSPENSION-GROUND': { what: '以任务重为由暂缓', given: toRectifying, wrong: (w) => act(w, 'suspend', uh, { ground: '任务重' }), once: '属资金依法报批', right: (w) => act(w, 'suspend', uh) },
  'NO-INTERIM-MEASURE': {
    what: '红色件无临时措施就暂缓',
    given: (w) => toImmediate(w, 'red'),
    wrong: (w) => act(w, 'suspend', uh),
    once: '有临时措施',
    right: (w) => {
      go(w, 'interimMeasure', uo);
      return act(w, 'suspend', uh);
    },
  },
  'RESUME-TOO-FAR': { what: '暂缓 120 日', given: toRectifying, wrong: (w) => act(w, 'suspend', uh, { resumeBy: inDays(w, 120) }), once: '不超过 90 日', right: (w) => act(w, 'suspend', uh, { resumeBy: inDays(w, 90) }) },
  'CAUSE-NOT-PROVED': { what: '口头称原因消失就恢复', given: suspended, wrong: (w) => act(w, 'resume', hub, { proof: undefined }), once: '有证明', right: (w) => act(w, 'resume', hub) },
  'RENEWED-BEFORE': {
    what: '第二次续期',
    given: (w) => {
      suspended(w);
      both(w, 'renewSuspension', [uh, chief]);
    },
    wrong: (w) => act(w, 'renewSuspension', uh),
    once: '是第一次续期',
    afresh: suspended,
    right: (w) => act(w, 'renewSuspension', uh),
  },
  'TASK-STATE': {
    what: '未开始的任务就交佐证',
    given: withMeasure(() => {}),
    wrong: (w) => ({ type: 'submitTaskProof', by: uo, payload: { taskId: 'T1', proofs: [w.exhibit('proof', uo)] } }),
    once: '任务已开始',
    right: (w) => {
      started(w);
      return act(w, 'submitTaskProof', uo);
    },
  },
  'NOT-TASK-OWNER': { what: '别人替责任人开始任务', given: withMeasure(() => {}), wrong: (w) => act(w, 'startTask', actor('UO', 2)), once: '由责任人本人', right: (w) => act(w, 'startTask', uo) },
  'PROOF-BEFORE-START': { what: '交任务开始前拍的照片', given: withMeasure(started), wrong: (w) => act(w, 'submitTaskProof', uo, { proofs: proofTaken(w, day) }), once: '开始之后拍的', right: (w) => act(w, 'submitTaskProof', uo, { proofs: proofTaken(w, 0) }) },
  'PROOF-REUSED': {
    what: '用别的件用过的照片',
    given: withMeasure(started),
    wrong: (w) => {
      const proof = w.exhibit('proof', uo);
      return { type: 'submitTaskProof', by: uo, payload: { taskId: 'T1', proofs: [proof] }, more: { facts: { proofSeen: { [w.exhibits[proof]?.sha256 ?? '']: ['YC-2026-JY-0002'] } } } };
    },
    once: '未用过的照片',
    right: (w) => act(w, 'submitTaskProof', uo),
  },
  'CHECKER-IS-OWNER': { what: '责任人兼核验人, 自己核验自己的任务', given: withMeasure(submitted), wrong: (w) => act(w, 'closeTask', { ...lead, person: uo.person }), once: '由另一人核验', right: (w) => act(w, 'closeTask', lead) },
  'LAST-TASK': {
    what: '免除最后一项任务',
    given: withMeasure(() => {}),
    wrong: (w) => act(w, 'waiveTask', uh),
    once: '还有别的任务',
    right: (w) => {
      measure(w);
      return act(w, 'waiveTask', uh);
    },
  },
  'NO-WAIVE-GROUND': { what: '以难办为由免除任务', given: withMeasure(measure), wrong: (w) => act(w, 'waiveTask', uh, { ground: '难办' }), once: '属政策变化', right: (w) => act(w, 'waiveTask', uh) },
  'REWORK-NOT-WAIVABLE': {
    what: '免除返工项',
    given: (w) => {
      toReworked(w);
      measure(w);
    },
    wrong: (w) => act(w, 'waiveTask', uh, { taskId: item(w) }),
    once: '免除的不是返工项',
    right: (w) => act(w, 'waiveTask', uh),
  },
} as const satisfies Partial<Record<RuleId, Scenario>>;
