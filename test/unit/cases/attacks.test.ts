/** Fake rectification: each of these once went through, or nearly. */
import { describe, expect, it } from 'vitest';
import { mayRead, viewOf } from '../../../cases/index.ts';
import { type Actor, CommandId, payloads } from '../../../schemas/index.ts';
import { World, actor, day } from '../../support/world.ts';
import { goodPayload, planOf } from '../../support/payloads.ts';
import * as b from '../../support/scenarios/build.ts';

const at = (to: (w: World) => void): World => {
  const w = new World();
  to(w);
  return w;
};
const rectifying = () => at((w) => b.toRectifying(w));
const immediate = () => at((w) => b.toImmediate(w));
const amend = (w: World, tasks: object[]): string => {
  const plan = planOf(w);
  return w.try('amendPlan', b.uh, { plan: { ...plan, tasks }, reason: '调整' });
};
const one = (w: World, over: object = {}) => ({ ...planOf(w).tasks.at(-1), ...over });

describe('a plan', () => {
  it('gives no new task the state and the proofs of one that was closed', () => {
    const w = rectifying();
    const done = w.state.tasks[0]?.taskId ?? '';
    b.work(w);
    expect(amend(w, [one(w, { taskId: done }), one(w, { taskId: 'NEW', measure: '另一件事', rework: done })])).toBe('ok');
    w.approve(b.hub);
    expect(w.state.tasks.find((t) => t.taskId === done)?.state).toBe('taskClosed');
    expect(w.state.tasks.find((t) => t.taskId === 'NEW')).toMatchObject({ state: 'todo', proofs: [] });
  });

  it('does not put other work under the name of a closed task', () => {
    const w = rectifying();
    const done = w.state.tasks[0]?.taskId ?? '';
    b.work(w);
    expect(amend(w, [one(w, { taskId: done, target: '难得多的目标' })])).toBe('ok');
    w.approve(b.hub);
    expect(w.state.tasks[0]).toMatchObject({ taskId: done, state: 'todo', proofs: [] });
  });
});

describe('a task', () => {
  it('is not checked by who gave its proof, although it went to another owner since', () => {
    const w = immediate();
    w.do('changeDuty', b.uh, { reason: '定责任人', owner: 'UO-1@U1' });
    b.measure(w);
    b.submitted(w);
    expect(w.try('changeDuty', b.uh, { reason: '调岗', owner: 'UO-2@U1' })).toBe('ok');
    expect(w.state.tasks[0]?.owner).toBe('UO-2@U1');
    const both = { ...b.lead, person: 'UO-1@U1' };
    expect(w.try('closeTask', both, { taskId: w.state.tasks[0]?.taskId })).toBe('CHECKER-IS-OWNER');
    expect(w.try('closeTask', b.lead, { taskId: w.state.tasks[0]?.taskId })).toBe('ok');
  });

  it('is not closed by a proposal that was made for an earlier proof', () => {
    const w = immediate();
    b.measure(w);
    b.submitted(w);
    const taskId = w.state.tasks[0]?.taskId;
    w.do('closeTask', b.lead, { taskId });
    const { proposalId } = w.state.proposals.at(-1) ?? {};
    w.do('returnTask', b.sup, { taskId, reason: '看不清' });
    b.submitted(w);
    expect(w.try('approveProposal', actor('SUP', 2), { proposalId })).toBe('TASK-STATE');
  });
});

describe('a reply', () => {
  it('to nobody in particular does not answer several raters', () => {
    const w = at((x) => {
      b.toCaptured(x, { raters: ['R1', 'R2'].map((raterId, i) => ({ raterId, feedbackId: `F${i}`, named: true })) });
      x.do('verifyStart', b.verifier);
      x.do('confirmValid', b.verifier, goodPayload.confirmValid(x, b.verifier, () => 0.5));
      b.grade(x, 'blue', 'immediate');
      b.go(x, 'assign', b.hub);
      b.go(x, 'signFor', b.uc);
    });
    const proof = w.exhibit('letter', b.uo);
    expect(w.try('replyCitizen', b.uo, { text: '已答复', proof })).toBe('NO-PROOF-OF-ACT');
    expect(w.try('replyCitizen', b.uo, { raterId: 'R1', text: '已答复', proof })).toBe('ok');
    expect(w.state.raters.filter((r) => r.answeredAt !== null)).toHaveLength(1);
  });
});

