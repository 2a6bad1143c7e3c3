import { describe, expect, it } from 'vitest';
import { amountOf, boardOf, currentVersion, deadlinesForUnit, deadlinesOf, dueOf, machineOf, policyLimit } from '../../../cases/index.ts';
import { awaited } from '../../../cases/awaited.ts';
import { stages } from '../../../schemas/index.ts';
import { move, random } from '../../support/walk.ts';
import * as b from '../../support/scenarios/build.ts';
import { find } from '../../support/scenarios/clock.ts';
import { World } from '../../support/world.ts';

const machine = machineOf(currentVersion);
const rowOf = (id: string) => machine?.rows.find((r) => r.row === id);
const ids = (w: World): string[] => deadlinesOf(w.state, w.pack).map((d) => d.id);

describe('what each stage waits for', () => {
  const open = Object.entries(stages).flatMap(([id, s]) => (s.kind === 'open' ? [id] : []));
  it.each(open)('%s has a row of the table, with a limit or a date', (stage) => {
    const row = rowOf(awaited[stage as keyof typeof awaited] ?? '');
    expect(row?.from).toContain(stage);
    const limit = row && policyLimit({}, row);
    expect(limit && (limit.amount !== null || ['due', 'resumeBy'].includes(limit.anchor ?? ''))).toBe(true);
  });
  it('closed, archived and settled stages wait for nothing; a look-back has its fifteen days', () => {
    const others = Object.entries(stages).flatMap(([id, s]) => (s.kind !== 'open' && id in awaited ? [id] : []));
    expect(others).toEqual(['lookback']);
  });
});

describe('limits', () => {
  it('are those of the pack that the case is pinned to', () => {
    const w = new World();
    b.toVerifying(w);
    const row = rowOf('4');
    if (!row) throw new Error('no row 4');
    const own = { ...w.pack, policy: { ...w.pack.policy, limits: { '4': { ...policyLimit({}, row), amount: 2, alt: [] } } } };
    const [was, is] = [w.pack, own].map((pack) => deadlinesOf(w.state, pack).find((d) => d.id === 'stage')?.due ?? 0);
    expect(is).toBe(dueOf(w.pack.calendar, w.state.clocks.capturedAt, { amount: 2, unit: 'wd' }).instant);
    expect(is).toBeGreaterThan(was ?? 0);
  });

  it('of a named rating are one working day, of an anonymous one three, from the capture', () => {
    const w = new World();
    b.toVerifying(w);
    const row = rowOf('4');
    if (!row) throw new Error('no row 4');
    expect(amountOf(row, w.state, w.pack.policy)).toEqual({ amount: 1, unit: 'wd' });
    expect(amountOf(row, { ...w.state, raters: [] }, w.pack.policy)).toEqual({ amount: 3, unit: 'wd' });
    expect(find(w, 'stage')).toMatchObject({ row: '4', role: 'VERIFIER', unit: null, since: w.state.clocks.capturedAt, due: dueOf(w.pack.calendar, w.state.clocks.capturedAt, { amount: 1, unit: 'wd' }).instant });
  });
  it('of signing for a red case are two hours, round the clock', () => {
    const w = new World();
    b.toAssigned(w, 'red');
    const found = find(w, 'stage');
    expect(found).toMatchObject({ row: '12', role: 'UC', unit: 'U1' });
    expect((found?.due ?? 0) - (found?.since ?? 0)).toBe(2 * 3_600_000);
  });
  it('of a red case run round the clock: two hours to sign for it and to call, a day for an interim measure, whatever day it is', () => {
    // Friday 2026-03-06, 18:00 in Shanghai: the office is closed until Monday.
    const w = new World(undefined, Date.UTC(2026, 2, 6, 10));
    b.toAssigned(w, 'red');
    const ordered = w.state.clocks.orderedAt ?? 0;
    const hours = ['stage', 'contact', 'interim', 'coop:U2'].map((id) => ((find(w, id)?.due ?? 0) - ordered) / 3_600_000);
    expect(hours).toEqual([2, 2, 24, 2]);
    w.wait(3 * 3_600_000);
    expect(w.entries.filter((e) => e.type === 'fallBehind').map((e) => e.body.payload['deadline'])).toEqual(['contact', 'coop:U2', 'stage']);
  });
  it('of the unit run from the assignment and are shown with the tasks’ own dates', () => {
    const w = new World();
    b.toImmediate(w);
    expect(find(w, 'total')).toMatchObject({ unit: 'U1', since: w.state.clocks.assignedAt, due: w.state.clocks.totalDue, original: null, paused: false });
    expect(ids(w).filter((id) => id.startsWith('task:'))).toEqual(w.state.tasks.map((t) => `task:${t.taskId}`));
  });
  it('of a proposal under cover are nobody’s to see', () => {
    const w = new World();
    b.toImmediate(w);
    b.go(w, 'orderSpotCheck', b.sup);
    expect(w.state.proposals).toHaveLength(1);
    expect(ids(w).filter((id) => id.startsWith('proposal:'))).toEqual([]);
  });
});

describe('along random walks', () => {
  const visited = Array.from({ length: 10 }, (_, seed) => {
    const w = new World();
    const dice = random(seed + 1);
    const states: World[] = [];
    for (let n = 0; n < 60; n += 1) {
      move(w, dice);
      states.push(w.copy());
    }
    return states;
  }).flat();
  it('deadlines are a function of the state, in order, each beginning before it ends', () => {
    for (const w of visited) {
      const all = deadlinesOf(w.state, w.pack);
      expect(deadlinesOf(JSON.parse(JSON.stringify(w.state)) as typeof w.state, w.pack)).toEqual(all);
      expect(all.map((d) => d.due)).toEqual(all.map((d) => d.due).toSorted((x, y) => x - y));
      expect(new Set(all.map((d) => d.id)).size).toBe(all.length);
    }
  });
  it('an open case always has one, whoever holds it', () => {
    const without = visited.filter((w) => w.state.stage !== 'uncaptured' && stages[w.state.stage].kind === 'open' && deadlinesOf(w.state, w.pack).length === 0);
    expect(without.map((w) => w.state.stage)).toEqual([]);
    expect(new Set(visited.map((w) => w.state.stage)).size).toBeGreaterThan(8);
  });
  it('a unit counts down its own alone, and nothing of what goes on behind 核验中', () => {
    for (const w of visited) {
      const board = boardOf(w.state, w.pack);
      for (const d of deadlinesForUnit('U1', board)) {
        expect(d.unit).toBe('U1');
        if (d.id === 'stage') expect(['prelimReview', 'reinspection.awaiting', 'reinspection.active', 'signoff']).not.toContain(w.state.stage);
      }
    }
  });
});
