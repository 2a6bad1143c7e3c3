import type { WorkflowHandle } from '@temporalio/client';
import { Body, type CaseState, Header, caseError } from '../schemas/index.ts';
import { refold, type Recorded } from '../cases/index.ts';
import { caseWorkflowId, stateQuery } from '../workflows/messages.ts';
import type { Context } from './context.ts';
import { missingPack, packsOf } from './packs.ts';
import { askAgain, type Asked } from './patience.ts';

/** A query to the live case; `gone` when no workflow answers for it any more. */
export async function query<T>(ctx: Context, caseNo: string, ask: (handle: WorkflowHandle) => Promise<T>): Promise<T | 'gone'> {
  const { temporal } = ctx;
  if (temporal === null) return 'gone';
  const asked: Asked<T> = await askAgain(temporal, ctx.patience, () => ask(temporal.getHandle(caseWorkflowId(caseNo))));
  if ('answer' in asked) return asked.answer;
  if (asked.failed.kind === 'gone') return 'gone';
  throw asked.failed.error;
}

/**
 * The state of a case at this moment: from its workflow, or refolded from the ledger when that has ended.
 * @throws UNKNOWN-CASE
 */
export async function stateOf(ctx: Context, caseNo: string): Promise<CaseState> {
  const live = await query(ctx, caseNo, (handle) => handle.query(stateQuery, { now: ctx.now() }));
  return live === 'gone' ? stateFromLedger(ctx, caseNo) : live;
}

/** Every entry of a case, in order, as header and body. */
export async function recordedEntries(ctx: { ledger: Pick<Context['ledger'], 'entries'> }, caseNo: string): Promise<Recorded[]> {
  const all: Recorded[] = [];
  for (;;) {
    const page = await ctx.ledger.entries(caseNo, { after: all.length, limit: 500 });
    all.push(...page.map((e) => ({ header: Header.parse(JSON.parse(e.header)), body: Body.parse(JSON.parse(e.body)) })));
    if (page.length < 500) return all;
  }
}

/** What the record says the case is: the same rules over the same entries. @throws UNKNOWN-CASE; LEDGER-FORK when they do not fit */
export async function stateFromLedger(ctx: { ledger: Pick<Context['ledger'], 'entries' | 'pack'> }, caseNo: string): Promise<CaseState> {
  const entries = await recordedEntries(ctx, caseNo);
  const first = entries[0];
  if (!first) throw caseError('UNKNOWN-CASE', { zh: caseNo, en: caseNo });
  const packs = await packsOf(ctx.ledger, entries);
  if (!packs(first.header.policy, first.header.calendar)) throw missingPack();
  const { state, divergence } = refold(entries, packs);
  if (!state || divergence) throw caseError('LEDGER-FORK', { zh: `${caseNo} ${divergence?.seq ?? ''}`, en: `${caseNo} ${divergence?.seq ?? ''}: ${divergence?.what ?? ''}` });
  return state;
}
