import type { Command } from 'commander';
import type { CommandOptions } from '../../client/index.ts';
import { type Answer, type CommandType, commandTypes, caseError, zhOf } from '../../schemas/index.ts';
import { both, help, say } from '../messages.ts';
import { readData } from '../input.ts';
import { allowedPage, casePage, historyPage, listPage, type Paper } from '../page.ts';
import { openClient, openReader, type Open } from '../place.ts';
import { wholeNumber } from '../number.ts';
import { note } from '../output.ts';
import { asOf, using, type Act, type AsOptions, type Run } from './context.ts';
import { queryOf, withFilters, withPaging, type Filters, type Paging } from './filters.ts';

/** `--as` and what goes with it: every act and every reading is somebody's. */
export const withActor = (command: Command): Command =>
  command
    .requiredOption('--as <person>', both(help.as))
    .option('--role <role>', both(help.role))
    .option('--unit <unit>', both(help.unit))
    .option('--on-behalf-of <person>', both(help.onBehalfOf))
    .option('--for-role <role>', both(help.forRole));

export type Sending = AsOptions & { id?: string; revision?: string };
export const withSending = (command: Command): Command => withActor(command).option('--id <id>', both(help.commandId)).option('--revision <number>', both(help.revision));

/** @throws BAD-INPUT for a revision that is no number */
export function sendingOf(o: Sending): CommandOptions {
  const revision = o.revision === undefined ? undefined : wholeNumber('revision', o.revision, 0);
  return { ...asOf(o), ...(o.id === undefined ? {} : { commandId: o.id }), ...(revision === undefined ? {} : { expectedRevision: revision }) };
}

export async function paperOf({ ledger }: Pick<Open, 'ledger'>, run: Pick<Run, 'now' | 'ink'>): Promise<Paper> {
  const [found, pack] = await Promise.all([ledger.directory(), ledger.currentPack()]);
  return { directory: found?.directory ?? null, calendar: pack?.calendar ?? null, now: run.now(), ink: run.ink };
}

/** Reads with the running stack, or from the folder when there is none, and says so. */
export function reading<T>(run: Run, work: (open: Open, paper: Paper) => Promise<T>): Promise<T> {
  return using(openReader(run.place), async (open) => {
    if (!open.running) note(run.out, say('readOnly'));
    return work(open, await paperOf(open, run));
  });
}

/** What happened to a command, in words. */
export function answerText(zh: string, { receipt, view }: Answer): string {
  const outcome = receipt === null ? 'done' : receipt.outcome;
  const first = say(outcome, { zh, proposalId: receipt?.proposalId ?? '' });
  return `${first}\n${say('nowAt', { stage: view.stageZh, revision: view.revision })}`;
}

export function addCase(program: Command, act: (command: Command) => Act): void {
  const group = program.command('case').description(both(help.case));
  addList(group, act);
  const show = withActor(group.command('show').description(both(help.show)).argument('<no>', both(help.caseNo)));
  show.action((no: string, o: AsOptions) =>
    act(show)((run) =>
      reading(run, async ({ client }, paper) => {
        const view = await client.view(no, asOf(o));
        const next = await client.allowed(no, asOf(o));
        return { json: { view, allowed: next.filter((a) => a.enabled) }, text: casePage(view, next, paper) };
      }),
    ),
  );
  const allowed = withActor(group.command('allowed').description(both(help.allowed)).argument('<no>', both(help.caseNo)));
  allowed.action((no: string, o: AsOptions) =>
    act(allowed)((run) =>
      reading(run, async ({ client }) => {
        const all = await client.allowed(no, asOf(o));
        return { json: all, text: allowedPage(all) };
      }),
    ),
  );
  const history = withActor(group.command('history').description(both(help.history)).argument('<no>', both(help.caseNo)));
  history.action((no: string, o: AsOptions) =>
    act(history)((run) =>
      reading(run, async ({ client }, paper) => {
        const items = await client.history(no, asOf(o));
        return { json: items, text: historyPage(items, paper) };
      }),
    ),
  );
  addDo(group, act);
}

type ListOptions = AsOptions & Filters & Paging;

function addList(group: Command, act: (command: Command) => Act): void {
  const list = withPaging(withFilters(withActor(group.command('list').description(both(help.list)))));
  list.action((o: ListOptions) =>
    act(list)((run) =>
      reading(run, async ({ client }, paper) => {
        const page = await client.problems(queryOf(o, paper), asOf(o));
        return { json: page, text: page.next === null ? listPage(page.items, paper) : `${listPage(page.items, paper)}\n${say('more', { cursor: page.next })}` };
      }),
    ),
  );
}

const isCommand = (text: string): text is CommandType => (commandTypes as readonly string[]).includes(text);

function addDo(group: Command, act: (command: Command) => Act): void {
  const one = withSending(group.command('do').description(both(help.do)).argument('<no>', both(help.caseNo)).argument('<command>', both(help.command))).option('--data <json>', both(help.payload), '{}');
  one.action((no: string, type: string, o: Sending & { data: string }) =>
    act(one)(async (run) => {
      if (!isCommand(type)) throw caseError('BAD-INPUT', { field: 'command', zh: type, en: `no such command: ${type}` });
      const options = sendingOf(o);
      const payload = await readData('data', o.data);
      return using(openClient(run.place), async ({ client }) => {
        const answer = await client.command(no, type, payload as never, options);
        return { json: answer, text: answerText(zhOf(type), answer) };
      });
    }),
  );
}
