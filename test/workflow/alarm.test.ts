/** 到点唤醒: which timers are armed, counted as the server would see them. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workflowBundle } from '../../worker/index.ts';
import { type Command, Sandbox, signalOf, timerFired } from '../support/sandbox.ts';
import { quiet } from '../support/worker.ts';

quiet();
let sandbox: Sandbox;
beforeAll(async () => {
  const support = (name: string): string => fileURLToPath(new URL(`../support/workflows/${name}`, import.meta.url));
  sandbox = await Sandbox.open(await workflowBundle({ workflowsPath: support('probe.ts'), preload: [support('preloaded-counter.ts')] }));
});
afterAll(() => sandbox.close());

const started = (wakeUps: number) => sandbox.start({ workflowType: 'alarmWorkflow', workflowId: `alarm-${wakeUps}`, args: [wakeUps] });
const timers = (commands: readonly Command[]) => commands.flatMap(({ startTimer }) => (startTimer ? [{ seq: startTimer.seq, seconds: Number(startTimer.startToFireTimeout?.seconds ?? 0) }] : []));
const cancelled = (commands: readonly Command[]): boolean => commands.some((command) => command.cancelTimer != null);

it('a wake-up is armed for an earlier minimum alone, never cancelled, and left to wake once for nothing', async () => {
  const { run } = await started(3);
  const arm = (at: number | null) => run.activate([signalOf('arm', at)]);
  const now = run.at;
  const first = await arm(now + 100_000);
  expect(timers(first)).toEqual([{ seq: 1, seconds: 100 }]);
  const none = [...(await arm(now + 100_000)), ...(await arm(now + 200_000)), ...(await arm(null))];
  expect(none).toEqual([]);
  const earlier = await arm(now + 50_000);
  expect(timers(earlier)).toEqual([{ seq: 2, seconds: 50 }]);
  run.at = now + 50_000;
  const woken = await run.activate([timerFired(2)]);
  // The one at 100 s still stands: a later minimum needs no other.
  const later = await arm(now + 200_000);
  expect([woken, later, [...earlier, ...none].some((c) => cancelled([c]))]).toEqual([[], [], false]);
  run.at = now + 100_000;
  await run.activate([timerFired(1)]);
  expect(timers(await arm(now + 200_000))).toEqual([{ seq: 3, seconds: 100 }]);
});

it('what is due already wakes at once, and what is years away in stages', async () => {
  const { run } = await started(2);
  expect(timers(await run.activate([signalOf('arm', run.at + 3 * 366 * 86_400_000)]))).toEqual([{ seq: 1, seconds: 300 * 86_400 }]);
  expect(timers(await run.activate([signalOf('arm', run.at - 5)]))).toEqual([{ seq: 2, seconds: 0 }]);
});