describe('a limit', () => {
  it('that has passed stays passed through a pause', () => {
    const w = rectifying();
    w.at = (w.state.clocks.totalDue ?? 0) + 60_000;
    b.both(w, 'suspend', [b.uh, b.deputy]);
    w.at += 20 * day;
    b.go(w, 'resume', b.hub);
    expect(w.state.clocks.totalDue).toBeLessThan(w.at);
  });

  it('that has passed bounds no plan that is ordered because of it, and stays passed', () => {
    const w = immediate();
    const due = w.state.clocks.totalDue ?? 0;
    w.at = due + day;
    b.go(w, 'orderPlan', b.hub);
    b.go(w, 'submitPlan', b.uh);
    b.go(w, 'approvePlan', b.hub);
    expect([w.state.stage, w.state.clocks.totalDue]).toEqual(['rectifying', due]);
  });

  it('is not lengthened by a regrade that leaves the colour as it was', () => {
    const w = immediate();
    const due = w.state.clocks.totalDue ?? 0;
    w.do('instruct', b.chief, { text: '限期', due: b.inDays(w, 1) });
    const short = w.state.clocks.totalDue ?? 0;
    expect(short).toBeLessThan(due);
    w.do('regrade', b.hub, { colour: 'blue', reason: '重定' });
    expect(w.state.clocks.totalDue).toBe(short);
  });
});

describe('a spot check', () => {
  it('under way is nothing for auditors before its end, nor a visit that is awaited', () => {
    const w = rectifying();
    expect(mayRead(w.state, actor('AUD'), 'covert')).toBe('yes');
    b.both(w, 'orderSpotCheck', [b.sup, b.hub]);
    expect(mayRead(w.state, actor('AUD'), 'covert')).toBe('no');
    expect(mayRead(at((x) => b.toAwaiting(x)).state, actor('AUD'), 'covert')).toBe('no');
  });

  it('is not recorded with evidence that was there before it was ordered', () => {
    const w = rectifying();
    const old = w.exhibit('evidence', actor('INS'));
    w.at += day;
    b.both(w, 'orderSpotCheck', [b.sup, b.hub]);
    expect(w.try('recordSpotCheck', b.il, { evidence: [old], finding: '正常' })).toBe('EVIDENCE-NOT-SEALED');
    expect(w.try('recordSpotCheck', b.il, { evidence: [w.exhibit('evidence', actor('INS'))], finding: '正常' })).toBe('ok');
  });

  it('that found a sham leaves nothing to restore: an upheld appeal does not move the case out of work', () => {
    const w = rectifying();
    b.both(w, 'orderSpotCheck', [b.sup, b.hub]);
    b.both(w, 'falseRectification', [b.il, b.hub]);
    expect(w.try('fileAppeal', b.uh, { against: 'conclusion', reason: '不服' })).toBe('ok');
    w.try('decideAppeal', b.hub2, { decision: '支持', noProblemLeft: false, reason: '支持' });
    expect(w.state.stage).toBe('rectifying');
  });
});

describe('a visit', () => {
  it('that was void is not made again by the first draw', () => {
    const w = at((x) => b.toAwaiting(x));
    const first = b.good(w, 'startReinspection', b.il);
    w.do('startReinspection', b.il, first);
    b.both(w, 'voidVisit', [b.il, b.hub]);
    expect(w.try('startReinspection', b.il, first)).toBe('TEAM-NOT-DRAWN');
    expect(w.try('startReinspection', b.il, b.good(w, 'startReinspection', b.il))).toBe('ok');
  });

  it('that the signer orders anew is nothing that the unit is told of', () => {
    const w = at((x) => b.toSignoff(x));
    const before = viewOf(w.state, b.uh, w.at, w.pack);
    const s = w.send(w.envelope('declineSignoff', b.hub, { reason: '再查', newDraw: true, rework: [] }));
    if (!s.ok) throw new Error(s.refusal.code);
    expect(w.state.stage).toBe('reinspection.awaiting');
    expect(viewOf(w.state, b.uh, w.at, w.pack)).toEqual(before);
    expect(s.entries[0]?.audience.scope).toBe('covert');
    expect(s.entries[0]?.body.documents.every((d) => d.servedAt === null)).toBe(true);
    expect(s.effects.flatMap((e) => e.to).filter((t) => t.unit !== null)).toEqual([]);
  });
});

