/** What a second review found, in the same manner. */
import { describe, expect, it } from 'vitest';
import { compileCalendar, countdownOf, dueDateAt, dueStandingOf, originalDays, toCivil, viewOf, workingDaysBetween } from '../../../cases/index.ts';
import { Edition } from '../../../schemas/index.ts';
import shipped from '../../../data/calendar-cn-2024-2026.json' with { type: 'json' };
import * as b from '../../support/scenarios/build.ts';
import { contacted, failed, find, planned, regrade, said, suspend, until } from '../../support/scenarios/clock.ts';
import { World, day, hour } from '../../support/world.ts';


describe('a proposal of accountability', () => {
  it('is sealed: the unit neither sees it, nor owes an answer, nor learns of it from a number', () => {
    const w = planned();
    b.go(w, 'issueUrge', b.sup);
    const seen = viewOf(w.state, b.uh, w.at, w.pack).acts;
    w.state = { ...w.state, acts: [...w.state.acts, { act: 'B1', code: 'L7', to: { role: 'UH', unit: 'U1' }, servedAt: w.at, replyBy: w.at + 5 * day, answeredAt: null }] };
    expect(viewOf(w.state, b.uh, w.at, w.pack).acts).toEqual(seen);
    b.go(w, 'replyAct', b.uh, { act: undefined });
    expect(w.state.acts.map((a) => [a.act, a.answeredAt !== null])).toEqual([['A1', true], ['B1', false]]);
    expect(w.try('replyAct', b.uh)).not.toBe('ok');
    b.go(w, 'issueUrge', b.sup);
    expect(w.state.acts.at(-1)?.act).toBe('A2');
  });
});

describe('what was told of a limit', () => {
  it('of 责令转清单 is not told again by a suspension', () => {
    const w = new World();
    b.toImmediate(w);
    contacted(w);
    b.measure(w, { due: b.inDays(w, 3) });
    w.wait((w.state.clocks.totalDue ?? 0) - w.at + 4 * day);
    expect(said(w)).toContain('fallOverdue orderPlan late');
    suspend(w);
    w.wait(5 * day);
    const n = w.entries.length;
    b.go(w, 'resume', b.hub);
    w.wait(3 * day);
    expect(said(w, n).filter((m) => m.includes('orderPlan'))).toEqual([]);
  });

  it('of a visit that was awaited is not told again when it is void: another is awaited from then on', () => {
    const w = new World();
    b.toAwaiting(w);
    contacted(w);
    b.called(w);
    w.wait(30 * day);
    b.visit(w);
    const n = w.entries.length;
    b.both(w, 'voidVisit', [b.il, b.hub]);
    expect(find(w, 'stage')).toMatchObject({ row: '31', since: w.at });
    w.wait(hour);
    expect(said(w, n)).toEqual([]);
  });
});

describe('a grade after a failed visit', () => {
  it('gives half of its own limit from the visit, and none is late the moment it is given', () => {
    const w = planned();
    until(w, '2026-04-20 10:00');
    failed(w);
    const visit = w.at;
    regrade(w, 'red');
    const days = originalDays(w.state, w.pack) ?? 0;
    const dayOf = (at: number): number => toCivil(w.pack.calendar, at).day;
    expect(workingDaysBetween(w.pack.calendar, dayOf(visit), dayOf((w.state.clocks.totalDue ?? 0) - 1))).toBe(Math.floor(days / 2));
    expect(w.state.clocks.overdueAt).toBeNull();
  });
});

describe('a total that was missed and lies ahead again', () => {
  it('is not overdue meanwhile, may be extended, and is told when it is missed again', () => {
    const w = planned();
    until(w, '2026-04-10 10:00');
    regrade(w, 'red');
    w.wait(hour);
    expect(w.state.clocks.overdueAt).not.toBeNull();
    regrade(w, 'yellow');
    expect([w.state.clocks.overdueAt, viewOf(w.state, b.hub, w.at, w.pack).overdue]).toEqual([null, false]);
    expect(w.try('requestExtension', b.uh, { due: '2026-05-08', cause: '原因', interimPlan: '过渡' })).toBe('ok');
    const n = w.entries.length;
    w.wait((w.state.clocks.totalDue ?? 0) - w.at + hour);
    expect(said(w, n)).toContain('fallOverdue total overdue');
  });
});

describe('a letter to the unit', () => {
  it('is owed by nobody while the office has the case, for it would go to the office itself', () => {
    const w = new World();
    b.toPrelim(w);
    w.wait(3 * day);
    expect([w.state.alert.level, w.state.drafts.includes('L2'), find(w, 'act:L2')]).toEqual(['yellow', true, undefined]);
    b.go(w, 'returnPrelim', b.reviewer);
    expect(find(w, 'act:L2')?.since).toBe(w.at);
  });
});

describe('what time alone said is withdrawn alone', () => {
  it('and not what a failed visit said before it', () => {
    const w = new World();
    b.toImmediate(w);
    contacted(w);
    failed(w);
    expect(w.state.alert).toMatchObject({ level: 'yellow', cause: 'reinspectionFail' });
    b.finish(w);
    const due = w.state.clocks.totalDue ?? 0;
    w.wait(due - w.at - 2 * hour);
    b.go(w, 'reportDone', b.uo);
    w.wait(due - w.at + 2 * hour);
    expect(w.state.alert).toMatchObject({ level: 'red', cause: 'fallOverdue' });
    w.approve(b.ul);
    expect(w.state.alert).toMatchObject({ level: 'yellow', cause: 'reinspectionFail' });
  });
});

describe('an objection', () => {
  it('that comes later gives the first no more days', () => {
    const w = new World();
    b.toPublic(w);
    b.go(w, 'raiseObjection', b.intake);
    const due = find(w, 'stage')?.due;
    w.wait(2 * day);
    b.go(w, 'raiseObjection', b.intake);
    expect(find(w, 'stage')?.due).toBe(due);
  });
});

describe('an extension that was asked for', () => {
  it('is owed only where it can be decided', () => {
    const w = new World();
    b.toDrafting(w);
    b.go(w, 'requestExtension', b.uh);
    expect(find(w, 'extension')).toBeDefined();
    b.go(w, 'submitPlan', b.uh);
    expect(find(w, 'extension')).toBeUndefined();
  });
});

describe('the board', () => {
  const calendar = compileCalendar(Edition.parse(shipped));
  it('counts no suspension into three times the limit', () => {
    const w = planned();
    w.wait(4 * day);
    suspend(w, 80);
    w.wait(75 * day);
    b.go(w, 'resume', b.hub);
    const total = find(w, 'total');
    if (!total) throw new Error('no total');
    const days = originalDays(w.state, w.pack) ?? 0;
    const [twice, four] = [2, 4].map((times) => dueStandingOf(w.pack.calendar, total, total.due + Math.round((times - 1) * days * 1.5) * day).standing);
    expect([twice, four]).toEqual(['overdue', 'overdueThrice']);
  });

  it('says hours of what ends at an hour, over a weekend too', () => {
    const [due, now] = ['2026-03-08T20:00:00+08:00', '2026-03-07T10:00:00+08:00'].map((t) => Date.parse(t)) as [number, number];
    expect(countdownOf(calendar, due, now)).toEqual({ late: false, unit: 'minute', amount: 34 * 60 });
    expect(dueDateAt(calendar, due)).toBe('2026-03-08');
  });
});
