import { type Actor, type CaseState, type Duty, stages } from '../../schemas/index.ts';
import { timed } from '../machine/version.ts';
import { countsUnder } from '../policy/index.ts';
import type { Ground } from './ground.ts';

/** The names under `derived` in the case table, computed from the state, the actor and the clock. */
export type CaseFacts = ReturnType<typeof caseFacts>;

export const kindOf = (stage: CaseState['stage']): 'open' | 'settled' | 'final' => (stage === 'uncaptured' ? 'open' : stages[stage].kind);

const openTask = (state: string): boolean => state !== 'taskClosed' && state !== 'waived';
const raters = (state: CaseState) => state.raters.filter((r) => !r.withdrawn);

/** A delegate's act counts for the delegate and for the principal. */
export const peopleOf = (actor: Pick<Actor, 'person' | 'onBehalfOf'>): string[] => [actor.person, ...(actor.onBehalfOf ? [actor.onBehalfOf.person] : [])];
export const did = (state: CaseState, actor: Pick<Actor, 'person' | 'onBehalfOf'>, ...duties: Duty['duty'][]): boolean =>
  state.duties.some((d) => duties.includes(d.duty) && peopleOf(actor).includes(d.person));

/** Decisions that can be appealed, and the acts by which somebody took part in them. */
const actsBehind: Record<string, readonly string[]> = {
  rating: ['upholdInvalid', 'rejectInvalid', 'confirmValid'],
  conclusion: ['startReinspection', 'reinspectionPass', 'reinspectionFail', 'reinspectionPartial', 'falseRectification', 'passPrelim', 'returnPrelim'],
  answer: ['noBasis', 'notSubstantiated', 'requestExplain', 'replyCitizen'],
  invalidation: ['flagInvalid', 'upholdInvalid'],
  routeOut: ['routeOut'],
  closure: ['passPrelim', 'passByCallback', 'startReinspection', 'reinspectionPass', 'signClosure', 'confirmClosure'],
  person: [],
};
const tookPart = (state: CaseState, actor: Actor): boolean =>
  state.duties.some((d) => peopleOf(actor).includes(d.person) && (actsBehind[state.appeal.against ?? ''] ?? []).includes(d.act));

/** Acts that await an answer. 问责建议 is sealed: whoever it is about may not know of it, and owes none. */
export const openActs = (state: CaseState): CaseState['acts'] => state.acts.filter((a) => a.answeredAt === null && (a.code !== 'L7' || !timed(state)));
/** Open proposals, appeal, objections, acts that await a reply, ratification not done; `without` leaves one proposal out. */
export const openItems = (state: CaseState, without?: string): number =>
  state.proposals.filter((p) => p.proposalId !== without).length +
  (state.appeal.state === 'filed' ? 1 : 0) +
  state.objections.filter((o) => o.open).length +
  openActs(state).length +
  (['due', 'returned'].includes(state.ratification.state) ? 1 : 0);

const staleProofs = (state: CaseState): number =>
  state.tasks.filter((t) => t.rework && !t.proofs.some((p) => t.returnedAt === null || p.at > t.returnedAt)).length;

const spokenTo = (state: CaseState) => raters(state).filter((r) => r.named && r.callback.state === 'done');

/** Who called for those raters: none of them the actor (NO-SOLVED-CALLBACK). */
export const callers = (state: CaseState): (string | null)[] => spokenTo(state).map((r) => r.callback.by);

/** A call-back carries only a blue case on the short track: regraded since, the round has no independent check. */
const checkOf = (state: CaseState): CaseState['checks']['check'] =>
  state.checks.check === 'callback' && !(state.grade?.colour === 'blue' && state.grade.track === 'immediate') ? null : state.checks.check;

/**
 * @param at the instant by which the actor is judged: that of the proposal when an approver re-checks it
 * @param edge facts of the edge; the draw is read from here, because no state that a unit can see holds it
 */
export const caseFacts = ({ state, actor, at, edge, pack }: Pick<Ground, 'state' | 'actor' | 'at' | 'edge' | 'pack'>) => ({
  state: state.stage as string,
  kind: kindOf(state.stage) as string,
  revision: actorIsUnit(actor) ? state.unitRevision : state.revision,
  colour: state.grade?.colour ?? null,
  colourFloor: state.colourFloor,
  track: state.grade?.track ?? null,
  named: raters(state).some((r) => r.named),
  leadUnit: state.responsibility.leadUnit,
  coopUnits: state.responsibility.coops.map((c) => c.unit),
  returnedBy: state.dispatch.returnedBy,
  returns: state.dispatch.returns,
  designated: state.dispatch.designated,
  unverified: state.verification.unverified,
  verifyLater: state.verification.later,
  verified: state.verification.verified,
  overdue: state.clocks.overdueAt !== null || (state.clocks.totalDue !== null && at > state.clocks.totalDue),
  drawn: edge.draw?.drawn ?? null,
  applied: state.application !== null,
  tasks: state.tasks.length,
  openTasks: state.tasks.filter((t) => openTask(t.state)).length,
  reworkOpen: state.tasks.filter((t) => t.rework && t.state !== 'taskClosed').length,
  staleProofs: staleProofs(state),
  unanswered: raters(state).filter((r) => r.named && r.answeredAt === null).length,
  openCallbacks: raters(state).filter((r) => r.named && !['done', 'unreachable'].includes(r.callback.state)).length,
  unsolved: raters(state).filter((r) => r.callback.state === 'done' && r.callback.solved === false).length,
  solvedByVerifier: spokenTo(state).length > 0 && spokenTo(state).every((r) => r.callback.solved === true),
  prelim: state.checks.prelim,
  check: checkOf(state),
  supplementUsed: state.application?.supplement != null,
  // Found without an application before the office, there is no round to restore: the find stands by its own name.
  lastReturn: state.lastReturn?.by === 'reinspection' && state.lastReturn.saved === null ? 'falseRectification' : (state.lastReturn?.by ?? null),
  isTaskChecker: did(state, actor, 'taskChecker'),
  isPrelim: did(state, actor, 'prelim'),
  isTeam: did(state, actor, 'team'),
  isApplicant: did(state, actor, 'applicant'),
  gaveApproval: did(state, actor, 'approval', 'signer'),
  tookPart: tookPart(state, actor),
  extension: state.extension.state as string,
  suspension: state.suspension.state as string,
  interim: state.interim,
  spotCheck: state.spotCheck.state as string,
  ratification: state.ratification.state as string,
  alert: state.alert.level as string,
  // A unit is not told of acts that urge the office's own people.
  awaitingReply: openActs(state).filter((a) => (!actorIsUnit(actor) || a.to.unit === actor.unit)).length,
  ...countsUnder(pack, state),
  sham: state.sham,
  appeal: state.appeal.state as string,
  against: state.appeal.against as string | null,
  openObjections: state.objections.filter((o) => o.open).length,
  openItems: openItems(state),
});

export const actorIsUnit = (actor: Pick<Actor, 'role'>): boolean => ['UC', 'UO', 'UL', 'UH', 'LEAD', 'COOP'].includes(actor.role);
