/** Every limit that was ever in force, how it began, what moved it and how it ended: from entries alone. */
import { describe, expect, it } from 'vitest';
import { Edition, blank, compileCalendar, countingOf, dateAt, daysCounted, deadlinesOf, dueDateAt, partsOf, runningOf, type Run, type RunChange } from '../../../cases/index.ts';
import { dueBy } from '../../../cases/due.ts';
import { firstVersion } from '../../../cases/machine/version.ts';
import { partsIn, runsOf } from '../../support/runs.ts';
import * as b from '../../support/scenarios/build.ts';
import { must } from '../../support/scenarios/scenario.ts';
import { move, random } from '../../support/walk.ts';
import { World, day, hour } from '../../support/world.ts';

const world = (...to: ((w: World) => void)[]): World => {
  const w = new World();
  for (const one of to) one(w);
  return w;
};
const of = (w: World, id: string): Run[] => runsOf(w).filter((r) => r.id === id);
const brief = (r: Run | undefined) => r && [r.outcome, r.endedBy?.type ?? null];

describe('how a limit ends', () => {
  it('is met by the act of its row, and remembers by which entry', () => {
    const w = world(b.toVerifying);
    const [first, second] = runsOf(w);
    expect(first).toMatchObject({ id: 'stage', row: '3', outcome: 'met', onTime: true, onTimeByOriginal: true, endedBy: { type: 'verifyStart' }, changes: [{ cause: { type: 'capture', seq: 1 } }] });
    expect(second).toMatchObject({ id: 'stage', row: '4', outcome: 'running', endedAt: null, onTime: null });
  });

  it('is missed by an act that comes after it, and while it stands after it', () => {
    const w = world(b.toVerifying);
    w.wait(10 * day);
    expect(brief(of(w, 'stage').at(-1))).toEqual(['missed', null]);
    expect(of(w, 'stage').at(-1)).toMatchObject({ onTime: false, onTimeByOriginal: false });
    b.go(w, 'confirmValid', b.verifier);
    expect(of(w, 'stage').at(1)).toMatchObject({ row: '4', outcome: 'missed', onTime: false, endedBy: { type: 'confirmValid' } });
  });

  it('is void where another act made it needless: merged, recalled', () => {
    const merged = world(b.toCaptured, (w) => b.go(w, 'merge', b.intake));
    expect(brief(of(merged, 'stage')[0])).toEqual(['void', 'merge']);
    const recalled = world(b.toAssigned, (w) => b.go(w, 'recall', b.hub));
    expect(brief(of(recalled, 'total')[0])).toEqual(['void', 'recall']);
    expect(brief(of(recalled, 'stage').find((r) => r.row === '12'))).toEqual(['void', 'recall']);
  });

  it('the total is met when the unit applies, at the instant of who filed, whoever approves it later', () => {
    const w = world(b.toImmediate, b.finish, (x) => b.go(x, 'reportDone', b.uo));
    const filed = w.at;
    w.wait(hour);
    expect(of(w, 'total')[0]).toMatchObject({ outcome: 'running' });
    must(w, b.approval(w, b.ul));
    expect(of(w, 'total')).toMatchObject([{ outcome: 'met', onTime: true, endedAt: filed, endedBy: { type: 'approveProposal', row: '16' } }]);
  });

  it('a task is met by its proof, and its check by closing it', () => {
    const w = world(b.toImmediate, b.measure, b.work);
    expect(brief(of(w, 'task:T1')[0])).toEqual(['met', 'submitTaskProof']);
    expect(brief(of(w, 'check:T1')[0])).toEqual(['met', 'closeTask']);
  });
});