describe('a proposal whose last approver is no longer needed, because the colour fell meanwhile', () => {
  const fallen = (propose: (w: World) => void): World =>
    at((w) => {
      propose(w);
      const { proposalId } = w.state.proposals.at(-1) ?? {};
      b.both(w, 'regrade', [b.hub2, b.chief], { colour: 'yellow', reason: '降级' });
      expect(w.state.proposals.map((p) => p.proposalId)).toEqual([proposalId]);
    });
  const approving = (w: World, by: Actor): string => w.try('approveProposal', by, { proposalId: w.state.proposals[0]?.proposalId });
  const unit = [b.uh, b.ul, b.uo, b.uc, b.lead];
  const others = [b.verifier, b.il, b.arch, b.sup];

  it('is not approved by the unit: not its plan, not its extension', () => {
    const plan = fallen((w) => {
      b.toPlanReview(w, 'red');
      b.go(w, 'approvePlan', b.hub);
    });
    const extension = fallen((w) => {
      b.toRectifying(w, 'red');
      b.go(w, 'requestExtension', b.uh);
      b.go(w, 'grantExtension', b.hub);
    });
    for (const w of [plan, extension]) {
      for (const by of [...unit, ...others]) expect(approving(w, by), by.person).toBe('ROLE-NOT-ALLOWED');
      expect(approving(w, b.deputy)).toBe('ok');
    }
  });
});

describe('a task', () => {
  it('has a number of its own, whatever numbers were given by hand: one proof closes one task', () => {
    const w = immediate();
    b.measure(w, { taskId: 'T2' });
    b.measure(w);
    b.submitted(w);
    b.both(w, 'closeTask', [b.lead, b.sup]);
    expect(w.state.tasks.map((t) => [t.taskId, t.state])).toEqual([['T2', 'taskClosed'], ['T3', 'todo']]);
  });
});

describe('the people of a case', () => {
  it('have a leader whom the directory knows, also after another unit took over', () => {
    const w = at((x) => {
      b.toAssigned(x, 'red');
      b.go(x, 'requestReturn', b.ul);
    });
    b.go(w, 'reassign', b.hub, { leadUnit: 'U3', unitHead: 'UH-1@U3', caseLeader: 'GHOST' });
    expect(w.state.responsibility.caseLeader).toBe('LDR_CHIEF-1');
  });
  it('have a leader before the plan of a case that turned red', () => {
    const w = at((x) => {
      b.toTriaged(x, 'yellow', 'list');
      b.go(x, 'assign', b.hub, { caseLeader: undefined });
      b.go(x, 'signFor', b.uc);
    });
    w.do('regrade', b.hub, { colour: 'red', reason: '升级' });
    expect(w.try('submitPlan', b.uh, b.good(w, 'submitPlan', b.uh))).toBe('LISTS-INCOMPLETE');
    expect(w.try('changeDuty', b.uh, { reason: '定包案领导', caseLeader: 'LDR_CHIEF-1' })).toBe('NOT-OWN-PEOPLE');
    w.do('changeDuty', b.hub, { reason: '定包案领导', caseLeader: 'LDR_CHIEF-1' });
    expect(w.try('submitPlan', b.uh, b.good(w, 'submitPlan', b.uh))).toBe('ok');
  });
  it('have one lead unit that supports nobody, and its head with it', () => {
    const w = immediate();
    expect(payloads.changeDuty.safeParse({ reason: '改派', leadUnit: 'U2' }).success).toBe(false);
    w.do('changeDuty', b.hub, { reason: '改派', leadUnit: 'U2', unitHead: 'UH-1@U2' });
    expect(w.state.responsibility).toMatchObject({ leadUnit: 'U2', unitHead: 'UH-1@U2', coops: [] });
  });
});

