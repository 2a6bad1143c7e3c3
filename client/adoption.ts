import { type DateChange, datesUnder } from '../cases/index.ts';
import type { RemoteLedger } from '../ledger/index.ts';
import { type Calendar, codeOf } from '../schemas/index.ts';
import { stateFromLedger } from './state.ts';
import { everyProblem } from './pages.ts';

/** What adopting a calendar edition would do, case by case; nothing is done. */
export type AdoptionRehearsal = {
  cases: number;
  changes: (DateChange & { caseNo: string; stage: string })[];
  /** Cases whose entries do not hold: nothing can be said of them. */
  faults: string[];
};

type AdoptionLedger = Pick<RemoteLedger, 'problems' | 'entries' | 'pack'>;

/** 试算: every case that is not retired yet, as the ledger has it, under another calendar. */
export async function rehearseAdoption(ledger: AdoptionLedger, calendar: Calendar, at: number): Promise<AdoptionRehearsal> {
  const found: AdoptionRehearsal = { cases: 0, changes: [], faults: [] };
  for await (const { caseNo } of everyProblem((query) => ledger.problems(query), {})) {
    const changes = await changesOf(ledger, caseNo, calendar, at);
    found.cases += 1;
    if (changes === null) found.faults.push(caseNo);
    else found.changes.push(...changes);
  }
  return found;
}

async function changesOf(ledger: AdoptionLedger, caseNo: string, calendar: Calendar, at: number): Promise<AdoptionRehearsal['changes'] | null> {
  try {
    const state = await stateFromLedger({ ledger }, caseNo);
    const pack = await ledger.pack({ policy: state.policy, calendar: state.calendar });
    return pack === null ? null : datesUnder(state, pack, calendar, at).map((change) => ({ caseNo, stage: state.stage, ...change }));
  } catch (error) {
    if (codeOf(error) === 'LEDGER-FORK' || codeOf(error) === 'INTERNAL') return null;
    throw error;
  }
}
