import { mayRead, type Reading as Right } from '../cases/index.ts';
import { type Actor, type CaseState, maskName, maskPhone, sideOf } from '../schemas/index.ts';
import type { As } from './client.ts';
import type { Context } from './context.ts';
import { notForYou, readerOf } from './reading.ts';
import { onRecord } from './refused.ts';
import { stateOf } from './state.ts';

export type Contact = { raterId: string; name: string | null; phone: string | null; named: boolean };

/** 举报: who reported misconduct is for the desk that called, and for nobody else. */
const rightOf = (state: CaseState, who: Actor): Right => {
  const right = mayRead(state, who, 'contact');
  if (state.source !== 'report') return right;
  return right === 'yes' && sideOf(who.role) === 'office' ? 'yes' : 'no';
};
/** The office, leaders and auditors look with a reason; the desk and the team in their own work. */
const needsReason = (who: Actor): boolean => !['VERIFIER', 'INTAKE', 'IL', 'INS'].includes(who.role) && sideOf(who.role) === 'office';

/**
 * Who complained (domain 6.8). Masked unless the role needs it whole; a unit sees only the rater who agreed on record, through the
 * one handler named there. Each look is on record before anything is shown. @throws NOT-FOR-YOU, which is recorded too
 */
export async function contact(ctx: Context, caseNo: string, as: As & { reason?: string }): Promise<Contact[]> {
  const reading = await readerOf(ctx, caseNo, 'contact', as);
  const { actor } = reading;
  const state = await onRecord(ctx, reading.attempt, () => stateOf(ctx, caseNo));
  const right = rightOf(state, actor);
  if (right === 'no') return notForYou(ctx, reading);
  if (needsReason(actor) && !as.reason?.trim()) return notForYou(ctx, reading, { zh: '须写明查看理由', en: 'say for what reason' });
  await ctx.ledger.noteRead({ case: caseNo, what: 'contact', person: actor.person, role: actor.role, unit: actor.unit, reason: as.reason?.trim() || null, masked: right !== 'yes', at: ctx.now() });
  const raters = sideOf(actor.role) === 'office' ? state.raters : state.raters.filter((r) => r.raterId === state.disclosed?.rater);
  return Promise.all(raters.map((r) => contactOf(ctx, r, right)));
}

async function contactOf(ctx: Context, rater: CaseState['raters'][number], right: Right): Promise<Contact> {
  const said = (await ctx.ledger.feedback(rater.feedbackId))?.rater;
  const [name, phone] = [said?.name ?? null, said?.phone ?? null];
  const whole = right === 'yes';
  return { raterId: rater.raterId, name: name === null || whole ? name : maskName(name), phone: phone === null || whole ? phone : maskPhone(phone), named: rater.named };
}
