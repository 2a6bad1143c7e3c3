/** Rules of taking in, verifying, grading and assigning. */
import type { RuleId } from '../../../schemas/index.ts';
import { type World, actor, day } from '../world.ts';
import { act, approval, both, coop, deputy, go, hub, intake, panel, toAssigned, toCaptured, toClosed, toImmediate, toRegistered, toReturned, toTriaged, toUrgent, toVerifying, uh, ul, uo, verifier } from './build.ts';
import type { Scenario } from './scenario.ts';

/** Calls to the rater that nobody answered, one after each of these waits. */
const tries = (w: World, ...waits: number[]): string[] =>
  waits.map((ms) => {
    w.wait(ms);
    return w.exhibit('call', verifier, { raterId: 'R1', answered: false });
  });
const target = (w: World, over: object) => ({ facts: { target: { ...w.facts().target, ...over } as never } });
const toInvalid = (w: World): void => {
  toVerifying(w);
  go(w, 'flagInvalid', verifier);
};
/** Two units have sent the case back. */
const toSecondDispute = (w: World): void => {
  toReturned(w);
  go(w, 'reassign', hub, { leadUnit: 'U3', unitHead: 'UH-1@U3' });
  go(w, 'requestReturn', actor('UL', 1, 'U3'));
};
const toDesignated = (w: World): void => {
  toReturned(w);
  go(w, 'designate', hub);
};
const toReopened = (w: World): void => {
  toClosed(w, 'yellow');
  both(w, 'rebound', [intake, hub]);
};

