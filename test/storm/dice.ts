/** Worlds of a storm: calendars and packs from a seed, some of them odd. */
import type { Scale } from '../../demo/oracle/line.ts';
import type { Edition, PolicyPack } from '../../schemas/index.ts';
import { monday } from '../support/world.ts';

export type Dice = () => number;
export const below = (dice: Dice, n: number): number => Math.floor(dice() * n);
export const oneOf = <T>(dice: Dice, list: readonly T[]): T => list[below(dice, list.length)] as T;
const dayMs = 86_400_000;
const dateAt = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const weekend = (day: number): boolean => [0, 6].includes(new Date(day * dayMs).getUTCDay());

type Periods = [string, string][];
const openings: readonly Periods[] = [
  [['09:00', '12:00'], ['13:00', '17:00']], [['09:00', '12:00'], ['13:00', '17:00']], [['08:30', '11:30'], ['14:30', '18:00']], [['09:00', '17:00']], [['00:00', '24:00']], [['00:00', '08:00'], ['16:00', '24:00']],
  [['09:00', '09:01']], [['07:15', '08:45'], ['09:05', '10:10'], ['13:00', '13:30'], ['20:00', '23:59']],
];
const halfDays: readonly Periods[] = [[], [], [['09:00', '10:00']], [['23:00', '24:00']], [['00:00', '00:30']]];

const yearOf = (dice: Dice, year: number): Edition['years'][number] => {
  const first = Date.UTC(year, 0, 1) / dayMs;
  const last = Date.UTC(year, 11, 31) / dayMs;
  const off = Array.from({ length: below(dice, 16) }, (): [string, string, string] => {
    const from = Math.min(first + below(dice, 365), last);
    return [dateAt(from), dateAt(Math.min(last, from + below(dice, 9))), '放假'];
  });
  // The turn of the year is where calendars break.
  if (dice() < 0.7) off.push([dateAt(first), dateAt(first + below(dice, 5)), '元旦'], [dateAt(last - below(dice, 3)), dateAt(last), '元旦']);
  const on = Array.from({ length: below(dice, 12) }, () => Math.min(first + below(dice, 365), last)).filter(weekend).map(dateAt);
  return { year, provisional: dice() < 0.2, off, on };
};

export const editionOf = (dice: Dice): Edition => {
  const years = [2025, 2026, 2027, 2028, 2029].filter((y) => y === 2026 || dice() < 0.8).map((y) => yearOf(dice, y));
  const except = Object.fromEntries(Array.from({ length: below(dice, 40) }, () => [dateAt(Date.UTC(2026, 0, 1) / dayMs + below(dice, 900)), oneOf(dice, halfDays)]));
  return { id: 'storm', source: 'storm', years, ...(dice() < 0.2 ? {} : { hours: { day: oneOf(dice, openings), ...(dice() < 0.3 ? {} : { except }) } }) };
};
export const scaleOf = (dice: Dice): Scale | undefined => (dice() < 0.8 ? undefined : { realEpoch: monday - below(dice, 5000), civilEpoch: monday - below(dice, dayMs), msPerDay: oneOf(dice, [500, 1000, 86_400, 7_777_777, 43_200_000]) });

type Marks = PolicyPack['marks'];
const cite = ['design'];
const markAt = (dice: Dice): Marks[number]['at'] => {
  const r = dice();
  if (r < 0.3) return { elapsed: oneOf(dice, [0.02, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.999]) };
  if (r < 0.5) return { left: oneOf(dice, [0, 0.05, 0.1, 0.2, 0.4, 2 / 3]) };
  if (r < 0.7) return { before: { amount: 1 + below(dice, 8), unit: 'wd' } };
  if (r < 0.85) return { before: { amount: 1 + below(dice, 10), unit: 'd' } };
  return { before: { amount: oneOf(dice, [0.5, 1, 2, 7, 11, 15, 24, 31, 72]), unit: 'h' } };
};
const marksOf = (dice: Dice): Marks => [
  ...Array.from({ length: 20 + below(dice, 40) }, (_, n): Marks[number] => ({ id: `m${n}`, command: oneOf(dice, ['remind', 'remind', 'nearDue']), at: markAt(dice), cite })),
  { id: 'overdue', command: 'fallOverdue', at: { elapsed: 1 }, cite },
];

type Limit = PolicyPack['limits'][string];
const amountOf = (dice: Dice): { amount: number; unit: 'wd' | 'd' | 'h' } => {
  const r = dice();
  if (r < 0.55) return { amount: 1 + below(dice, 6), unit: 'wd' };
  if (r < 0.65) return { amount: oneOf(dice, [0.5, 1.5, 0.25]), unit: 'wd' };
  return r < 0.9 ? { amount: 1 + below(dice, 20), unit: 'd' } : { amount: oneOf(dice, [0.5, 2, 4, 24, 36]), unit: 'h' };
};
const limitOf = (dice: Dice, row: string, was: Limit): Limit => {
  if (['16', '27'].includes(row)) return dice() < 0.5 ? was : { ...was, ...amountOf(dice), anchor: 'stateEntered' };
  return was.amount === null || dice() < 0.6 ? was : { ...was, ...amountOf(dice) };
};
const totalOf = (dice: Dice): Limit & { amount: number; unit: 'wd' | 'd' } => ({ ...(dice() < 0.5 ? { amount: 1 + below(dice, 25), unit: 'wd' } : { amount: 1 + below(dice, 60), unit: 'd' }), cite }) as never;

const thresholdsOf = (dice: Dice, was: PolicyPack['thresholds']): PolicyPack['thresholds'] => ({
  ...was,
  behindPoints: { ...was.behindPoints, value: oneOf(dice, [15, 15, 5, 40]) },
  failsRed: { ...was.failsRed, value: oneOf(dice, [2, 2, 1, 3]) },
  extensionsRed: { ...was.extensionsRed, value: oneOf(dice, [3, 3, 1, 2]) },
  talkAfterRed: { ...was.talkAfterRed, amount: oneOf(dice, [5, 5, 1, 9]) },
});

/** The shipped pack with other amounts: a third of the worlds keep its marks. */
export const packOf = (dice: Dice, shipped: PolicyPack): PolicyPack => {
  const totals = (): PolicyPack['totals']['red'] => ({ immediate: totalOf(dice), list: totalOf(dice) });
  return {
    ...shipped,
    totals: dice() < 0.3 ? shipped.totals : { red: totals(), yellow: totals(), blue: totals(), ordinary: totals() },
    marks: dice() < 0.15 ? shipped.marks : marksOf(dice),
    limits: Object.fromEntries(Object.entries(shipped.limits).map(([row, was]) => [row, limitOf(dice, row, was)])),
    thresholds: thresholdsOf(dice, shipped.thresholds),
  };
};
