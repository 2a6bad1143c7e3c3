/** 承接台账: an open item of another ledger enters at its stage, marked with what could not be known, and skips nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowed, boardOf, fold, marksOf, publicStage, refold, toInstant, epochDay, viewOf } from '../../../cases/index.ts';
import { Board, CaseState, type EntryDraft, type ImportedInput, type LedgerStage, ledgerStages, payloads } from '../../../schemas/index.ts';
import { captureOf, itemOf, type Wish } from '../../support/imported.ts';
import * as b from '../../support/scenarios/build.ts';
import { recorded } from '../../support/walk.ts';
import { World, actor, day, pack } from '../../support/world.ts';

const parsed = (item: ImportedInput, over: object = {}): unknown => JSON.parse(JSON.stringify(payloads.capture.parse(captureOf(item, over)))) as unknown;
const codeOf = (w: World, item: ImportedInput, over: object = {}, by = b.intake): string => {
  const s = w.send(w.envelope('capture', by, parsed(item, over)));
  return s.ok ? 'ok' : `${s.refusal.code} ${s.refusal.field ?? ''}`.trim();
};
const taken = (wish: Wish, over: Partial<ImportedInput> = {}, capture: object = {}): World => {
  const w = new World();
  w.do('capture', b.intake, parsed({ ...itemOf(w, wish), ...over }, capture));
  return w;
};
const issueOf = (item: ImportedInput): string => payloads.capture.safeParse(captureOf(item)).error?.issues[0]?.path.join('.') ?? 'ok';

describe('an item that is taken over', () => {
  it.each(ledgerStages)('enters at %s by two entries of one command, and replays', (stage) => {
    const w = taken({ stage });
    expect(w.entries.map((e) => [e.seq, e.type, e.actor.role, e.body.from, e.body.to])).toEqual([
      [1, 'capture', 'INTAKE', 'uncaptured', 'captured'],
      [2, 'takenOver', 'SYS', 'captured', stage],
    ]);
    expect(CaseState.parse(w.state)).toEqual(w.state);
    const again = refold(recorded(w.entries), w.pack);
    expect([again.divergence, again.state?.stateHash]).toEqual([null, w.state.stateHash]);
    expect(refold(recorded(w.entries.slice(0, 1)), w.pack).divergence?.what).toBe('an entry is missing at the end');
    const plain = new World();
    b.toCaptured(plain);
    expect(refold(recorded([...plain.entries, w.entries[1] as EntryDraft]), w.pack).divergence).toEqual({ seq: 2, what: 'a mark that time does not bring' });
  });

  it('is told to the unit once it is with one, by a notice of its own', () => {
    const told = (stage: LedgerStage): string[] => {
      const w = new World();
      const s = w.send(w.envelope('capture', b.intake, parsed(itemOf(w, { stage }))));
      return s.ok ? s.effects.filter((e) => e.seq === 2).flatMap((e) => e.to.map((t) => `${e.key.split(':').at(-1)} ${t.role} ${t.unit ?? ''}`.trim())) : [];
    };
    expect(told('triaged')).toEqual(['takenOver HUB']);
    expect(told('rectifying')).toEqual(['takenOver UC U1', 'takenOver UH U1', 'takenOver HUB']);
  });

  it('is nobody\'s act: not verified, not signed for, no task begun, no duty held', () => {
    for (const stage of ledgerStages) {
      const { state } = taken({ stage });
      expect(state.verification).toEqual({ later: true, verified: false, unverified: true });
      expect([state.duties, state.application, state.checks, state.plan, state.usedProofs, state.responsibility.signedAt]).toEqual([[], null, { prelim: null, check: null, signer: null }, null, [], null]);
      expect(state.tasks.every((t) => t.state === 'todo' && t.startedAt === null && t.proofs.length === 0)).toBe(true);
    }
    const { state } = taken({ stage: 'immediate' });
    expect(state.tasks.map((t) => [t.taskId, t.measure, t.unit, t.owner, t.mark])).toEqual([['T1', '改办事指南', 'U1', 'UO-1@U1', ''], ['T2', '培训窗口人员', 'U1', 'UO-2@U1', '']]);
  });

  it('says what is not known, whether or not the sender does', () => {
    expect(taken({ stage: 'rectifying', head: false }, { unknown: ['progress'] }).state.imported).toMatchObject({ document: '2025年问题台账', originalNo: '17', unknown: ['dutyLeader', 'liaison', 'mark', 'plan', 'progress', 'reason', 'target', 'unitHead', 'verification'] });
    const w = taken({ stage: 'registered', dueIn: null });
    expect(viewOf(w.state, b.hub, w.at, w.pack).imported?.unknown).toEqual(expect.arrayContaining(['colour', 'due', 'leadUnit', 'measure']));
    expect(boardOf(w.state, w.pack).imported).toEqual(viewOf(w.state, b.hub, w.at, w.pack).imported);
    expect(viewOf(new World().state, b.hub, w.at, w.pack).imported).toBeNull();
  });

  it('is seen by a unit as any case of that stage, and not before it was assigned', () => {
    for (const stage of ledgerStages) {
      const w = taken({ stage });
      const seen = ['registered', 'triaged'].includes(stage) ? 0 : 1;
      expect([w.entries[0]?.audience.scope, w.entries[1]?.audience.scope]).toEqual(['office', seen ? 'case' : 'office']);
      expect(viewOf(w.state, b.uh, w.at, w.pack)).toMatchObject({ stage: publicStage(w.state) ?? '', revision: seen, matter: seen ? '入学材料' : '' });
      expect(viewOf(w.state, b.uh, w.at, w.pack).proposals).toHaveLength(seen);
    }
  });

  it('keeps its due date, also when that is past, and is late from then on', () => {
    const w = taken({ stage: 'immediate', dueIn: -10 });
    const end = toInstant(w.pack.calendar, epochDay('2026-02-20'), day);
    expect([w.state.clocks.totalDue, w.state.clocks.originalDue, viewOf(w.state, b.uh, w.at, w.pack).overdue]).toEqual([end, end, true]);
    expect(w.state.clocks.assignedAt).toBe(toInstant(w.pack.calendar, epochDay('2026-01-21'), 0));
    const [overdue] = fold(w.state, w.at + 400 * day, w.pack).entries.filter((e) => e.type === 'fallOverdue' && e.body.payload['deadline'] === 'total');
    // Nothing is said to have fallen due here before the case was here.
    expect([overdue?.effectiveAt, overdue?.body.payload['due']]).toEqual([w.state.clocks.capturedAt, end]);
  });

  it('takes no new due date by being graded and assigned, or recalled and assigned again', () => {
    const w = taken({ stage: 'registered', dueIn: -10 });
    const { totalDue } = w.state.clocks;
    b.grade(w, 'blue', 'immediate');
    b.go(w, 'assign', b.hub);
    expect([w.state.clocks.totalDue, w.state.clocks.assignedAt]).toEqual([totalDue, w.at]);
    w.do('recall', b.hub, { reason: '派错' });
    b.go(w, 'assign', b.hub);
    expect([w.state.clocks.totalDue, w.state.clocks.originalDue]).toEqual([totalDue, totalDue]);
  });

  it('without a due date gets that of an assignment made now', () => {
    const { state, pack } = taken({ stage: 'immediate', dueIn: null, colour: 'yellow' });
    expect(state.imported?.unknown).toContain('due');
    expect(state.clocks.totalDue).toBe(toInstant(pack.calendar, epochDay('2026-03-23'), day));
  });

  it('arms no mark before it existed', () => {
    const w = taken({ stage: 'immediate' });
    const closed = { ...w.state, stage: 'closed' as const, lookback: { plan: [{ at: w.at - 90 * day, done: false }], origin: null, mode: null } };
    expect(marksOf(closed, w.pack).map((m) => m.at)).toEqual([w.state.clocks.capturedAt]);
  });
});

describe('a board that was stored before these columns were', () => {
  it('is read with nothing in them', () => {
    const { callbacks: _c, imported: _i, extensions: _e, grantedDue: _g, dutyLeader: _d, liaison: _l, caseLeader: _k, ...old } = boardOf(taken({ stage: 'immediate' }).state, pack);
    expect(Board.parse(old)).toEqual({ ...old, callbacks: [], imported: null, extensions: 0, grantedDue: null, dutyLeader: null, liaison: null, caseLeader: null });
  });

  it('tells of an extension, of the leaders and of what raters answered', () => {
    const w = new World();
    b.toImmediate(w);
    b.go(w, 'requestExtension', b.uh);
    b.go(w, 'grantExtension', b.hub);
    expect(boardOf(w.state, w.pack)).toMatchObject({ extensions: 1, grantedDue: w.state.clocks.totalDue, caseLeader: 'LDR_CHIEF-1', callbacks: [{ raterId: 'R1', named: true, state: 'none' }] });
    const called = new World();
    b.toSignoff(called);
    expect(boardOf(called.state, called.pack).callbacks).toEqual([{ raterId: 'R1', named: true, state: 'done', solved: true, satisfied: true }]);
  });
});

describe('what is handed in', () => {
  const w = new World();
  it('enters at no later stage than that in which the unit works, and with what the stage needs', () => {
    for (const stage of ['closureApplied.filed', 'prelimReview', 'signoff', 'closed', 'captured', 'suspended']) expect(issueOf({ ...itemOf(w, { stage: 'immediate' }), stage: stage as LedgerStage }), stage).toBe('imported.stage');
    const { grade: _g, ...ungraded } = itemOf(w, { stage: 'immediate' });
    expect(issueOf(ungraded)).toBe('imported.grade');
    expect(issueOf({ ...itemOf(w, { stage: 'registered' }), grade: { colour: 'red', track: 'list' } })).toBe('imported.grade');
    expect(issueOf(itemOf(w, { stage: 'rectifying', track: 'immediate' }))).toBe('imported.grade.track');
    const { responsibility: _r, ...nobody } = itemOf(w, { stage: 'assigned' });
    expect(issueOf(nobody)).toBe('imported.responsibility');
    expect(issueOf({ ...itemOf(w, { stage: 'rectifying' }), tasks: [] })).toBe('imported.tasks');
    expect(issueOf({ ...itemOf(w, { stage: 'rectifying', dueIn: null }), tasks: [{ measure: '改' }] })).toBe('imported.tasks.0.due');
    expect(issueOf({ ...itemOf(w, { stage: 'planDrafting' }), tasks: [{ measure: '改' }] })).toBe('ok');
    expect(issueOf({ ...itemOf(w, { stage: 'immediate' }), tasks: Array.from({ length: 6 }, () => ({ measure: '改'.repeat(3999) })) })).toBe('imported.tasks');
  });

  it('smuggles nothing in: what it claims beside the item is dropped', () => {
    const item = itemOf(w, { stage: 'immediate' });
    const claims = { verification: { verified: true }, verified: true, checks: { prelim: 'SUP-1', check: 'reinspection' }, prelim: 'SUP-1', application: {}, signer: 'HUB-1', ratification: { state: 'done' }, plan: {}, callbacks: [], proofs: ['X1'], signedAt: 1, closedAt: 1, round: 7 };
    const task = { measure: '改', state: 'taskClosed', proofs: [{ exhibit: 'X1', sha256: '0'.repeat(64), at: 1 }], startedAt: 1, done: true, rework: false, taskId: 'T9' };
    const plain = { ...item, tasks: [{ measure: '改', done: true }] };
    const loaded = { ...item, ...claims, tasks: [task] };
    expect(parsed(loaded as ImportedInput, claims)).toEqual(parsed(plain));
    const state = (i: ImportedInput): CaseState => {
      const one = new World();
      one.do('capture', b.intake, parsed(i));
      return one.state;
    };
    expect({ ...state(loaded as ImportedInput), commands: {} }).toEqual({ ...state(plain), commands: {} });
    expect(state(plain).tasks.map((t) => [t.taskId, t.state])).toEqual([['T1', 'todo']]);
  });

  it('has dates that exist, lie in order and are meant', () => {
    const item = itemOf(w, { stage: 'immediate' });
    for (const [field, value] of [['due', '2026-02-30'], ['due', '1900-01-01'], ['due', '2066-01-01'], ['assignedOn', '2026-03-09'], ['foundOn', '2026-03-09'], ['due', '2026-01-01']] as const)
      expect(codeOf(new World(), { ...item, [field]: value }), `${field} ${value}`).toBe(`BAD-INPUT imported.${field}`);
    expect(codeOf(new World(), { ...item, foundOn: '2026-02-01' })).toBe('BAD-INPUT imported.assignedOn');
    expect(codeOf(new World(), { ...item, tasks: [{ measure: '改', due: '2026-06-31' }] })).toBe('BAD-INPUT imported.tasks.0.due');
  });

  it('names units and people of the directory, and is taken in by nobody of theirs', () => {
    const item = itemOf(w, { stage: 'immediate' });
    const who = (over: object): ImportedInput => ({ ...item, responsibility: { leadUnit: 'U1', owner: 'UO-1@U1', ...over } });
    expect(codeOf(new World(), who({ leadUnit: 'U9', owner: undefined }))).toBe('NO-LEAD-UNIT');
    expect(codeOf(new World(), who({ coopUnits: ['U9'] }))).toBe('NO-LEAD-UNIT');
    expect(codeOf(new World(), who({ coopUnits: ['U1'] }))).toBe('NO-LEAD-UNIT');
    expect(codeOf(new World(), who({ unitHead: 'UH-1@U2' }))).toBe('BAD-INPUT imported.responsibility.unitHead');
    expect(codeOf(new World(), who({ unitHead: 'UL-1@U1' }))).toBe('BAD-INPUT imported.responsibility.unitHead');
    expect(codeOf(new World(), who({ owner: '张三' }))).toBe('BAD-INPUT imported.responsibility.owner');
    expect(codeOf(new World(), who({ caseLeader: 'SUP-1' }))).toBe('BAD-INPUT imported.responsibility.caseLeader');
    expect(codeOf(new World(), { ...item, tasks: [{ measure: '改', unit: 'U3' }] })).toBe('BAD-INPUT imported.tasks.0.unit');
    expect(codeOf(new World(), { ...item, tasks: [{ measure: '改', owner: 'UO-1@U3' }] })).toBe('BAD-INPUT imported.tasks.0.owner');
    const { caseLeader: _c, ...led } = itemOf(w, { stage: 'immediate', colour: 'red' }).responsibility ?? { leadUnit: 'U1' };
    expect(codeOf(new World(), { ...itemOf(w, { stage: 'immediate', colour: 'red' }), responsibility: led })).toBe('NO-CASE-LEADER');
    expect(codeOf(new World(), item, {}, { ...b.intake, memberOf: ['OFFICE', 'U2'] })).toBe('OWN-UNIT');
    expect(codeOf(new World(), item, {}, b.hub)).toBe('ROLE-NOT-ALLOWED');
    expect(codeOf(new World(), who({ unitHead: 'UH-1@U1' }))).toBe('ok');
  });

  it('is answered with a receipt or a code, whatever the schema lets in', () => {
    const date = fc.oneof({ weight: 12, arbitrary: fc.constant('2026-03-02') }, { weight: 1, arbitrary: fc.constantFrom('9999-12-31', '0001-01-01', '2026-02-30', '2026-02-28', '2030-02-29') });
    const unit = fc.constantFrom('U1', 'U1', 'U1', 'U2', 'U9', 'constructor');
    const who = fc.constantFrom('UH-1@U1', 'UH-1@U1', 'UH-1@U1', 'UO-1@U2', 'LDR_CHIEF-1', 'constructor');
    const some = <T>(a: fc.Arbitrary<T>) => fc.option(a, { nil: undefined });
    const item = fc.record({
      document: fc.constant('台账'), originalNo: fc.constant('1'), stage: fc.constantFrom(...ledgerStages), foundOn: some(date), assignedOn: some(date), due: some(date),
      grade: some(fc.record({ colour: fc.constantFrom('red', 'yellow', 'blue'), track: fc.constantFrom('immediate', 'list'), reasonCode: some(fc.constantFrom('N0', 'U1')) })),
      responsibility: some(fc.record({ leadUnit: unit, unitHead: some(who), owner: some(who), caseLeader: some(who), coopUnits: fc.array(unit, { maxLength: 1 }) })),
      tasks: fc.array(fc.record({ measure: fc.constant('改'), unit: some(unit), owner: some(who), due: some(date) }), { maxLength: 2 }),
    });
    const met = new Set<string>();
    fc.assert(
      fc.property(item, (i) => {
        const read = payloads.capture.safeParse(captureOf(JSON.parse(JSON.stringify(i)) as ImportedInput));
        if (!read.success) return;
        const one = new World();
        const answer = one.send(one.envelope('capture', b.intake, JSON.parse(JSON.stringify(read.data))));
        met.add(answer.ok ? 'ok' : answer.refusal.code);
        expect(one.entries).toHaveLength(answer.ok ? 2 : 0);
        expect(CaseState.parse(one.state)).toEqual(one.state);
      }),
      { numRuns: 600 },
    );
    expect([...met].sort()).toEqual(expect.arrayContaining(['BAD-INPUT', 'NO-LEAD-UNIT', 'ok']));
  });

  it('that is refused leaves nothing behind', () => {
    const one = new World();
    const before = one.state;
    expect(codeOf(one, { ...itemOf(one, { stage: 'immediate' }), due: '2026-02-30' })).toMatch(/^BAD-INPUT/);
    expect([one.state, one.entries]).toEqual([before, []]);
  });
});

describe('what was taken over is signed by the office', () => {
  const p = (w: World): string => w.state.proposals.find((x) => x.ratify !== null)?.proposalId ?? 'none';
  it('by its head, of a red case by a leader, of an ungraded one by nobody', () => {
    expect(taken({ stage: 'registered' }).state.ratification.state).toBe('none');
    const blue = taken({ stage: 'immediate' });
    expect(blue.try('approveProposal', b.intake, { proposalId: p(blue) })).toBe('ROLE-NOT-ALLOWED');
    expect(blue.try('withdrawProposal', b.intake, { proposalId: p(blue) })).toBe('NOT-YOUR-PROPOSAL');
    expect(blue.try('approveProposal', b.hub, { proposalId: p(blue) })).toBe('ok');
    expect([blue.state.ratification.state, blue.state.stage, blue.state.proposals]).toEqual(['done', 'immediate', []]);
    const red = taken({ stage: 'rectifying', colour: 'red' });
    expect(red.try('approveProposal', b.hub, { proposalId: p(red) })).toBe('ROLE-NOT-ALLOWED');
    expect(red.try('approveProposal', b.deputy, { proposalId: p(red) })).toBe('ok');
  });

  it('only when the people an assignment needs are named', () => {
    const w = taken({ stage: 'immediate', head: false });
    expect(w.try('approveProposal', b.hub, { proposalId: p(w) })).toBe('NO-LEAD-UNIT');
    expect(allowed(w.state, b.hub, w.at, w.pack, w.facts(), 'approveProposal')).toMatchObject([{ enabled: false, refusal: { code: 'NO-LEAD-UNIT' } }]);
    b.go(w, 'changeDuty', b.hub, { unitHead: 'UH-1@U1' });
    expect(w.try('approveProposal', b.hub, { proposalId: p(w) })).toBe('ok');
  });

  it('once more after it was returned and put right, by somebody else than who put it right', () => {
    const w = taken({ stage: 'immediate' });
    w.do('returnProposal', b.hub, { proposalId: p(w), reason: '颜色不对' });
    expect([w.state.ratification.state, p(w)]).toEqual(['returned', 'none']);
    b.go(w, 'regrade', b.hub, { colour: 'yellow' });
    expect(w.state.ratification.state).toBe('due');
    expect(w.try('approveProposal', b.hub, { proposalId: p(w) })).toBe('SAME-PERSON');
    expect(w.try('approveProposal', b.hub2, { proposalId: p(w) })).toBe('ok');
    expect(refold(recorded(w.entries), w.pack).divergence).toBeNull();
  });

  it('is not signed by the way, when a leader lowers a red case whose head is not known', () => {
    const w = taken({ stage: 'immediate', colour: 'red', head: false });
    b.both(w, 'regrade', [b.hub, b.chief], { colour: 'yellow', reason: '降级' });
    expect(w.state.ratification.state).toBe('due');
    b.go(w, 'changeDuty', b.hub, { unitHead: 'UH-1@U1' });
    expect(w.try('approveProposal', actor('LDR_DEPUTY'), { proposalId: p(w) })).toBe('ok');
  });

  it('stays unverified after an explanation that did not stand', () => {
    const w = taken({ stage: 'immediate' });
    w.state = { ...w.state, stage: 'explained', served: { answer: w.at }, clocks: { ...w.state.clocks, settledAt: w.at } };
    b.go(w, 'fileAppeal', b.intake, { against: 'answer' });
    b.go(w, 'decideAppeal', b.upper, { decision: '支持' });
    expect([w.state.stage, w.state.verification.later, w.state.verification.verified]).toEqual(['registered', true, false]);
  });
});

/** From its stage to the signer, the shortest way. */
const toSigner = (w: World): void => {
  const { stage } = w.state;
  if (stage === 'registered') b.grade(w, 'blue', 'immediate');
  if (w.state.stage === 'triaged') b.go(w, 'assign', b.hub);
  if (w.state.stage === 'assigned') b.go(w, 'signFor', b.uc);
  if (w.state.stage === 'planDrafting') {
    b.go(w, 'submitPlan', b.uh);
    b.go(w, 'approvePlan', b.hub);
  }
  while (w.state.tasks.some((t) => t.state === 'todo')) {
    const task = w.state.tasks.find((t) => t.state === 'todo');
    const owner = { ...b.uo, person: task?.owner ?? '' };
    for (const type of ['startTask', 'submitTaskProof'] as const) b.go(w, type, owner, { taskId: task?.taskId });
    b.both(w, 'closeTask', [b.lead, b.sup]);
  }
  if (w.state.tasks.length === 0) {
    b.measure(w);
    b.work(w);
  }
  b.apply(w);
  b.accept(w);
  b.go(w, 'passPrelim', b.reviewer);
  b.pass(w);
};

describe('every stage leads to closing, and over every safeguard', () => {
  it.each(ledgerStages)('from %s', (stage) => {
    for (const dueIn of [30, -10]) {
      const w = taken({ stage, dueIn });
      toSigner(w);
      expect(w.try('signClosure', b.hub, b.good(w, 'signClosure', b.hub))).toBe('VERIFY-RECORD-MISSING');
      b.go(w, 'confirmValid', b.verifier);
      if (stage !== 'registered') {
        expect(w.try('signClosure', b.hub, b.good(w, 'signClosure', b.hub))).toBe('NOT-RATIFIED');
        w.approve(b.hub);
      }
      b.sign(w);
      w.wait(10 * day);
      b.go(w, 'confirmClosure', b.hub);
      expect(w.state.stage).toBe('closed');
      expect(refold(recorded(w.entries), w.pack).divergence).toBeNull();
    }
  });
});
