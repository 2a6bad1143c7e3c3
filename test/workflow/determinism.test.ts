/** Marks and commands that meet: whatever came in which task, the history replays. */
import { expect, it } from 'vitest';
import { scaledPack } from '../support/case.ts';
import { captureOf, itemOf, tasksDue } from '../support/imported.ts';
import { onServer } from '../support/on-server.ts';
import { replayErrors } from '../support/replay.ts';
import { actor } from '../support/world.ts';

const on = onServer();

it('marks that fall due between commands, by the dozen, replay as they came', async () => {
  const cases = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const one = on.newCase({ pack: scaledPack(120) });
      const item = itemOf(one.world, { stage: 'rectifying', dueIn: 30 });
      const tasks = tasksDue(one.world, Array.from({ length: 12 }, (_, n) => 2 + n * 2));
      await one.open(actor('INTAKE'), { payload: captureOf({ ...item, tasks }) });
      return one;
    }),
  );
  await Promise.all(cases.map((one) => one.instruct(60, { atOnce: 3 })));
  expect(await replayErrors(cases.map((one) => one.handle))).toEqual(new Map());
});
