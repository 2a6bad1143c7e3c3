import type { Command } from 'commander';
import { prepareFolder } from '../../client/index.ts';
import { caseError } from '../../schemas/index.ts';
import { createProgress } from '../../tools/say.ts';
import { both, help, say } from '../messages.ts';
import { note } from '../output.ts';
import { secretOf } from '../place.ts';
import { untilStopped } from '../signals.ts';
import type { Stack, StackOptions } from '../stack.ts';
import type { Act, Run } from './context.ts';

type Options = { port?: string; uiPort?: string };

export function addStart(program: Command, act: (command: Command) => Act): void {
  const start = program.command('start').description(both(help.start)).option('--port <number>', both(help.port)).option('--ui-port <number>', both(help.uiPort));
  start.action((o: Options) =>
    act(start)(async (run) => {
      const ports = { ...portOf('port', o.port), ...portOf('uiPort', o.uiPort) };
      // Loaded here: the engine's worker takes half a second that no other command should pay for.
      const [{ startStack }, { withQuietRuntime }] = await Promise.all([import('../stack.ts'), import('../quiet.ts')]);
      await withQuietRuntime(() => serve(run, async () => startStack({ ...(await optionsOf(run)), ...ports })));
      return null;
    }),
  );
}

/** Until it is up a signal just ends it, like a kill, which it survives: there is nothing yet to stop in order. */
async function serve(run: Run, begin: () => Promise<Stack>): Promise<void> {
  const stack = await begin();
  const signals = untilStopped();
  await announce(run, stack);
  const failure = await Promise.race([signals.stopped.then(() => null), stack.failed]);
  note(run.out, say('stopping'));
  await stack.stop();
  signals.release();
  if (failure) throw failure;
  note(run.out, say('stopped'));
}

async function optionsOf({ place, env }: Run): Promise<StackOptions> {
  const { dataDir, databaseUrl, namespace, taskQueue } = place;
  await prepareFolder(dataDir);
  return { dataDir, sealSecret: await secretOf(place), ...(databaseUrl === undefined ? {} : { databaseUrl }), namespace, taskQueue, env, progress: createProgress() };
}

/** @throws BAD-INPUT */
function portOf(name: 'port' | 'uiPort', text: string | undefined): Partial<Record<'port' | 'uiPort', number>> {
  if (text === undefined) return {};
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw caseError('BAD-INPUT', { field: name, zh: text, en: text });
  return { [name]: port };
}

/** Where things are: for people on standard output, with `--json` the one document as soon as all is up. */
async function announce({ out, place }: Run, { running, ledger }: Stack): Promise<void> {
  const [durability, directory] = await Promise.all([ledger.durability(), ledger.directory()]);
  if (out.json) return void out.stdout.write(`${JSON.stringify({ ...running, dataDir: place.dataDir, ledger: durability })}\n`);
  const lines = [
    say('dataAt', { dataDir: place.dataDir }),
    say('temporalAt', { ...running, uiUrl: '' }),
    ...(running.uiUrl === null ? [] : [say('uiAt', { url: running.uiUrl })]),
    say('ledgerAt', { detail: `${durability.store} (${durability.survives})` }),
    ...(directory === null ? [say('noDirectory')] : []),
    say('up'),
  ];
  out.stdout.write(`${lines.join('\n')}\n`);
}
