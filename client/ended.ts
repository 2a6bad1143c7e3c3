import { viewOf } from '../cases/index.ts';
import { type Actor, type Answer, caseError } from '../schemas/index.ts';
import type { Context } from './context.ts';
import { stateFromLedger } from './state.ts';

type Known = { caseNo: string; commandId: string; fingerprint: string; actor: Actor };

/**
 * The answer to a command whose case has no workflow any more: the receipt that the ledger holds for it.
 * @throws COMMAND-ID-REUSED, CASE-ENDED, UNKNOWN-CASE; UNAVAILABLE for an open case whose workflow is missing
 */
export async function answerFromLedger(ctx: Context, { caseNo, commandId, fingerprint, actor }: Known): Promise<Answer> {
  const known = await ctx.ledger.recall(caseNo, commandId);
  if (known && known.fingerprint !== fingerprint) throw caseError('COMMAND-ID-REUSED', { zh: commandId, en: commandId });
  if (known) return { receipt: known.receipt, view: viewOf(await stateFromLedger(ctx, caseNo), actor, ctx.now()), recorded: true };
  const board = await ctx.ledger.problem(caseNo);
  if (!board) throw caseError('UNKNOWN-CASE', { zh: caseNo, en: caseNo });
  if (board.kind === 'final') throw caseError('CASE-ENDED', { zh: caseNo, en: caseNo });
  throw caseError('UNAVAILABLE', { zh: `${caseNo} 没有在运行的流程`, en: `${caseNo} is open, but nothing runs it` });
}
