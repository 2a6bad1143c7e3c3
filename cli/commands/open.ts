import type { Command } from 'commander';
import type { Feedback } from '../../schemas/index.ts';
import { readJsonFile } from '../input.ts';
import { both, help, say } from '../messages.ts';
import { openClient } from '../place.ts';
import { answerText, sendingOf, withSending, type Sending } from './sending.ts';
import { using, type Act } from './context.ts';

type Options = Sending & { key?: string; predecessor?: string };

export function addOpen(program: Command, act: (command: Command) => Act): void {
  const command = withSending(program.command('open').description(both(help.open)).argument('<file>', both(help.file)))
    .option('--key <key>', both(help.key))
    .option('--predecessor <no>', both(help.predecessor));
  command.action((file: string, o: Options) =>
    act(command)(async (run) => {
      const feedback = await readJsonFile(file);
      const more = { ...(o.key === undefined ? {} : { externalKey: o.key }), ...(o.predecessor === undefined ? {} : { predecessor: o.predecessor }) };
      return using(openClient(run.place), async ({ client }) => {
        // The client parses it: what a file holds is whatever somebody wrote.
        const answer = await client.openCase(feedback as Feedback, { ...sendingOf(o), ...more });
        return { json: answer, text: `${say('opened', { caseNo: answer.caseNo })}\n${answerText('登记', answer)}` };
      });
    }),
  );
}
