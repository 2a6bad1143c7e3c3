import { type DateChange, datesUnder, packWith } from '../cases/index.ts';
import type { RemoteLedger } from '../ledger/index.ts';
import { type ErrorCode, codeOf, refusal } from '../schemas/index.ts';
import { type Adopted, type AdoptionResult, adopt } from './adopt.ts';
import type { As } from './client.ts';
import { type Context, momentOf } from './context.ts';
import { resolveActor } from './edge.ts';
import { packOf } from './packs.ts';
import { onRecord } from './refused.ts';
import { stateFromLedger } from './state.ts';
import { everyProblem } from './pages.ts';

/** What adopting another calendar edition or policy pack would do, case by case; nothing is done. */
export type AdoptionRehearsal = {
  cases: number;
  changes: (DateChange & { caseNo: string; stage: string })[];
  /** Cases whose entries do not hold: nothing can be said of them. */
  faults: string[];
};

type AdoptionLedger = Pick<RemoteLedger, 'problem' | 'problems' | 'entries' | 'pack'>;
/** Which cases are meant: those that are named, or every one that is not retired. */
export type Which = readonly string[] | 'every';

async function* casesOf(ledger: Pick<AdoptionLedger, 'problem' | 'problems'>, which: Which): AsyncGenerator<string> {
  if (which !== 'every') yield* which;
  else for await (const { caseNo, kind } of everyProblem((query) => ledger.problems(query), {})) if (kind !== 'final') yield caseNo;
}

/** 试算: the cases as the ledger has them, under another pack. @throws UNKNOWN-CASE for one that is named and is not there */
export async function rehearseAdoption(
  ledger: AdoptionLedger,
  adopted: Adopted,
  at: number,
  which: Which = 'every',
): Promise<AdoptionRehearsal> {
  const found: AdoptionRehearsal = { cases: 0, changes: [], faults: [] };
  for await (const caseNo of casesOf(ledger, which)) {
    const changes = await changesOf(ledger, caseNo, adopted, at);
    found.cases += 1;
    if (changes === null) found.faults.push(caseNo);
    else found.changes.push(...changes);
  }
  return found;
}

async function changesOf(
  ledger: AdoptionLedger,
  caseNo: string,
  adopted: Adopted,
  at: number,
): Promise<AdoptionRehearsal['changes'] | null> {
  try {
    const state = await stateFromLedger({ ledger }, caseNo);
    const pack = await packOf(ledger, state);
    return datesUnder(state, pack, packWith(pack, adopted), at).map((change) => ({ caseNo, stage: state.stage, ...change }));
  } catch (error) {
    if (codeOf(error) === 'LEDGER-FORK' || codeOf(error) === 'INTERNAL') return null;
    throw error;
  }
}

/** What became of one case. `refused` says why; `failed`: its outcome is unknown or something broke, and asking again finds out. */
export type AdoptionItem = {
  caseNo: string;
  outcome: AdoptionResult['outcome'] | 'refused' | 'failed';
  changes: DateChange[];
  code?: ErrorCode;
  zh?: string;
  en?: string;
};
export type AdoptionReport = { cases: number; adopted: number; unchanged: number; refused: number; failed: number; items: AdoptionItem[] };

/** Cases that are asked at a time. */
const lanes = 4;

/** Each case for itself: what one refuses does not hold up the others. @throws UNKNOWN-PERSON, NOT-RUNNING before anything is done */
export async function adoptEverywhere(
  ctx: Context,
  adopted: Adopted,
  as: As,
  onCase: (done: number) => void = () => undefined,
): Promise<AdoptionReport> {
  const { directory, today } = await momentOf(ctx);
  await onRecord(ctx, { caseNo: '', type: 'calendar' in adopted ? 'adoptCalendar' : 'adoptPolicy', commandId: 'adopt', as }, () =>
    resolveActor(directory, as, today),
  );
  const cases = casesOf(ctx.ledger, 'every');
  const items: AdoptionItem[] = [];
  const lane = async (): Promise<void> => {
    for (let next = await cases.next(); !next.done; next = await cases.next()) onCase(items.push(await one(ctx, next.value, adopted, as)));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const count = (outcome: AdoptionItem['outcome']): number => items.filter((i) => i.outcome === outcome).length;
  items.sort((a, b) => (a.caseNo < b.caseNo ? -1 : 1));
  return {
    cases: items.length,
    adopted: count('adopted'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    failed: count('failed'),
    items,
  };
}

async function one(ctx: Context, caseNo: string, adopted: Adopted, as: As): Promise<AdoptionItem> {
  try {
    const { outcome, changes } = await adopt(ctx, caseNo, adopted, as);
    return { caseNo, outcome, changes };
  } catch (error) {
    const code = codeOf(error);
    // That nothing runs is no case's fault: it would come again with each of them.
    if (code === undefined || code === 'NOT-RUNNING') throw error;
    const { zh, en } = (error as { refusal?: { zh: string; en: string } }).refusal ?? refusal(code);
    return { caseNo, outcome: ['UNAVAILABLE', 'INTERNAL'].includes(code) ? 'failed' : 'refused', changes: [], code, zh, en };
  }
}
