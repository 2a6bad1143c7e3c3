/** What decides is never the sender's word: claims in a payload are ignored, and an exhibit counts for no more than the record says of it. */
import { describe, expect, it } from 'vitest';
import { type Actor, type CommandType, type ExhibitKind, type RuleId, commandTypes, payloads, ruleIds } from '../../../schemas/index.ts';
import { act, called, caller, go, il, reviewer, started, toImmediate, toPrelim, toVisit, uo, measure } from '../../support/scenarios/build.ts';
import { type Spoil, claimable, claiming, edgeClaims, factNames, likedBy, namedIn, spoil } from '../../support/scenarios/claims.ts';
import { type Act, parsed, play, scenarios } from '../../support/scenarios/index.ts';
import { goodPayload } from '../../support/payloads.ts';
import { World, actor, day, hour } from '../../support/world.ts';

const codeOf = (w: World, a: Act, claims: object = {}): string => {
  const answer = w.send(w.envelope(a.type, a.by, { ...(parsed(a) as object), ...claims }, a.more));
  return answer.ok ? 'accepted' : answer.refusal.code;
};
const broken = (id: RuleId): { w: World; act: Act; code: RuleId } => {
  const w = new World();
  scenarios[id].given(w);
  return { w, act: scenarios[id].wrong(w), code: scenarios[id].behind ?? id };
};

describe('a payload that claims a fact is ignored', () => {
  it('knows the facts that are computed or looked up', () => {
    const looked = ['windowOver', 'evidenceNewer', 'evidenceSealed', 'keyNew', 'sameMatter', 'proofSeen', 'taskStateOk', 'isOwner', 'drawCommitted', 'listsComplete', 'scheduleValid', 'recorded', 'conflictsCleared', 'reportSigners', 'masked', 'secrecyReviewByOther', 'fourProps', 'policyDue', 'finalRole', 'region', 'rightLapsed', 'appealTimeOver', 'isAddressee', 'raterDue'];
    expect(looked.filter((name) => !factNames.includes(name))).toEqual([]);
    for (const type of commandTypes) expect(looked.filter((name) => !claimable(type).includes(name)), type).toEqual([]);
  });
  for (const id of ruleIds)
    it(`${id} refuses whatever else the payload says`, () => {
      const { w, act: a, code } = broken(id);
      w.wait(0);
      const before = w.state.stateHash;
      for (const value of likedBy(id)) expect(codeOf(w, a, claiming(a.type, value)), JSON.stringify(value)).toBe(code);
      expect(codeOf(w, a, edgeClaims(a.type))).toBe(code);
      expect(w.state.stateHash).toBe(before);
    });
  it('is read without what its command does not know', () => {
    const w = new World();
    toImmediate(w);
    for (const type of commandTypes) {
      const good = goodPayload[type](w, actor('HUB'), () => 0.5) as object;
      expect(payloads[type].parse({ ...good, ...claiming(type, true), ...edgeClaims(type) }), type).toEqual(payloads[type].parse(good));
    }
  });
});

/** Acts for which what the unit shows of its own is what the table asks. */
const unitsOwn: Readonly<Partial<Record<CommandType, string>>> = {
  submitTaskProof: '佐证由责任人自己提交, 核验在后',
  reportProgress: '进展由责任人自己报',
  replyCitizen: '答复由承办单位作出, 回访在后',
  resume: '原因消失由单位出具材料, 整改办主任判断',
  renewSuspension: '原因持续由单位出具材料, 主要领导判断',
  flagInvalid: '误评线索可由单位提出, 认定组判断',
};
type Right = { w: World; act: Act };
const right = (id: RuleId): Right | null => {
  const s = scenarios[id];
  if ('never' in s) return null;
  const w = new World();
  (s.afresh ?? s.given)(w);
  const a = s.right(w);
  return a === true ? null : { w, act: a };
};
/** Of each command whose payload names exhibits, a scenario in which it is accepted with them. */
const relying = new Map<CommandType, RuleId>();
for (const id of ruleIds) {
  const r = right(id);
  if (r && !relying.has(r.act.type) && namedIn(r.w, r.act.payload).length > 0) relying.set(r.act.type, id);
}
/** Commands that are accepted although every exhibit they name is spoiled. */
const gullible = (how: Spoil): CommandType[] =>
  [...relying].flatMap(([type, id]) => {
    const r = right(id);
    return r && spoil(r.w, r.act, how) > 0 && play(r.w, r.act).ok ? [type] : [];
  });

describe('an exhibit does not count', () => {
  for (const how of ['of another case', 'of another kind', 'not yet on record', 'on record under another id'] as const)
    it(how, () => {
      expect(relying.size).toBeGreaterThan(20);
      expect(gullible(how)).toEqual([]);
    });
  it('registered by the unit itself, except where its own showing is what is asked', () => {
    expect(gullible('registered by the unit itself').sort()).toEqual(Object.keys(unitsOwn).sort());
  });
});

