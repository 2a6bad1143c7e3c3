import { type DateChange, adoptionId, datesUnder, kindOf, packWith } from '../cases/index.ts';
import {
  type Actor,
  type Adoption,
  type AdoptionType,
  type Answer,
  type Calendar,
  type CaseState,
  type Pack,
  type Policy,
  caseError,
  fingerprintOf,
  noFacts,
} from '../schemas/index.ts';
import { adoptUpdate, caseWorkflowId } from '../workflows/messages.ts';
import type { As } from './client.ts';
import { sealOf, sendUntilKnown } from './command.ts';
import { type Context, momentOf, runningOf } from './context.ts';
import { resolveActor, unitsIn, withConflict } from './edge.ts';
import { packOf } from './packs.ts';
import { type Attempt, onRecord } from './refused.ts';
import { stateOf } from './state.ts';

/** What is adopted, compiled; `name` is how the ledger calls it. A calendar comes at the pace of the world: each case keeps its own. */
export type Adopted = { readonly name: string } & ({ readonly calendar: Calendar } | { readonly policy: Policy });
/** `unchanged`: the case had it already. `changes`: as they were counted just before. */
export type AdoptionResult = { outcome: 'adopted' | 'unchanged'; changes: DateChange[]; receipt: Answer['receipt'] };

/**
 * Moves one case to another calendar edition or policy pack, once: asked again it finds that the case has it. What is adopted is kept
 * in the ledger first, so that the case can always be replayed. @throws CaseError with the rule that refused
 */
export async function adopt(ctx: Context, caseNo: string, adopted: Adopted, as: As): Promise<AdoptionResult> {
  const type: AdoptionType = 'calendar' in adopted ? 'adoptCalendar' : 'adoptPolicy';
  const moment = await momentOf(ctx);
  const attempt: Attempt = {
    caseNo,
    type,
    commandId: `adopt:${'calendar' in adopted ? adopted.calendar.hash.slice(0, 16) : adopted.policy.hash.slice(0, 16)}`,
    as,
  };
  const actor = await onRecord(ctx, attempt, () => resolveActor(moment.directory, as, moment.today));
  const state = await onRecord(ctx, { ...attempt, actor }, () => takenIn(ctx, caseNo));
  const from = await packOf(ctx.ledger, state);
  const to = packWith(from, adopted);
  if (to.calendar.hash === from.calendar.hash && to.policy.hash === from.policy.hash)
    return { outcome: 'unchanged', changes: [], receipt: null };
  const hash = type === 'adoptCalendar' ? to.calendar.hash : to.policy.hash;
  const judged = withConflict(moment.directory, actor, unitsIn(state));
  await ctx.ledger.keepPack(
    to,
    { policy: 'policy' in adopted ? adopted.name : from.policy.id, calendar: 'calendar' in adopted ? adopted.name : from.calendar.hash },
    moment.at,
  );
  const changes = kindOf(state.stage) === 'final' ? [] : datesUnder(state, from, to, moment.at);
  const { receipt } = await send(ctx, { caseNo, type, hash, actor: judged, commandId: adoptionId(state, hash), attempt, pack: to });
  return { outcome: 'adopted', changes, receipt };
}

async function takenIn(ctx: Context, caseNo: string): Promise<CaseState> {
  const state = await stateOf(ctx, caseNo);
  if (state.stage === 'uncaptured') throw caseError('UNKNOWN-CASE', { zh: caseNo, en: caseNo });
  return state;
}

type Ready = { caseNo: string; type: AdoptionType; hash: string; actor: Actor; commandId: string; attempt: Attempt; pack: Pack };

function send(ctx: Context, { caseNo, type, hash, actor, commandId, attempt, pack }: Ready): Promise<Answer> {
  const named = type === 'adoptCalendar' ? { type, payload: { calendar: hash } } : { type, payload: { policy: hash } };
  const fingerprint = fingerprintOf({ case: caseNo, ...named, person: actor.person, actingUnit: actor.unit });
  const known = { commandId, fingerprint, actor };
  const act = (): Adoption => ({ ...named, ...known, facts: noFacts, seal: sealOf(ctx, { case: caseNo, ...known, facts: noFacts }) });
  const handle = runningOf(ctx).getHandle(caseWorkflowId(caseNo));
  return sendUntilKnown(ctx, { caseNo, ...known, attempt: { ...attempt, ...known } }, (updateId) =>
    handle.executeUpdate(adoptUpdate, { args: [act(), pack], updateId }),
  );
}
