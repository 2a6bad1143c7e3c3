/** What the storm found: each a sentence, told on a life of its own and checked by the oracle as well. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compileCalendar, compilePack, deadlinesOf, endOfDay, instantOfMark, limitDue, moveRaters, toCivil, workingDaysBetween } from '../../../cases/index.ts';
import { covered, unmarked, wrongFirings } from '../../../demo/oracle/index.ts';
import { shippedPolicy } from '../../../import/index.ts';
import { Edition, type Deadline, type EntryDraft } from '../../../schemas/index.ts';
import published from '../../../data/calendar-cn.json' with { type: 'json' };
import * as b from '../../support/scenarios/build.ts';
import { move, random } from '../../support/walk.ts';
import { World, day, hour, monday } from '../../support/world.ts';

const edition = Edition.parse(published);
const policyText = await shippedPolicy('default');
const wrong = (w: World): string[] => {
  w.wait(0);
  return wrongFirings(w.entries, { policyText, edition }, w.at);
};
const due = (w: World, id: string): Deadline => {
  const found = deadlinesOf(w.state, w.pack).find((d) => d.id === id);
  if (!found) throw new Error(`no ${id} in ${w.state.stage}`);
  return found;
};
const fired = (w: World, from: number): string[] => w.entries.slice(from).flatMap((e) => (e.effectiveAt === undefined ? [] : [`${e.type} ${(e.body.payload as { deadline?: string }).deadline ?? ''}`.trim()]));
const marked = (w: World, e: EntryDraft | undefined): number => e?.effectiveAt ?? w.at;
const suspend = (w: World, days = 20): void => b.both(w, 'suspend', [b.uh, b.deputy], { resumeBy: b.inDays(w, days) });
const waitUntil = (w: World, at: number): void => w.wait(at - w.at);

describe('a mark so many hours before the end', () => {
  const calendar = compileCalendar(edition);
  const end = Date.parse('2026-03-05T00:00:00+08:00');
  const running = { since: monday, due: end, amount: { amount: 2, unit: 'wd' as const }, countedFrom: monday, spent: 0 };
  const before = (hours: number): string => new Date((instantOfMark(calendar, running, { before: { amount: hours, unit: 'h' } }) ?? 0) + 8 * hour).toISOString().slice(5, 16);
  it('fires at the very opening of the office, which is not closed then', () => {
    expect([before(15), before(11)]).toEqual(['03-04T09:00', '03-04T13:00']);
  });
  it('moves back to the last closing from lunch, from the evening and from the night', () => {
    expect([before(12), before(11.5), before(7), before(1), before(16)]).toEqual(['03-04T12:00', '03-04T12:00', '03-04T17:00', '03-04T17:00', '03-03T17:00']);
  });
});

describe('on the calendar of a demonstration', () => {
  it('a mark some days before the end fires on its own day, whatever instants are rounded to', () => {
    for (const msPerDay of [500, 1000, 7_777_777, 43_200_000])
      for (let shift = 0; shift < 40; shift += 1) {
        const calendar = compileCalendar(edition, { realEpoch: monday, civilEpoch: monday - shift * 1_234_567, msPerDay });
        const last = toCivil(calendar, monday).day + 9;
        const running = { since: monday, due: endOfDay(calendar, last), amount: { amount: 5, unit: 'wd' as const }, countedFrom: monday, spent: 0 };
        const at = instantOfMark(calendar, running, { before: { amount: 3, unit: 'wd' } }) ?? 0;
        const on = toCivil(calendar, at + 1).day;
        expect(workingDaysBetween(calendar, on, last), `${msPerDay} ${shift}`).toBe(3);
      }
  });
});

describe('a suspension', () => {
  it('freezes the colour: near before it is near after it', () => {
    const w = new World();
    b.toImmediate(w);
    w.wait(1);
    waitUntil(w, due(w, 'total').due - 6 * hour);
    expect(w.state.alert.level).not.toBe('none');
    w.state = { ...w.state, alert: { ...w.state.alert, level: 'blue', cause: 'nearDue' } };
    suspend(w);
    expect(w.state.alert).toMatchObject({ level: 'blue', frozen: true });
    w.wait(3 * day);
    b.go(w, 'resume', b.hub);
    expect(w.state.alert).toMatchObject({ level: 'blue', frozen: false });
  });

  it('that begins at the very end of the limit gives nothing back: what is overdue stays overdue', () => {
    const w = new World();
    b.toImmediate(w);
    b.go(w, 'suspend', b.uh, { resumeBy: b.inDays(w, 30) });
    const end = due(w, 'total').due;
    waitUntil(w, end - 60_000);
    w.approve(b.deputy);
    expect([w.at, w.state.clocks.overdueAt, w.state.suspension.remaining]).toEqual([end, end, null]);
    w.wait(2 * day);
    b.go(w, 'resume', b.hub);
    expect(w.state.clocks.totalDue).toBe(end);
    expect(wrong(w)).toEqual([]);
  });

  it('approved after its own date has passed reminds nobody of it', () => {
    const w = new World();
    b.toImmediate(w);
    b.go(w, 'suspend', b.uh, { resumeBy: b.inDays(w, 2) });
    w.wait(5 * day);
    const n = w.entries.length;
    w.approve(b.deputy);
    w.wait(0);
    expect(due(w, 'stage').due).toBeLessThan(w.at);
    expect(fired(w, n)).toEqual(['nearDue stage', 'fallOverdue stage']);
    expect(wrong(w)).toEqual([]);
  });

  it('of a stage that was late already counts what it had used once', () => {
    const w = new World();
    b.toDrafting(w);
    w.wait(30 * day);
    const before = due(w, 'stage');
    suspend(w);
    w.wait(10 * day);
    b.go(w, 'resume', b.hub);
    expect(due(w, 'stage')).toEqual({ ...before, paused: false });
    expect(wrong(w)).toEqual([]);
  });

  it('of what was long overdue counts no time that was never there', () => {
    const w = new World();
    b.toImmediate(w);
    const spent = [1, 2].map(() => {
      w.wait(40 * day);
      suspend(w);
      w.wait(10 * day);
      b.go(w, 'resume', b.hub);
      return due(w, 'total')?.spent;
    });
    expect(spent[1]).toBe(spent[0]);
    expect(wrong(w)).toEqual([]);
  });
});

describe('regrading', () => {
  it('after a pause leaves to the unit the days that the pause gave back', () => {
    const w = new World();
    b.toRectifying(w, 'yellow');
    const start = w.state.clocks.assignedAt ?? 0;
    w.wait(3 * day);
    suspend(w, 60);
    const paused = w.at;
    w.wait(40 * day);
    b.go(w, 'resume', b.hub);
    const given = workingDaysBetween(w.pack.calendar, toCivil(w.pack.calendar, paused).day, toCivil(w.pack.calendar, w.at).day);
    b.go(w, 'regrade', b.hub, { colour: 'red' });
    const plain = limitDue(w.pack.calendar, start, { amount: 30, unit: 'calendarDay' })?.instant ?? 0;
    const dayOf = (at: number): number => toCivil(w.pack.calendar, at - 1).day;
    expect(given).toBeGreaterThan(20);
    expect(workingDaysBetween(w.pack.calendar, dayOf(plain), dayOf(w.state.clocks.totalDue ?? 0))).toBe(given);
    expect(wrong(w)).toEqual([]);
  });
  it('leaves no trace of pauses in a state that had none, or that begins a new round', () => {
    const w = new World();
    b.toRectifying(w);
    b.go(w, 'regrade', b.hub, { colour: 'red' });
    expect(w.state.time).not.toHaveProperty('pauses');
  });
});

describe('nothing fires before the last act', () => {
  it('not the sealing of a case whose right to come back lapsed while its reopening was put forward', () => {
    const w = new World();
    b.toArchived(w);
    b.go(w, 'rebound', b.il);
    w.wait(400 * day);
    const n = w.entries.length;
    b.go(w, 'returnProposal', b.hub);
    const decided = w.at;
    w.wait(0);
    expect(fired(w, n)).toEqual(['retire']);
    expect(marked(w, w.entries.at(-1))).toBe(decided);
    expect(wrong(w)).toEqual([]);
  });

  it('not the second look-back that fell due while the first was still under way', () => {
    const w = new World();
    b.toClosed(w, 'yellow');
    w.wait(1);
    b.both(w, 'orderLookback', [b.sup, b.hub]);
    w.wait(120 * day);
    b.go(w, 'lookbackStable', b.il);
    const back = w.at;
    w.wait(0);
    expect(w.state.stage).toBe('lookback');
    expect([marked(w, w.entries.at(-1)), w.state.stageSince]).toEqual([back, back]);
    expect(wrong(w)).toEqual([]);
  });

  it('not the lateness with raters who came from another case since', () => {
    const w = new World();
    b.toImmediate(w);
    b.go(w, 'contactCitizen', b.uo);
    w.wait(3 * day);
    const moved = moveRaters(w.state, { key: 'K', kind: 'join', from: 'YC-2026-JY-0002', raters: [{ raterId: 'R7', feedbackId: 'F7', named: true }] }, w.at, w.pack);
    if (!moved) throw new Error('not moved');
    w.state = moved.state;
    w.entries.push(moved.entry);
    const { since, due: end } = due(w, 'contact');
    expect(since).toBe(w.at);
    w.wait(2 * day);
    const late = w.entries.filter((e) => (e.body.payload as { deadline?: string }).deadline === 'contact');
    expect(late.map((e) => e.effectiveAt)).toEqual([end]);
    expect(wrong(w)).toEqual([]);
  });
});

describe('an appeal that leaves the stage as it is', () => {
  it('does not start the clock of the stage anew, though the table would lead there from elsewhere', () => {
    const w = new World();
    b.toVisit(w);
    b.both(w, 'reinspectionFail', [b.il, b.hub]);
    b.finish(w);
    b.apply(w);
    b.accept(w);
    b.go(w, 'passPrelim', b.reviewer);
    const { stage, stageSince } = w.state;
    b.go(w, 'fileAppeal', b.uh, { against: 'conclusion' });
    w.wait(hour);
    b.go(w, 'decideAppeal', b.hub2, { decision: '不支持' });
    expect([w.state.appeal.state, w.state.stage, w.state.stageSince]).toEqual(['decided', stage, stageSince]);
    expect(wrong(w)).toEqual([]);
  });
});

describe('who has to approve', () => {
  it('has the limit of the row that would fire, and that of an approval where it has none', () => {
    const w = new World();
    b.toRectifying(w);
    b.go(w, 'suspend', b.uh);
    const { due: end, row } = due(w, 'proposal:P1');
    expect([row, end]).toEqual(['25', limitDue(w.pack.calendar, w.at, { amount: 2, unit: 'workingDay' })?.instant]);
    const v = new World();
    b.toImmediate(v);
    b.finish(v);
    b.go(v, 'reportDone', b.uo);
    expect(due(v, `proposal:${v.state.proposals[0]?.proposalId}`).row).toBe('P1');
  });
});

describe('the oracle', () => {
  it('covers every kind of deadline that the schema names and the core makes: what it does not tell would be named here', async () => {
    const text = await readFile(new URL('../../../schemas/deadline.ts', import.meta.url), 'utf8');
    const named = [...(text.split('`id` says what:')[1]?.split('*/')[0] ?? '').matchAll(/`([a-zA-Z]+)(?::[^`]*)?`/g)].map(([, kind]) => kind ?? '');
    const made = new Set<string>();
    for (let seed = 1; seed <= 6; seed += 1) {
      const w = new World();
      const dice = random(seed);
      for (let n = 0; n < 60; n += 1) {
        move(w, dice);
        for (const d of deadlinesOf(w.state, w.pack)) made.add(d.id.split(':')[0] ?? '');
      }
    }
    const told = new Set<string>([...covered, ...unmarked]);
    expect([...named, ...made].filter((kind) => !told.has(kind))).toEqual([]);
    expect([named.length, made.size].every((n) => n > 9)).toBe(true);
  }, 120_000);
  it('counts on the calendar of a demonstration as it is scaled', () => {
    const scale = { realEpoch: monday, civilEpoch: monday - 3 * hour, msPerDay: 86_400 };
    const w = new World('YC-2026-JY-0001', monday, { policy: compilePack(policyText), calendar: compileCalendar(edition, scale) });
    b.toCaptured(w);
    w.wait(20 * 86_400);
    expect(fired(w, 0).length).toBeGreaterThan(3);
    expect(wrongFirings(w.entries, { policyText, edition, scale }, w.at)).toEqual([]);
    expect(wrongFirings(w.entries, { policyText, edition, scale: { ...scale, msPerDay: 86_401 } }, w.at)).not.toEqual([]);
  });
  const life = (): World => {
    const w = new World();
    b.toImmediate(w);
    w.wait(60 * day);
    return w;
  };
  it('finds nothing wrong with what the core recorded, and is of the same pack and calendar', () => {
    const w = life();
    expect(compilePack(policyText).hash).toBe(w.pack.policy.hash);
    expect(w.entries.filter((e) => e.effectiveAt !== undefined).length).toBeGreaterThan(8);
    expect(wrong(w)).toEqual([]);
  });
  it('sees a mark that is early, late, twice, missing, or about nothing', () => {
    const w = life();
    const at = w.entries.findIndex((e) => e.type === 'fallOverdue');
    const [e] = w.entries.slice(at);
    if (!e) throw new Error('nothing was overdue');
    const other = (change: Partial<EntryDraft>): EntryDraft[] => w.entries.with(at, { ...e, ...change });
    const seen = (entries: EntryDraft[]): string => wrongFirings(entries, { policyText, edition }, w.at)[0] ?? '';
    expect(seen(other({ effectiveAt: (e.effectiveAt ?? 0) - 1 }))).toMatch(/expected fallOverdue .* found at/);
    expect(seen(other({ effectiveAt: (e.effectiveAt ?? 0) + 1 }))).toMatch(/expected fallOverdue .* found at/);
    expect(seen(w.entries.toSpliced(at, 0, e))).toMatch(/expected it once/);
    expect(seen(w.entries.toSpliced(at, 1))).toMatch(/expected fallOverdue .*found nothing/);
    expect(seen(other({ body: { ...e.body, payload: { ...e.body.payload, deadline: 'task:T9' } } }))).toMatch(/expected nothing, found fallOverdue task:T9/);
  });
});