export const intakeScenarios = {
  'KEY-NOT-NEW': {
    what: '同一外部编号再登记',
    given: (w) => {
      w.keyNew = false;
    },
    wrong: (w) => act(w, 'capture', intake),
    once: '编号未登记过',
    right: (w) => {
      w.keyNew = true;
      return act(w, 'capture', intake);
    },
  },
  'NO-UNIT-NO-PLACE': { what: '登记时既无被评单位也无地点', given: () => {}, wrong: (w) => act(w, 'capture', intake, { ratedUnit: undefined, place: undefined }), once: '写明地点', right: (w) => act(w, 'capture', intake, { ratedUnit: undefined }) },
  'NOT-SAME-MATTER': { what: '把另一事项的件并进来', given: toCaptured, wrong: (w) => ({ ...act(w, 'merge', intake), more: target(w, { matter: 'M2' }) }), once: '事项地点相同', right: (w) => act(w, 'merge', intake) },
  'TARGET-NOT-OPEN': { what: '并入已办结的件', given: toCaptured, wrong: (w) => ({ ...act(w, 'merge', intake), more: target(w, { kind: 'settled' }) }), once: '并入的件未办结', right: (w) => act(w, 'merge', intake) },
  'NOT-MERGED-BY-MISTAKE': {
    what: '不说明依据就拆单',
    given: (w) => {
      toCaptured(w);
      go(w, 'merge', intake);
    },
    wrong: (w) => act(w, 'splitMerged', intake, { mistake: undefined }),
    once: '说明并错的依据',
    right: (w) => act(w, 'splitMerged', intake),
  },
  'NO-LAWFUL-CHANNEL': { what: '转往不属法定渠道的地方', given: toCaptured, wrong: (w) => act(w, 'routeOut', intake, { channel: '投诉' }), once: '属行政复议', right: (w) => act(w, 'routeOut', intake, { channel: '复议' }) },
  'NO-WRITTEN-RETURN': {
    what: '口头称被接收机关退回',
    given: (w) => {
      toCaptured(w);
      both(w, 'routeOut', [intake, hub], { channel: '复议' });
    },
    wrong: (w) => act(w, 'sentBack', intake, { letter: undefined }),
    once: '有书面退回',
    right: (w) => act(w, 'sentBack', intake),
  },
  'NO-U-CODE': { what: '无紧急理由码就先交办', given: toCaptured, wrong: (w) => act(w, 'urgentAssign', hub, { urgency: undefined }), once: '写明 U3', right: (w) => act(w, 'urgentAssign', hub) },
  'RECORD-INCOMPLETE': { what: '核实记录缺结论', given: toVerifying, wrong: (w) => act(w, 'confirmValid', verifier, { record: { facts: '属实', contacted: '已联系' } }), once: '记录完整', right: (w) => act(w, 'confirmValid', verifier) },
  'NOT-VERIFY-LATER': { what: '给已核实的件补核实', given: toImmediate, wrong: (w) => act(w, 'confirmValid', verifier), once: '是先交办后核实的件', afresh: toUrgent, right: (w) => act(w, 'confirmValid', verifier) },
  'CONTACT-NOT-TRIED': {
    what: '实名评价人一天打了 3 次就报联系不上',
    given: toVerifying,
    wrong: (w) => act(w, 'verifyUnreachable', verifier, { tries: tries(w, 0, 0, 0) }),
    once: '2 天 3 次',
    right: (w) => act(w, 'verifyUnreachable', verifier, { tries: tries(w, 0, 0, day) }),
  },
  'NO-EVIDENCE': { what: '凭空提请认定误评', given: toVerifying, wrong: (w) => act(w, 'flagInvalid', verifier, { evidence: [] }), once: '附回访录音', right: (w) => act(w, 'flagInvalid', verifier) },
  'NO-CLAUSE': { what: '未引条款就以缺乏依据办结', given: toVerifying, wrong: (w) => act(w, 'noBasis', verifier, { clause: undefined }), once: '引用条款并已解释', right: (w) => act(w, 'noBasis', verifier) },
  'ONE-RECORD-ONLY': {
    what: '两份记录有一份是单位自述',
    given: toVerifying,
    wrong: (w) => act(w, 'notSubstantiated', verifier, { records: [w.exhibit('record', verifier), w.exhibit('record', uo)] }),
    once: '两份都是独立记录',
    right: (w) => act(w, 'notSubstantiated', verifier),
  },
  'RATER-NOT-TOLD': { what: '未告知评价人可提异议就办结', given: toVerifying, wrong: (w) => act(w, 'notSubstantiated', verifier, { told: undefined }), once: '已告知', right: (w) => act(w, 'notSubstantiated', verifier) },
  'NOT-UNVERIFIED': {
    what: '已认定属实的件改称查不属实',
    given: toRegistered,
    wrong: (w) => act(w, 'notSubstantiated', verifier),
    once: '是未能核实的件',
    afresh: (w) => {
      toVerifying(w);
      go(w, 'verifyUnreachable', verifier, { tries: tries(w, 0, 0, day) });
    },
    right: (w) => act(w, 'notSubstantiated', verifier),
  },
  'PANEL-TOO-SMALL': { what: '一个人认定误评', given: toInvalid, wrong: (w) => act(w, 'upholdInvalid', panel, { panel: [] }), once: '两人认定', right: (w) => act(w, 'upholdInvalid', panel) },
  'NO-OWN-WORDS': { what: '无评价人本人陈述就认定误评', given: toInvalid, wrong: (w) => act(w, 'upholdInvalid', panel, { statement: undefined }), once: '有本人陈述', right: (w) => act(w, 'upholdInvalid', panel) },
  'CANNOT-STILL-ACT': { what: '能办的没办就申请解释办结', given: toImmediate, wrong: (w) => act(w, 'requestExplain', uh, { done: [] }), once: '能办的已办完', right: (w) => act(w, 'requestExplain', uh) },
  'NOT-EXPLAINED-BY-VERIFIER': {
    what: '由单位自己向评价人解释',
    given: toImmediate,
    wrong: (w) => act(w, 'requestExplain', uh, { explained: w.exhibit('call', uo, { raterId: 'R1', answered: true }) }),
    once: '由核实回访员解释',
    right: (w) => act(w, 'requestExplain', uh),
  },
  'NO-REASON': { what: '不写理由就撤回交办', given: toAssigned, wrong: (w) => act(w, 'recall', hub, { reason: undefined }), once: '写明理由', right: (w) => act(w, 'recall', hub) },
  'COLOUR-TRACK-MISSING': { what: '分级不写理由码', given: toRegistered, wrong: (w) => act(w, 'triage', hub, { colour: 'blue', track: 'immediate', reasonCode: undefined }), once: '颜色、类型、理由码齐全', right: (w) => act(w, 'triage', hub, { colour: 'blue', track: 'immediate', reasonCode: 'N0' }) },
  'COLOUR-BELOW-BEFORE': { what: '重开的黄色件降为蓝色', given: toReopened, wrong: (w) => act(w, 'triage', hub, { colour: 'blue', track: 'immediate', reasonCode: 'N0' }), once: '不低于原级', right: (w) => act(w, 'triage', hub, { colour: 'yellow', track: 'immediate', reasonCode: 'S1' }) },
  'NO-CASE-LEADER': { what: '红色件交办无包案领导', given: (w) => toTriaged(w, 'red'), wrong: (w) => act(w, 'assign', hub, { caseLeader: undefined }), once: '有包案领导', right: (w) => act(w, 'assign', hub) },
  'NO-LEAD-UNIT': { what: '交办时第一责任人不是该单位的', given: toTriaged, wrong: (w) => act(w, 'assign', hub, { unitHead: 'UH-1@U3' }), once: '牵头单位、第一责任人、期限齐全', right: (w) => act(w, 'assign', hub) },
  'GROUND-NOT-IN-DUTIES': { what: '不引三定就申请退回', given: toAssigned, wrong: (w) => act(w, 'requestReturn', ul, { dutyCited: undefined }), once: '引用三定', right: (w) => act(w, 'requestReturn', ul) },
  'DESIGNATED-NO-RETURN': { what: '指定承办的单位再申请退回', given: toDesignated, wrong: (w) => act(w, 'requestReturn', ul), once: '不是指定承办的件', afresh: toAssigned, right: (w) => act(w, 'requestReturn', ul) },
  'UNIT-RETURNED-BEFORE': { what: '改派给退回过本件的单位', given: toReturned, wrong: (w) => act(w, 'reassign', hub, { leadUnit: 'U1', unitHead: 'UH-1@U1' }), once: '改派未退回过的单位', right: (w) => act(w, 'reassign', hub, { leadUnit: 'U3', unitHead: 'UH-1@U3' }) },
  'NO-OPINION': {
    what: '第二次争议无编办意见, 主任一人指定承办',
    // The table asks for a leader's approval where there is no opinion, so the rule itself never has to speak; nobody but a leader completes the act.
    behind: 'ROLE-NOT-ALLOWED',
    given: (w) => {
      toSecondDispute(w);
      go(w, 'designate', hub, { opinion: undefined });
    },
    wrong: (w) => approval(w, actor('HUB', 2)),
    once: '由领导决定',
    right: (w) => approval(w, deputy),
  },
  'NOT-A-COOP': { what: '不是配合单位的来签收', given: toAssigned, wrong: () => ({ type: 'coopSignFor', by: actor('COOP', 1, 'U3') }), once: '由配合单位签收', right: () => ({ type: 'coopSignFor', by: coop }) },
  'NOT-OWN-PEOPLE': { what: '单位自己把件改给别的单位', given: toImmediate, wrong: (w) => act(w, 'changeDuty', uh, { leadUnit: 'U3', unitHead: 'UH-1@U3' }), once: '只改本单位的人', right: (w) => act(w, 'changeDuty', uh) },
} as const satisfies Partial<Record<RuleId, Scenario>>;
