/** The register of rules (domain 6.9), one test each: the act that breaks the rule is refused by it, and accepted once put right. */
import { describe, expect, it } from 'vitest';
import { moveRaters } from '../../../cases/engine.ts';
import { type Actor, type RoleId, type RuleId, ruleIds, rules } from '../../../schemas/index.ts';
import { accept, act, approval, both, called, caller, chief, deputy, finish, go, grade, handIn, hub, hub2, il, intake, lead, measure, newest, pass, reviewer, spotCheck, started, submitted, sup, toCaptured, toImmediate, toPrelim, toReworked, toSignoff, toVerifying, uc, uh, ul, uo, verifier, work } from '../../support/scenarios/build.ts';
import { type Act, type Scenario, must, play, scenarios } from '../../support/scenarios/index.ts';
import { World, actor } from '../../support/world.ts';

const sentence = (id: RuleId, s: Scenario): string =>
  `${id}: ${s.what} is refused${s.behind ? ` (by ${s.behind})` : ''}, ${'never' in s ? `and for good: ${s.never}` : `and accepted once ${s.once}`}`;

const refused = (id: RuleId, s: Scenario): World => {
  const w = new World();
  s.given(w);
  const act = s.wrong(w);
  const before = w.soon();
  const answer = play(w, act);
  expect(answer.ok ? 'accepted' : answer.refusal.code).toBe(s.behind ?? id);
  if (answer.ok) return w;
  expect(answer.refusal.zh).toContain(rules[s.behind ?? id].zh.slice(0, 4));
  expect(answer.refusal.en.length).toBeGreaterThan(10);
  expect(w.state).toEqual(before);
  return w;
};

const accepted = (s: Scenario, w: World): void => {
  if ('never' in s) return;
  s.afresh?.(w);
  const act = s.right(w);
  const answer = act === true || play(w, act);
  expect(answer === true || answer.ok ? 'accepted' : `${answer.refusal.code} ${answer.refusal.en}`).toBe('accepted');
};

describe('each rule of the register', () => {
  for (const id of ruleIds) {
    const s = scenarios[id];
    it(sentence(id, s), () => {
      const w = refused(id, s);
      accepted(s, 'afresh' in s ? new World() : w);
    });
  }
});

const codeOf = (w: World, act: Act): string => {
  const answer = play(w, act);
  return answer.ok ? 'accepted' : answer.refusal.code;
};
const onBehalfOf = (who: Actor, principal: Actor): Actor => ({ ...who, onBehalfOf: { person: principal.person, document: 'D-1' } });
/** Somebody of the office who came from the unit long ago by the directory, and lately by the record of this case. */
const transferred = (role: RoleId, from: Actor): Actor => ({ ...actor(role), person: from.person });

