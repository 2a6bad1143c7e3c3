/** Rules that hold at any time: regrading, supervision, call-backs, appeals. */
import type { Actor, RuleId } from '../../../schemas/index.ts';
import { type World, day, hour } from '../world.ts';
import { act, both, called, caller, chief, deputy, go, hub, hub2, il, inDays, intake, review, sup, toAssigned, toImmediate, toPrelim, toRectifying, toVisit, uh, uo, verifier } from './build.ts';
import { type Act, type Scenario, must } from './scenario.ts';

/** Time passes until the alert has this colour. */
export const until = (w: World, colour: string, step = hour): void => {
  for (let n = 0; w.state.alert.level !== colour; n += 1) {
    if (n > 2400) throw new Error(`never ${colour}: ${w.state.alert.level}`);
    w.wait(step);
  }
};
const urged = (w: World): void => {
  toRectifying(w);
  go(w, 'issueUrge', sup);
};
const appeal = (w: World, by: Actor, against: string): Act => act(w, 'fileAppeal', by, { against });
const appealed = (by: Actor, against: string) => (w: World) => {
  toImmediate(w);
  must(w, appeal(w, by, against));
};
/** A failed visit has been served on the unit. */
const failed = (w: World): void => {
  toVisit(w);
  both(w, 'reinspectionFail', [il, hub]);
};
const tried = (w: World, waits: number[]): string[] =>
  waits.map((ms) => {
    w.wait(ms);
    return w.exhibit('call', caller, { raterId: 'R1', answered: false });
  });
const missed = (w: World, waits: number[]): Act => act(w, 'recordCallback', caller, { result: 'unreachable', answers: undefined, calls: tried(w, waits) });

