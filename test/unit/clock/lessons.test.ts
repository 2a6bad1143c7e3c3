/** What users of other systems suffered from with deadlines, timers and reminders: a test for each, on lives of cases. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowed, boardOf, compileCalendar, deadlinesOf, dueStandingOf, fold, instantOfMark, marksOf, moveRaters, nextDue, opensOn, plainWeekdays, refold, toCivil, toInstant, viewOf, workingDaysBetween } from '../../../cases/index.ts';
import { nameOfMark, oracleOf } from '../../../demo/oracle/index.ts';
import { shippedPolicy } from '../../../import/index.ts';
import { type CommandType, type Deadline, Edition, type Effect, type EntryDraft } from '../../../schemas/index.ts';
import published from '../../../data/calendar-cn.json' with { type: 'json' };
import { editionOf } from '../../storm/dice.ts';
import * as b from '../../support/scenarios/build.ts';
import { move, random, recorded } from '../../support/walk.ts';
import { World, day, hour, monday, pack } from '../../support/world.ts';

const edition = Edition.parse(published);
const policyText = await shippedPolicy('default');
const dayOf = (at: number): number => toCivil(pack.calendar, at).day;
const find = (w: World, id: string): Deadline => {
  const found = deadlinesOf(w.state, w.pack).find((d) => d.id === id);
  if (!found) throw new Error(`no ${id} in ${w.state.stage}`);
  return found;
};
const markNames = (entries: readonly EntryDraft[]): string[] => entries.flatMap((e) => (e.effectiveAt === undefined ? [] : [`${e.type} ${String(e.body.payload['deadline'])} ${String(e.body.payload['mark'])}`]));

describe('an escalation before the deadline, with a split day', () => {
  it('lies in opening hours or at their end, and the earlier the farther before the end it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 60 }), (seed, days, amount) => {
        const calendar = compileCalendar(editionOf(random(seed)));
        const due = toInstant(calendar, dayOf(monday) + days, 24 * hour);
        const running = { since: monday, due, amount: { amount: days, unit: 'wd' as const }, countedFrom: monday, spent: 0 };
        for (const unit of ['h', 'wd', 'd'] as const) {
          const [near, far] = [amount, amount + 1].map((n) => instantOfMark(calendar, running, { before: { amount: n, unit } }) ?? 0) as [number, number];
          const { day: on, ms } = toCivil(calendar, near);
          expect(opensOn(calendar, on).periods.some(([from, to]) => from <= ms && ms <= to) || (ms === 0 && opensOn(calendar, on - 1).periods.at(-1)?.[1] === 24 * hour), `${seed} ${unit} ${near}`).toBe(true);
          expect(far).toBeLessThanOrEqual(near);
        }
        const shares = [0.1, 0.3, 0.5, 0.8, 1].map((elapsed) => instantOfMark(calendar, running, { elapsed }) ?? 0);
        expect(shares).toEqual(shares.toSorted((x, y) => x - y));
      }),
      { numRuns: 150 },
    );
  });
});

describe('a pause over weekends and holidays', () => {
  it('moves the deadline by the working days of the pause, and by nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 60 }), (wait, hours, pause) => {
        const w = new World();
        b.toRectifying(w, 'yellow');
        w.wait(wait * day + hours * hour);
        const before = find(w, 'total').due;
        b.both(w, 'suspend', [b.uh, b.deputy], { resumeBy: b.inDays(w, 70) });
        const from = w.at;
        w.wait(pause * day);
        b.go(w, 'resume', b.hub);
        const lasted = workingDaysBetween(pack.calendar, dayOf(from), dayOf(w.at));
        expect(workingDaysBetween(pack.calendar, dayOf(before - 1), dayOf(find(w, 'total').due - 1))).toBe(lasted);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a limit that is changed on the way', () => {
  it('keeps the time that was used, and tells nobody again what was told', () => {
    const w = new World();
    b.toTriaged(w, 'yellow', 'list');
    b.go(w, 'assign', b.hub, { due: undefined });
    b.go(w, 'signFor', b.uc);
    const { since, due } = find(w, 'total');
    w.wait(due - w.at - 5 * day);
    const told = markNames(w.entries).filter((m) => m.includes(' total '));
    const n = w.entries.length;
    b.go(w, 'regrade', b.hub, { colour: 'red' });
    expect(find(w, 'total').since).toBe(since);
    expect(find(w, 'total').due).toBeLessThan(due);
    w.wait(60 * day);
    const again = markNames(w.entries.slice(n)).filter((m) => m.includes(' total '));
    expect(told.length).toBeGreaterThan(0);
    expect(again.filter((m) => told.includes(m))).toEqual([]);
    expect(again).toContain('fallOverdue total overdue');
  });
});

describe('another list of holidays', () => {
  it('tells nobody again, and moves nothing that was told', () => {
    const w = new World();
    b.toRectifying(w, 'yellow');
    w.wait(30 * day);
    const told = markNames(w.entries);
    for (let seed = 1; seed < 40; seed += 1) {
      const fresh = { ...w.pack, calendar: compileCalendar(editionOf(random(seed))) };
      const armed = marksOf(w.state, fresh).map((m) => `${m.command} ${m.of?.deadline.id} ${m.of?.rule}`);
      const running = new Set(deadlinesOf(w.state, w.pack).map((d) => d.id));
      expect(armed.filter((m) => told.includes(m) && running.has(m.split(' ')[1] ?? '') && !m.includes(' stage '))).toEqual([]);
      expect(marksOf(w.state, fresh).every((m) => m.at >= (w.state.time?.at ?? 0))).toBe(true);
    }
  });
});

describe('no calendar at all', () => {
  it('hangs nothing: marks fire by plain weekdays, and every date says that it is provisional', () => {
    const w = new World('YC-2026-JY-0001', monday, { ...pack, calendar: plainWeekdays });
    b.toRectifying(w, 'yellow');
    w.wait(400 * day);
    expect(markNames(w.entries)).toContain('fallOverdue total overdue');
    expect(deadlinesOf(w.state, w.pack).filter((d) => d.amount !== null && d.amount.unit !== 'h').every((d) => d.provisional)).toBe(true);
  });
});

/** What entries alone arm, against what the state arms. */
const armedBoth = (w: World): [string[], string[]] => {
  const oracle = oracleOf({ policyText, edition }, w.state.caseNo);
  for (const e of w.entries) oracle.next(e);
  const ours = marksOf(w.state, w.pack).map((m) => `${m.at} ${nameOfMark({ command: m.command, deadline: m.of?.deadline.id ?? '', mark: m.of?.rule ?? '' })}`);
  return [ours.toSorted(), oracle.armed().map((m) => `${m.at} ${nameOfMark(m)}`).toSorted()];
};

