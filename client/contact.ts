import { mayRead, type Reading as Right } from '../cases/index.ts';
import { type Actor, type CaseState, type Feedback, isSecret, sideOf } from '../schemas/index.ts';
import type { As } from './client.ts';
import type { Context } from './context.ts';
import { notForYou, type Reading, readerOf } from './reading.ts';
import { onRecord } from './refused.ts';
import { stateOf } from './state.ts';

export type Contact = { raterId: string; name: string | null; phone: string | null; named: boolean };

/** 举报: who reported misconduct is for the desk that called, and for nobody else. */
export const rightToContact = (state: CaseState, who: Actor): Right => {
  const right = mayRead(state, who, 'contact');
  return state.source !== 'report' || isDesk(who, right) ? right : 'no';
};
export const isDesk = (who: Actor, right: Right): boolean => right === 'yes' && sideOf(who.role) === 'office';

/** The office, leaders and auditors look with a reason; the desk and the team in their own work. */
export const needsReason = (who: Actor): boolean => !['VERIFIER', 'INTAKE', 'IL', 'INS'].includes(who.role) && sideOf(who.role) === 'office';

/** What goes on record before anything is shown. */
export const lookOf = (ctx: Context, caseNo: string, what: 'contact' | 'feedback', { actor }: Reading, look: { reason: string | undefined; masked: boolean }) => ({
  case: caseNo, what, person: actor.person, role: actor.role, unit: actor.unit, reason: look.reason?.trim() || null, masked: look.masked, at: ctx.now(),
});

/**
 * Who complained (domain 6.8). Masked unless the role needs it whole; a unit sees only the rater who agreed on record, through the
 * one handler named there. Each look is on record before anything is shown. @throws NOT-FOR-YOU, which is recorded too
 */
export async function contact(ctx: Context, caseNo: string, as: As & { reason?: string }): Promise<Contact[]> {
  const reading = await readerOf(ctx, caseNo, 'contact', as);
  const { actor } = reading;
  const state = await onRecord(ctx, reading.attempt, () => stateOf(ctx, caseNo));
  const right = rightToContact(state, actor);
  if (right === 'no') return notForYou(ctx, reading);
  if (needsReason(actor) && !as.reason?.trim()) return notForYou(ctx, reading, { zh: '须写明查看理由', en: 'say for what reason' });
  const asked = sideOf(actor.role) === 'office' ? state.raters : state.raters.filter((r) => r.raterId === state.disclosed?.rater);
  const open = await openParts(ctx, asked.map((r) => r.feedbackId));
  const raters = asked.filter((r) => isDesk(actor, right) || !secretIn(open, r.feedbackId));
  const look = lookOf(ctx, caseNo, 'contact', reading, { reason: as.reason, masked: right !== 'yes' });
  const shown = right === 'yes' ? await wholeParts(ctx, raters.map((r) => r.feedbackId), look) : await ctx.ledger.noteRead(look).then(() => open);
  return raters.map((r) => contactOf(r, shown.get(r.feedbackId)));
}

/** A report that was merged into a case about something else stays one. */
const secretIn = (open: ReadonlyMap<string, Feedback>, feedbackId: string): boolean => {
  const said = open.get(feedbackId);
  return said !== undefined && isSecret(said);
};

const byId = (all: readonly Feedback[]): Map<string, Feedback> => new Map(all.map((f) => [f.feedbackId, f]));
export const wholeParts = async (ctx: Context, ids: readonly string[], look: ReturnType<typeof lookOf>): Promise<Map<string, Feedback>> => byId(await ctx.ledger.unseal(ids, look));
export const openParts = async (ctx: Context, ids: readonly string[]): Promise<Map<string, Feedback>> => byId((await Promise.all(ids.map((id) => ctx.ledger.feedback(id)))).filter((f) => f !== null));

const contactOf = (rater: CaseState['raters'][number], said: Feedback | undefined): Contact => ({
  raterId: rater.raterId, name: said?.rater?.name ?? null, phone: said?.rater?.phone ?? null, named: rater.named,
});
