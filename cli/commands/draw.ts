import type { Command } from 'commander';
import * as z from 'zod';
import { CaseError, CaseNo, badInput } from '../../schemas/index.ts';
import { readData } from '../input.ts';
import { both, help, say } from '../messages.ts';
import { openClient } from '../place.ts';
import { withActor } from './sending.ts';
import { asOf, using, type Act, type AsOptions } from './context.ts';

const Batch = z.object({ cases: z.array(z.object({ caseNo: CaseNo, drawn: z.boolean() })).min(1), nonce: z.string().min(8) });

export function addDraw(program: Command, act: (command: Command) => Act): void {
  const group = program.command('draw').description(both(help.draw));
  const commit = withActor(group.command('commit').description(both(help.drawCommit))).requiredOption('--data <json>', both(help.batch));
  commit.action((o: AsOptions & { data: string }) =>
    act(commit)(async (run) => {
      const parsed = Batch.safeParse(await readData('data', o.data));
      if (!parsed.success) throw new CaseError(badInput(parsed.error));
      return using(openClient(run.place), async ({ client }) => {
        const committed = await client.commitDraw(parsed.data, asOf(o));
        return { json: committed, text: say('drawOn', committed) };
      });
    }),
  );
}
