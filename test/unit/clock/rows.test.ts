/** Every row of the case table that has an amount: its limit runs in some case, or it is named here why nothing counts it down. */
import { describe, expect, it } from 'vitest';
import { awaited } from '../../../cases/awaited.ts';
import { currentVersion, deadlinesOf, machineOf, policyLimit } from '../../../cases/index.ts';
import type { RowAmount } from '../../../schemas/index.ts';
import * as b from '../../support/scenarios/build.ts';
import { move, random } from '../../support/walk.ts';
import { World, day } from '../../support/world.ts';

const rows = machineOf(currentVersion)?.rows ?? [];
const limitOf = (id: string): RowAmount => policyLimit({}, rows.find((r) => r.row === id) as never);
const withAmount = rows.filter((r) => limitOf(r.row).amount !== null || limitOf(r.row).alt?.length).map((r) => r.row);

/** Another decision of a matter whose limit runs under the row beside it: one limit for both. */
const decidedWith: Readonly<Record<string, string>> = {
  '1': '3', '2': '3', '3a': '3', '5': '4', '7': '4', '7a': '4', '9': '8', '15': '14', '20': '19', '28a': '28', '29a': '29', '30': '29', '33': '32', '34': '32', '37': '36', '39a': '39', '24a': '24', 'T3a': 'T3', 'P2': 'P1', '7c': '4a',
};
/** Known to a case by the act itself: nothing was owed before. What is put forward counts as `proposal:`. */
const byItsCause = ['1a', '2a', '6', '7b', '12b', '17', '21a', '25', '26a', '28c', '31a', '35', '38', '41', '42a', '42b', '44', '45', '46', '47', '51', 'L1', 'L7', 'L9', 'T4'];
/** A right that may be used within the limit: nobody is late with it. */
const rights = ['12c', '13', 'F1'];
/** 过程暗访 is known to those who carry it out: a limit on a board would tell of it. */
const covert = ['42c'];
/** Closed and settled stages have no limit (domain 6): the archive follows when the rights to come back are over. */
const afterEnding = ['43a'];

const seen = (): Set<string> => {
  const found = new Set<string>();
  const look = (w: World): void => { for (const d of deadlinesOf(w.state, w.pack)) found.add(d.row); };
  for (let seed = 1; seed <= 30; seed += 1) {
    const w = new World();
    const dice = random(seed * 31);
    for (let n = 0; n < 80; n += 1) {
      move(w, dice);
      look(w);
    }
  }
  const scenes: ((w: World) => void)[] = [
    (w) => b.toUrgent(w),
    (w) => b.toReturned(w),
    (w) => { b.toApplied(w); b.go(w, 'returnForSupplement', b.intake); },
    (w) => { b.toImmediate(w); w.wait(60 * day); },
    (w) => { b.toRectifying(w, 'yellow'); b.go(w, 'requestExtension', b.uh); },
    (w) => { b.toImmediate(w); b.measure(w); b.submitted(w); },
    (w) => { b.toAwaiting(w); b.visit(w); },
    (w) => { b.toClosed(w, 'yellow'); b.both(w, 'orderLookback', [b.sup, b.hub]); },
    (w) => { b.toAwaiting(w); b.visit(w); b.both(w, 'falseRectification', [b.il, b.hub]); },
    (w) => { b.toVerifying(w); b.go(w, 'flagInvalid', b.verifier); },
    (w) => { b.toPrelim(w); b.called(w); },
  ];
  for (const scene of scenes) {
    const w = new World();
    scene(w);
    look(w);
  }
  return found;
};

const running = seen();

describe('every limit of the case table', () => {
  it('runs in some case, or is named with the reason why nothing counts it down', () => {
    const named = [...Object.keys(decidedWith), ...byItsCause, ...rights, ...covert, ...afterEnding];
    expect(withAmount.filter((row) => !running.has(row) && !named.includes(row))).toEqual([]);
    // Nothing is excused that runs after all: a proposal counts under the row that would fire.
    const proposals = new Set(rows.filter((r) => r.steps.length > 1).map((r) => r.row));
    expect(named.filter((row) => running.has(row) && !proposals.has(row))).toEqual([]);
    expect(named.filter((row) => !withAmount.includes(row))).toEqual([]);
  });

  it('of another decision is that of the row beside it: from the same stages, by the same or a shorter amount', () => {
    for (const [row, beside] of Object.entries(decidedWith)) {
      const [from, of] = [row, beside].map((id) => rows.find((r) => r.row === id)?.from ?? []);
      expect(from?.some((stage) => of?.includes(stage)), `${row} ${beside}`).toBe(true);
    }
  });

  it('by its cause begins with an act that the table dates by its cause', () => {
    expect(byItsCause.filter((row) => limitOf(row).anchor !== 'cause')).toEqual([]);
  });

  it('that a stage waits for is counted in that stage', () => {
    expect(Object.values(awaited).filter((row) => limitOf(row).amount !== null && !running.has(row))).toEqual([]);
  });
});