export const supervisionScenarios = {
  'REGRADE-AFTER-APPLICATION': { what: '申请销号后降级', given: (w) => toPrelim(w, 'yellow'), wrong: (w) => act(w, 'regrade', hub, { colour: 'blue' }), once: '是调高', right: (w) => act(w, 'regrade', hub, { colour: 'red' }) },
  'NO-CLUE-GROUND': { what: '无线索就移送', given: toRectifying, wrong: (w) => act(w, 'transferClue', hub, { clue: undefined }), once: '写明线索', right: (w) => act(w, 'transferClue', hub) },
  'WITHDRAWAL-NOT-FREE': { what: '凭责任人的录音撤评', given: toRectifying, wrong: (w) => act(w, 'raterWithdraw', intake, { call: w.exhibit('call', uo, { raterId: 'R1', answered: true }) }), once: '回访员录音确认自愿', right: (w) => act(w, 'raterWithdraw', intake) },
  'LIMIT-LENGTHENED': { what: '批示推后期限', given: toRectifying, wrong: (w) => act(w, 'instruct', chief, { due: inDays(w, 90) }), once: '只缩短', right: (w) => act(w, 'instruct', chief, { due: inDays(w, 10) }) },
  'NO-CONSENT': { what: '未经评价人同意就授权联系', given: toRectifying, wrong: (w) => act(w, 'discloseContact', verifier, { consent: undefined }), once: '有同意记录', right: (w) => act(w, 'discloseContact', verifier) },
  'NO-PROOF-OF-ACT': { what: '口头称已答复', given: toRectifying, wrong: (w) => act(w, 'replyCitizen', uo, { proof: undefined }), once: '有佐证', right: (w) => act(w, 'replyCitizen', uo) },
  'TALK-GROUND': {
    what: '刚亮红就约谈',
    given: (w) => {
      toRectifying(w);
      until(w, 'red');
    },
    wrong: (w) => act(w, 'summonTalk', deputy),
    once: '红色满 5 个工作日',
    right: (w) => {
      w.wait(8 * day);
      return act(w, 'summonTalk', deputy);
    },
  },
  'ALERT-NOT-RAISED': {
    what: '蓝色就发督办函',
    given: (w) => {
      toAssigned(w);
      until(w, 'blue');
    },
    wrong: (w) => act(w, 'issueSupervisionLetter', sup),
    once: '已亮黄',
    right: (w) => {
      until(w, 'yellow');
      return act(w, 'issueSupervisionLetter', sup);
    },
  },
  'NOT-HEARD': { what: '不听陈述就通报', given: toRectifying, wrong: (w) => act(w, 'issueCircular', hub, { heard: undefined }), once: '已听取陈述', right: (w) => act(w, 'issueCircular', hub) },
  'NO-ACT-AWAITS-REPLY': {
    what: '无督办而回复',
    given: toRectifying,
    wrong: (w) => act(w, 'replyAct', uh),
    once: '有督办待回复',
    right: (w) => {
      go(w, 'issueUrge', sup);
      return act(w, 'replyAct', uh);
    },
  },
  'NOT-ADDRESSEE': { what: '主任替单位回复催办', given: urged, wrong: (w) => act(w, 'replyAct', hub), once: '由被督办的单位回复', right: (w) => act(w, 'replyAct', uh) },
  'CAUSE-STANDS': {
    what: '催办未回复就解除预警',
    given: urged,
    wrong: (w) => act(w, 'clearAlert', sup),
    once: '已回复',
    right: (w) => {
      go(w, 'replyAct', uh);
      return act(w, 'clearAlert', sup);
    },
  },
  'CALL-NOT-ON-RECORD': { what: '一天打 3 次就记联系不上', given: toPrelim, wrong: (w) => missed(w, [0, 0, 0]), once: '2 天 3 次', right: (w) => missed(w, [0, 0, day]) },
  'CALLBACK-NOT-DUE': {
    what: '同一评价人本轮回访两次',
    given: (w) => {
      toPrelim(w);
      called(w);
    },
    wrong: (w) => act(w, 'recordCallback', caller),
    once: '该评价人待回访',
    afresh: toPrelim,
    right: (w) => act(w, 'recordCallback', caller),
  },
  'NO-STANDING': {
    what: '交办 3 个工作日后单位才申诉评价',
    given: (w) => {
      toRectifying(w);
      w.wait(10 * day);
    },
    wrong: (w) => appeal(w, uh, 'rating'),
    once: '在 3 个工作日内',
    afresh: toRectifying,
    right: (w) => appeal(w, uh, 'rating'),
  },
  'APPEAL-STATE': {
    what: '申诉未决又申诉',
    given: appealed(uh, 'rating'),
    wrong: (w) => appeal(w, uh, 'rating'),
    once: '前一申诉已撤回',
    right: (w) => {
      go(w, 'withdrawAppeal', uh);
      return appeal(w, uh, 'rating');
    },
  },
  'NOTHING-TO-APPEAL': { what: '没有结论就申诉结论', given: toRectifying, wrong: (w) => appeal(w, uh, 'conclusion'), once: '不合格结论已送达', afresh: failed, right: (w) => appeal(w, uh, 'conclusion') },
  'NOT-FILER': { what: '单位撤回群众的复核申请', given: appealed(intake, 'person'), wrong: (w) => act(w, 'withdrawAppeal', uh), once: '由申请人撤回', right: (w) => act(w, 'withdrawAppeal', intake) },
  'APPEAL-WRONG-DECIDER': { what: '主任决定评价申诉', given: appealed(uh, 'rating'), wrong: (w) => act(w, 'decideAppeal', hub), once: '由复核组决定', right: (w) => act(w, 'decideAppeal', review) },
  'DECIDER-TOOK-PART': {
    what: '批准不合格结论的主任复核该结论',
    given: (w) => {
      failed(w);
      must(w, appeal(w, uh, 'conclusion'));
    },
    wrong: (w) => act(w, 'decideAppeal', hub),
    once: '由未参与的副主任复核',
    right: (w) => act(w, 'decideAppeal', hub2),
  },
} as const satisfies Partial<Record<RuleId, Scenario>>;
