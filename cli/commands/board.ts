import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { type As, everyProblem } from '../../client/index.ts';
import { type Board, Colour, type Directory, Track, caseError } from '../../schemas/index.ts';
import { type DueRow, boardPage, dueRows } from '../board-page.ts';
import { both, help, textsOf } from '../messages.ts';
import { printResult, type Result } from '../output.ts';
import type { Open } from '../place.ts';
import { untilStopped } from '../signals.ts';
import { paperOf, reading } from './case.ts';
import { asOf, type Act, type AsOptions, type Run } from './context.ts';
import { queryOf } from './filters.ts';
import { withActor } from './sending.ts';
import { type Cited, citesOfDeadline, plainWeekdays } from '../../cases/index.ts';
import type { RemoteLedger } from '../../ledger/index.ts';

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

/** Everything is asked anew each time: names, calendar and clock may have changed too. */
async function look(run: Run, open: Open, o: BoardOptions): Promise<Result> {
  const paper = await paperOf(open, run);
  const calendar = paper.calendar ?? plainWeekdays;
  // The ledger filters by when the whole falls due; the board by each deadline.
  const { due, ...others } = queryOf({ ...o, ...unitShown(o) }, paper);
  const as = readerOf(o, paper.directory);
  const boards: Board[] = [];
  for await (const b of everyProblem((q) => open.client.problems(q, as), { ...others, kind: 'open' })) boards.push(b);
  const rows = dueRows(boards, calendar, paper.now, { ...(due === undefined ? {} : { due }), ...(o.mine === undefined ? {} : { mine: o.mine }) });
  const cites = run.out.json ? await citesIn(open.ledger, boards) : () => [];
  return { json: { at: paper.now, cases: boards.length, deadlines: rows.map((r) => ({ ...r, cite: cites(r) })) }, text: boardPage(rows, boards.length, paper) };
}

/** `--unit` names whose deadlines are wanted: as `--of-unit` does, and for which of their units somebody reads who has several. */
const unitShown = ({ ofUnit, unit }: BoardOptions): Pick<BoardOptions, 'ofUnit'> => (unit === undefined || ofUnit !== undefined ? {} : { ofUnit: unit });

/** Who has no duty in that unit, nor acts for somebody who has, looks at it from where their own is. */
function readerOf({ unit, ...o }: BoardOptions, directory: Directory | null): As {
  const own = directory?.people.some((p) => [o.as, o.onBehalfOf].includes(p.id) && p.terms.some((t) => t.unit === unit)) ?? false;
  return asOf(own && unit !== undefined ? { ...o, unit } : o);
}

/** Each limit with what it rests on: by the pack of its own case, which may not be the one in force. */
async function citesIn(ledger: Pick<RemoteLedger, 'policyText'>, boards: readonly Board[]): Promise<(r: DueRow) => Cited[]> {
  const hashes = [...new Set(boards.flatMap((b) => b.policy ?? []))];
  const texts = new Map(await Promise.all(hashes.map(async (hash) => [hash, await ledger.policyText(hash)] as const)));
  const byNo = new Map(boards.map((b) => [b.caseNo, b]));
  return (r) => {
    const b = byNo.get(r.caseNo);
    const text = texts.get(b?.policy ?? '') ?? null;
    const colour = Colour.safeParse(b?.colour);
    const track = Track.safeParse(b?.track);
    return text === null ? [] : citesOfDeadline(text, r, colour.success && track.success ? { colour: colour.data, track: track.data, ordinary: b?.ordinary === true } : null);
  };
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
