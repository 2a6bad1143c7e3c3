/** What time says by itself: which marks a case has, when they fire, whom they tell, and what never moves them. */
import { describe, expect, it } from 'vitest';
import { type Mark, currentVersion, deadlinesOf, epochDay, fold, machineOf, marksOf, moveRaters, officeAlertOf, toInstant } from '../../../cases/index.ts';
import type { EntryDraft } from '../../../schemas/index.ts';
import * as b from '../../support/scenarios/build.ts';
import { find } from '../../support/scenarios/clock.ts';
import { World, day, hour } from '../../support/world.ts';

const cst = (text: string): number => Date.parse(`${text}:00+08:00`);
const marks = (w: World, of: string): string[] => marksOf(w.state, w.pack).filter((m) => m.of?.deadline.id === of).map((m) => `${m.command} ${stamp(m.at)}`);
const stamp = (at: number): string => new Date(at + 8 * hour).toISOString().slice(0, 16).replace('T', ' ');
const told = (w: World, type: string): EntryDraft[] => w.entries.filter((e) => e.type === type);
const wait = (w: World, until: string): void => w.wait(cst(until) - w.at);

/** 2026-03-02, a Monday, 10:05: assigned with fifteen working days. */
const assigned = (): World => {
  const w = new World();
  b.toAssigned(w, 'yellow', 'immediate');
  return w;
};
const working = (due = '2026-03-23'): World => {
  const w = new World();
  b.toTriaged(w, 'yellow', 'immediate');
  b.go(w, 'assign', b.hub, { due });
  b.go(w, 'signFor', b.uc);
  b.go(w, 'contactCitizen', b.uo);
  b.go(w, 'coopSignFor', b.coop);
  return w;
};

describe('the marks of a total', () => {
  it('are reminders at half time and three days before, blue at a fifth left and one day before, red at the end', () => {
    expect(marks(working(), 'total')).toEqual(['remind 2026-03-12 09:32', 'remind 2026-03-18 09:00', 'nearDue 2026-03-18 15:49', 'nearDue 2026-03-20 09:00', 'fallOverdue 2026-03-24 00:00']);
  });

  it('lie inside working time, all but the end itself', () => {
    const w = working();
    for (const m of marksOf(w.state, w.pack).filter((x) => x.at !== x.of?.deadline.due)) expect([...Array(8).keys()].map((h) => h + 9), stamp(m.at)).toContain(new Date(m.at + 8 * hour).getUTCHours());
  });

  it('fire once each, dated by their own instant, however late somebody looks', () => {
    const w = working();
    const wanted = marksOf(w.state, w.pack).filter((m) => m.of?.deadline.id === 'total').map((m) => m.at);
    w.wait(60 * day);
    const fired = w.entries.filter((e) => e.body.payload['deadline'] === 'total');
    expect(fired.map((e) => e.effectiveAt)).toEqual(wanted);
    expect(new Set(fired.map((e) => e.at)).size).toBe(1);
    expect(w.state.clocks.overdueAt).toBe(cst('2026-03-24 00:00'));
    expect(w.state.alert.level).toBe('red');
  });

  it('recorded together tell a person once, of the highest', () => {
    const w = working();
    const { effects } = fold(w.state, w.at + 60 * day, w.pack);
    const notices = effects.filter((e) => typeof e.data['mark'] === 'string');
    const persons = notices.flatMap((e) => e.to.map((t) => `${t.role} ${t.unit}`));
    expect(persons.length).toBe(new Set(persons).size);
    expect(notices.find((e) => e.to.some((t) => t.role === 'UH'))?.name).toBe('fallOverdue');
  });

  it('from 临期 on also tell the superior of whoever holds the limit', () => {
    const w = working();
    wait(w, '2026-03-18 12:00');
    const { effects } = fold(w.state, cst('2026-03-18 16:00'), w.pack);
    expect(effects.map((e) => [e.name, e.to.map((t) => `${t.role}${t.line ? ' above' : ''}`)])).toEqual([['nearDue', ['UH', 'LDR_DEPUTY above', 'UL']]]);
  });

  it('are none while an application is before the office: what the unit owed it has given', () => {
    const w = new World();
    b.toApplied(w);
    expect(find(w, 'total')).toBeUndefined();
    expect(find(w, 'citizen')).toMatchObject({ role: 'HUB', since: w.state.clocks.capturedAt });
  });
});