/** Exhibits registered now, whose device claims another instant. */
const early = (w: World, kind: ExhibitKind, by: readonly Actor[], claim: number, data = {}): string[] => by.map((b) => w.exhibit(kind, b, data, w.at + claim));
const inspectors = [actor('INS'), actor('INS', 2)];

describe('the date that a device claims', () => {
  it('makes no old evidence newer than the visit', () => {
    const { w, act: a } = broken('EVIDENCE-NOT-NEWER');
    for (const id of namedIn(w, a.payload?.['evidence'])) Object.assign(w.exhibits[id] ?? {}, { registeredAt: w.at - day, takenAt: w.at + day });
    expect(codeOf(w, a)).toBe('EVIDENCE-NOT-NEWER');
  });
  it('makes fresh evidence older, if it says so', () => {
    const w = new World();
    toVisit(w);
    const a = (claim: number): Act => act(w, 'reinspectionPass', il, { evidence: early(w, 'evidence', inspectors, claim) });
    expect(codeOf(w, a(-2 * day))).toBe('EVIDENCE-NOT-NEWER');
    expect(codeOf(w, a(-hour / 2))).toBe('accepted');
  });
  it('brings no signature of before the visit into the report', () => {
    const w = new World();
    toPrelim(w);
    go(w, 'passPrelim', reviewer);
    const signatures = early(w, 'signature', inspectors, day);
    go(w, 'startReinspection', il);
    w.wait(hour);
    expect(codeOf(w, act(w, 'reinspectionPass', il, { signatures }))).toBe('REPORT-ONE-INSPECTOR');
  });
  it('brings no photograph of before the task into its proof', () => {
    const w = new World();
    toImmediate(w);
    measure(w);
    const proofs = early(w, 'proof', [uo], day);
    started(w);
    expect(codeOf(w, act(w, 'submitTaskProof', uo, { proofs }))).toBe('PROOF-BEFORE-START');
  });
  it('brings no call of before the application into the call-back', () => {
    const w = new World();
    const calls = early(w, 'call', [caller], 30 * day, { raterId: 'R1', answered: true });
    w.wait(hour);
    toPrelim(w);
    expect(codeOf(w, act(w, 'recordCallback', caller, { calls }))).toBe('CALL-NOT-ON-RECORD');
  });
  it('never dates a proof later than it came on record', () => {
    const w = new World();
    toImmediate(w);
    measure(w);
    started(w);
    go(w, 'submitTaskProof', uo, { proofs: early(w, 'proof', [uo], 30 * day) });
    expect(w.state.tasks[0]?.proofs[0]?.at).toBeLessThan(w.at);
  });
});

describe('a call counts for what the record says of it', () => {
  const call = (w: World, by: Actor, data: object): string => w.exhibit('call', by, data);
  it('is no talk with the rater when nobody answered, or somebody else did', () => {
    const w = new World();
    toPrelim(w);
    const told = (data: object) => codeOf(w, act(w, 'recordCallback', caller, { calls: [call(w, caller, data)] }));
    expect(told({ raterId: 'R1', answered: false })).toBe('CALL-NOT-ON-RECORD');
    expect(told({ raterId: 'R2', answered: true })).toBe('CALL-NOT-ON-RECORD');
    expect(told({ raterId: 'R1', answered: true })).toBe('accepted');
  });
  it('is no failed try when it was answered: who says unsolved is not out of reach', () => {
    const w = new World();
    toPrelim(w);
    const tries = (answered: boolean) => [0, 0, day].map((ms) => (w.wait(ms), call(w, caller, { raterId: 'R1', answered })));
    const missed = (answered: boolean) => codeOf(w, act(w, 'recordCallback', caller, { result: 'unreachable', answers: undefined, calls: tries(answered) }));
    expect(missed(true)).toBe('CALL-NOT-ON-RECORD');
    expect(missed(false)).toBe('accepted');
  });
  it('frees nobody from a rating when nobody answered', () => {
    const { w, act: a } = broken('WITHDRAWAL-NOT-FREE');
    expect(codeOf(w, { ...a, payload: { ...a.payload, call: call(w, caller, { raterId: 'R1', answered: false }) } })).toBe('WITHDRAWAL-NOT-FREE');
    expect(codeOf(w, { ...a, payload: { ...a.payload, call: call(w, caller, { raterId: 'R1', answered: true }) } })).toBe('accepted');
  });
  it('carries no case whose raters were spoken to by the reviewer, or by whom the reviewer stands for', () => {
    const w = new World();
    toPrelim(w);
    called(w);
    const by = (who: Actor) => codeOf(w, act(w, 'passByCallback', who));
    expect(by({ ...reviewer, person: caller.person })).toBe('NO-SOLVED-CALLBACK');
    expect(by({ ...reviewer, onBehalfOf: { person: caller.person, document: 'D-1' } })).toBe('NO-SOLVED-CALLBACK');
    expect(by(reviewer)).toBe('accepted');
  });
});