describe('timers after a send-back', () => {
  it('are those that the state arms, whatever led there: none lost, none left over', () => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const w = new World(`YC-2026-JY-${seed}`);
      const dice = random(seed);
      for (let n = 0; n < 80; n += 1) {
        move(w, dice);
        if (n % 10 !== 9) continue;
        const [ours, theirs] = armedBoth(w);
        expect(ours, `seed ${seed} step ${n} in ${w.state.stage}`).toEqual(theirs);
      }
    }
  }, 120_000);
  const backs: [string, (w: World) => void][] = [
    ['退回申请 of the unit', b.toReturned], ['初审退回', b.toReworked], ['撤回交办', (w) => { b.toAssigned(w); b.go(w, 'recall', b.hub); }], ['方案退回', (w) => { b.toPlanReview(w); b.go(w, 'returnPlan', b.hub); }],
    ['撤回申请', (w) => { b.toApplied(w); b.go(w, 'withdrawApplication', b.uh); }], ['暗访不合格', (w) => { b.toVisit(w); b.both(w, 'reinspectionFail', [b.il, b.hub]); }],
    ['任务退回', (w) => { b.toImmediate(w); b.measure(w); b.submitted(w); b.go(w, 'returnTask', b.sup); }], ['不予销号', (w) => { b.toSignoff(w); b.go(w, 'declineSignoff', b.hub, { newDraw: false, rework: [{ content: '返工', owner: 'UO-1@U1', due: b.inDays(w, 3), mark: '完成' }] }); }],
  ];
  it.each(backs)('of %s are armed anew by where it led', (_, back) => {
    const w = new World();
    back(w);
    const [ours, theirs] = armedBoth(w);
    expect(ours).toEqual(theirs);
    expect(ours.length).toBeGreaterThan(2);
  });
});