describe('separation of duties follows the person', () => {
  it('holding two roles: no reviewer or checker of tasks signs, under whatever title', () => {
    const w = new World();
    toSignoff(w);
    for (const who of [sup, reviewer, lead]) expect(codeOf(w, act(w, 'signClosure', { ...hub, person: who.person }))).toBe(who === lead ? 'OWN-UNIT' : 'SIGNER-TOOK-PART');
    expect(codeOf(w, act(w, 'signClosure', { ...hub, person: il.person }))).toBe('SIGNER-TOOK-PART');
  });
  it('holding two roles: a supervisor who also belongs to the unit closes none of its tasks', () => {
    const w = new World();
    toImmediate(w);
    measure(w);
    submitted(w);
    go(w, 'closeTask', lead);
    expect(codeOf(w, approval(w, { ...sup, memberOf: ['OFFICE', 'U2'] }))).toBe('OWN-UNIT');
    expect(codeOf(w, approval(w, sup))).toBe('accepted');
  });
  it('transferred from the unit to the office in mid-case: neither reviews, inspects, calls back nor signs', () => {
    const w = new World();
    toPrelim(w);
    expect(codeOf(w, act(w, 'passPrelim', transferred('SUP', uo)))).toBe('OWN-UNIT');
    expect(codeOf(w, act(w, 'recordCallback', transferred('VERIFIER', ul)))).toBe('OWN-UNIT');
    go(w, 'passPrelim', reviewer);
    expect(codeOf(w, act(w, 'startReinspection', transferred('IL', uo)))).toBe('OWN-UNIT');
    for (const by of [uo, actor('INS')]) w.exhibit('pledge', by);
    const team = [uo.person, 'INS-1'];
    const facts = w.facts();
    const drawn = act(w, 'startReinspection', il, { team, draw: w.exhibit('teamDraw', hub, { team }) });
    const people = { ...facts.people, [uo.person]: { roles: ['INS' as const], units: ['OFFICE'], conflicted: false } };
    expect(codeOf(w, { ...drawn, more: { facts: { exhibits: w.facts().exhibits, people } } })).toBe('TEAM-NOT-DRAWN');
    pass(w);
    called(w);
    expect(codeOf(w, act(w, 'signClosure', transferred('HUB', ul)))).toBe('OWN-UNIT');
    expect(codeOf(w, act(w, 'signClosure', hub))).toBe('accepted');
  });
  it('transferred from the office to the unit: who reviewed the case approves no application of it for the next round', () => {
    const w = new World();
    toReworked(w);
    work(w);
    go(w, 'reportDone', { ...uo, person: reviewer.person });
    must(w, approval(w, ul));
    accept(w);
    expect(codeOf(w, act(w, 'passPrelim', reviewer))).toBe('OWN-UNIT');
    expect(codeOf(w, act(w, 'passPrelim', actor('SUP', 3)))).toBe('accepted');
  });
  it('a delegate of the proposer approves nothing of the proposer\'s, nor the proposer what the delegate proposed', () => {
    const w = new World();
    toVerifying(w);
    go(w, 'noBasis', verifier);
    expect(codeOf(w, approval(w, onBehalfOf(hub, verifier)))).toBe('SAME-PERSON');
    must(w, { type: 'withdrawProposal', by: onBehalfOf(caller, verifier), payload: newest(w) });
    go(w, 'noBasis', onBehalfOf(caller, hub));
    expect(codeOf(w, approval(w, hub))).toBe('SAME-PERSON');
    expect(codeOf(w, approval(w, hub2))).toBe('accepted');
  });
  it('a delegate carries the principal\'s part in the case, and the principal the delegate\'s', () => {
    const w = new World();
    toPrelim(w);
    expect(codeOf(w, act(w, 'passPrelim', onBehalfOf(actor('SUP', 3), sup)))).toBe('REVIEWER-CHECKED-TASK');
    go(w, 'passPrelim', onBehalfOf(reviewer, hub2));
    called(w);
    pass(w);
    expect(codeOf(w, act(w, 'signClosure', hub2))).toBe('SIGNER-TOOK-PART');
    expect(codeOf(w, act(w, 'signClosure', onBehalfOf(hub, reviewer)))).toBe('SIGNER-TOOK-PART');
    expect(codeOf(w, act(w, 'signClosure', hub))).toBe('accepted');
  });
  it('recusal goes up one level at a time, by the record: a holder who took part must recuse, a level is not skipped', () => {
    const w = new World();
    toSignoff(w);
    const holders = [{ person: reviewer.person, memberOf: ['OFFICE'], conflicted: false }];
    const signing = (by: Actor) => ({ ...act(w, 'signClosure', by), more: { facts: { holders } } });
    expect(codeOf(w, signing({ ...chief, forRole: 'HUB' }))).toBe('ROLE-NOT-ALLOWED');
    expect(codeOf(w, act(w, 'signClosure', { ...deputy, forRole: 'HUB' }))).toBe('RECUSAL-UP');
    expect(codeOf(w, signing({ ...deputy, forRole: 'HUB' }))).toBe('accepted');
  });
});