describe('a step that the unit misses', () => {
  it('is 滞后, not 逾期, and drafts the letter of a supervisor', () => {
    const w = assigned();
    wait(w, '2026-03-04 00:00');
    expect(w.state.alert).toMatchObject({ level: 'yellow', cause: 'fallBehind' });
    expect(w.state.drafts).toContain('L2');
    expect(w.state.clocks.overdueAt).toBeNull();
    expect(find(w, 'act:L2')).toMatchObject({ role: 'SUP', since: w.state.alert.since });
  });

  it('was near before that: blue, and no longer blue once it is done', () => {
    const w = assigned();
    b.go(w, 'contactCitizen', b.uo);
    b.go(w, 'coopSignFor', b.coop);
    wait(w, '2026-03-03 17:00');
    expect(w.state.alert.level).toBe('blue');
    b.go(w, 'signFor', b.uc);
    expect(w.state.alert).toMatchObject({ level: 'none', cause: null });
  });

  it('of less done than time gone by fifteen points is seen at the minute', () => {
    const w = working();
    b.measure(w);
    const [behind] = marksOf(w.state, w.pack).filter((m) => m.command === 'fallBehind' && m.of?.rule === 'behind');
    expect(stamp(behind?.at ?? 0)).toBe('2026-03-04 13:44');
    b.submitted(w);
    expect(marksOf(w.state, w.pack).filter((m) => m.of?.rule === 'behind')).toEqual([]);
  });
});

describe('what the office misses', () => {
  it('is its own alert: the case has none, and no unit reads the stage from it', () => {
    const w = new World();
    b.toPrelim(w);
    // What the unit owes to the citizen, and a supporting unit's signature, it owes still.
    b.go(w, 'contactCitizen', b.uo);
    b.go(w, 'coopSignFor', b.coop);
    const { unitRevision } = w.state;
    w.wait(10 * day);
    expect(officeAlertOf(w.state, w.pack)).toBe('red');
    expect(w.state.alert.level).toBe('none');
    expect(w.state.unitRevision).toBe(unitRevision);
    expect(told(w, 'fallOverdue').map((e) => e.audience)).toContainEqual({ scope: 'office' });
    expect(told(w, 'fallOverdue').every((e) => e.audience.scope === 'office')).toBe(true);
  });

  it('ends with the act that was waited for', () => {
    const w = new World();
    b.toRegistered(w);
    w.wait(5 * day);
    expect(officeAlertOf(w.state, w.pack)).toBe('red');
    b.grade(w, 'blue', 'immediate');
    expect(officeAlertOf(w.state, w.pack)).toBe('none');
  });

  it('lets a supervisor write to whoever holds the case, by the alert of the office', () => {
    const w = new World();
    b.toRegistered(w);
    expect(w.try('issueSupervisionLetter', b.sup, { text: '催' })).toBe('ALERT-NOT-RAISED');
    w.wait(5 * day);
    expect(w.try('issueSupervisionLetter', b.sup, { text: '催' })).toBe('ok');
    expect(w.state.acts.at(-1)?.to).toEqual({ role: 'HUB', unit: null });
  });
});

describe('an extension', () => {
  const asked = (): World => {
    const w = working();
    wait(w, '2026-03-19 10:00');
    b.go(w, 'requestExtension', b.uh, { due: '2026-03-26' });
    return w;
  };

  it('moves nothing until it is granted: silence is not consent', () => {
    const w = asked();
    expect(find(w, 'total')?.due).toBe(cst('2026-03-24 00:00'));
    wait(w, '2026-03-25 10:00');
    expect(w.state.alert.level).toBe('red');
    expect(find(w, 'extension')).toMatchObject({ role: 'HUB' });
  });

  it('granted late but asked in time, takes back what time alone had said, on record', () => {
    const w = asked();
    wait(w, '2026-03-24 10:00');
    expect([w.state.alert.level, w.state.clocks.overdueAt]).toEqual(['red', cst('2026-03-24 00:00')]);
    b.go(w, 'grantExtension', b.hub);
    expect([w.state.alert.level, w.state.clocks.overdueAt, w.state.drafts]).toEqual(['none', null, []]);
    expect(find(w, 'total')).toMatchObject({ due: cst('2026-03-27 00:00'), original: cst('2026-03-24 00:00') });
    wait(w, '2026-03-27 00:00');
    const overdue = told(w, 'fallOverdue').filter((e) => e.body.payload['deadline'] === 'total');
    expect(overdue.map((e) => e.effectiveAt)).toEqual([cst('2026-03-24 00:00'), cst('2026-03-27 00:00')]);
  });

  it('begins a new running: it is told of once more, and of nothing that lies behind', () => {
    const w = asked();
    b.go(w, 'grantExtension', b.hub);
    expect(marks(w, 'total')).toEqual(['remind 2026-03-23 09:00', 'nearDue 2026-03-23 10:37', 'nearDue 2026-03-25 09:00', 'fallOverdue 2026-03-27 00:00']);
  });
});

