import type { Command } from 'commander';
import { type Scheduled, backwardSchedule, compileCalendar, currentVersion, dateAt, defaultReserve, dueOn, faultsOfPlan, isMeasured, plainWeekdays, scheduleOf } from '../../cases/index.ts';
import { type Calendar, caseError, isCivilDate } from '../../schemas/index.ts';
import { both, help, textsOf } from '../messages.ts';
import type { Result } from '../output.ts';
import { type Checked, checkPage, ganttPage } from '../plan/page.ts';
import { type DraftPlan, readDraft } from '../plan/read.ts';
import { newestEdition } from '../seed.ts';
import { reading } from './case.ts';
import { asOf, type Act, type AsOptions, type Run } from './context.ts';
import { withActor } from './sending.ts';

type CheckOptions = Partial<AsOptions> & { case?: string; deadline?: string; today?: string };

export function addPlan(program: Command, act: (command: Command) => Act): void {
  const group = program.command('plan').description(both(help.plan));
  const check = withActor(group.command('check').description(both(help.planCheck)).argument('<file>', both(help.planFile)), false)
    .option('--case <no>', both(help.planCase))
    .option('--deadline <date>', both(help.planDeadline))
    .option('--today <date>', both(help.planToday));
  check.action((file: string, o: CheckOptions) => act(check)(async (run) => answer(run, await checked(run, file, o))));
  const chart = withActor(group.command('gantt').description(both(help.planGantt)).argument('<no>', both(help.caseNo)));
  chart.action((no: string, o: AsOptions) =>
    act(chart)((run) =>
      reading(run, async ({ client }) => {
        const found = await client.plan(no, asOf(o));
        const { calendar: _, ...json } = found;
        return { json, text: ganttPage(found, run.ink) };
      }),
    ),
  );
}

type Found = { draft: DraftPlan; of: Checked };

/** @throws BAD-INPUT when neither a case nor a deadline is named, or both */
async function checked(run: Run, file: string, o: CheckOptions): Promise<Found> {
  const { as, case: caseNo } = o;
  if ((caseNo === undefined) === (o.deadline === undefined) || (caseNo !== undefined && as === undefined)) throw caseError('BAD-INPUT', { field: '--case', ...textsOf('planWhich') });
  if (caseNo === undefined || as === undefined) return againstDate(run, file, o);
  return reading(run, async ({ client }, paper) => {
    const draft = await readDraft(file, dateAt(paper.calendar ?? plainWeekdays, paper.now));
    return { draft, of: await client.plan(caseNo, asOf({ ...o, as }), draft) };
  });
}

/** Without a case: the calendar that ships, and nothing is done yet. */
async function againstDate(run: Run, file: string, o: CheckOptions): Promise<Found> {
  const by = { calendar: compileCalendar(await newestEdition()), reserve: defaultReserve };
  const at = o.today === undefined ? run.now() : lastInstant(by.calendar, dateIn('--today', o.today));
  const today = dateAt(by.calendar, at);
  const deadline = dateIn('--deadline', o.deadline ?? '');
  if (deadline < today) throw caseError('BAD-INPUT', { field: '--deadline', ...textsOf('planDeadlinePast', { deadline, today }) });
  const draft = await readDraft(file, today);
  const untouched: Scheduled = { tasks: [], machine: currentVersion, lastReturn: null, clocks: { totalDue: dueOn(by.calendar, deadline).instant } };
  const schedule = backwardSchedule(by.calendar, scheduleOf(draft, untouched, by, at));
  return { draft, of: { deadline, cite: [], schedule, faults: faultsOfPlan(draft, untouched, by, at), measured: isMeasured(draft), calendar: by.calendar } };
}

const lastInstant = (calendar: Calendar, date: string): number => dueOn(calendar, date).instant - 1;

/** @throws BAD-INPUT */
function dateIn(field: string, text: string): string {
  if (!isCivilDate(text)) throw caseError('BAD-INPUT', { field, ...textsOf('planBadDate', { text }) });
  return text;
}

/** A draft that would be refused says so by the exit code too, as the command itself would. */
function answer(run: Run, { draft, of }: Found): Result {
  if (of.faults.length > 0) process.exitCode = 3;
  const { deadline, cite, schedule, faults, measured } = of;
  return { json: { deadline, cite, measured, schedule, faults }, text: checkPage(of, new Map(draft.tasks.map((t) => [t.taskId, t.measure])), run.ink) };
}
