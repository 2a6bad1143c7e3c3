import type { Command } from 'commander';
import { Limit, LimitUnit, clockText, compileCalendar, dateOf, differenceOf, epochDay, limitDue, standingOf, toCivil, toInstant, workingDaysIn, type Due } from '../../cases/index.ts';
import type { EditionMeta } from '../../import/index.ts';
import { type Calendar, caseError, isCivilDate } from '../../schemas/index.ts';
import { differenceText, yearOf, yearText } from '../calendar-page.ts';
import { type Known, editionIn, editionNamed } from '../edition.ts';
import { both, help, say, textsOf } from '../messages.ts';
import { openClient } from '../place.ts';
import { unitWords } from '../words/calendar.ts';
import { adoptCases, withAdopting, type Adopting } from './adopting.ts';
import { type Act, using } from './context.ts';

export function addCalendar(program: Command, act: (command: Command) => Act): void {
  const group = program.command('calendar').description(both(help.calendar));
  for (const add of [addImport, addShow, addDue, addBetween, addDiff, addAdopt]) add(group, act);
}

type ListOptions = { id?: string; source?: string; date?: string; provisional?: boolean };
/** What a list of dates that is kept has to be called; an edition in JSON says it itself. */
const withMeta = (command: Command): Command =>
  command.option('--id <id>', both(help.editionId)).option('--source <text>', both(help.editionSource)).option('--date <date>', both(help.editionDate)).option('--provisional', both(help.editionProvisional));

function addImport(group: Command, act: (command: Command) => Act): void {
  const command = withMeta(group.command('import').description(both(help.calendarImport)).argument('<file>', both(help.editionFile)));
  command.action((file: string, o: ListOptions) =>
    act(command)((run) =>
      using(openClient(run.place), async ({ ledger }) => {
        const edition = await editionIn(ledger, file, () => metaOf(o));
        const pack = await ledger.currentPack();
        if (!pack) throw caseError('NOT-RUNNING', textsOf('noDirectory'));
        if (pack.calendar.scale !== undefined) throw caseError('BAD-INPUT', { field: 'calendar', ...textsOf('scaledInForce') });
        const calendar = compileCalendar(edition);
        refuseLost(pack.calendar, calendar);
        const { hash, fresh } = await ledger.saveEdition({ edition, calendar }, run.now());
        await ledger.savePack({ policy: pack.policy, calendar }, { policy: pack.policy.id, calendar: edition.id }, run.now());
        const years = edition.years.map((y) => ({ year: y.year, provisional: y.provisional }));
        return { json: { edition: edition.id, hash, calendar: calendar.hash, fresh, years }, text: say(fresh ? 'editionKept' : 'editionSame', { id: edition.id }) };
      }),
    ),
  );
}

/** What was published stays published: an edition of one year alone would make every other year provisional. @throws BAD-INPUT */
function refuseLost(inForce: Calendar, fresh: Calendar): void {
  const lost = Object.keys(inForce.years).filter((year) => standingOf(inForce, Number(year)) === 'published' && standingOf(fresh, Number(year)) === 'absent');
  if (lost.length > 0) throw caseError('BAD-INPUT', { field: 'years', ...textsOf('yearsLost', { years: lost.join(', ') }) });
}

/** @throws BAD-INPUT */
function metaOf({ id, source, date, provisional }: ListOptions): EditionMeta {
  if (id === undefined || source === undefined) throw caseError('BAD-INPUT', { field: id === undefined ? 'id' : 'source', ...textsOf('tableNeeds') });
  return { id, source, ...(date === undefined ? {} : { date }), provisional: provisional === true };
}

const withEdition = (command: Command): Command => command.option('--edition <edition>', both(help.whichEdition));

function addShow(group: Command, act: (command: Command) => Act): void {
  const command = withEdition(group.command('show').description(both(help.calendarShow)).argument('<year>', '2026'));
  command.action((text: string, o: { edition?: string }) =>
    act(command)(async (run) => {
      const year = Number(dayOf('year', `${text}-01-01`).slice(0, 4));
      const page = yearOf(await editionNamed(run.place, o.edition), year);
      return { json: page, text: yearText(page) };
    }),
  );
}

type DueOptions = { from: string; amount: string; unit: string; emergency?: boolean; edition?: string };

function addDue(group: Command, act: (command: Command) => Act): void {
  const command = withEdition(group.command('due').description(both(help.calendarDue)));
  command.requiredOption('--from <date>', both(help.dueFrom)).requiredOption('--amount <n>', both(help.dueAmount)).requiredOption('--unit <unit>', both(help.dueUnit)).option('--emergency', both(help.emergency));
  command.action((o: DueOptions) =>
    act(command)(async (run) => {
      const limit = limitOf(o);
      const from = momentOf(o.from);
      const by = await editionNamed(run.place, o.edition);
      const due = limitDue(by.calendar, toInstant(by.calendar, from.day, from.ms), limit);
      if (!due) throw caseError('BAD-INPUT', { field: 'edition', ...textsOf('cannotCount') });
      return { json: { due: due.date, instant: due.instant, provisional: due.provisional, edition: by.id }, text: dueText(by, due) };
    }),
  );
}

