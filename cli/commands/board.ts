import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { type As, everyProblem, owedBy, rulesOf } from '../../client/index.ts';
import { plainWeekdays } from '../../cases/index.ts';
import { type Board, type Directory, caseError } from '../../schemas/index.ts';
import { type DueRow, type DueWish, boardPage, dueRows } from '../board-page.ts';
import { both, help, textsOf } from '../messages.ts';
import { printResult, type Result } from '../output.ts';
import type { Paper } from '../page.ts';
import type { Open } from '../place.ts';
import { untilStopped } from '../signals.ts';
import { paperOf, reading } from './case.ts';
import { asOf, type Act, type AsOptions, type Run } from './context.ts';
import { queryOf } from './filters.ts';
import { withActor } from './sending.ts';

type BoardOptions = AsOptions & { watch?: boolean; ofUnit?: string; colour?: string; due?: string; mine?: string };

const everyMs = 5_000;
const clear = '\u001b[2J\u001b[H';

/** 期限看板. */
export function addBoard(program: Command, act: (command: Command) => Act): void {
  const board = withActor(program.command('board').description(both(help.board)))
    .option('--watch', both(help.watch))
    .option('--of-unit <unit>', both(help.ofUnit))
    .option('--colour <colour>', both(help.colour))
    .option('--due <when>', both(help.boardDue))
    .option('--mine <person>', both(help.boardMine));
  board.action((o: BoardOptions) => act(board)((run) => reading(run, (open) => (o.watch === true ? watched(run, open, o) : look(run, open, o)))));
}

/** Everything is asked anew each time: names, calendars and clock may have changed too. */
async function look(run: Run, open: Open, o: BoardOptions): Promise<Result> {
  const paper = await paperOf(open, run);
  // The ledger filters by when the whole falls due and whose the case is; the board by each deadline.
  const { due, mine, ...others } = queryOf({ ...o, ...unitShown(o) }, paper);
  const as = readerOf(o, paper.directory);
  const boards: Board[] = [];
  for await (const b of everyProblem((q) => open.client.problems(q, as), { ...others, kind: 'open' })) boards.push(b);
  const rules = await rulesOf(open.ledger, boards, paper.calendar);
  const rows = dueRows(boards, rules, paper.now, { ...(due === undefined ? {} : { due }), ...(mine === undefined ? {} : { mine: isMine(paper, mine) }) });
  // Of one person's rows the cases of those; else every open case that was looked at, also one that owes nothing.
  const cases = mine === undefined ? boards.length : new Set(rows.map((r) => r.caseNo)).size;
  return { json: { at: paper.now, cases, deadlines: rows.map(shownRow) }, text: boardPage(rows, cases, paper) };
}

/** What programs read: the edition by name, and not its days. */
const shownRow = ({ calendar: _calendar, ...row }: DueRow): Omit<DueRow, 'calendar'> => row;

/** @throws BAD-INPUT for a person whom the directory does not know */
function isMine({ directory, calendar, now }: Paper, person: string): NonNullable<DueWish['mine']> {
  if (directory !== null && !directory.people.some((p) => p.id === person)) throw caseError('BAD-INPUT', { field: 'mine', ...textsOf('nobodyKnown', { person }) });
  if (directory === null) return (_, d) => d.person === person;
  const owed = owedBy(directory, calendar ?? plainWeekdays, now);
  return (b, d) => owed(b, d, person);
}

/** `--unit` names whose deadlines are wanted: as `--of-unit` does, and for which of their units somebody reads who has several. */
const unitShown = ({ ofUnit, unit }: BoardOptions): Pick<BoardOptions, 'ofUnit'> => (unit === undefined || ofUnit !== undefined ? {} : { ofUnit: unit });

/** Who has no duty in that unit, nor acts for somebody who has, looks at it from where their own is. */
function readerOf({ unit, ...o }: BoardOptions, directory: Directory | null): As {
  const own = directory?.people.some((p) => [o.as, o.onBehalfOf].includes(p.id) && p.terms.some((t) => t.unit === unit)) ?? false;
  return asOf(own && unit !== undefined ? { ...o, unit } : o);
}

/** @throws BAD-INPUT where nothing runs: what nobody changes need not be watched, and the folder would stay locked */
async function watched(run: Run, open: Open, o: BoardOptions): Promise<Result | null> {
  if (!open.running) throw caseError('BAD-INPUT', { field: 'watch', ...textsOf('readOnly') });
  const signals = untilStopped();
  const stop = new AbortController();
  void signals.stopped.then(() => stop.abort());
  try {
    while (!stop.signal.aborted) {
      const result = await look(run, open, o);
      if (!run.out.json && run.out.stdout.isTTY === true) run.out.stdout.write(clear);
      printResult(run.out, result);
      await wait(everyMs, null, { signal: stop.signal }).catch(() => null);
    }
  } finally {
    signals.release();
  }
  return null;
}
