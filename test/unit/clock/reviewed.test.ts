/** What a review of the rules of time found, each told in the words of the table and checked on a life of its own. */
import { describe, expect, it } from 'vitest';
import { cyclesOf, deadlinesOf, dueDateAt, fold, originalDays, partsOf, refold, toCivil, viewOf, workingDaysBetween, type Visit } from '../../../cases/index.ts';
import { addressee } from '../../../cases/clock/holder.ts';
import { Edition } from '../../../schemas/index.ts';
import published from '../../../data/calendar-cn.json' with { type: 'json' };
import { adoptIn, policyWith, withOff } from '../../support/adopting.ts';
import * as b from '../../support/scenarios/build.ts';
import { find, left, planned, regrade, said, suspend, totalOf, until } from '../../support/scenarios/clock.ts';
import { recorded } from '../../support/walk.ts';
import { World, day, hour } from '../../support/world.ts';


const runsOf = (w: World): ReturnType<typeof cyclesOf> => {
  const steps: Visit[] = [];
  refold(recorded(w.entries), w.pack, (step) => steps.push(step));
  return cyclesOf(steps, w.at);
};

describe('an extension that is granted', () => {
  it('after a suspension has the days that it was asked to have: what was asked for stands still as well', () => {
    const w = planned();
    b.go(w, 'requestExtension', b.uh, { due: '2026-05-15' });
    const asked = workingDaysBetween(w.pack.calendar, toCivil(w.pack.calendar, (w.state.clocks.totalDue ?? 0) - 1).day, toCivil(w.pack.calendar, Date.parse('2026-05-15T12:00:00+08:00')).day);
    suspend(w);
    w.wait(50 * day);
    b.go(w, 'resume', b.hub);
    const total = w.state.clocks.totalDue ?? 0;
    b.go(w, 'grantExtension', b.hub);
    const dayOf = (at: number): number => toCivil(w.pack.calendar, at - 1).day;
    expect(workingDaysBetween(w.pack.calendar, dayOf(total), dayOf(w.state.clocks.totalDue ?? 0))).toBe(asked);
  });

  it('never shortens what a regrade gave meanwhile', () => {
    const w = planned('red');
    b.go(w, 'requestExtension', b.uh, { due: '2026-04-07' });
    regrade(w, 'blue');
    const total = w.state.clocks.totalDue;
    b.both(w, 'grantExtension', [b.hub]);
    expect(w.state.clocks.totalDue).toBe(total);
  });
});

describe('a calendar that is adopted while the case is suspended', () => {
  const lives = (adoptOn: string | null): World => {
    const w = new World();
    b.toTriaged(w, 'yellow', 'immediate');
    b.go(w, 'assign', b.hub, { due: undefined });
    b.go(w, 'signFor', b.uc);
    until(w, '2026-03-05 10:00');
    suspend(w);
    const other = { calendar: withOff(['2026-03-16', '2026-03-18', '停']) };
    if (adoptOn !== null) {
      until(w, adoptOn);
      expect(adoptIn(w, other).ok).toBe(true);
    }
    until(w, '2026-04-20 10:00');
    b.go(w, 'resume', b.hub);
    if (adoptOn === null) expect(adoptIn(w, other).ok).toBe(true);
    return w;
  };
  it('leaves the same days whenever it is adopted: before the frozen date goes by, after it, or after resuming', () => {
    const [before, after, resumed] = ['2026-03-10 10:00', '2026-04-01 10:00', null].map(lives);
    expect([before, after, resumed].map((w) => w && totalOf(w))).toEqual([1, 2, 3].map(() => before && totalOf(before)));
    expect([before, after].map((w) => w && dueDateAt(w.pack.calendar, find(w, 'citizen')?.due ?? 0))).toEqual([1, 2].map(() => resumed && dueDateAt(resumed.pack.calendar, find(resumed, 'citizen')?.due ?? 0)));
    for (const w of [before, after]) expect(Object.keys(w?.state.time?.passed ?? {}).filter((k) => /^(total|citizen|progress)/.test(k))).toEqual([]);
  });
});

describe('who waits for a second signature', () => {
  it('is not late with it: a task that the unit closed is the checker’s to sign', () => {
    const w = planned();
    b.started(w);
    b.go(w, 'submitTaskProof', b.uo);
    const id = find(w, 'check:N1') ? 'check:N1' : (deadlinesOf(w.state, w.pack).find((d) => d.id.startsWith('check:'))?.id ?? '');
    expect(find(w, id)).toMatchObject({ role: 'LEAD', side: 'unit' });
    b.go(w, 'closeTask', b.lead);
    expect(find(w, id)).toBeUndefined();
    const proposal = deadlinesOf(w.state, w.pack).find((d) => d.id.startsWith('proposal:'));
    expect(proposal).toMatchObject({ role: 'SUP', side: 'office', row: 'T3' });
    w.wait((proposal?.due ?? 0) - w.at + hour);
    expect(said(w).filter((m) => m.includes(id))).toEqual([]);
    expect(w.state.alert.level).toBe('none');
    // Sent back, it is the unit's again, and from now on.
    b.go(w, 'returnProposal', b.sup);
    expect(find(w, id)).toMatchObject({ role: 'LEAD', since: w.at });
  });

  it('and of a suspended case the head of the office holds the stage and is urged', () => {
    const w = planned();
    suspend(w, 5);
    expect([find(w, 'stage')?.role, addressee(w.state).role]).toEqual(['HUB', 'HUB']);
  });
});

