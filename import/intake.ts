import type { As, CaseClient } from '../client/client.ts';
import type { IntakeResult, PastItem, RemoteLedger } from '../ledger/index.ts';
import { type CaseError, type Feedback, type ImportedInput, codeOf, opensCase } from '../schemas/index.ts';
import { errorOf } from './map/reading.ts';
import type { RowError, SourceRow } from './row.ts';
import type { ImportRule } from './rules.ts';

/** What a row becomes: feedback, which may open a case (at the stage of another ledger, where it is taken over), or history. */
export type Said = { readonly feedback: Feedback; readonly imported?: ImportedInput };
export type Past = { readonly past: PastItem };
export type Item = Said | Past;
/** A row that reads well, on its way into the ledger. */
export type Incoming = { readonly row: Pick<SourceRow, 'sheet' | 'row'>; readonly keyColumn: string | null; readonly key: string; readonly item: Item; readonly explained: string };
export type Outcome = 'accepted' | 'duplicate' | 'rejected';
/** What became of it: new, on record already, or refused; the case that it opened. */
export type Taken = { readonly row: Incoming['row']; readonly outcome: Outcome; readonly key: string; readonly caseNo: string | null; readonly opened: boolean; readonly explained: string; readonly error?: RowError };

export type IntakeDeps = {
  readonly ledger: Pick<RemoteLedger, 'intake' | 'keepPast' | 'feedback' | 'rehearse' | 'raterKeys' | 'problem'>;
  readonly client: Pick<CaseClient, 'openCase'>;
  readonly as: As;
  readonly numbering: { prefix: string; year: number };
  readonly now: () => number;
};

/** Cases that are opened at a time: a worker takes no more at once than it gains by. */
const lanes = 8;

/** Under which command a feedback opens its case: the same whenever the file is read again, so that it happens once. */
export const openingId = (feedbackId: string): string => `import:${feedbackId}`.slice(0, 120);

export const isPast = (item: Item): item is Past => 'past' in item;
type At = Omit<Incoming, 'item'>;
export const rejected = ({ row, key, keyColumn, explained }: At, rule: ImportRule, because?: string): Taken => ({
  row,
  key,
  caseNo: null,
  opened: false,
  explained,
  outcome: 'rejected',
  error: errorOf(row, keyColumn, key, rule, because),
});
export const kept = ({ row, key, explained }: At, outcome: 'new' | 'same'): Taken => ({ row, key, caseNo: null, opened: false, explained, outcome: outcome === 'new' ? 'accepted' : 'duplicate' });

/**
 * Takes in one chunk: all its feedback and the numbers of its cases in one transaction, in the order of the file, then the cases
 * themselves. Killed anywhere and run again it ends in the same: what is on record is a duplicate, a case that is not there is opened.
 */
export async function takeIn(deps: IntakeDeps, chunk: readonly Incoming[]): Promise<Taken[]> {
  const taken = new Map<Incoming, Taken>([...(await takeFeedback(deps, chunk)), ...(await takePast(deps, chunk))]);
  return chunk.flatMap((one) => taken.get(one) ?? []);
}

async function takeFeedback(deps: IntakeDeps, chunk: readonly Incoming[]): Promise<[Incoming, Taken][]> {
  const said = chunk.flatMap((one) => (isPast(one.item) ? [] : [{ one, ...one.item }]));
  if (said.length === 0) return [];
  const wishes = said.map(({ feedback: f, imported }) => ({ feedback: f, opens: imported !== undefined || opensCase(f), externalKey: f.feedbackId, commandId: openingId(f.feedbackId) }));
  const results = await deps.ledger.intake(wishes, deps.numbering, deps.now());
  const taken: [Incoming, Taken][] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < said.length; i = next++) {
      const job = said[i];
      if (job) taken.push([job.one, await settle(deps, job, results[i] as IntakeResult)]);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return taken;
}

type Job = { readonly one: Incoming } & Said;
async function settle(deps: IntakeDeps, { one, feedback, imported }: Job, { outcome, caseNo, captured }: IntakeResult): Promise<Taken> {
  if (outcome === 'other') return rejected(one, 'OTHER-CONTENT');
  const result = { ...kept(one, outcome), caseNo };
  if (caseNo === null || captured) return result;
  try {
    const more = imported === undefined ? {} : { imported };
    await deps.client.openCase(feedback, { ...deps.as, externalKey: feedback.feedbackId, commandId: openingId(feedback.feedbackId), ...more });
    return { ...result, opened: true };
  } catch (error) {
    const code = codeOf(error);
    // Another case stands under the key: opened by hand, before the file came.
    if (code === 'KEY-NOT-NEW') return result;
    if (code === undefined || ['UNAVAILABLE', 'NOT-RUNNING', 'INTERNAL'].includes(code)) throw error;
    return { ...rejected(one, 'REFUSED', `${code} ${(error as CaseError).refusal.zh}`), caseNo };
  }
}

/** History is kept beside the cases. What is a case here is not closed by another ledger's word. */
async function takePast(deps: IntakeDeps, chunk: readonly Incoming[]): Promise<[Incoming, Taken][]> {
  const past = chunk.flatMap((one) => (isPast(one.item) ? [{ one, past: one.item.past }] : []));
  if (past.length === 0) return [];
  const open = await Promise.all(past.map(async ({ past: { key } }) => (await deps.ledger.feedback(key)) !== null));
  const history = past.filter((_, i) => !open[i]);
  const outcomes = await deps.ledger.keepPast(history.map((p) => p.past), deps.now());
  return [
    ...past.filter((_, i) => open[i]).map(({ one }): [Incoming, Taken] => [one, rejected(one, 'OPEN-HERE')]),
    ...history.map(({ one }, i): [Incoming, Taken] => [one, outcomes[i]?.outcome === 'other' ? rejected(one, 'OTHER-CONTENT') : kept(one, outcomes[i]?.outcome === 'new' ? 'new' : 'same')]),
  ];
}
