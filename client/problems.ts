import { readsCallbacks } from '../cases/index.ts';
import { type Actor, type Board, caseError, sideOf } from '../schemas/index.ts';
import type { ProblemQuery } from '../ledger/index.ts';
import type { As } from './client.ts';
import type { Context } from './context.ts';
import { isUnitSide, notForYou, readerOf } from './reading.ts';

const nothing = '0'.repeat(64);

/**
 * 问题台账, as far as the reader may see it. A unit gets its own cases by their public stage; the columns whose change would tell of
 * a covert visit (revision, hash, since when) are blank, and it cannot ask by a stage that it may not know.
 */
export async function problems(ctx: Context, query: ProblemQuery, as: As): Promise<Board[]> {
  const reading = await readerOf(ctx, '', 'problems', as);
  const { actor } = reading;
  if (isUnitSide(actor)) return ofUnit(ctx, query, actor);
  if (['public', 'system'].includes(sideOf(actor.role))) return notForYou(ctx, reading);
  if (query.limit !== undefined && query.limit < 1) throw caseError('BAD-INPUT', { field: 'limit', zh: 'limit', en: 'limit' });
  const boards = await ctx.ledger.problems(query);
  if (actor.role === 'ARCH') return boards.filter((b) => ['closed', 'archived', 'retired'].includes(b.stage));
  return readsCallbacks(actor.role) ? boards : boards.map((b) => ({ ...b, callbacks: [] }));
}

async function ofUnit(ctx: Context, { stage, ...query }: ProblemQuery, actor: Actor): Promise<Board[]> {
  const boards = await ctx.ledger.problems({ ...query, unit: actor.unit });
  const seen = boards.flatMap((b) => (b.unitStage === null ? [] : [unitBoard(b, b.unitStage, actor)]));
  return stage === undefined ? seen : seen.filter((b) => b.stage === stage);
}

const unitBoard = (b: Board, stage: string, who: Actor): Board => ({
  ...b,
  stage,
  seq: 0,
  revision: 0,
  since: b.capturedAt,
  stateHash: nothing,
  proofs: [],
  feedback: [],
  callbacks: [],
  publication: stage === '公示中' || stage === '已销号' ? b.publication : null,
  tasks: b.tasks.filter((t) => b.leadUnit === who.unit || t.unit === who.unit),
});
