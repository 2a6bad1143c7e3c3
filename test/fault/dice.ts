/** Seeded chance (mulberry32): the same seed draws the same plan. What the machine makes of it, no seed can promise. */
export type Dice = {
  /** 0 <= x < 1 */
  next(): number;
  /** Whole number, both ends included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(of: readonly T[]): T;
  /** Dice of its own for one case or one lane, so that who comes first changes nothing for the others. */
  split(label: string): Dice;
};

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (of) => of[int(0, of.length - 1)] as (typeof of)[number],
    split: (label) => diceOf(mixed(seed, label)),
  };
}

const mixed = (seed: number, label: string): number => {
  let hash = seed >>> 0;
  for (const char of label) hash = (Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) + 0x9e3779b9) >>> 0;
  return hash;
};
