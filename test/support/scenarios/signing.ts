/** Rules of signing, of the public notice and of what comes after closing. */
import type { RuleId } from '../../../schemas/index.ts';
import { type World, day } from '../world.ts';
import { act, apply, approval, arch, both, called, chief, deputy, finish, go, handIn, hub, hub2, il, intake, measure, pass, reviewer, spotCheck, sup, sys, toAwaiting, toClosed, toImmediate, toPrelim, toPublic, toSignoff, toUrgent, uh, verifier } from './build.ts';
import { type Act, type Scenario, must } from './scenario.ts';

const signed = (w: World, by = hub, over: object = {}): Act => act(w, 'signClosure', by, { ...over });
const check = (w: World): void => {
  go(w, 'passPrelim', reviewer);
  called(w);
  pass(w);
};
/** From work, not handed in yet, to the signer. */
const toSigner = (w: World): void => {
  handIn(w);
  check(w);
};
const toCallbackPass = (w: World): void => {
  toPrelim(w);
  called(w);
  go(w, 'passByCallback', reviewer);
};
/** 先交办后核实 all the way to the signer; `verify` and `ratify` say what was made up for on the way. */
const urgentSignoff = (w: World, made: { verify: boolean; ratify: boolean }): void => {
  toUrgent(w);
  if (made.ratify) must(w, approval(w, deputy));
  if (made.verify) go(w, 'confirmValid', verifier);
  toSigner(w);
};
const draft = (w: World, text: string) => {
  const notice = w.exhibit('draft', intake, { text });
  return { notice, secrecyReview: w.exhibit('secrecyReview', arch, { draft: notice }) };
};
const objected = (w: World): void => {
  toPublic(w);
  go(w, 'raiseObjection', intake);
};
const afterMonth = (w: World): void => {
  toClosed(w);
  w.wait(31 * day);
};
const afterYear = (w: World): void => {
  toClosed(w);
  w.wait(400 * day);
};
/** A conclusion drawn before any preliminary review is voided by appeal: the case is before the inspectors again, without one. */
const toUnreviewed = (w: World): void => {
  toImmediate(w);
  measure(w);
  spotCheck(w);
  finish(w);
  apply(w);
  both(w, 'falseRectification', [il, hub]);
  go(w, 'fileAppeal', uh, { against: 'conclusion' });
  go(w, 'decideAppeal', hub2, { decision: '支持', noProblemLeft: false });
  called(w);
  pass(w);
};

