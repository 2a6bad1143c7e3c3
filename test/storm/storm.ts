/** The storm: voyages from seeds, one after the other, until enough marks were compared; the first wrong firings with their seed. */
import { type Folded, fold } from '../../cases/index.ts';
import { shippedPolicy } from '../../import/index.ts';
import { random } from '../support/walk.ts';
import { editionOf, packOf, scaleOf } from './dice.ts';
import { leg } from './sail.ts';
import { Ship } from './ship.ts';

export const shipped = await shippedPolicy('default');
export const launch = (seed: number): { ship: Ship; dice: () => number } => {
  const dice = random(seed);
  return { ship: new Ship({ edition: editionOf(dice), text: packOf(dice, shipped), scale: scaleOf(dice) }, `S-${seed}`), dice };
};
export const legs = 150;

export type Report = { voyages: number; acts: number; fired: number; compared: number; wrong: string[] };
const said = (f: Folded): unknown => f.entries.map((e) => [e.type, e.effectiveAt, e.body.payload, e.after]);

/** fold(fold(s, t1), t2) = fold(s, t2), and the marks of a state are those of the state that crossed JSON. */
const sample = (ship: Ship, dice: () => number): string[] => {
  const { state, now: pack, at } = ship;
  const end = Math.max(at, ship.pending[Math.floor(dice() * Math.min(12, ship.pending.length))]?.at ?? at);
  const middle = at + Math.floor(dice() * (end - at));
  const [once, first] = [fold(state, end, pack), fold(state, middle, pack)];
  const then = fold(first.state, end, pack);
  const crossed = fold(JSON.parse(JSON.stringify(state)) as typeof state, end, pack);
  const parts = JSON.stringify(said({ ...then, entries: [...first.entries, ...then.entries] }));
  if (parts !== JSON.stringify(said(once))) return [`folded by parts at ${middle} and ${end} it is not what it is at once`];
  return JSON.stringify(said(crossed)) === JSON.stringify(said(once)) ? [] : ['marks are not a function of the state'];
};

export const voyage = (seed: number): Report => {
  const { ship, dice } = launch(seed);
  let [step, more] = [0, true];
  const wrong: string[] = [];
  for (; step < legs && more && ship.wrong.length + wrong.length === 0; step += 1) {
    more = leg(ship, dice);
    if (more && dice() < 0.02) wrong.push(...sample(ship, dice));
  }
  const all = [...ship.wrong, ...wrong].slice(0, 4).map((w) => `seed ${seed} step ${step}, after ${ship.log.slice(-3).join(', ')}: ${w}`);
  return { voyages: 1, acts: ship.log.length, fired: ship.fired, compared: ship.fired + ship.compared, wrong: all };
};

const none: Report = { voyages: 0, acts: 0, fired: 0, compared: 0, wrong: [] };
const sum = (a: Report, b: Report): Report => ({ voyages: a.voyages + b.voyages, acts: a.acts + b.acts, fired: a.fired + b.fired, compared: a.compared + b.compared, wrong: [...a.wrong, ...b.wrong] });

/** @param from the first seed; every second one is the other worker's */
export const storm = (from: number, marks: number): Report => {
  let all = none;
  for (let seed = from; all.compared < marks && all.wrong.length < 12; seed += 2) all = sum(all, voyage(seed));
  return all;
};

/** Marks in all, over both workers: some 1,700 a second and core. Two million are a matter of ten minutes on two cores. */
export const wanted = Number(process.env['XIAOHAO_STORM_MARKS'] ?? 120_000);
