/** Marks and commands that meet: whatever came in which task, the history replays. */
import { Worker } from '@temporalio/worker';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { expect, it } from 'vitest';
import { workflowBundle } from '../../worker/index.ts';
import { scaledPack } from '../support/case.ts';
import { captureOf, itemOf } from '../support/imported.ts';
import { onServer } from '../support/on-server.ts';
import { actor } from '../support/world.ts';

const on = onServer();

it('marks that fall due between commands, by the dozen, replay as they came', async () => {
  const cases = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const one = on.newCase({ pack: scaledPack(120) });
      const item = itemOf(one.world, { stage: 'rectifying', dueIn: 30 });
      const tasks = Array.from({ length: 12 }, (_, n) => ({ measure: `措施${n}`, owner: 'UO-1@U1', due: itemOf(one.world, { stage: 'rectifying', dueIn: 2 + n * 2 }).due ?? '' }));
      await one.open(actor('INTAKE'), { payload: captureOf({ ...item, tasks }) });
      return one;
    }),
  );
  await Promise.all(cases.map((one) => one.instruct(60, { atOnce: 3 })));
  const histories = await Promise.all(cases.map(async (one) => ({ workflowId: one.handle.workflowId, history: JSON.parse(historyToJSON(await one.handle.fetchHistory())) as never })));
  const errors: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { codePath: await workflowBundle() } }, histories)) {
    if (error) errors.push(`${workflowId}: ${error.message}`);
  }
  expect(errors).toEqual([]);
});
