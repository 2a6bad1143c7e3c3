/** A worker that comes back to everything at once: marks that fell due, people who look, commands, and queries of no task. */
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { expect, it } from 'vitest';
import { outcomeOf } from '../../client/failure.ts';
import { type Envelope, noFacts } from '../../schemas/index.ts';
import { workflowBundle } from '../../worker/index.ts';
import { LiveCase, scaledPack } from '../support/case.ts';
import { captureOf, itemOf } from '../support/imported.ts';
import { onServer } from '../support/on-server.ts';
import { startBench, startWorker } from '../support/worker.ts';
import { actor } from '../support/world.ts';

const on = onServer();
const lapse = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Three commands at once, each sent until it is known what became of it, as the client does. */
const command = (one: LiveCase): Promise<unknown> => {
  const envelopes = Array.from({ length: 3 }, () => one.envelope('instruct', actor('LDR_DEPUTY'), { payload: { text: '加快办理' }, facts: noFacts }));
  return Promise.all(envelopes.map((env) => untilKnown(one, env)));
};

async function untilKnown(one: LiveCase, env: Envelope): Promise<unknown> {
  for (;;) {
    try {
      return await one.send(env);
    } catch (error) {
      if (!['busy', 'unknown'].includes(outcomeOf(error).kind)) throw error;
      await lapse(100);
    }
  }
}

it('histories that looks, stray queries, due marks and commands made together replay', async () => {
  const { nativeConnection: connection, namespace } = on.server;
  const taskQueue = `${on.server.taskQueue}-rereading`;
  const bench = await startBench({ nativeConnection: connection, namespace, taskQueue });
  const cases = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const one = new LiveCase({ client: bench.client, taskQueue, pack: scaledPack(3000) });
      const item = itemOf(one.world, { stage: 'rectifying', dueIn: 30 });
      const tasks = Array.from({ length: 12 }, (_, n) => ({ measure: `措施${n}`, owner: 'UO-1@U1', due: itemOf(one.world, { stage: 'rectifying', dueIn: 2 + n * 2 }).due ?? '' }));
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
    const commanding = cases.map(command);
    await lapse(1500);
    worker = await startWorker({ connection, namespace, taskQueue, ledger: bench.ledger, dataDir: bench.dataDir });
    await Promise.all([...commanding, ...looking]);
  }
  const histories = await Promise.all(cases.map(async (one) => ({ workflowId: one.handle.workflowId, history: JSON.parse(historyToJSON(await one.handle.fetchHistory())) as never })));
  const errors: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { codePath: await workflowBundle() } }, histories))
    if (error) errors.push(`${workflowId}: ${error.message}`);
  expect(errors).toEqual([]);
  await worker.stop();
  await bench.stop();
});