describe('who shows something', () => {
  it('draws no team for the visit that the same person leads or makes', () => {
    const w = at((x) => b.toAwaiting(x));
    const good = b.good(w, 'startReinspection', b.il);
    const [team, inspector] = [good['team'] as string[], actor('INS')];
    for (const by of [b.il, inspector]) {
      expect(w.try('startReinspection', b.il, { ...good, draw: w.exhibit('teamDraw', by, { team }) })).toBe('TEAM-NOT-DRAWN');
      expect(w.try('startReinspection', b.il, { ...good, plan: w.exhibit('visitPlan', by, { mode: 'RANDOM' }) })).toBe('NO-VISIT-PLAN');
    }
    expect(w.try('startReinspection', b.il, good)).toBe('ok');
  });
  it('came from outside the case: no call from within the unit, no evidence by who worked for it before', () => {
    const w = at((x) => b.toVisit(x));
    const call = w.exhibit('call', actor('VERIFIER', 5, 'U1'), { raterId: 'R1', answered: true });
    expect(w.try('recordCallback', b.caller, b.good(w, 'recordCallback', b.caller, { calls: [call] }))).toBe('CALL-NOT-ON-RECORD');
    const transferred = { ...actor('INS'), person: b.uo.person };
    expect(w.try('reinspectionPass', b.il, b.good(w, 'reinspectionPass', b.il, { evidence: [w.exhibit('evidence', transferred)] }))).toBe('EVIDENCE-NOT-NEWER');
    const witnesses = [w.exhibit('witness', transferred), w.exhibit('witness', b.intake), w.exhibit('witness', actor('INS'))];
    expect(w.try('falseRectification', b.il, b.good(w, 'falseRectification', b.il, { witnesses }))).toBe('NOT-TWO-WITNESSES');
  });
});

describe('what few may know', () => {
  it('a planned spot check shows to those who carry it out, not to who calls raters back, leads or audits', () => {
    const w = rectifying();
    b.go(w, 'orderSpotCheck', b.sup);
    const seen = (who: Actor) => viewOf(w.state, who, w.at, w.pack).proposals.length;
    expect([b.hub, b.sup, b.il].map(seen)).toEqual([1, 1, 1]);
    expect([b.verifier, b.intake, b.deputy, b.arch, b.uh].map(seen)).toEqual([0, 0, 0, 0, 0]);
  });
  it('a clue is known to who proposed, who approved, and whom the act names', () => {
    const w = rectifying();
    b.both(w, 'transferClue', [b.hub, b.deputy], { named: ['SUP-3'] });
    expect(w.entries.slice(-2).map((e) => e.audience)).toEqual([
      { scope: 'sealed', people: ['HUB-1', 'SUP-3'] },
      { scope: 'sealed', people: ['HUB-1', 'LDR_DEPUTY-1', 'SUP-3'] },
    ]);
  });
  it('the named handler sees who complained while the case is open and the unit has it, and no longer', () => {
    const w = rectifying();
    b.go(w, 'discloseContact', b.verifier);
    const reading = (who: Actor) => mayRead(w.state, who, 'contact');
    expect([reading(b.uo), reading(b.ul), reading({ ...b.uo, unit: 'U3' })]).toEqual(['yes', 'no', 'no']);
    b.both(w, 'requestExplain', [b.uh, b.hub, b.deputy]);
    expect(reading(b.uo)).toBe('no');
  });
});

describe('a command id', () => {
  it('is none of those that the engine keeps for raters who join: they cannot be kept out beforehand', () => {
    expect(CommandId.safeParse('YC-2026-JY-0050:7:raters').success).toBe(false);
    expect(CommandId.safeParse('c-1').success).toBe(true);
  });
});