describe('waits longer than a 32-bit timer', () => {
  it('end at their instant: half a year, and a year after the closing', () => {
    const w = new World();
    b.toArchived(w);
    const at = nextDue(w.state, w.pack) ?? 0;
    expect(at - w.at).toBeGreaterThan(2 ** 31);
    w.wait(at - w.at - 1);
    expect(w.state.stage).toBe('archived');
    w.wait(1);
    expect([w.state.stage, w.entries.at(-1)?.effectiveAt]).toEqual(['retired', at]);
  });
  it('of two hundred days in one go give the same as day by day', () => {
    const start = new World();
    b.toRectifying(start, 'blue');
    const [once, daily] = [start.copy(), start.copy()];
    once.wait(200 * day);
    for (let n = 0; n < 200; n += 1) daily.wait(day);
    const told = (w: World): unknown[] => w.entries.map((e) => [e.type, e.effectiveAt, e.body.payload]);
    expect(told(daily)).toEqual(told(once));
    expect(told(once).length).toBeGreaterThan(8);
  });
});

describe('a clock that is computed, not stored', () => {
  it('follows from the entries and the pack they name: a newer calendar recomputes no past', () => {
    const w = new World();
    b.toRectifying(w, 'yellow');
    w.wait(45 * day);
    const again = refold(recorded(w.entries), w.pack);
    expect(again.divergence).toBeNull();
    if (!again.state) throw new Error('no state');
    expect(deadlinesOf(again.state, w.pack)).toEqual(deadlinesOf(w.state, w.pack));
    expect(marksOf(again.state, w.pack)).toEqual(marksOf(w.state, w.pack));
    expect(w.entries.every((e) => e.calendar === w.pack.calendar.hash && e.policy === w.pack.policy.hash)).toBe(true);
    expect(JSON.stringify(w.state)).not.toContain('"marks"');
  });
});

describe('a case that is reopened', () => {
  it('has a clock of its own: the old lateness is not counted, and what is told is told anew', () => {
    const w = new World();
    b.toClosed(w);
    const [old, n] = [w.state.clocks.totalDue, w.entries.length];
    w.wait(40 * day);
    b.both(w, 'rebound', [b.il, b.hub]);
    expect(w.state.clocks).toMatchObject({ totalDue: null, overdueAt: null, closedAt: null, assignedAt: null });
    b.grade(w, 'blue', 'immediate');
    b.go(w, 'assign', b.hub);
    const { since, due, cycle } = find(w, 'total');
    expect([since, cycle]).toEqual([w.at, '2.0']);
    expect(due).toBeGreaterThan(old ?? 0);
    w.wait(60 * day);
    expect(markNames(w.entries.slice(n)).filter((m) => m === 'fallOverdue total overdue')).toHaveLength(1);
  });
});