describe('a suspension', () => {
  const suspended = (from: string): World => {
    const w = working();
    wait(w, from);
    b.both(w, 'suspend', [b.uh, b.deputy], { resumeBy: '2026-04-10' });
    return w;
  };

  it('stops the clock: nothing of the unit fires, whatever the weather', () => {
    const w = suspended('2026-03-10 10:00');
    const before = w.entries.length;
    w.wait(20 * day);
    expect(w.entries.slice(before).filter((e) => e.body.payload['side'] === 'unit')).toEqual([]);
    expect(find(w, 'total')?.paused).toBe(true);
  });

  it('is ended by a person: at its date resuming is proposed, and the case stays where it is', () => {
    const w = suspended('2026-03-10 10:00');
    wait(w, '2026-04-20 10:00');
    expect(w.state.stage).toBe('suspended');
    expect(w.state.drafts).toContain('resume');
    b.go(w, 'resume', b.hub);
    expect(w.state.stage).toBe('immediate');
    expect(w.state.drafts).not.toContain('resume');
  });

  it('gives back the working days that remained, and counts the marks on from what was used', () => {
    const w = suspended('2026-03-10 10:00');
    wait(w, '2026-03-24 10:00');
    b.go(w, 'resume', b.hub);
    // Nine working days were left on 10 March; 5 and 6 April are off.
    expect(find(w, 'total')).toMatchObject({ due: cst('2026-04-08 00:00'), since: w.state.clocks.assignedAt });
    expect(marks(w, 'total').at(0)).toBe('remind 2026-03-26 09:32');
    wait(w, '2026-03-26 14:00');
    expect(told(w, 'remind').filter((e) => e.body.payload['mark'] === 'half')).toHaveLength(1);
  });
});

describe('what never moves a deadline', () => {
  const dues = (w: World): [string, number][] => deadlinesOf(w.state, w.pack).filter((d) => !d.id.startsWith('proposal:')).map((d) => [d.id, d.due]);
  const armed = (w: World): [string, number][] => marksOf(w.state, w.pack).filter((m: Mark) => !m.id.startsWith('proposal:')).map((m) => [m.id, m.at]);

  it.each([
    ['an instruction without a date', (w: World) => b.go(w, 'instruct', b.chief, { text: '加快', due: undefined })],
    ['a proposal', (w: World) => b.go(w, 'convertToPlan', b.ul)],
    ['a proposal that is returned', (w: World) => { b.go(w, 'convertToPlan', b.ul); w.do('returnProposal', b.hub, { proposalId: w.state.proposals[0]?.proposalId, reason: '不必' }); }],
    ['an interim measure', (w: World) => b.go(w, 'interimMeasure', b.uo)],
    ['a change of the people', (w: World) => b.go(w, 'changeDuty', b.uh)],
  ])('%s', (_, act) => {
    const w = working();
    const [before, marksBefore] = [dues(w), armed(w)];
    act(w);
    expect(dues(w)).toEqual(before);
    expect(armed(w)).toEqual(marksBefore);
  });

  it('a new unit: it has its own limit to sign for, and the total of the first', () => {
    const w = assigned();
    const total = find(w, 'total')?.due;
    b.go(w, 'requestReturn', b.ul);
    w.wait(day);
    b.go(w, 'reassign', b.hub);
    expect(find(w, 'total')?.due).toBe(total);
    expect(find(w, 'stage')?.due).toBe(toInstant(w.pack.calendar, epochDay('2026-03-05'), 0));
  });
});

describe('a limit begins where its duty begins', () => {
  it('a grade that is confirmed takes back no extension that was granted', () => {
    const w = working();
    wait(w, '2026-03-19 10:00');
    b.go(w, 'requestExtension', b.uh, { due: '2026-03-26' });
    b.go(w, 'grantExtension', b.hub);
    b.go(w, 'regrade', b.hub, { colour: 'yellow', track: undefined });
    expect(find(w, 'total')?.due).toBe(cst('2026-03-27 00:00'));
  });

  it('a supplement is checked within a day of its coming, not of the first filing', () => {
    const w = new World();
    b.toApplied(w);
    b.go(w, 'returnForSupplement', b.intake);
    w.wait(3 * day);
    b.go(w, 'submitSupplement', b.uc);
    expect(find(w, 'stage')).toMatchObject({ row: '28', since: w.at });
    expect(officeAlertOf(w.state, w.pack)).toBe('none');
  });

  it('what is sent back by another organ is verified within a day of its return', () => {
    const w = new World();
    b.toVerifying(w);
    b.both(w, 'routeOut', [b.intake, b.hub], { channel: '信访' });
    w.wait(20 * day);
    b.go(w, 'sentBack', b.intake);
    expect(find(w, 'stage')).toMatchObject({ row: '4', since: w.at });
  });

  it('a rater that joins from another case is to be contacted within a day of joining', () => {
    const w = working();
    w.wait(10 * day);
    const move = { key: 'k', kind: 'join' as const, from: 'YC-2026-JY-0050', raters: [{ raterId: 'R7', feedbackId: 'F7', named: true }] };
    w.state = moveRaters(w.state, move, w.at, w.pack)?.state ?? w.state;
    expect(find(w, 'contact')?.since).toBe(w.at);
  });
});

