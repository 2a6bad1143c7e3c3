import type { Command } from 'commander';
import { calendarsBy, sourcesBy } from '../../client/index.ts';
import { deadlinesPage } from '../deadline-page.ts';
import { both, help, say } from '../messages.ts';
import { allowedPage, casePage, historyPage, listPage, type Paper } from '../page.ts';
import { openReader, type Open } from '../place.ts';
import { note } from '../output.ts';
import { asOf, using, type Act, type AsOptions, type Run } from './context.ts';
import { addDo } from './do.ts';
import { queryOf, withFilters, withPaging, type Filters, type Paging } from './filters.ts';
import { withActor } from './sending.ts';

export async function paperOf({ ledger }: Pick<Open, 'ledger'>, run: Pick<Run, 'now' | 'ink'>): Promise<Paper> {
  const [found, pack] = await Promise.all([ledger.directory(), ledger.currentPack()]);
  return { directory: found?.directory ?? null, calendar: pack?.calendar ?? null, now: run.now(), ink: run.ink };
}

/** Reads with the running stack, or from the folder when there is none, and says so. */
export function reading<T>(run: Run, work: (open: Open, paper: Paper) => Promise<T>): Promise<T> {
  return using(openReader(run.place, run.now), async (open) => {
    if (!open.running) note(run.out, say('readOnly'));
    return work(open, await paperOf(open, run));
  });
}

/** A case is counted by the calendar that it has, which may not be the one in force. */
async function byItsCalendar(paper: Paper, ledger: Open['ledger'], caseNo: string): Promise<Paper> {
  const board = await ledger.problem(caseNo);
  return board === null ? paper : { ...paper, calendar: await calendarsBy(ledger, paper.calendar)(board) };
}

export function addCase(program: Command, act: (command: Command) => Act): void {
  const group = program.command('case').description(both(help.case));
  addList(group, act);
  const show = withActor(group.command('show').description(both(help.show)).argument('<no>', both(help.caseNo))).option('--explain', both(help.explain));
  show.action((no: string, o: AsOptions & { explain?: boolean }) =>
    act(show)((run) =>
      reading(run, async ({ client, ledger }, reader) => {
        const view = await client.view(no, asOf(o));
        // Whoever may not read it was refused above, once; both look at the case, and may do so in one task.
        const [next, due, paper] = await Promise.all([client.allowed(no, asOf(o)), client.deadlines(no, asOf(o)), byItsCalendar(reader, ledger, no)]);
        return { json: { view, allowed: next.filter((a) => a.enabled), deadlines: due }, text: casePage(view, next, paper, deadlinesPage(due, paper, o.explain === true)) };
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
      reading(run, async ({ client, ledger }, paper) => {
        const page = await client.problems(queryOf(o, paper), asOf(o));
        const [calendarOf, sourcesOf] = [calendarsBy(ledger, paper.calendar), sourcesBy(ledger)];
        const listed = await Promise.all(page.items.map(async (board) => ({ board, calendar: await calendarOf(board), cite: (await sourcesOf(board)).total })));
        const text = listPage(listed, paper);
        return { json: { ...page, items: listed.map(({ board, cite }) => ({ ...board, cite })) }, text: page.next === null ? text : `${text}\n${say('more', { cursor: page.next })}` };
      }),
    ),
  );
}
