/** 暂缓, told in the words of those who use it, and not by the oracle: what was left is left, of every limit that stands still. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardOf, deadlinesOf, dueDateAt, toCivil, viewOf, workingDaysBetween } from '../../../cases/index.ts';
import * as b from '../../support/scenarios/build.ts';
import { find, left, resume, suspend, until } from '../../support/scenarios/clock.ts';
import { World, day, hour } from '../../support/world.ts';

const dateOf = (w: World, id: string): string => dueDateAt(w.pack.calendar, find(w, id)?.due ?? 0);

/** Two tasks, one of them with a node on the way. */
const planned = (): World => {
  const w = new World();
  b.toRectifying(w, 'yellow');
  return w;
};

describe('a suspended case', () => {
  it('is not overdue in anybody’s view, however long it is suspended, unless it was before', () => {
    const w = planned();
    suspend(w, 80);
    w.wait(75 * day);
    expect(w.at).toBeGreaterThan(w.state.clocks.totalDue ?? 0);
    for (const who of [b.hub, b.uh]) expect(viewOf(w.state, who, w.at, w.pack).overdue).toBe(false);
  });
});

describe('an application for closure', () => {
  it('voids an extension that is asked for: nobody grants it any more', () => {
    const w = planned();
    b.finish(w);
    b.go(w, 'requestExtension', b.uh, { due: b.inDays(w, 40) });
    expect(w.state.extension.state).toBe('pending');
    b.apply(w);
    expect(w.state.extension).toMatchObject({ state: 'none' });
    expect(w.try('grantExtension', b.hub, {})).not.toBe('ok');
    expect(deadlinesOf(w.state, w.pack).map((d) => d.id)).not.toContain('extension');
  });
});

describe('a suspension leaves what was left', () => {
  it('of the total, the tasks, their nodes, the report and the citizen, each to the working day', () => {
    const w = planned();
    w.wait(2 * hour);
    const ids = deadlinesOf(w.state, w.pack).map((d) => d.id).filter((id) => /^(total|citizen|progress|task|node)/.test(id));
    expect(ids).toContain('progress');
    expect(ids.some((id) => id.startsWith('task:'))).toBe(true);
    suspend(w);
    const before = new Map(ids.map((id) => [id, left(w, find(w, id)?.due ?? 0, w.at)]));
    expect(ids.filter((id) => find(w, id)?.paused !== true)).toEqual([]);
    w.wait(33 * day);
    resume(w);
    expect(new Map(ids.map((id) => [id, left(w, find(w, id)?.due ?? 0, w.at)]))).toEqual(before);
    expect(deadlinesOf(w.state, w.pack).filter((d) => d.paused)).toEqual([]);
  });

  it('and shows tasks by the date in force, on the page of the case and in the lists', () => {
    const w = planned();
    w.wait(2 * hour);
    const set = w.state.tasks[0]?.due;
    suspend(w);
    w.wait(20 * day);
    resume(w);
    const id = w.state.tasks[0]?.taskId;
    expect(boardOf(w.state, w.pack).tasks[0]?.due).toBe(dateOf(w, `task:${id}`));
    expect(viewOf(w.state, b.hub, w.at, w.pack).tasks[0]?.due).toBe(dateOf(w, `task:${id}`));
    expect(dateOf(w, `task:${id}`) > (set ?? '')).toBe(true);
  });

  it('and tells nobody on resuming of a task that was not late', () => {
    const w = planned();
    w.wait(hour);
    suspend(w);
    w.wait(50 * day);
    const n = w.entries.length;
    resume(w);
    w.wait(1);
    expect(w.entries.slice(n).flatMap((e) => (/^(task|node|progress|total)/.test(String(e.body.payload['deadline'])) ? [e.body.payload['deadline']] : []))).toEqual([]);
  });

  it('of a report that was half due: the period goes on and does not begin again', () => {
    const w = planned();
    const since = find(w, 'progress')?.since;
    w.wait(8 * day);
    suspend(w);
    w.wait(20 * day);
    resume(w);
    expect(find(w, 'progress')?.since).toBe(since);
    expect(find(w, 'progress')?.cycle).toBe(String(since));
  });

  it('of the time in which a plan was to be filed, to the very day', () => {
    const w = new World();
    b.toDrafting(w);
    until(w, '2026-03-04 10:00');
    suspend(w);
    expect(find(w, 'stage')?.row).toBe('26');
    until(w, '2026-03-18 10:00');
    resume(w);
    // Five working days from 2 March; three were left on the 4th.
    expect([find(w, 'stage')?.row, dateOf(w, 'stage')]).toEqual(['18', '2026-03-23']);
  });

  it('twice in a row', () => {
    const w = planned();
    const days = left(w, find(w, 'total')?.due ?? 0, w.at);
    let worked = 0;
    for (const [work, rest] of [[3, 11], [4, 30]] as const) {
      const from = w.at;
      w.wait(work * day);
      worked += workingDaysBetween(w.pack.calendar, toCivil(w.pack.calendar, from).day, toCivil(w.pack.calendar, w.at).day);
      suspend(w);
      w.wait(rest * day);
      resume(w);
    }
    expect(left(w, find(w, 'total')?.due ?? 0, w.at)).toBe(days - worked);
  });

  it('but nothing of what the table lets run on: the citizen is contacted, the supporting unit signs', () => {
    const w = new World();
    b.toImmediate(w);
    suspend(w);
    const contact = find(w, 'contact');
    expect(contact?.paused).toBe(false);
    w.wait(30 * day);
    resume(w);
    expect(find(w, 'contact')?.due).toBe(contact?.due);
  });

  it('and nothing of what had passed', () => {
    const w = planned();
    const task = deadlinesOf(w.state, w.pack).find((d) => d.id.startsWith('task:'));
    w.wait((task?.due ?? 0) - w.at + hour);
    suspend(w);
    w.wait(20 * day);
    resume(w);
    expect(find(w, task?.id ?? '')?.due).toBe(task?.due);
  });
});

/** 暂缓 and 调级 in either order, whenever each happens. */
describe('a suspension and a regrade', () => {
  it('give the same dates whichever comes first: while suspended, or just after resuming', () => {
    fc.assert(
      fc.property(fc.constantFrom('blue', 'yellow', 'red'), fc.constantFrom('blue', 'yellow', 'red'), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 40 }), (from, to, worked, rested) => {
        const lives = ['during', 'after'].map((when) => {
          const w = new World();
          b.toRectifying(w, from);
          if (from === 'red') b.go(w, 'interimMeasure', b.uo);
          w.wait(worked * day);
          suspend(w);
          w.wait(rested * day);
          const change = (): void => b.both(w, 'regrade', from === 'red' && to !== 'red' ? [b.hub, b.chief] : [b.hub], { colour: to });
          if (when === 'during') change();
          resume(w);
          if (when === 'after') change();
          return [w.state.clocks.totalDue, w.state.clocks.originalDue, w.state.time?.limitDays, ...deadlinesOf(w.state, w.pack).filter((d) => /^(total|citizen|task|node)/.test(d.id)).map((d) => `${d.id} ${d.due}`)];
        });
        expect(lives[0]).toEqual(lives[1]);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
