/** Rules of applying, reviewing and covert visits. */
import type { RuleId } from '../../../schemas/index.ts';
import { type World, actor, day } from '../world.ts';
import { act, called, go, il, intake, reviewer, spotCheck, sup, toApplied, toAwaiting, toPrelim, toRectifying, toVisit, uc } from './build.ts';
import type { Act, Scenario } from './scenario.ts';

const passed = (w: World, over: object): Act => act(w, 'reinspectionPass', il, { ...over });
const failed = (w: World, over: object): Act => act(w, 'reinspectionFail', il, { ...over });
const began = (w: World, over: object): Act => act(w, 'startReinspection', il, { ...over });
/** Sealed before the visit began. */
const stale = (w: World): string[] => [1, 2].map((n) => w.exhibit('evidence', actor('INS', n), {}, w.at - day));
const supplemented = (w: World): void => {
  toApplied(w);
  go(w, 'returnForSupplement', intake);
  go(w, 'submitSupplement', uc);
};

export const checking = {
  'LIST-INCOMPLETE': { what: '材料不齐就受理', given: toApplied, wrong: (w) => act(w, 'acceptApplication', intake, { checked: ['fixFeedback'] }), once: '材料齐全', right: (w) => act(w, 'acceptApplication', intake) },
  'SUPPLEMENT-ASKED-BEFORE': { what: '第二次要求补正', given: supplemented, wrong: (w) => act(w, 'returnForSupplement', intake), once: '是第一次要求', afresh: toApplied, right: (w) => act(w, 'returnForSupplement', intake) },
  'SUPPLEMENT-CHANCE-FIRST': {
    what: '不给补正机会就退回申请',
    given: toApplied,
    wrong: (w) => act(w, 'returnApplication', intake),
    once: '补正后仍不齐',
    right: (w) => {
      go(w, 'returnForSupplement', intake);
      go(w, 'submitSupplement', uc);
      return act(w, 'returnApplication', intake);
    },
  },
  'REWORK-EMPTY': { what: '初审退回不附返工项', given: toPrelim, wrong: (w) => act(w, 'returnPrelim', reviewer, { rework: [] }), once: '附返工项', right: (w) => act(w, 'returnPrelim', reviewer) },
  'TARGETS-NOT-COMPARED': { what: '初审未逐条对照', given: toPrelim, wrong: (w) => act(w, 'passPrelim', reviewer, { compared: [] }), once: '逐条对照', right: (w) => act(w, 'passPrelim', reviewer) },
  'REVIEWER-CHECKED-TASK': { what: '核验过任务的督办员来初审', given: toPrelim, wrong: (w) => act(w, 'passPrelim', sup), once: '由未核验过的人初审', right: (w) => act(w, 'passPrelim', reviewer) },
  'NOT-SIMPLE-BLUE': {
    what: '红色件回访核销',
    given: (w) => {
      toPrelim(w, 'red');
      called(w);
    },
    wrong: (w) => act(w, 'passByCallback', reviewer),
    once: '是蓝色立改件',
    afresh: (w) => {
      toPrelim(w);
      called(w);
    },
    right: (w) => act(w, 'passByCallback', reviewer),
  },
  'CASE-DRAWN': {
    what: '抽中的件回访核销',
    given: (w) => {
      toPrelim(w);
      called(w);
      w.drawn = true;
    },
    wrong: (w) => act(w, 'passByCallback', reviewer),
    once: '未被抽中',
    right: (w) => {
      w.drawn = false;
      return act(w, 'passByCallback', reviewer);
    },
  },
  'NO-SOLVED-CALLBACK': {
    what: '未回访就核销',
    given: toPrelim,
    wrong: (w) => act(w, 'passByCallback', reviewer),
    once: '评价人对回访员说已解决',
    right: (w) => {
      called(w);
      return act(w, 'passByCallback', reviewer);
    },
  },
  'NO-VISIT-PLAN': { what: '无暗访方案就去暗访', given: toAwaiting, wrong: (w) => began(w, { plan: undefined }), once: '方案已批、方式已定', right: (w) => began(w, {}) },
  'TEAM-NOT-DRAWN': { what: '暗访员是自己挑的', given: toAwaiting, wrong: (w) => began(w, { team: ['INS-3', 'INS-4'] }), once: '随机抽取并已清回避', right: (w) => began(w, {}) },
  'NO-VOID-GROUND': { what: '以下雨为由作废暗访', given: toVisit, wrong: (w) => act(w, 'voidVisit', il, { ground: '下雨' }), once: '属跑风漏气', right: (w) => act(w, 'voidVisit', il) },
  'MUST-POINTS-FAILED': { what: '必查点有一个不合格仍判合格', given: toVisit, wrong: (w) => passed(w, { points: [{ point: '窗口', must: true, pass: true }, { point: '电话', must: true, pass: false }] }), once: '必查点全部合格', right: (w) => passed(w, {}) },
  'ONE-METHOD-ONLY': { what: '只打电话就判合格', given: toVisit, wrong: (w) => passed(w, { methods: ['PHONE'] }), once: '两种方式, 其一走访', right: (w) => passed(w, {}) },
  'EVIDENCE-NOT-NEWER': { what: '拿暗访前的取证判合格', given: toVisit, wrong: (w) => passed(w, { evidence: stale(w) }), once: '取证晚于最后一项措施', right: (w) => passed(w, {}) },
  'REPORT-ONE-INSPECTOR': { what: '复查报告一人签名', given: toVisit, wrong: (w) => passed(w, { signatures: [1, 1].map((n) => w.exhibit('signature', actor('INS', n))) }), once: '两人签名', right: (w) => passed(w, {}) },
  'EVIDENCE-NOT-SEALED': { what: '无封存证据就判不合格', given: toVisit, wrong: (w) => failed(w, { evidence: [] }), once: '证据已封存', right: (w) => failed(w, {}) },
  'REASON-TOO-SHORT': { what: '不合格只写两个字', given: toVisit, wrong: (w) => failed(w, { reason: '不行' }), once: '理由十字以上', right: (w) => failed(w, {}) },
  'NOT-TWO-WITNESSES': { what: '一名见证人定虚假整改', given: toVisit, wrong: (w) => act(w, 'falseRectification', il, { witnesses: [1, 1].map((n) => w.exhibit('witness', actor('INS', n))) }), once: '两名见证人', right: (w) => act(w, 'falseRectification', il) },
  'NO-CHECK-RUNNING': {
    what: '不在检查中就定虚假整改',
    given: toRectifying,
    wrong: (w) => act(w, 'falseRectification', il),
    once: '在过程暗访中发现',
    right: (w) => {
      spotCheck(w);
      return act(w, 'falseRectification', il);
    },
  },
  'SPOT-CHECK-STATE': {
    what: '没有过程暗访就来记录',
    given: toRectifying,
    wrong: (w) => act(w, 'recordSpotCheck', il),
    once: '过程暗访已批准',
    right: (w) => {
      spotCheck(w);
      return act(w, 'recordSpotCheck', il);
    },
  },
} as const satisfies Partial<Record<RuleId, Scenario>>;