describe('what is no act of the clock', () => {
  const dates = (w: World): string[] => deadlinesOf(w.state, w.pack).filter((d) => !d.id.startsWith('proposal:') && !d.id.startsWith('reply:')).map((d) => `${d.id} ${d.since} ${d.due} ${d.cycle}`);
  const acts: [string, (w: World) => void][] = [
    ['a reply to the citizen', (w) => b.go(w, 'replyCitizen', b.uo)],
    ['leave to contact the rater', (w) => b.go(w, 'discloseContact', b.verifier)],
    ['an urge', (w) => b.go(w, 'issueUrge', b.sup)],
    ['an instruction without a date', (w) => b.go(w, 'instruct', b.deputy)],
    ['a change of people', (w) => b.go(w, 'changeDuty', b.hub, { owner: 'UO-2@U1' })],
    ['a proposal, and its return', (w) => { b.go(w, 'requestExplain', b.uh); b.go(w, 'returnProposal', b.hub); }],
    ['a request for an extension that is denied', (w) => { b.go(w, 'requestExtension', b.uh); b.go(w, 'denyExtension', b.hub); }],
    ['the merge of another case into it', (w) => { w.state = moveRaters(w.state, { key: 'K', kind: 'join', from: 'YC-2026-JY-0002', raters: [{ raterId: 'R7', feedbackId: 'F7', named: false }] }, w.at, w.pack)?.state ?? w.state; }],
    ['a look at it, by anybody', (w) => { viewOf(w.state, b.hub, w.at, w.pack); boardOf(w.state, w.pack); allowed(w.state, b.uh, w.at, w.pack, w.facts()); }],
    ['a refused act', (w) => { expect(w.try('grantExtension' as CommandType, b.hub)).not.toBe('ok'); }],
  ];
  it('all of them in one go, as a bulk edit sends them, move no deadline', () => {
    const w = new World();
    b.toRectifying(w, 'yellow');
    b.go(w, 'contactCitizen', b.uo);
    const before = dates(w);
    for (const [, act] of acts) act(w);
    for (const d of before) expect(dates(w)).toContain(d);
  });
  it('the merge of a named rater into a case that is being verified, or has still to contact its own, moves neither limit', () => {
    const join = (w: World): void => { w.state = moveRaters(w.state, { key: 'K', kind: 'join', from: 'YC-2026-JY-0002', raters: [{ raterId: 'R7', feedbackId: 'F7', named: true }] }, w.at, w.pack)?.state ?? w.state; };
    const [verifying, working] = [new World(), new World()];
    b.toVerifying(verifying, { raters: [{ raterId: 'R1', feedbackId: 'F1', named: false }] });
    b.toRectifying(working, 'yellow');
    for (const w of [verifying, working]) {
      const before = dates(w);
      expect(before.some((d) => d.startsWith(w === verifying ? 'stage' : 'contact'))).toBe(true);
      w.wait(hour);
      join(w);
      expect(dates(w)).toEqual(before);
    }
  });
  it.each(acts)('%s moves no deadline', (_, act) => {
    const w = new World();
    b.toRectifying(w, 'yellow');
    b.go(w, 'contactCitizen', b.uo);
    const before = dates(w);
    act(w);
    for (const d of before) expect(dates(w)).toContain(d);
  });
});

describe('mails', () => {
  const receivers = (effects: readonly Effect[]): string[] => effects.filter((e) => Object.hasOwn(e.data, 'mark')).flatMap((e) => e.to.map((t) => `${t.role} ${t.unit} ${t.person ?? ''}`));
  it('however long nobody looked, each is told once, of the highest', () => {
    const w = new World();
    b.toRectifying(w, 'yellow');
    const { entries, effects } = fold(w.state, w.at + 300 * day, w.pack);
    expect(markNames(entries).length).toBeGreaterThan(8);
    expect(new Set(receivers(effects)).size).toBe(receivers(effects).length);
    expect(new Set(effects.map((e) => e.key)).size).toBe(effects.length);
  });
  it('nobody is told twice of one mark, however often time is looked at', () => {
    const w = new World();
    b.toRectifying(w, 'yellow');
    for (let n = 0; n < 300; n += 1) w.wait(day);
    const told = markNames(w.entries.filter((e) => ['total', 'contact', 'progress'].includes(String(e.body.payload['deadline']))));
    expect(new Set(told).size).toBe(told.length);
    expect(fold(w.state, w.at, w.pack).entries).toEqual([]);
  });
});

describe('a lawful extension', () => {
  it('granted after the old date, asked for before it, is not shown as overdue; both dates are kept', () => {
    const w = new World();
    b.toRectifying(w, 'yellow');
    const old = find(w, 'total').due;
    w.wait(old - w.at - 2 * day - hour);
    b.go(w, 'requestExtension', b.uh, { due: b.inDays(w, 12) });
    w.wait(3 * day);
    expect(w.state.alert.level).toBe('red');
    b.go(w, 'grantExtension', b.hub);
    const total = find(w, 'total');
    expect(w.state).toMatchObject({ alert: { level: 'none' }, clocks: { overdueAt: null } });
    expect([total.original, total.due > w.at]).toEqual([old, true]);
    expect(dueStandingOf(w.pack.calendar, total, w.at).standing).not.toMatch(/^overdue/);
  });
});
