import { type Actor, CaseError, type RefusalRecord, caseError, codeOf } from '../schemas/index.ts';
import type { Context } from './context.ts';
import type { As } from './client.ts';

/** What was asked for, as far as it could be understood. */
export type Attempt = { caseNo: string; type: string; commandId: string; fingerprint?: string; as: As; actor?: Actor };

/** Codes that the case's own validator records; recording them here would count them twice. */
type Recorded = Pick<RefusalRecord, 'code' | 'revision'>;

/**
 * 拒绝记录: what no validator saw (unreadable input, unknown person, unknown or ended case, a reader without the right) is put on
 * record here, then thrown. A ledger that does not answer must not turn a refusal into something else, so that is swallowed.
 */
export async function refuse(ctx: Context, attempt: Attempt, error: CaseError): Promise<never> {
  await ctx.ledger.refuse(recordOf(attempt, { code: error.code, revision: 0 }, ctx.now())).catch(() => undefined);
  throw error;
}

/** Runs what may be refused before any validator sees it. Faults of the store pass through unrecorded. */
export async function onRecord<T>(ctx: Context, attempt: Attempt, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined || ['UNAVAILABLE', 'INTERNAL', 'NOT-RUNNING'].includes(code)) throw error;
    return refuse(ctx, attempt, error instanceof CaseError ? error : caseError(code));
  }
}

const short = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);

function recordOf({ caseNo, type, commandId, fingerprint, as, actor }: Attempt, of: Recorded, at: number): RefusalRecord {
  const role = actor?.role ?? as.role ?? '';
  return {
    case: short(caseNo), commandId: short(commandId), fingerprint: fingerprint ?? '', type: short(type), at, by: 'client', ...of,
    person: short(actor?.person ?? as.as), role, unit: short(actor?.unit ?? as.unit ?? ''),
  };
}