describe('an application that is taken back', () => {
  it('tells nobody again what was told before it, and does not count', () => {
    const w = new World();
    b.toImmediate(w);
    w.wait(3 * day);
    b.finish(w);
    b.apply(w);
    b.go(w, 'clearAlert', b.sup);
    const n = w.entries.length;
    b.go(w, 'withdrawApplication', b.uh);
    w.wait(0);
    expect(said(w, n).filter((m) => m.startsWith('fallBehind contact') || m.startsWith('fallBehind coop'))).toEqual([]);
    expect(w.state.alert.level).toBe('none');
    expect(runsOf(w).filter((r) => r.id === 'total').map((r) => r.outcome)).toEqual(['void', 'running']);
  });

  it('reported in time and signed late is on time, and no red is left of the hours between', () => {
    const w = new World();
    b.toImmediate(w);
    b.go(w, 'contactCitizen', b.uo);
    b.go(w, 'coopSignFor', b.coop);
    b.finish(w);
    const due = w.state.clocks.totalDue ?? 0;
    w.wait(due - w.at - 2 * hour);
    b.go(w, 'reportDone', b.uo);
    w.wait(due - w.at + 3 * hour);
    expect(w.state.alert).toMatchObject({ level: 'red', cause: 'fallOverdue' });
    w.approve(b.ul);
    expect([w.state.application?.onTime, w.state.clocks.overdueAt, w.state.alert.level === 'red', w.state.drafts.includes('L3')]).toEqual([true, null, false, false]);
    expect(viewOf(w.state, b.hub, w.at, w.pack).overdue).toBe(false);
  });
});

describe('what an alert drafts', () => {
  it('is owed only while it may be issued, from when it was drafted, and what was missed of it stays missed', () => {
    const w = planned();
    until(w, '2026-04-01 10:00');
    expect(w.state.alert.level).toBe('yellow');
    const letter = find(w, 'act:L2');
    until(w, '2026-05-20 10:00');
    expect(w.state.alert.level).toBe('red');
    expect(find(w, 'act:L2')).toMatchObject({ since: letter?.since, due: letter?.due, cycle: letter?.cycle });
    expect(said(w).filter((m) => m === 'fallOverdue act:L2 late')).toHaveLength(1);
    expect(find(w, 'act:L3')?.since).toBe(w.state.alert.since);
  });

  it('is nothing of what the office itself is late with', () => {
    const w = new World();
    b.toVerifying(w);
    w.wait(20 * day);
    expect(w.state.drafts).not.toContain('L3');
  });

  it('of a talk goes with a red that was lawfully withdrawn, and a frozen red gets no older', () => {
    const w = planned();
    b.go(w, 'requestExtension', b.uh, { due: '2026-05-29' });
    until(w, '2026-05-14 10:00');
    expect(w.state.drafts).toContain('L4');
    b.go(w, 'grantExtension', b.hub);
    expect([w.state.alert.level, w.state.drafts.includes('L4'), find(w, 'act:L4')]).toEqual(['none', false, undefined]);
    const frozen = planned();
    frozen.wait((frozen.state.clocks.totalDue ?? 0) - frozen.at + 10 * hour);
    suspend(frozen, 80);
    frozen.wait(40 * day);
    const n = frozen.entries.length;
    b.go(frozen, 'resume', b.hub);
    frozen.wait(hour);
    expect(said(frozen, n).filter((m) => m.includes('talk'))).toEqual([]);
    frozen.wait(8 * day);
    expect(said(frozen, n)).toContain('remind talk draft');
  });
});

