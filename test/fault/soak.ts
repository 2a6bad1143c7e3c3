/** `npm run soak -- --minutes N --seed S`: the fault suite for as long as one likes, with worker kills above all. */
import { parseArgs } from 'node:util';
import { createProgress } from '../../tools/say.ts';
import { type Progress, campaign } from './campaign.ts';
import { type Dice, diceOf } from './dice.ts';
import { type FaultKind, faultKinds } from './nemesis.ts';
import { textOf } from './report.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' }, seed: { type: 'string' }, clients: { type: 'string', default: '8' }, keep: { type: 'boolean', default: false } } });
const minutes = positive('minutes', values.minutes);
const clients = positive('clients', values.clients);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : positive('seed', values.seed);
const ms = minutes * 60_000;
/** Between two faults, at most; the load runs on meanwhile. */
const longestQuietMs = 8000;
const screen = createProgress();

const dice = diceOf(seed).split('soak');
const times = faultTimes(dice);
screen.step(`种子 seed ${seed}, ${minutes} 分钟 minutes, ${clients} 个客户端 clients`);
const report = await campaign({
  seed,
  clients,
  keepLog: values.keep,
  more: ({ startedAt }) => Date.now() - startedAt < ms,
  faults: endless(dice),
  due: (index, { startedAt }) => (Date.now() - startedAt > ms ? 'never' : Date.now() - startedAt > times(index)),
  onProgress: (progress) => screen.tick(lineOf(progress)),
});
screen.done(textOf(report));
const asleep = faultKinds.filter((kind) => report.fired[kind] === 0);
if (asleep.length > 0) screen.done(`没有发生的故障 never fired: ${asleep.join(', ')}`);
process.exitCode = report.faults.length === 0 && asleep.length === 0 ? 0 : 1;

/** Each kind once at first, so that a short run has them all; then ten kills of a worker to one of each other kind. */
function* endless(of: Dice): Generator<FaultKind> {
  yield* faultKinds;
  const kinds: readonly FaultKind[] = [...Array.from({ length: 10 }, () => 'worker' as const), 'temporal', 'postgres'];
  for (;;) yield of.pick(kinds);
}

/** When fault `index` is due, in ms from the start. */
function faultTimes(of: Dice): (index: number) => number {
  const at: number[] = [];
  return (index) => {
    while (at.length <= index) at.push((at.at(-1) ?? 1000) + of.int(200, longestQuietMs));
    return at[index] ?? 0;
  };
}

function lineOf({ opened, done, startedAt }: Progress): string {
  const left = Math.max(0, Math.round((ms - (Date.now() - startedAt)) / 1000));
  return `案件 cases ${done}/${opened}, 剩余 left ${left} s`;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  process.stderr.write(`--${name}: ${text}\n`);
  return process.exit(2);
}
