/** `adopt --dry-run` names every date that really moves, and none that does not: before and after of the real act, looked at in the state. */
import { describe, expect, it } from 'vitest';
import { datesUnder, deadlinesOf, dueDateAt, kindOf, marksOf, packWith } from '../../../cases/index.ts';
import { heldOf } from '../../../cases/clock/deadlines.ts';
import type { CaseState, Deadline, Pack } from '../../../schemas/index.ts';
import { adoptIn, policyWith, withOff } from '../../support/adopting.ts';
import * as b from '../../support/scenarios/build.ts';
import { move, random } from '../../support/walk.ts';
import { World, day } from '../../support/world.ts';

type Dice = () => number;
type Seen = ReadonlyMap<string, { at: number; ahead: number }>;

/** Every date of a case that somebody can see, by the name under which the rehearsal tells of it; `ahead`: a date up to then has passed. */
function seenIn(s: CaseState, pack: Pack, at: number): Seen {
  const still = s.stage === 'suspended' ? (s.suspension.since ?? at) : at;
  const found = new Map<string, { at: number; ahead: number }>();
  const see = (what: string, date: number | null | undefined, ahead = at): void => void (date != null && found.set(what, { at: date, ahead }));
  if (kindOf(s.stage) === 'open') see('totalDue', s.clocks.totalDue, still);
  if (s.publicity?.exempt === null) see('publicity', s.publicity.until);
  if (s.application?.supplement?.givenAt === null) see('supplement', s.application.supplement.due);
  for (const a of s.acts) if (a.answeredAt === null && a.code !== 'L7') see(`act ${a.act}`, a.replyBy);
  s.lookback.plan.forEach((l, n) => !l.done && see(`lookback ${n + 1}`, l.at));
  if (s.ratification.state === 'due') see('ratification', s.ratification.due);
  const own = (d: Deadline): boolean => d.id === 'total' || d.id === 'ratification' || d.id.startsWith('reply:');
  for (const d of [...deadlinesOf(s, pack), ...heldOf(s, pack)]) if (!own(d)) see(`limit ${d.id} ${d.row}`, d.due, d.paused ? still : at);
  for (const m of marksOf(s, pack)) if (m.command === 'retire') see(m.id, m.at);
  return found;
}

/** What really moved, of what lay ahead, as the rehearsal writes it. */
const movedBetween = (before: Seen, after: Seen, from: Pack, to: Pack): string[] =>
  [...before].flatMap(([what, was]) => {
    const is = after.get(what);
    if (is === undefined || is.at === was.at || was.at <= was.ahead) return [];
    return [`${what.startsWith('limit ') ? what.split(' ').slice(0, 2).join(' ') : what}: ${dueDateAt(from.calendar, was.at)} -> ${dueDateAt(to.calendar, is.at)}`];
  });

const otherThan = (dice: Dice, w: World): Parameters<typeof packWith>[1] => {
  if (dice() < 0.5) {
    const from = Math.floor((w.at + 8 * 3_600_000) / day) + 1 + Math.floor(dice() * 30);
    const date = (n: number): string => new Date((from + n) * day).toISOString().slice(0, 10);
    const closed = date(Math.floor(dice() * 9));
    return closed < '2026-12-20' ? { calendar: withOff([date(0), closed, '停止办公']) } : { policy: policyWith((p) => ({ publicity: { ...p.publicity, amount: 9 } })) };
  }
  const more = <A extends { amount: number }>(a: A): A => ({ ...a, amount: a.amount + Math.floor(dice() * 7) - 1 || 1 });
  return {
    policy: policyWith((p) => ({
      publicity: more(p.publicity), supplement: more(p.supplement), actReply: more(p.actReply), ratify: more(p.ratify),
      totals: { red: { immediate: more(p.totals.red.immediate), list: more(p.totals.red.list) }, yellow: { immediate: more(p.totals.yellow.immediate), list: more(p.totals.yellow.list) }, blue: { immediate: more(p.totals.blue.immediate), list: more(p.totals.blue.list) }, ordinary: p.totals.ordinary },
      lookback: { ...p.lookback, red: p.lookback.red.map(more), yellow: p.lookback.yellow.map(more) },
      limits: { '36': { amount: 1 + Math.floor(dice() * 6), unit: 'wd', anchor: 'stateEntered', pause: 'none' } },
    })),
  };
};

/** Tries an adoption on a copy. @returns how many dates moved */
function rehearse(w: World, dice: Dice): number {
  const tried = w.copy();
  tried.wait(60_000);
  const [from, state, at] = [tried.pack, tried.state, tried.at];
  const to = packWith(from, otherThan(dice, tried));
  const listed = datesUnder(state, from, to, at).filter((c) => c.change === 'moved').map((c) => `${c.what}: ${c.before} -> ${c.after ?? ''}`);
  const before = seenIn(state, from, at);
  const result = adoptIn(tried, to.calendar.hash === from.calendar.hash ? { policy: to.policy } : { calendar: to.calendar }, undefined, 0);
  if (!result.ok) return 0;
  const moved = movedBetween(before, seenIn(tried.state, tried.pack, at), from, to);
  expect(listed.toSorted()).toEqual(moved.toSorted());
  return moved.length;
}

describe('a rehearsed adoption', () => {
  it('lists just the dates that the real one moves, on the ways that random acts take', () => {
    let [moved, tries] = [0, 0];
    for (let seed = 1; seed <= 12; seed += 1) {
      const w = new World();
      const dice = random(seed * 101);
      for (let n = 0; n < 60; n += 1) {
        move(w, dice);
        if (n % 3 !== 0 || w.state.stage === 'uncaptured') continue;
        moved += rehearse(w, dice);
        tries += 1;
      }
    }
    expect(tries).toBeGreaterThan(150);
    expect(moved).toBeGreaterThan(50);
  });

  it('does so for cases that are published, suspended, before the office, sent back and closed', () => {
    const dice = random(7);
    const scenes: ((w: World) => void)[] = [
      (w) => b.toPublic(w, 'yellow'),
      (w) => { b.toRectifying(w); b.both(w, 'suspend', [b.uh, b.deputy]); w.wait(5 * day); },
      (w) => { b.toApplied(w); b.go(w, 'returnForSupplement', b.intake); },
      (w) => b.toReworked(w),
      (w) => b.toClosed(w, 'red'),
      (w) => { b.toRectifying(w); b.go(w, 'issueUrge', b.sup); },
      (w) => b.toUrgent(w),
    ];
    let moved = 0;
    for (const scene of scenes) {
      const w = new World();
      scene(w);
      for (let n = 0; n < 12; n += 1) moved += rehearse(w, dice);
    }
    expect(moved).toBeGreaterThan(40);
  });
});