describe('nodes and talks', () => {
  const planned = (): World => {
    const w = new World();
    b.toDrafting(w);
    const plan = b.planOf(w);
    const [first] = plan.tasks;
    if (!first) throw new Error('no task');
    b.go(w, 'submitPlan', b.uh, { plan: { ...plan, tasks: [{ ...first, taskId: 'N1', due: b.inDays(w, 18), nodes: [{ what: '初稿', due: b.inDays(w, 7) }, { what: '定稿', due: b.inDays(w, 14) }] }] } });
    b.go(w, 'approvePlan', b.hub);
    return w;
  };
  it('a node that nobody reported is 滞后 at its end; a report with proof meets it', () => {
    const w = planned();
    expect(find(w, 'node:N1.1')?.due).toBeLessThan(find(w, 'node:N1.2')?.due ?? 0);
    b.go(w, 'reportProgress', b.uo, { nodes: [{ taskId: 'N1', what: '初稿', proof: w.exhibit('proof', b.uo) }] });
    expect([find(w, 'node:N1.1'), find(w, 'node:N1.2')?.role]).toEqual([undefined, 'UO']);
    w.wait(16 * day);
    expect(told(w, 'fallBehind').map((e) => e.body.payload['deadline'])).toContain('node:N1.2');
    expect(told(w, 'fallBehind').map((e) => e.body.payload['deadline'])).not.toContain('node:N1.1');
  });

  it('after five working days of red a talk is drafted and a leader told; it is not held by itself', () => {
    const w = working();
    wait(w, '2026-03-31 08:59');
    expect(w.state.drafts).not.toContain('L4');
    wait(w, '2026-03-31 09:00');
    expect([w.state.drafts, w.state.acts]).toEqual([expect.arrayContaining(['L3', 'L4']), []]);
    expect(w.entries.at(-1)?.body.payload).toMatchObject({ deadline: 'talk', mark: 'draft', holder: 'LDR_DEPUTY' });
    b.go(w, 'summonTalk', b.deputy);
    expect(w.state.drafts).not.toContain('L4');
    w.wait(30 * day);
    expect(told(w, 'remind').filter((e) => e.body.payload['deadline'] === 'talk')).toHaveLength(1);
  });
});

describe('no timer closes anything', () => {
  it('the rows that time may fire lead to no settled stage but a look-back, and to the end of what is archived', () => {
    const byTime = (machineOf(currentVersion)?.rows ?? []).filter((r) => r.actor === 'SYS').flatMap((r) => r.to.map((t) => `${r.row} ${t.to}`));
    expect(byTime.sort()).toEqual(['42 lookback', '43b retired', 'A0 same', 'A1 same', 'A2 same', 'A3 same', 'C1 same']);
  });
});

describe('marks are a function of the state', () => {
  it('read again from what was stored they are the same', () => {
    const w = working();
    w.wait(12 * day);
    expect(marksOf(JSON.parse(JSON.stringify(w.state)), JSON.parse(JSON.stringify(w.pack)))).toEqual(marksOf(w.state, w.pack));
  });

  it('and what fired is forgotten with the limit that it was about', () => {
    const w = working();
    w.wait(30 * day);
    expect(w.state.time?.told.length).toBeGreaterThan(3);
    b.measure(w, { due: b.inDays(w, 1) });
    w.wait(3 * day);
    const told = (of: string): boolean => w.state.time?.told.some((id) => id.startsWith(of)) ?? false;
    expect(['task:', 'total'].map(told)).toEqual([true, true]);
    b.submitted(w);
    expect(told('task:')).toBe(false);
    both(w);
    expect(told('total')).toBe(false);
  });
  const both = (w: World): void => {
    b.both(w, 'closeTask', [b.lead, b.sup]);
    b.go(w, 'replyCitizen', b.uo);
    b.both(w, 'reportDone', [b.uo, b.ul]);
  };
});