describe('another cycle', () => {
  it('begins with a round that was sent back, and the old one stays', () => {
    const w = world(b.toReworked);
    expect(of(w, 'total').map((r) => [r.outcome, r.cycle])).toEqual([['void', '1.0'], ['running', '2.0']]);
  });

  it('begins with reopening: the unit’s total runs from the new assignment, the citizen’s from the reopening; before, from the capture, and met', () => {
    const w = world(b.toClosed, (x) => b.both(x, 'rebound', [b.sup, b.hub]));
    const reopened = w.at;
    const closed = of(w, 'citizen').at(0);
    expect(closed?.outcome).toBe('met');
    expect([closed?.endedBy?.type, closed?.since]).toEqual(['signClosure', w.state.clocks.capturedAt]);
    b.grade(w, 'blue', 'immediate');
    b.go(w, 'assign', b.hub);
    const [total, citizen] = [of(w, 'total'), of(w, 'citizen')];
    expect(total.map((r) => r.outcome)).toEqual(['met', 'running']);
    expect([total[1]?.since, citizen.at(-1)?.since]).toEqual([w.state.clocks.assignedAt, reopened]);
    expect(total[1]?.since).toBeGreaterThan(total[0]?.endedAt ?? Infinity);
  });
});

const extendedBy = (w: World): void => {
  b.go(w, 'requestExtension', b.uh);
  b.both(w, 'grantExtension', [b.hub]);
};

describe('an extension', () => {
  const rectifying = (): World => world(b.toRectifying);
  it('shows both dates: the old running gives way, on time is judged by the granted date and told by the original', () => {
    const w = rectifying();
    const before = w.state.clocks.totalDue ?? 0;
    extendedBy(w);
    const [old, now] = of(w, 'total');
    expect([brief(old), old?.onTime, now?.outcome, now?.original, now?.due]).toEqual([['void', 'grantExtension'], null, 'running', before, w.state.clocks.totalDue]);
    expect(partsIn(w, 'total')).toMatchObject([{ part: 'set', cause: { type: 'grantExtension' }, due: w.state.clocks.totalDue }]);
    w.wait(before - w.at + hour);
    expect(of(w, 'total').at(-1)).toMatchObject({ outcome: 'running', onTime: null, onTimeByOriginal: false });
  });
});

const suspend = (w: World): void => b.both(w, 'suspend', [b.uh, b.deputy]);

describe('a pause', () => {
  const w = world(b.toDrafting);
  w.wait(day);
  suspend(w);
  const pausedAt = w.state.suspension.since ?? 0;
  const held = runsOf(w);
  w.wait(14 * day);
  b.go(w, 'resume', b.hub);

  it('holds the total and the stage, which go on as the same running', () => {
    expect(held.filter((r) => r.outcome === 'paused').map((r) => r.id)).toEqual(expect.arrayContaining(['total', 'stage']));
    expect(of(w, 'total').map((r) => [r.outcome, r.changes.map((c) => c.cause.type)])).toEqual([['running', ['assign', expect.stringMatching(/suspend|approveProposal/), 'resume']]]);
    expect(of(w, 'stage').filter((r) => r.row === '18').map((r) => r.outcome)).toEqual(['running']);
    expect(brief(of(w, 'stage').find((r) => r.row === '26'))).toEqual(['met', 'resume']);
  });

  it('is told in three parts: the days before, from when to when it stood still, the days after', () => {
    const stage = partsOf({ editionOf: () => null, counting: 'whole' }, of(w, 'stage').filter((r) => r.row === '18'));
    expect(stage.map((p) => p.part)).toEqual(['counted', 'paused', 'rest']);
    const [before, pause, after] = stage;
    if (before?.part !== 'counted' || pause?.part !== 'paused' || after?.part !== 'rest') throw new Error('not three parts');
    expect(daysCounted(before.steps) + daysCounted(after.steps)).toBe(5);
    expect([dateAt(w.pack.calendar, pause.from), pause.from, pause.to]).toEqual([dateAt(w.pack.calendar, pausedAt), pausedAt, after.from]);
    expect(after.due.instant).toBe(deadlinesOf(w.state, w.pack).find((d) => d.id === 'stage')?.due);
  });
});

describe('a date that a person set', () => {
  it('names the entry: a task, an instruction', () => {
    const w = world(b.toImmediate, b.measure);
    expect(partsIn(w, 'task:T1')).toMatchObject([{ part: 'set', cause: { type: 'addMeasure', person: 'UO-1@U1' } }]);
    b.go(w, 'instruct', b.deputy, { due: b.inDays(w, 2) });
    expect(partsIn(w, 'total')).toMatchObject([{ part: 'set', cause: { type: 'instruct', person: 'LDR_DEPUTY-1' }, due: w.state.clocks.totalDue }]);
  });
});

