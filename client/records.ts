import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Exhibit, ExhibitKind, Sha256, caseError, codeOf, hashOf } from '../schemas/index.ts';
import type { As, NewExhibit } from './client.ts';
import { type Context, momentOf } from './context.ts';
import { resolveActor } from './edge.ts';
import { onRecord, refuse, type Attempt } from './refused.ts';
import { stateOf } from './state.ts';

/**
 * Puts an exhibit (凭据) on record: server time, who registered it in which unit, and the SHA-256 of its bytes. Its content is the
 * bytes, their hash, or for a text of our own (公示稿) `data.text`. @throws BAD-INPUT, UNKNOWN-CASE, UNKNOWN-PERSON
 */
export async function exhibit(ctx: Context, caseNo: string, wish: NewExhibit, as: As): Promise<Exhibit> {
  const { directory, today, at } = await momentOf(ctx);
  const id = wish.id ?? `x-${randomUUID()}`;
  const attempt: Attempt = { caseNo, type: 'exhibit', commandId: id, as };
  return onRecord(ctx, attempt, async () => {
    const by = resolveActor(directory, as, today);
    const kind = ExhibitKind.safeParse(wish.kind);
    if (!kind.success) throw caseError('BAD-INPUT', { field: 'kind', zh: String(wish.kind), en: `no such kind: ${String(wish.kind)}` });
    if ((await ctx.ledger.problem(caseNo)) === null) await stateOf(ctx, caseNo);
    const record = { id, caseNo, kind: kind.data, sha256: sha256Of(wish), by: { person: by.person, role: by.role, unit: by.unit }, data: wish.data ?? {} };
    return ctx.ledger.registerExhibit({ ...record, ...(wish.takenAt === undefined ? {} : { takenAt: wish.takenAt }) }, at);
  });
}

function sha256Of({ content, sha256, data }: NewExhibit): string {
  const bytes = content ?? (sha256 === undefined ? data?.text : undefined);
  if (bytes !== undefined) return createHash('sha256').update(bytes).digest('hex');
  if (Sha256.safeParse(sha256).success) return sha256 as string;
  throw caseError('BAD-INPUT', { field: 'content', zh: '须给出内容或其 SHA-256', en: 'the bytes or their SHA-256 are needed' });
}

const drawers = ['HUB', 'SUP'] as const;

/**
 * 抽签先行封存: commits which cases of a batch are drawn for a covert visit. The commitment is SHA-256 over the RFC 8785 text of
 * {cases, nonce}; whoever keeps the nonce can open it later, and nobody can change it. @throws ROLE-NOT-ALLOWED
 */
export async function commitDraw(ctx: Context, batch: { cases: { caseNo: string; drawn: boolean }[]; nonce: string }, as: As): Promise<{ commitment: string }> {
  const { directory, today, at } = await momentOf(ctx);
  const commitment = hashOf({ cases: batch.cases, nonce: batch.nonce });
  const attempt: Attempt = { caseNo: '', type: 'commitDraw', commandId: `draw:${commitment.slice(0, 16)}`, as };
  const actor = await onRecord(ctx, attempt, () => resolveActor(directory, as, today));
  if (!(drawers as readonly string[]).includes(actor.role)) return refuse(ctx, { ...attempt, actor }, caseError('ROLE-NOT-ALLOWED', { who: drawers }));
  await ctx.ledger.commitDraw({ commitment, cases: batch.cases }, at);
  return { commitment };
}

/** Waits until the ledger has the command. @throws UNAVAILABLE when it has not by then */
export async function recorded(ctx: Context, caseNo: string, commandId: string, timeoutMs = 30_000): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (let ms = 10; ; ms = Math.min(ms * 2, 500)) {
    if (await isRecorded(ctx, caseNo, commandId)) return;
    if (Date.now() + ms > until) throw caseError('UNAVAILABLE', { zh: `${caseNo} ${commandId} 尚未入台账`, en: `${caseNo} ${commandId} is not in the ledger yet` });
    await wait(ms);
  }
}

/** A door that closes and opens again is a ledger that is behind, not an error. */
const isRecorded = (ctx: Context, caseNo: string, commandId: string): Promise<boolean> =>
  ctx.ledger.recall(caseNo, commandId).then(
    (found) => found !== null,
    (error: unknown) => (['UNAVAILABLE', 'NOT-RUNNING'].includes(codeOf(error) ?? '') ? false : Promise.reject(error)),
  );