describe('a suspension', () => {
  it('does not outlive its case: what becomes of it otherwise than by resuming leaves nothing suspended', () => {
    const w = planned();
    b.go(w, 'fileAppeal', b.uh, { against: 'rating' });
    suspend(w);
    b.go(w, 'decideAppeal', b.review, { decision: '支持', noProblemLeft: true });
    expect(w.state.stage).toBe('invalidated');
    expect(w.state.suspension).toEqual({ state: 'none', from: null, since: null, resumeBy: null, remaining: null });
    expect([w.state.alert.frozen, w.state.time?.entered]).toEqual([false, undefined]);
  });

  it('lets a leader set a date ahead, also when the frozen one has gone by', () => {
    const w = planned();
    suspend(w, 85);
    w.wait(80 * day);
    b.go(w, 'instruct', b.deputy, { due: b.inDays(w, 10) });
    const days = left(w, w.state.clocks.totalDue);
    w.wait(3 * day);
    b.go(w, 'resume', b.hub);
    expect(left(w, w.state.clocks.totalDue)).toBe(days);
    expect(find(w, 'total')?.original ?? 0).toBeLessThanOrEqual(w.state.clocks.totalDue ?? 0);
  });

  it('is told in the days counted, also when the case was regraded meanwhile', () => {
    const w = planned();
    w.wait(2 * day);
    suspend(w);
    w.wait(5 * day);
    regrade(w, 'red');
    w.wait(20 * day);
    b.go(w, 'resume', b.hub);
    const told = { editionOf: () => Edition.parse(published), counting: 'whole' as const };
    const parts = partsOf(told, runsOf(w).filter((r) => r.id === 'total'));
    expect(parts.map((p) => p.part)).toEqual(['counted', 'paused', 'rest']);
  });
});

describe('what an upheld appeal takes back', () => {
  it('is the half limit too: the date is what it was before the return', () => {
    const w = planned();
    const { totalDue } = w.state.clocks;
    b.handIn(w);
    b.called(w);
    b.go(w, 'passPrelim', b.reviewer);
    b.visit(w);
    b.both(w, 'reinspectionFail', [b.il, b.hub]);
    expect(w.state.clocks.totalDue).not.toBe(totalDue);
    b.go(w, 'fileAppeal', b.uh, { against: 'conclusion' });
    b.go(w, 'decideAppeal', b.hub2, { decision: '支持' });
    expect(w.state.stage).toBe('reinspection.awaiting');
    expect([w.state.clocks.totalDue, w.state.time?.base]).toEqual([totalDue, null]);
  });
});

describe('another policy', () => {
  it('measures extensions by its own limit', () => {
    const w = new World();
    b.toTriaged(w, 'yellow', 'immediate');
    b.go(w, 'assign', b.hub, { due: undefined });
    b.go(w, 'signFor', b.uc);
    expect(originalDays(w.state, w.pack)).toBe(15);
    expect(adoptIn(w, { policy: policyWith((p) => ({ totals: { ...p.totals, yellow: { ...p.totals.yellow, immediate: { amount: 8, unit: 'wd' } } } })) }).ok).toBe(true);
    expect(originalDays(w.state, w.pack)).toBe(8);
  });

  it('moves no date that a leader set, though it is the one that the limit gave', () => {
    const w = new World();
    b.toTriaged(w, 'yellow', 'immediate');
    b.go(w, 'assign', b.hub, { due: undefined });
    b.go(w, 'signFor', b.uc);
    const set = totalOf(w);
    b.go(w, 'instruct', b.deputy, { due: set });
    adoptIn(w, { calendar: withOff(['2026-03-16', '2026-03-18', '停']) });
    expect(totalOf(w)).toBe(set);
  });
});

describe('what no other act moves', () => {
  it('is the office’s own limit to verify afterwards, by a new unit', () => {
    const w = new World();
    b.toCaptured(w);
    b.go(w, 'urgentAssign', b.hub);
    const { due, cycle } = find(w, 'verify') ?? {};
    b.go(w, 'requestReturn', b.ul);
    w.wait(day);
    b.go(w, 'reassign', b.hub);
    expect(find(w, 'verify')).toMatchObject({ due, cycle });
  });

  it('is what the citizen was told, by a failed visit', () => {
    const w = planned('blue');
    b.both(w, 'requestExtension', [b.uh], { due: '2026-09-18' });
    b.go(w, 'grantExtension', b.hub);
    const told = find(w, 'citizen')?.due;
    b.handIn(w);
    b.called(w);
    b.go(w, 'passPrelim', b.reviewer);
    b.visit(w);
    b.both(w, 'reinspectionFail', [b.il, b.hub]);
    expect(find(w, 'citizen')?.due).toBe(told);
  });

  it('are the hours of a red case, by a colour that goes and comes back', () => {
    const w = new World();
    b.toAssigned(w, 'blue');
    regrade(w, 'red');
    const first = ['contact', 'stage', 'interim'].map((id) => find(w, id)?.due);
    w.wait(hour);
    regrade(w, 'yellow');
    regrade(w, 'red');
    expect(['contact', 'stage', 'interim'].map((id) => find(w, id)?.due)).toEqual(first);
  });

  it('is since when a task is counted, by its being started', () => {
    const w = planned();
    const task = deadlinesOf(w.state, w.pack).find((d) => d.id.startsWith('task:'));
    w.wait(20 * hour);
    b.started(w);
    expect(find(w, task?.id ?? '')?.since).toBe(task?.since);
  });
});

it('no fold of any of these throws', () => {
  const w = planned();
  suspend(w);
  expect(() => fold(w.state, w.at + 400 * day, w.pack)).not.toThrow();
});
