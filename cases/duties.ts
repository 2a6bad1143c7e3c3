import { type Actor, type CaseState, type Duty, sideOf } from '../schemas/index.ts';
import { did } from './facts/case.ts';
import type { Ground } from './facts/ground.ts';
import { unitsOf } from './facts/ground.ts';
import { holds } from './rules.ts';
import type { Look } from './look.ts';
import type { Row } from './row.ts';

/** Separation of duties (职责分离): who did what, over all rounds, as themselves or for a principal. */

const dutyOfRow: Readonly<Record<string, Duty['duty']>> = {
  reportDone: 'applicant', applyClosure: 'applicant', closeTask: 'taskChecker', returnTask: 'taskChecker', passPrelim: 'prelim', returnPrelim: 'prelim',
  passByCallback: 'prelim', startReinspection: 'team', voidVisit: 'team', reinspectionPass: 'team', reinspectionFail: 'team', reinspectionPartial: 'team',
  falseRectification: 'team', recordSpotCheck: 'team', lookbackStable: 'team', signClosure: 'signer', confirmValid: 'verifier', verifyUnreachable: 'verifier',
  recordCallback: 'verifier', triage: 'grader', assign: 'grader',
};
/** Acts that are themselves an approval or a signature. */
const approvals: readonly string[] = ['approvePlan', 'returnPlan', 'grantExtension', 'denyExtension', 'signClosure', 'declineSignoff', 'confirmClosure', 'designate', 'upholdObjection'];

/** The duties that one act adds: for each person who took part, and for everybody on a covert team. */
export const dutiesOf = (g: Ground, current: Actor, round: number): Duty[] => {
  const act = g.row.command;
  const people = (a: Actor, duty: Duty['duty']): Duty[] =>
    [a.person, ...(a.onBehalfOf ? [a.onBehalfOf.person] : [])].map((person) => ({ duty, person, unit: a.unit, role: a.role, round, act }));
  const own = dutyOfRow[act];
  const first = current.person === g.actor.person;
  const out = own !== undefined && (first || own === 'taskChecker' || own === 'applicant') ? people(current, own) : [];
  if (['unit', 'coop'].includes(sideOf(current.role))) out.push(...people(current, 'unit'));
  if (!first || approvals.includes(act)) out.push(...people(current, 'approval'));
  if (act === 'startReinspection') for (const person of g.state.visit?.team ?? []) out.push({ duty: 'team', person, unit: current.unit, role: 'INS', round, act });
  return out;
};

/** The same duty of the same person in the same act is kept once. */
export const addDuties = (state: CaseState, more: readonly Duty[]): Duty[] => {
  const same = (a: Duty, b: Duty) => a.duty === b.duty && a.person === b.person && a.unit === b.unit && a.act === b.act && a.round === b.round;
  return more.reduce<Duty[]>((all, d) => (all.some((x) => same(x, d)) ? all : [...all, d]), state.duties);
};

const reviewerRows: readonly string[] = ['passPrelim', 'returnPrelim', 'passByCallback'];
const inspectorRows: readonly string[] = ['startReinspection', 'voidVisit', 'reinspectionPass', 'reinspectionFail', 'reinspectionPartial', 'falseRectification', 'recordSpotCheck', 'lookbackStable'];

/** Handler, reviewer, inspector and signer of a case are different people over all its rounds (recusal.separation). */
export const separated = (state: CaseState, row: Row, actor: Pick<Actor, 'person' | 'onBehalfOf' | 'role'>): boolean => {
  if (reviewerRows.includes(row.command)) return did(state, actor, 'team', 'signer', 'applicant');
  if (inspectorRows.includes(row.command) && ['IL', 'INS'].includes(actor.role)) return did(state, actor, 'prelim', 'signer', 'taskChecker', 'applicant');
  return false;
};

/** Does the person stand on the side of the case, now or when the case was handled (OWN-UNIT)? */
export const ownUnit = (state: CaseState, actor: Pick<Actor, 'person' | 'onBehalfOf' | 'unit' | 'memberOf'>): boolean =>
  unitsOf(state).some((u) => u === actor.unit || actor.memberOf.includes(u)) || did(state, actor, 'unit');

const partRules = ['SIGNER-TOOK-PART', 'DECIDER-INVOLVED', 'DECIDER-TOOK-PART', 'REVIEWER-CHECKED-TASK'] as const;
/** Must this holder of the role recuse from this row? Then the next level may decide (RECUSAL-UP). */
export const mustRecuse = (state: CaseState, row: Row, look: (actor: Actor) => Look, holder: Actor): boolean =>
  holder.conflicted || ownUnit(state, holder) || separated(state, row, holder) || partRules.some((r) => row.guards.some((x) => x.rule === r) && !holds(r, look(holder)));