/** @throws BAD-INPUT */
function limitOf({ amount, unit, emergency }: Pick<DueOptions, 'amount' | 'unit' | 'emergency'>): Limit {
  const known = unitOf(unit, LimitUnit.options);
  const limit = Limit.safeParse({ amount: /^-?\d+(\.\d+)?$/.test(amount) ? Number(amount) : Number.NaN, unit: known, emergency: emergency === true });
  if (!limit.success) throw caseError('BAD-INPUT', { field: 'amount', ...textsOf('badAmount', { text: amount }) });
  return limit.data;
}

/** @throws BAD-INPUT */
function unitOf<U extends LimitUnit>(text: string, units: readonly U[]): U {
  const unit = units.find((u) => u === text);
  if (unit === undefined) throw caseError('BAD-INPUT', { field: 'unit', ...textsOf('badUnit', { units: units.join(', '), text }) });
  return unit;
}

/** `2026-02-13` is its midnight, before the office opens; `2026-02-13 16:30` with or without T and seconds. @throws BAD-INPUT */
function momentOf(text: string): { day: number; ms: number } {
  const [, date = '', hour = '0', minute = '0', second = '0'] = /^(\d{4}-\d{2}-\d{2})(?:[ T]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?)?$/.exec(text.trim()) ?? [];
  if (date === '') throw caseError('BAD-INPUT', { field: 'from', ...textsOf('badFrom', { text }) });
  return { day: epochDay(dayOf('from', date)), ms: ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 };
}

/** @throws BAD-INPUT for a date that no calendar has, or none of the years that are counted */
function dayOf(field: string, text: string): string {
  if (!isCivilDate(text) || text < '1970' || text >= '2200') throw caseError('BAD-INPUT', { field, ...textsOf('badFrom', { text }) });
  return text;
}

/** The end of a day is its 24:00, as everywhere. */
function clockOf(by: Known, due: Due): string {
  const { day, ms } = toCivil(by.calendar, due.instant);
  const minutes = Math.floor(ms / 60_000) + (dateOf(day) === due.date ? 0 : 1440);
  return `${due.date} ${clockText(minutes)}`;
}

const dueText = (by: Known, due: Due): string => [say('dueIs', { at: clockOf(by, due) }), say('editionOf', { id: by.id }), ...(due.provisional ? [say('provisional')] : [])].join('\n');

function addBetween(group: Command, act: (command: Command) => Act): void {
  const command = withEdition(group.command('between').description(both(help.calendarBetween)).argument('<a>', both(help.dayA)).argument('<b>', both(help.dayA)));
  command.requiredOption('--unit <unit>', both(help.betweenUnit));
  command.action((a: string, b: string, o: { unit: string; edition?: string }) =>
    act(command)(async (run) => {
      const unit = unitOf(o.unit, ['workingDay', 'calendarDay'] as const);
      const [from, to] = [epochDay(dayOf('a', a)), epochDay(dayOf('b', b))];
      const by = await editionNamed(run.place, o.edition);
      const { days, provisional } = unit === 'calendarDay' ? { days: to - from, provisional: false } : workingDaysIn(by.calendar, from, to);
      const text = [say('betweenIs', { days, unit: unitWords[unit], en: unit }), say('editionOf', { id: by.id }), ...(provisional ? [say('provisional')] : [])].join('\n');
      return { json: { from: a, to: b, unit, days, provisional, edition: by.id }, text };
    }),
  );
}

function addDiff(group: Command, act: (command: Command) => Act): void {
  const command = group.command('diff').description(both(help.calendarDiff)).argument('<old>', both(help.whichEdition)).argument('<new>', both(help.whichEdition));
  command.action((old: string, fresh: string) =>
    act(command)(async (run) => {
      const [before, after] = [await editionNamed(run.place, old), await editionNamed(run.place, fresh)];
      if (!before.edition || !after.edition) throw caseError('BAD-INPUT', { field: 'edition', ...textsOf('noSuchEdition', { what: old }) });
      const difference = differenceOf(before.edition, after.edition);
      return { json: { before: before.id, after: after.id, ...difference }, text: differenceText(difference) };
    }),
  );
}

function addAdopt(group: Command, act: (command: Command) => Act): void {
  const command = withMeta(withAdopting(group.command('adopt').description(both(help.calendarAdopt)).argument('<file>', both(help.adoptEdition))));
  command.action((file: string, o: Adopting & ListOptions) =>
    act(command)(async (run) => {
      const { edition, calendar, id } = await editionNamed(run.place, file, () => metaOf(o));
      return adoptCases(
        run,
        {
          adopted: { name: id, calendar },
          named: { edition: id },
          check: async (ledger) => {
            const inForce = await ledger.currentPack();
            if (inForce) refuseLost(inForce.calendar, calendar);
          },
          // With its names and notices, before a case is counted by it; it is in force for no new case by that.
          keep: async (ledger) => edition && ledger.saveEdition({ edition, calendar }, run.now()),
        },
        o,
      );
    }),
  );
}