describe('another calendar', () => {
  const w = world(b.toAssigned);
  const citizen = deadlinesOf(w.state, w.pack).find((d) => d.id === 'citizen');
  if (!citizen?.amount) throw new Error('nothing is owed to the citizen');
  const { amount, since } = citizen;
  const other = compileCalendar(Edition.parse({ id: 'other', source: '', years: [{ year: 2026, provisional: false, off: [['2026-03-03', '2026-03-04', '停止办公']], on: [] }] }));
  const due = dueBy(other, since, amount).instant;
  const cause = { seq: 6, type: 'assign', row: '11', at: since, person: 'HUB-1', role: 'HUB', unit: 'OFFICE' };
  const begun: RunChange = { cause, deadline: citizen, calendar: w.pack.calendar };
  const later: RunChange = { cause: { ...cause, seq: 9, type: 'adoptCalendar' }, deadline: { ...citizen, due }, calendar: other };
  const told = (changes: RunChange[]) => partsOf({ editionOf: () => null, counting: 'whole' }, [{ changes }]).map((p) => [p.part, p.part === 'counted' ? p.due.instant : p.part, p.cause?.type]);

  it('that a case adopted counts the limit anew, by the entry that adopted it', () => {
    expect(due).toBeGreaterThan(citizen.due);
    expect(told([begun, later])).toEqual([['counted', due, 'adoptCalendar']]);
  });

  it('leaves what it did not move to the calendar by which it was counted', () => {
    expect(told([begun])).toEqual([['counted', citizen.due, 'assign']]);
    expect(told([begun, { ...later, deadline: citizen }])).toEqual([['counted', citizen.due, 'assign']]);
  });
});

describe('along random walks', () => {
  const walked = Array.from({ length: 12 }, (_, seed) => {
    const w = new World();
    // Some as they were recorded under the first machine version, by the arithmetic of that time.
    if (seed % 4 === 3) w.state = blank(w.state.caseNo, firstVersion, w.pack);
    const counting = countingOf(w.state);
    const dice = random(seed + 41);
    for (let n = 0; n < 90; n += 1) move(w, dice);
    const runs = runsOf(w);
    const inForce = deadlinesOf(w.state, w.pack);
    return { runs, inForce, calendar: w.pack.calendar, told: inForce.map((d) => ({ d, last: partsOf({ editionOf: () => null, counting }, runs.filter((r) => r.id === d.id)).filter((p) => p.part !== 'paused').at(-1) })) };
  });

  it('what is in force now is what has not ended, each under one running', () => {
    for (const { runs, inForce } of walked) {
      const open = runs.filter((r) => r.endedAt === null);
      expect(open.map(runningOf).toSorted()).toEqual(inForce.map(runningOf).toSorted());
      expect(open.every((r) => ['running', 'paused', 'missed'].includes(r.outcome))).toBe(true);
    }
  });

  it('no running ends before it begins, and what was met was on time', () => {
    const all = walked.flatMap(({ runs }) => runs);
    expect(new Set(all.map((r) => r.outcome)).size).toBeGreaterThanOrEqual(4);
    for (const r of all) {
      expect(r.changes.length).toBeGreaterThan(0);
      if (r.endedBy !== null) expect(r.endedBy.seq).toBeGreaterThanOrEqual(r.changes[0]?.cause.seq ?? Infinity);
      expect([r.outcome, r.onTime]).toEqual([r.outcome, { met: true, missed: false, running: null, paused: null, void: null }[r.outcome]]);
      expect(r.consumed.ms).toBeGreaterThanOrEqual(0);
    }
  });

  it('every limit in force is explained, and its last part ends at the date in force', () => {
    const told = walked.flatMap((one) => one.told.map((t) => ({ ...t, calendar: one.calendar })));
    for (const { d, last, calendar } of told) {
      expect(last?.part === 'set' ? last.due : last?.due.instant).toBe(d.due);
      if (last?.part === 'counted' || last?.part === 'rest') expect(last.due.date).toBe(dueDateAt(calendar, d.due));
    }
    expect(told.filter(({ last }) => last?.part !== 'set').length / told.length).toBeGreaterThan(0.5);
  });
});
