import { Body, type CaseState, Header, caseError } from '../schemas/index.ts';
import { refold, type Recorded } from '../cases/index.ts';
import { type Look, type Sight, caseWorkflowId } from '../workflows/messages.ts';
import type { Context } from './context.ts';
import { lookAt } from './look.ts';
import { missingPack, packsOf } from './packs.ts';
import { askAgain, type Asked } from './patience.ts';

/** The live case, asked until it answers; `gone` when no workflow answers for it any more. */
export async function look<L extends Look>(ctx: Context, caseNo: string, what: L): Promise<Sight[L['of']] | 'gone'> {
  const { temporal } = ctx;
  if (temporal === null) return 'gone';
  const asked: Asked<Sight[L['of']]> = await askAgain(temporal, ctx.patience, () => lookAt(temporal.getHandle(caseWorkflowId(caseNo)), what));
  if ('answer' in asked) return asked.answer;
  if (asked.failed.kind === 'gone') return 'gone';
  throw asked.failed.error;
}

/**
 * The state of a case at this moment: from its workflow, or refolded from the ledger when that has ended.
 * @throws UNKNOWN-CASE
 */
export async function stateOf(ctx: Context, caseNo: string): Promise<CaseState> {
  const live = await look(ctx, caseNo, { of: 'state', now: ctx.now() });
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
