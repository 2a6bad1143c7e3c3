import { allowed as allowedOf, machineOf, mayRead, viewOf } from '../cases/index.ts';
import { type Actor, type Allowed, type CaseState, type EdgeFacts, type View, caseError, fingerprintOf, noFacts, sideOf } from '../schemas/index.ts';
import type { As } from './client.ts';
import { type Context, type Moment, momentOf } from './context.ts';
import { holdersOf, resolveActor, unitsIn, withConflict } from './edge.ts';
import { onRecord, refuse, type Attempt } from './refused.ts';
import { look, stateFromLedger, stateOf } from './state.ts';

/** A reader, resolved like an actor: nobody reads as somebody else. */
export type Reading = { actor: Actor; moment: Moment; attempt: Attempt };
export const isUnitSide = (a: Pick<Actor, 'role'>): boolean => ['unit', 'coop'].includes(sideOf(a.role));

/** Who reads what: reading is refused, and the refusal recorded, like any other act. @throws UNKNOWN-PERSON */
export async function readerOf(ctx: Context, caseNo: string, what: string, as: As): Promise<Reading> {
  const moment = await momentOf(ctx);
  const attempt: Attempt = { caseNo, type: `read:${what}`, commandId: `read:${what}:${as.as}`, as };
  const actor = await onRecord(ctx, attempt, () => resolveActor(moment.directory, as, moment.today));
  const fingerprint = fingerprintOf({ case: caseNo, type: attempt.type, payload: null, person: actor.person, actingUnit: actor.unit });
  return { actor, moment, attempt: { ...attempt, actor, fingerprint } };
}

export const notForYou = (ctx: Context, { attempt, actor }: Reading, why: { zh: string; en: string } = { zh: actor.role, en: actor.role }): Promise<never> =>
  refuse(ctx, attempt, caseError('NOT-FOR-YOU', why));

/** A number was reserved and its first command refused: there is no case. */
const unknownCase = (ctx: Context, { attempt }: Reading, caseNo: string): Promise<never> => refuse(ctx, attempt, caseError('UNKNOWN-CASE', { zh: caseNo, en: caseNo }));

/** The state for a reader who may read the case at all. @throws NOT-FOR-YOU, UNKNOWN-CASE */
export async function readable(ctx: Context, caseNo: string, what: string, as: As): Promise<Reading & { state: CaseState }> {
  const reading = await readerOf(ctx, caseNo, what, as);
  const state = await onRecord(ctx, reading.attempt, () => stateOf(ctx, caseNo));
  if (state.stage === 'uncaptured') return unknownCase(ctx, reading, caseNo);
  return mayRead(state, reading.actor, 'problem') === 'yes' ? { ...reading, state } : notForYou(ctx, reading);
}

/** 案件视图 for this reader, today's. */
export async function view(ctx: Context, caseNo: string, as: As): Promise<View> {
  const reading = await readerOf(ctx, caseNo, 'view', as);
  const live = await look(ctx, caseNo, { of: 'view', reader: reading.actor, now: ctx.now() });
  const seen = live === 'gone' ? await viewFromLedger(ctx, reading, caseNo) : live;
  if (seen.stage === 'uncaptured') return unknownCase(ctx, reading, caseNo);
  // The view of who may not read the problem names none: to such a reader the rest is nothing either.
  return seen.matter === '' ? notForYou(ctx, reading) : seen;
}

/** Where nothing runs a case may still be open, and the office late with it. */
async function viewFromLedger(ctx: Context, { actor, attempt }: Reading, caseNo: string): Promise<View> {
  const state = await onRecord(ctx, attempt, () => stateFromLedger(ctx, caseNo));
  const pack = await ctx.ledger.pack({ policy: state.policy, calendar: state.calendar });
  return viewOf(state, actor, ctx.now(), pack ?? undefined);
}

/** What this person may do next, each with its reason when it may not. */
export async function allowed(ctx: Context, caseNo: string, as: As): Promise<Allowed[]> {
  const { actor, state, moment } = await readable(ctx, caseNo, 'allowed', as);
  const units = unitsIn(state);
  const draw = isUnitSide(actor) ? null : await ctx.ledger.draw(caseNo);
  const holders = actor.forRole === undefined ? {} : { holders: holdersOf(moment.directory, actor.forRole, moment.today, units) };
  const facts: EdgeFacts = { ...noFacts, ...(draw ? { draw } : {}), ...holders };
  const judged = withConflict(moment.directory, actor, units);
  const live = await look(ctx, caseNo, { of: 'allowed', actor: judged, now: ctx.now(), facts });
  const all = live === 'gone' ? await allowedOfEnded(ctx, state, judged) : live;
  return isUnitSide(actor) ? all.filter((a) => concernsUnit(a, state)) : all;
}

async function allowedOfEnded(ctx: Context, state: CaseState, actor: Actor): Promise<Allowed[]> {
  const pack = await ctx.ledger.pack({ policy: state.policy, calendar: state.calendar });
  return pack ? allowedOf(state, actor, ctx.now(), pack) : [];
}

/** To a unit the list names only acts of its own side: what the office could do next would tell of a visit that is planned. */
function concernsUnit(one: Allowed, state: CaseState): boolean {
  const row = machineOf(state.machine)?.byId.get(one.row);
  if (row?.part === 'pending') return one.enabled;
  return row?.steps[0]?.roles.some((role) => isUnitSide({ role })) ?? false;
}
