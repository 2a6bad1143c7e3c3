/** 调级: what is consumed stays consumed, what was granted or ordered stays granted or ordered; told without the oracle. */
import { describe, expect, it } from 'vitest';
import { limitDue, originalDays, toCivil, workingDaysBetween } from '../../../cases/index.ts';
import type { Colour } from '../../../schemas/index.ts';
import * as b from '../../support/scenarios/build.ts';
import { find, regrade, totalOf } from '../../support/scenarios/clock.ts';
import { World, day, hour } from '../../support/world.ts';

/** By the policy alone, from 交办. */
const plain = (w: World, amount: number): number => limitDue(w.pack.calendar, w.state.clocks.assignedAt ?? 0, { amount, unit: 'calendarDay' })?.instant ?? 0;
const extend = (w: World, days: number): void => b.both(w, 'requestExtension', [b.uh], { due: b.inDays(w, days) });

/** At work under a plan, by the date that the policy gives. */
const byPolicy = (colour: Colour): World => {
  const w = new World();
  b.toTriaged(w, colour, 'list');
  b.go(w, 'assign', b.hub, { due: undefined });
  b.go(w, 'signFor', b.uc);
  b.go(w, 'submitPlan', b.uh);
  b.go(w, 'approvePlan', b.hub);
  return w;
};

describe('after a regrade', () => {
  it('half of the limit of the new colour is given for rework, not of the one that was left behind', () => {
    const w = new World();
    b.toRectifying(w, 'blue');
    regrade(w, 'red');
    const days = workingDaysBetween(w.pack.calendar, toCivil(w.pack.calendar, w.state.clocks.assignedAt ?? 0).day, toCivil(w.pack.calendar, plain(w, 30) - 1).day);
    expect(w.state.clocks.totalDue).toBe(plain(w, 30));
    expect(originalDays(w.state, w.pack)).toBe(days);
    expect(find(w, 'total')?.original).toBeNull();
  });

  it('a date that a leader set still binds when the colour falls', () => {
    const w = new World();
    b.toRectifying(w, 'yellow');
    const soon = b.inDays(w, 12);
    b.go(w, 'instruct', b.deputy, { due: soon });
    expect(totalOf(w)).toBe(soon);
    regrade(w, 'blue');
    expect(totalOf(w)).toBe(soon);
  });

  it('a date that a leader set while the case was suspended leaves what was left of it then', () => {
    const w = new World();
    b.toRectifying(w, 'yellow');
    b.both(w, 'suspend', [b.uh, b.deputy], { resumeBy: b.inDays(w, 40) });
    w.wait(7 * day);
    const soon = b.inDays(w, 9);
    b.go(w, 'instruct', b.deputy, { due: soon });
    const leftThen = workingDaysBetween(w.pack.calendar, toCivil(w.pack.calendar, w.at).day, toCivil(w.pack.calendar, (w.state.clocks.totalDue ?? 0) - 1).day);
    w.wait(20 * day);
    b.go(w, 'resume', b.hub);
    expect(workingDaysBetween(w.pack.calendar, toCivil(w.pack.calendar, w.at).day, toCivil(w.pack.calendar, (w.state.clocks.totalDue ?? 0) - 1).day)).toBe(leftThen);
  });

  it('an extension that was granted in this colour counts again when the colour comes back', () => {
    const w = byPolicy('blue');
    const first = w.state.clocks.totalDue ?? 0;
    extend(w, 200);
    b.both(w, 'grantExtension', [b.hub]);
    const granted = w.state.clocks.totalDue ?? 0;
    expect(granted).toBeGreaterThan(first);
    regrade(w, 'yellow');
    expect(w.state.clocks.totalDue).toBe(plain(w, 60));
    regrade(w, 'blue');
    expect(w.state.clocks.totalDue).toBe(granted);
    expect(find(w, 'total')?.original).toBe(first);
  });

  it('the hours of a red case run from when it became red, and none is late the moment it does', () => {
    const w = new World();
    b.toAssigned(w, 'blue');
    w.wait(3 * hour);
    regrade(w, 'red');
    expect(['contact', 'stage'].map((id) => (find(w, id)?.due ?? 0) - w.at)).toEqual([2 * hour, 2 * hour]);
    expect((find(w, 'interim')?.due ?? 0) - w.at).toBe(24 * hour);
    const due = find(w, 'contact')?.due;
    w.wait(hour);
    regrade(w, 'red');
    expect(find(w, 'contact')?.due).toBe(due);
  });

  it('no colour gives more time than the row gave anybody: what was late is late', () => {
    const w = new World();
    b.toImmediate(w, 'blue');
    const contact = find(w, 'contact');
    w.wait((contact?.due ?? 0) - w.at + hour);
    regrade(w, 'red');
    expect(find(w, 'contact')?.due).toBe(contact?.due);
  });
});
