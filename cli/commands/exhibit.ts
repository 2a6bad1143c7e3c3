import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { NewExhibit } from '../../client/index.ts';
import { type ExhibitKind, caseError } from '../../schemas/index.ts';
import { parseJson } from '../input.ts';
import { both, help, say, textsOf } from '../messages.ts';
import { openClient } from '../place.ts';
import { withActor } from './sending.ts';
import { asOf, using, type Act, type AsOptions } from './context.ts';

type Options = AsOptions & { kind: string; file?: string; sha256?: string; text?: string; data?: string; id?: string };

export function addExhibit(program: Command, act: (command: Command) => Act): void {
  const group = program.command('exhibit').description(both(help.exhibit));
  const add = withActor(group.command('add').description(both(help.exhibitAdd)).argument('<no>', both(help.caseNo)))
    .requiredOption('--kind <kind>', both(help.kind))
    .option('--file <file>', both(help.content))
    .option('--sha256 <hex>', both(help.sha256))
    .option('--text <text>', both(help.text))
    .option('--data <json>', both(help.exhibitData))
    .option('--id <id>', both(help.id));
  add.action((no: string, o: Options) =>
    act(add)(async (run) => {
      const wish = await wishOf(o);
      return using(openClient(run.place), async ({ client }) => {
        const exhibit = await client.exhibit(no, wish, asOf(o));
        return { json: exhibit, text: say('exhibitOn', { id: exhibit.id }) };
      });
    }),
  );
}

/** Kind and data are checked by the client. */
async function wishOf(o: Options): Promise<NewExhibit> {
  const data = o.data === undefined ? undefined : (parseJson('data', o.data) as NewExhibit['data']);
  const content = o.file === undefined ? undefined : await bytesOf(o.file);
  const text = o.text === undefined ? data : { ...data, text: o.text };
  return {
    kind: o.kind as ExhibitKind,
    ...(content === undefined ? {} : { content }),
    ...(o.sha256 === undefined ? {} : { sha256: o.sha256 }),
    ...(text === undefined ? {} : { data: text }),
    ...(o.id === undefined ? {} : { id: o.id }),
  };
}

const bytesOf = (path: string): Promise<Uint8Array> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => Promise.reject(caseError('BAD-INPUT', { field: 'file', ...textsOf('noFile', { what: `${path} (${error.code ?? ''})` }) })));