export const signing = {
  'SIGN-LEVEL': { what: '主任越级审批黄色件', given: (w) => toSignoff(w, 'yellow'), wrong: (w) => signed(w), once: '由分管领导审批', right: (w) => signed(w, deputy) },
  'SIGNER-TOOK-PART': { what: '本件初审员转任主任后来审批', given: toSignoff, wrong: (w) => signed(w, { ...hub, person: reviewer.person }), once: '由未经手的主任审批', right: (w) => signed(w) },
  'PRELIM-MISSING': {
    what: '本轮没有初审就审批',
    given: toUnreviewed,
    wrong: (w) => signed(w),
    once: '退回重走并已初审',
    right: (w) => {
      go(w, 'declineSignoff', hub, { newDraw: false });
      toSigner(w);
      return signed(w);
    },
  },
  'NO-INDEPENDENT-CHECK': {
    what: '回访核销后调为黄色, 不经暗访就审批',
    given: (w) => {
      toCallbackPass(w);
      go(w, 'regrade', hub, { colour: 'yellow' });
    },
    wrong: (w) => signed(w, deputy),
    once: '暗访复查合格',
    right: (w) => {
      go(w, 'declineSignoff', deputy, { newDraw: true });
      pass(w);
      return signed(w, deputy);
    },
  },
  'CALLBACK-OPEN': {
    what: '未回访就审批',
    given: (w) => {
      toAwaiting(w);
      pass(w);
    },
    wrong: (w) => signed(w),
    once: '已回访',
    right: (w) => {
      called(w);
      return signed(w);
    },
  },
  'RATER-SAYS-UNSOLVED': { what: '评价人说未解决, 审批人不写理由', given: (w) => toSignoff(w, 'blue', false), wrong: (w) => signed(w, hub, { unsolvedReason: undefined }), once: '写明理由', right: (w) => signed(w) },
  'VERIFY-RECORD-MISSING': {
    what: '先交办的件未补核实就审批',
    given: (w) => urgentSignoff(w, { verify: false, ratify: true }),
    wrong: (w) => signed(w, chief),
    once: '已补核实',
    right: (w) => {
      go(w, 'confirmValid', verifier);
      return signed(w, chief);
    },
  },
  'NOT-RATIFIED': {
    what: '紧急交办未补签就审批',
    given: (w) => urgentSignoff(w, { verify: true, ratify: false }),
    wrong: (w) => signed(w, chief),
    once: '领导已补签',
    right: (w) => {
      must(w, approval(w, deputy));
      return signed(w, chief);
    },
  },
  'NOTICE-NOT-MASKED': { what: '公示稿写着评价人电话', given: toSignoff, wrong: (w) => signed(w, hub, draft(w, '张某 13812345678 反映的问题已整改')), once: '已脱敏并由他人保密审查', right: (w) => signed(w, hub, draft(w, '某单位已整改')) },
  'EXEMPT-GROUND': { what: '以领导同意为由免公示', given: toSignoff, wrong: (w) => signed(w, hub, { exempt: '领导同意' }), once: '属蓝色立改件月度汇总', right: (w) => signed(w, hub, { exempt: '月度汇总' }) },
  'ITEMS-OPEN': {
    what: '申诉未决就免公示销号',
    given: (w) => {
      toSignoff(w);
      go(w, 'fileAppeal', intake, { against: 'person' });
    },
    wrong: (w) => signed(w, hub, { exempt: '月度汇总' }),
    once: '申诉已撤回',
    right: (w) => {
      go(w, 'withdrawAppeal', intake);
      return signed(w, hub, { exempt: '月度汇总' });
    },
  },
  'WINDOW-RUNNING': {
    what: '公示未满就确认销号',
    given: toPublic,
    wrong: () => ({ type: 'confirmClosure', by: hub }),
    once: '公示已满',
    right: (w) => {
      w.wait(8 * day);
      return { type: 'confirmClosure', by: hub };
    },
  },
  'DECIDER-INVOLVED': { what: '批过本件的主任裁异议', given: objected, wrong: (w) => act(w, 'dismissObjection', hub), once: '由未批过本件的领导裁', right: (w) => act(w, 'dismissObjection', chief) },
  'RE-RATE-LATE': {
    what: '销号后第 31 日二次评价',
    given: afterMonth,
    wrong: (w) => act(w, 'reRate', intake),
    once: '在 30 日内',
    afresh: toClosed,
    right: (w) => act(w, 'reRate', intake),
  },
  'NOT-LISTED-BY-POLICY': {
    what: '未到期就启动回头看',
    given: (w) => toClosed(w, 'yellow'),
    wrong: () => ({ type: 'lookbackDue', by: sys }),
    behind: 'SYS-ONLY',
    once: '到期, 由时间自行启动',
    right: (w) => {
      w.wait(91 * day);
      return w.state.stage === 'lookback' || act(w, 'reRate', intake);
    },
  },
  'OVER-TWELVE-MONTHS': { what: '销号满一年后点题回头看', given: afterYear, wrong: (w) => act(w, 'orderLookback', sup), once: '在 12 个月内', afresh: afterMonth, right: (w) => act(w, 'orderLookback', sup) },
  'LOOKBACK-DUE': {
    what: '回头看未完成就归档',
    given: (w) => {
      toClosed(w, 'yellow');
      w.wait(31 * day);
    },
    wrong: (w) => act(w, 'archive', arch),
    once: '回头看已完成',
    right: (w) => {
      w.wait(60 * day);
      go(w, 'lookbackStable', il);
      return act(w, 'archive', arch);
    },
  },
  'FOUR-PROPERTIES': { what: '未做四性检测就归档', given: afterMonth, wrong: (w) => act(w, 'archive', arch, { check: undefined }), once: '检测通过', right: (w) => act(w, 'archive', arch) },
  'APPEAL-TIME-RUNNING': {
    what: '申诉期未满就归档',
    given: toClosed,
    wrong: (w) => act(w, 'archive', arch),
    once: '申诉期已满',
    right: (w) => {
      w.wait(31 * day);
      return act(w, 'archive', arch);
    },
  },
  'RETURN-RIGHT-RUNNING': {
    what: '归档后未满 12 个月就封存',
    given: (w) => {
      afterMonth(w);
      go(w, 'archive', arch);
    },
    wrong: () => ({ type: 'retire', by: sys }),
    behind: 'SYS-ONLY',
    once: '满 12 个月, 由时间自行封存',
    right: (w) => {
      w.wait(340 * day);
      return w.state.stage === 'retired' || act(w, 'reRate', intake);
    },
  },
} as const satisfies Partial<Record<RuleId, Scenario>>;
