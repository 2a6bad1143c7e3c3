/** A worker that comes back to everything at once: marks that fell due, people who look, commands, and queries of no task. */
import type { WorkflowClient } from '@temporalio/client';
import { expect, it } from 'vitest';
import { askAgain } from '../../client/patience.ts';
import { noFacts } from '../../schemas/index.ts';
import { LiveCase, scaledPack } from '../support/case.ts';
import { captureOf, itemOf, tasksDue } from '../support/imported.ts';
import { onServer } from '../support/on-server.ts';
import { replayErrors } from '../support/replay.ts';
import { startBench, startWorker } from '../support/worker.ts';
import { actor } from '../support/world.ts';

const on = onServer();
const lapse = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Three commands at once, each asked until it is known what became of it, as the client does. */
const command = (temporal: WorkflowClient, one: LiveCase): Promise<unknown> =>
  Promise.all(
    Array.from({ length: 3 }, async () => {
      const env = one.envelope('instruct', actor('LDR_DEPUTY'), { payload: { text: '加快办理' }, facts: noFacts });
      expect(await askAgain(temporal, 120_000, () => one.send(env))).toHaveProperty('answer');
    }),
  );

it('histories that looks, stray queries, due marks and commands made together replay', async () => {
  const { nativeConnection: connection, namespace } = on.server;
  const taskQueue = `${on.server.taskQueue}-rereading`;
  const bench = await startBench({ nativeConnection: connection, namespace, taskQueue });
  const cases = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const one = new LiveCase({ client: bench.client, taskQueue, pack: scaledPack(3000) });
      const item = itemOf(one.world, { stage: 'rectifying', dueIn: 30 });
      const tasks = tasksDue(one.world, Array.from({ length: 12 }, (_, n) => 2 + n * 2));
      await one.open(actor('INTAKE'), { payload: captureOf({ ...item, tasks }) });
      return one;
    }),
  );
  let { worker } = bench;
  for (let round = 0; round < 2; round += 1) {
    await worker.stop();
    const looking = [0, 1000, 2000, 3500].flatMap((ms) =>
      cases.map(async (one) => {
        await lapse(ms);
        // A query that nobody answers in time, or that came too early, fails: that is all that it may do.
        await Promise.allSettled([one.look(), one.handle.query('__stack_trace')]);
      }),
    );
    await lapse(4000);
    const commanding = cases.map((one) => command(bench.client, one));
    await lapse(1500);
    worker = await startWorker({ connection, namespace, taskQueue, ledger: bench.ledger, dataDir: bench.dataDir });
    await Promise.all([...commanding, ...looking]);
  }
  expect(await replayErrors(cases.map((one) => one.handle))).toEqual(new Map());
  await worker.stop();
  await bench.stop();
});
