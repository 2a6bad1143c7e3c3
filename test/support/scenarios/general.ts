/** Rules asked of every command. */
import type { RuleId } from '../../../schemas/index.ts';
import { actor, day } from '../world.ts';
import { act, approval, caller, deputy, finish, go, hub, intake, newest, reviewer, sys, toArchived, toAssigned, toCaptured, toImmediate, toPrelim, toSignoff, toVerifying, uc, uh, ul, uo, verifier } from './build.ts';
import { type Scenario, must } from './scenario.ts';

const [hubRecused, hubFree] = [true, false].map((conflicted) => ({ holders: [{ person: 'HUB-1', memberOf: ['OFFICE'], conflicted }] }));

export const general = {
  'CASE-ENDED': {
    what: '封存后再作二次评价',
    given: (w) => {
      toArchived(w);
      w.wait(400 * day);
    },
    wrong: (w) => act(w, 'reRate', intake),
    never: '封存不可逆, 新情况另行登记并关联',
  },
  'COMMAND-ID-REUSED': {
    what: '用登记的操作编号开始核实',
    given: (w) => must(w, { ...act(w, 'capture', intake), more: { commandId: 'same' } }),
    wrong: () => ({ type: 'verifyStart', by: verifier, more: { commandId: 'same' } }),
    once: '换用新的操作编号',
    right: () => ({ type: 'verifyStart', by: verifier, more: { commandId: 'other' } }),
  },
  'STALE-REVISION': {
    what: '按登记前的版本开始核实',
    given: toCaptured,
    wrong: () => ({ type: 'verifyStart', by: verifier, more: { expectedRevision: 0 } }),
    once: '按最新版本',
    right: (w) => ({ type: 'verifyStart', by: verifier, more: { expectedRevision: w.state.revision } }),
  },
  'SYS-ONLY': { what: '整改办主任自己触发逾期', given: toImmediate, wrong: () => ({ type: 'fallOverdue', by: hub }), once: '期限已过, 由时间自行触发',
    right: (w) => {
      w.wait(40 * day);
      return w.state.clocks.overdueAt !== null || { type: 'fallOverdue', by: sys };
    },
  },
  'SYS-MAY-NOT': { what: '系统审批销号', given: toSignoff, wrong: (w) => act(w, 'signClosure', sys), once: '由整改办主任审批', right: (w) => act(w, 'signClosure', hub) },
  'NOT-IN-THIS-STATE': {
    what: '未开始核实就认定属实',
    given: toCaptured,
    wrong: (w) => act(w, 'confirmValid', verifier),
    once: '已开始核实',
    right: (w) => {
      go(w, 'verifyStart', verifier);
      return act(w, 'confirmValid', verifier);
    },
  },
  'ROLE-NOT-ALLOWED': { what: '单位主要负责人审批本单位的销号', given: toSignoff, wrong: (w) => act(w, 'signClosure', uh), once: '由整改办主任审批', right: (w) => act(w, 'signClosure', hub) },
  'WRONG-UNIT': { what: '别的单位签收', given: toAssigned, wrong: () => ({ type: 'signFor', by: actor('UC', 1, 'U3') }), once: '由承办单位签收', right: () => ({ type: 'signFor', by: uc }) },
  'OWN-UNIT': {
    what: '兼任承办单位职务的主任审批销号',
    given: toSignoff,
    wrong: (w) => act(w, 'signClosure', { ...actor('HUB', 2), memberOf: ['OFFICE', 'U1'] }),
    once: '由不在该单位任职的主任审批',
    right: (w) => act(w, 'signClosure', hub),
  },
  'CONFLICT-DECLARED': { what: '已申报利害关系的人初审', given: toPrelim, wrong: (w) => act(w, 'passPrelim', { ...reviewer, conflicted: true }), once: '由无利害关系的人初审', right: (w) => act(w, 'passPrelim', actor('SUP', 3)) },
  'RECUSAL-UP': {
    what: '主任无须回避而由分管领导代为审批蓝色件',
    given: toSignoff,
    wrong: (w) => ({ ...act(w, 'signClosure', { ...deputy, forRole: 'HUB' }), more: { facts: hubFree ?? {} } }),
    once: '主任全部回避',
    right: (w) => ({ ...act(w, 'signClosure', { ...deputy, forRole: 'HUB' }), more: { facts: hubRecused ?? {} } }),
  },
  'SAME-PERSON': {
    what: '责任人兼责任领导, 自己批自己报的立改完成',
    given: (w) => {
      toImmediate(w);
      finish(w);
      go(w, 'reportDone', uo);
    },
    wrong: (w) => approval(w, { ...ul, person: uo.person }),
    once: '由另一人批',
    right: (w) => approval(w, ul),
  },
  'NOT-PENDING': {
    what: '同意并不存在的待批事项',
    given: (w) => {
      toVerifying(w);
      go(w, 'noBasis', verifier);
    },
    wrong: () => ({ type: 'approveProposal', by: hub, payload: { proposalId: 'P99' } }),
    once: '所批的是在批事项',
    right: (w) => approval(w, hub),
  },
  'ALREADY-PENDING': {
    what: '同一事项在批时又提请一次',
    given: (w) => {
      toVerifying(w);
      go(w, 'noBasis', verifier);
    },
    wrong: (w) => act(w, 'noBasis', caller),
    once: '前一提请已撤回',
    right: (w) => {
      must(w, { type: 'withdrawProposal', by: verifier, payload: newest(w) });
      return act(w, 'noBasis', caller);
    },
  },
  'NOT-YOUR-PROPOSAL': {
    what: '撤回他人的提请',
    given: (w) => {
      toVerifying(w);
      go(w, 'noBasis', verifier);
    },
    wrong: (w) => ({ type: 'withdrawProposal', by: caller, payload: newest(w) }),
    once: '由提请人本人撤回',
    right: (w) => ({ type: 'withdrawProposal', by: verifier, payload: newest(w) }),
  },
} as const satisfies Partial<Record<RuleId, Scenario>>;
