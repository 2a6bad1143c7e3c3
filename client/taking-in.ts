import { type Actor, caseError } from '../schemas/index.ts';
import type { As } from './client.ts';
import type { Context } from './context.ts';
import { readerOf } from './reading.ts';
import { refuse } from './refused.ts';

/** Files are taken in by the keeper of the ledger (台账管理员), row 0's actor. @throws ROLE-NOT-ALLOWED, on record */
export async function mayTakeIn(ctx: Context, as: As): Promise<Actor> {
  const { actor, attempt } = await readerOf(ctx, '', 'import', as);
  if (actor.role !== 'INTAKE') return refuse(ctx, { ...attempt, type: 'import' }, caseError('ROLE-NOT-ALLOWED', { who: ['INTAKE'] }));
  return actor;
}
