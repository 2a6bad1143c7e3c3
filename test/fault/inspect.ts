import type { WorkflowClient } from '@temporalio/client';
import { everyProblem, liveState, packsOf } from '../../client/index.ts';
import type { RemoteLedger } from '../../ledger/index.ts';
import { type CaseState, Header, type StoredEntry } from '../../schemas/index.ts';
import { caseWorkflowId } from '../../workflows/messages.ts';
import { replayErrors } from '../support/replay.ts';
import type { Found } from './checker.ts';

export type Eyes = { ledger: RemoteLedger; temporal: WorkflowClient };
const page = 500;
type Live = Map<string, CaseState>;
const lapse = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
const drainWithinMs = 90_000;

export async function allCases(ledger: RemoteLedger): Promise<string[]> {
  const all: string[] = [];
  for await (const board of everyProblem((query) => ledger.problems(query))) all.push(board.caseNo);
  return all;
}

/**
 * The live state of every case once its outbox is drained. Time is applied to a copy by the question's own clock, so the instant asked
 * for is that of the case's last entry. @throws when a case does not come to rest
 */
export async function liveStates({ ledger, temporal }: Eyes, cases: readonly string[]): Promise<Live> {
  const live: Live = new Map();
  for (const caseNo of cases) live.set(caseNo, await atRest({ ledger, temporal }, caseNo));
  return live;
}

async function atRest({ ledger, temporal }: Eyes, caseNo: string): Promise<CaseState> {
  for (const until = Date.now() + drainWithinMs; ; await lapse(100)) {
    const head = await ledger.head(caseNo);
    const state = await liveState(temporal.getHandle(caseWorkflowId(caseNo)), await lastInstant(ledger, caseNo, head?.seq ?? 0));
    if (head !== null && state.seq === head.seq) return state;
    if (Date.now() > until) throw new Error(`${caseNo} does not come to rest: live at ${state.seq}, on record ${head?.seq ?? 0}`);
  }
}

async function lastInstant(ledger: RemoteLedger, caseNo: string, seq: number): Promise<number> {
  const [last] = seq === 0 ? [] : await ledger.entries(caseNo, { after: seq - 1, limit: 1 });
  return last === undefined ? 0 : (JSON.parse(last.header) as { at: number }).at;
}

/** Everything the checker wants to know. `again` asks for the state anew, of workers that have nothing cached. */
export async function inspect(eyes: Eyes, live: Live, again: Live): Promise<Found[]> {
  const errors = await replayErrors([...live.keys()].map((caseNo) => eyes.temporal.getHandle(caseWorkflowId(caseNo))));
  const found: Found[] = [];
  for (const [caseNo, state] of live) found.push(await one(eyes.ledger, caseNo, state, again.get(caseNo) ?? state, errors.get(caseWorkflowId(caseNo)) ?? null));
  return found;
}

async function one(ledger: RemoteLedger, caseNo: string, live: CaseState, replayed: CaseState, replayError: string | null): Promise<Found> {
  const [entries, head, board, refusals] = [await entriesOf(ledger, caseNo), await ledger.head(caseNo), await ledger.problem(caseNo), await ledger.refusals({ case: caseNo, limit: page })];
  const pack = await packsOf(ledger, entries.map((e) => ({ header: Header.parse(JSON.parse(e.header)) })));
  return { caseNo, entries, head, pack, boardHash: board?.stateHash ?? null, live, replayed, replayError, refusals };
}

async function entriesOf(ledger: RemoteLedger, caseNo: string): Promise<StoredEntry[]> {
  const all: StoredEntry[] = [];
  for (;;) {
    const some = await ledger.entries(caseNo, { after: all.length, limit: page });
    all.push(...some);
    if (some.length < page) return all;
  }
}
