import type { Command } from 'commander';
import { endOfDay, epochDay, toInstant, plainWeekdays } from '../../cases/index.ts';
import { suspicionCodes, type SuspicionCode } from '../../ledger/index.ts';
import { caseError, isCivilDate } from '../../schemas/index.ts';
import { duplicatePage, saidListPage, saidPage, suspicionPage } from '../feedback-page.ts';
import { both, help } from '../messages.ts';
import { wholeNumber } from '../number.ts';
import type { Paper } from '../page.ts';
import { reading } from './case.ts';
import { withActor } from './sending.ts';
import { asOf, type Act, type AsOptions } from './context.ts';

type Span = { from?: string; to?: string };
type Narrow = Span & { ofUnit?: string; field?: string; limit?: string };


/** `--from` and `--to` as instants; the last day is included. @throws BAD-INPUT */
function spanOf({ from, to }: Span, { calendar }: Paper): { from?: number; to?: number } {
  const dayOf = (field: string, text: string): number => {
    if (!isCivilDate(text)) throw caseError('BAD-INPUT', { field, zh: text, en: text });
    return epochDay(text);
  };
  return {
    ...(from === undefined ? {} : { from: toInstant(calendar ?? plainWeekdays, dayOf('from', from), 0) }),
    ...(to === undefined ? {} : { to: endOfDay(calendar ?? plainWeekdays, dayOf('to', to)) }),
  };
}

const narrowOf = (o: Narrow, paper: Paper) => ({
  ...spanOf(o, paper),
  ...(o.ofUnit === undefined ? {} : { unit: o.ofUnit }),
  ...(o.field === undefined ? {} : { field: o.field }),
  ...(o.limit === undefined ? {} : { limit: wholeNumber('limit', o.limit, 1) }),
});

const withSpan = (command: Command): Command => command.option('--from <date>', both(help.from)).option('--to <date>', both(help.to));
const withNarrow = (command: Command): Command => command.option('--of-unit <unit>', both(help.about)).option('--limit <number>', both(help.limit));

export function addFeedback(program: Command, act: (command: Command) => Act): void {
  const group = program.command('feedback').description(both(help.feedback));
  addList(group, act);
  const show = withActor(group.command('show').description(both(help.feedbackShow)).argument('<no>', both(help.caseNo))).option('--reason <text>', both(help.lookReason));
  show.action((no: string, o: AsOptions & { reason?: string }) =>
    act(show)((run) =>
      reading(run, async ({ client }, paper) => {
        const said = await client.feedback(no, { ...asOf(o), ...(o.reason === undefined ? {} : { reason: o.reason }) });
        return { json: said, text: saidPage(said, paper) };
      }),
    ),
  );
  addSuspicions(group, act);
  const duplicates = withNarrow(withActor(group.command('duplicates').description(both(help.duplicates)))).option('--field <field>', both(help.field)).option('--within <days>', both(help.within));
  duplicates.action((o: AsOptions & Narrow & { within?: string }) =>
    act(duplicates)((run) =>
      reading(run, async ({ client }, paper) => {
        const found = await client.duplicates({ ...narrowOf(o, paper), ...(o.within === undefined ? {} : { days: wholeNumber('within', o.within, 1) }) }, asOf(o));
        return { json: found, text: duplicatePage(found) };
      }),
    ),
  );
}

type ListOptions = AsOptions & Narrow & { kind?: string; level?: string; channel?: string; rater?: string; cursor?: string };

function addList(group: Command, act: (command: Command) => Act): void {
  const list = withSpan(withNarrow(withActor(group.command('list').description(both(help.feedbackList)))))
    .option('--kind <kind>', both(help.feedbackKind))
    .option('--level <number>', both(help.level))
    .option('--field <field>', both(help.field))
    .option('--channel <channel>', both(help.channel))
    .option('--rater <key>', both(help.rater))
    .option('--cursor <cursor>', both(help.cursor));
  list.action((o: ListOptions) =>
    act(list)((run) =>
      reading(run, async ({ client }, paper) => {
        const query = {
          ...narrowOf(o, paper),
          ...(o.kind === undefined ? {} : { kind: o.kind }),
          ...(o.level === undefined ? {} : { level: wholeNumber('level', o.level, 1) }),
          ...(o.channel === undefined ? {} : { channel: o.channel }),
          ...(o.rater === undefined ? {} : { rater: o.rater }),
          ...(o.cursor === undefined ? {} : { after: o.cursor }),
        };
        const page = await client.feedbacks(query, asOf(o));
        return { json: page, text: saidListPage(page, paper) };
      }),
    ),
  );
}

const isCode = (text: string): text is SuspicionCode => (suspicionCodes as readonly string[]).includes(text);

function addSuspicions(group: Command, act: (command: Command) => Act): void {
  const suspicions = withSpan(withNarrow(withActor(group.command('suspicions').description(both(help.suspicions))))).option('--code <code>', both(help.suspicionCode));
  suspicions.action((o: AsOptions & Narrow & { code?: string }) =>
    act(suspicions)((run) =>
      reading(run, async ({ client }, paper) => {
        if (o.code !== undefined && !isCode(o.code)) throw caseError('BAD-INPUT', { field: 'code', zh: o.code, en: `${o.code}; one of ${suspicionCodes.join(', ')}` });
        const found = await client.suspicions({ ...narrowOf(o, paper), ...(o.code === undefined ? {} : { code: o.code as SuspicionCode }) }, asOf(o));
        return { json: found, text: suspicionPage(found, paper) };
      }),
    ),
  );
}