describe('a proposal', () => {
  it('is void once the stage it was made in is left', () => {
    const w = new World();
    toVerifying(w);
    go(w, 'noBasis', verifier);
    const proposal = newest(w);
    go(w, 'confirmValid', verifier);
    expect(codeOf(w, { type: 'approveProposal', by: hub, payload: proposal })).toBe('NOT-PENDING');
  });
  it('meets its rules again when it is approved: what became rework meanwhile is not waived', () => {
    const w = new World();
    toImmediate(w);
    measure(w);
    measure(w);
    started(w);
    spotCheck(w);
    go(w, 'waiveTask', uh, { taskId: 'T1' });
    const proposal = newest(w);
    both(w, 'falseRectification', [il, hub]);
    expect(codeOf(w, { type: 'approveProposal', by: hub2, payload: proposal })).toBe('REWORK-NOT-WAIVABLE');
  });
});

describe('what waits for a second person', () => {
  it('closes no task on a check of before its last proof', () => {
    const w = new World();
    toImmediate(w);
    measure(w);
    submitted(w);
    go(w, 'closeTask', lead);
    const proposal = newest(w);
    go(w, 'returnTask', sup);
    submitted(w);
    expect(codeOf(w, { type: 'approveProposal', by: sup, payload: proposal })).toBe('TASK-STATE');
    must(w, { type: 'withdrawProposal', by: lead, payload: proposal });
    both(w, 'closeTask', [lead, sup]);
    expect(w.state.tasks[0]?.state).toBe('taskClosed');
  });
  it('files no report of before a return to work, which would date the application back', () => {
    const w = new World();
    toImmediate(w);
    finish(w);
    go(w, 'reportDone', uo);
    const proposal = newest(w);
    spotCheck(w);
    both(w, 'falseRectification', [il, hub]);
    work(w);
    expect(codeOf(w, { type: 'approveProposal', by: ul, payload: proposal })).toBe('NOT-PENDING');
    both(w, 'reportDone', [uo, ul]);
    expect(w.state.application?.firstFiledAt).toBeGreaterThan(w.state.lastReturn?.at ?? 0);
  });
  it('leaves no ratification owing once the urgent act itself was undone', () => {
    const w = new World();
    toCaptured(w);
    go(w, 'routeOut', intake, { channel: '紧急' });
    must(w, { type: 'returnProposal', by: hub, payload: { ...newest(w), reason: '不属紧急' } });
    expect([w.state.stage, w.state.ratification.state]).toEqual(['verifying', 'none']);
    go(w, 'confirmValid', verifier);
    grade(w, 'blue', 'immediate');
    go(w, 'assign', hub);
    go(w, 'signFor', uc);
    handIn(w);
    go(w, 'passPrelim', reviewer);
    called(w);
    pass(w);
    expect(codeOf(w, act(w, 'signClosure', hub))).toBe('accepted');
  });
  it('calls back the rater who joined by a merge after the application was accepted', () => {
    const w = new World();
    toSignoff(w);
    const joined = moveRaters(w.state, { key: 'k', kind: 'join', from: 'YC-2026-JY-0050', raters: [{ raterId: 'R7', feedbackId: 'F7', named: true }] }, w.at, w.pack);
    w.state = joined?.state ?? w.state;
    expect(codeOf(w, act(w, 'signClosure', hub))).toBe('CALLBACK-OPEN');
    called(w);
    expect(codeOf(w, act(w, 'signClosure', hub))).toBe('accepted');
  });
});

describe('rules that commands alone do not bring to speak', () => {
  it('are these, and no others', () => {
    expect(ruleIds.filter((id) => scenarios[id].doctored)).toEqual(['REWORK-OPEN', 'PROOF-OLDER-THAN-RETURN']);
    expect(ruleIds.filter((id) => scenarios[id].behind)).toEqual(['NO-OPINION', 'NOT-LISTED-BY-POLICY', 'RETURN-RIGHT-RUNNING']);
  });
});
