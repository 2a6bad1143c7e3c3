import type { CaseState, Rater } from '../../schemas/index.ts';
import { dueOn } from '../calendar/index.ts';
import { dueIn } from '../due.ts';
import { holdsRole } from '../facts/ground.ts';
import { timed } from '../machine/index.ts';
import { owedAgain } from '../takeover.ts';
import { freshTime, measured } from '../time.ts';
import { totalDueOf } from '../total.ts';
import { type Doing, type Effect, clock, patch, payloadOf, serve } from './effect.ts';

/** Taking in, verifying, grading, assigning. */

const blankCallback: Rater['callback'] = { state: 'none', since: null, by: null, solved: null, satisfied: null };

const takeIn: Effect = (s, d) => {
  const p = payloadOf(d, 'capture');
  const target = d.g.edge.target;
  const predecessor = p.predecessor !== undefined && target?.caseNo === p.predecessor ? target : undefined;
  return patch(clock(s, { capturedAt: d.at }), {
    source: p.source,
    field: p.field,
    matter: { code: p.matter.code, name: p.matter.name, place: p.place ?? null, ratedUnit: p.ratedUnit ?? null },
    predecessor: predecessor?.caseNo ?? null,
    colourFloor: (predecessor?.colour as CaseState['colourFloor']) ?? null,
    raters: p.raters.map((r) => ({ ...r, from: null, withdrawn: false, contactedAt: null, answeredAt: null, callback: blankCallback })),
  });
};

/** 台账编号: the case's own number marks its row in the ledger of problems. */
const register: Effect = (s, d) => clock(patch(s, { ledgerNo: s.ledgerNo ?? s.caseNo }), { registeredAt: s.clocks.registeredAt ?? d.at });

const ratify = (s: CaseState, d: Doing, role: 'HUB' | 'LDR', amount: { amount: number; unit: 'wd' | 'h' }): CaseState =>
  patch(s, { ratification: { state: 'due', role, due: dueIn(s, d.g.pack, d.at, amount).instant } });

/** 包案领导: a leader by the directory, or nobody. */
export const leaderNamed = (d: Doing, person: string | undefined): string | null => (person !== undefined && holdsRole(d.g, person, 'LDR_DEPUTY', 'LDR_CHIEF') ? person : null);

/** 交办: the order to the unit now responsible; the total due runs from the first order and is set once. */
const setLead: Effect = (s, d) => {
  const p = payloadOf(d, 'assign');
  const due = p.due === undefined ? totalDueOf(s, d.g.pack, d.at) : dueOn(d.g.pack.calendar, p.due);
  const first = s.clocks.totalDue === null;
  // The due date of an item taken over stays, whoever is assigned to it now.
  const clocks = !first ? { assignedAt: s.clocks.assignedAt ?? d.at } : { assignedAt: d.at, totalDue: due?.instant ?? null, originalDue: due?.instant ?? null, provisional: due?.provisional ?? false };
  const ordered = clock(
    patch(s, {
      responsibility: {
        leadUnit: p.leadUnit ?? null,
        unitHead: p.unitHead ?? null,
        dutyLeader: p.dutyLeader ?? null,
        owner: p.owner ?? null,
        liaison: p.liaison ?? null,
        caseLeader: leaderNamed(d, p.caseLeader) ?? s.responsibility.caseLeader,
        coops: p.coopUnits.map((unit) => ({ unit, signedAt: null })),
        signedAt: null,
      },
      raters: s.raters.map((r) => ({ ...r, answeredAt: null })),
    }),
    { ...clocks, orderedAt: d.at },
  );
  return measured(ordered, d.g.pack);
};

/** What another ledger set stays in the round that it was set for. */
const keepsDue = (s: CaseState): boolean => s.imported?.due != null && (!timed(s) || s.round === 1);
const noDue = { totalDue: null, originalDue: null, provisional: false } as const;
/** Recalling an order takes its due date back, but none that another ledger set before. */
const clearLead: Effect = (s) =>
  clock(
    patch(keepsDue(s) ? s : freshTime(s), { responsibility: { ...s.responsibility, leadUnit: null, unitHead: null, dutyLeader: null, owner: null, liaison: null, coops: [], signedAt: null } }),
    { orderedAt: null, assignedAt: null, ...(keepsDue(s) ? {} : noDue) },
  );

const setTriage: Effect = (s, d) => {
  const p = payloadOf(d, 'triage');
  if (!p.colour || !p.track || !p.reasonCode) return s;
  const ordinary = p.colour === 'blue' && p.track === 'immediate' && p.reasonCode === 'N0';
  return patch(s, { grade: { colour: p.colour, track: p.track, reasonCode: p.reasonCode, ordinary, since: d.at } });
};

const setTriageRed: Effect = (s, d) =>
  patch(s, { grade: { colour: 'red', track: 'immediate', reasonCode: payloadOf(d, 'urgentAssign').urgency ?? 'U1', ordinary: false, since: d.at } });

const changeHolders: Effect = (s, d) => {
  const p = payloadOf(d, 'changeDuty');
  const r = s.responsibility;
  const leadUnit = p.leadUnit ?? r.leadUnit;
  // The lead unit supports nobody, itself least of all.
  const coops = (p.coopUnits?.map((unit) => r.coops.find((c) => c.unit === unit) ?? { unit, signedAt: null, ...(timed(s) ? { since: d.at } : {}) }) ?? r.coops).filter((c) => c.unit !== leadUnit);
  const caseLeader = leaderNamed(d, p.caseLeader) ?? r.caseLeader;
  const next = { ...r, leadUnit, caseLeader, unitHead: p.unitHead ?? r.unitHead, dutyLeader: p.dutyLeader ?? r.dutyLeader, owner: p.owner ?? r.owner, liaison: p.liaison ?? r.liaison, coops };
  const move = (t: CaseState['tasks'][number]) => (p.owner !== undefined && t.owner === r.owner && t.unit === r.leadUnit ? { ...t, owner: p.owner } : t);
  return owedAgain(patch(s, { responsibility: next, tasks: s.tasks.map(move) }), d.at, d.g.pack);
};

const coop = (s: CaseState, unit: string, change: (c: CaseState['responsibility']['coops'][number]) => CaseState['responsibility']['coops']): CaseState =>
  patch(s, { responsibility: { ...s.responsibility, coops: s.responsibility.coops.flatMap((c) => (c.unit === unit ? change(c) : [c])) } });

/** Sign-for (签收) of the lead unit or, by its clerk, of a supporting unit: rows 12 and 12a have no verb in the table. */
export const signedFor: Effect = (s, d) =>
  d.g.row.command === 'coopSignFor'
    ? coop(s, d.g.actor.unit, (c) => [{ ...c, signedAt: d.at }])
    : patch(s, { responsibility: { ...s.responsibility, signedAt: d.at } });

const noteReturn: Effect = (s) => {
  const unit = s.responsibility.leadUnit;
  const returnedBy = unit && !s.dispatch.returnedBy.includes(unit) ? [...s.dispatch.returnedBy, unit] : s.dispatch.returnedBy;
  return patch(s, { dispatch: { ...s.dispatch, returnedBy, returns: s.dispatch.returns + 1 } });
};

/** The call-back of every linked rater falls due; for settled endings too, where the answer was served. */
export const raiseCallbacks: Effect = (s, d) =>
  patch(s, {
    application: s.application && { ...s.application, accepted: true },
    raters: s.raters.map((r) => (r.withdrawn || !r.named ? r : { ...r, callback: { ...blankCallback, state: 'due', since: d.at } })),
  });

export const intakeEffects = {
  takeIn,
  mergeRaters: ((s, d) => patch(s, { mergedInto: payloadOf(d, 'merge').into })) as Effect,
  unmergeRaters: ((s) => patch(s, { mergedInto: null })) as Effect,
  ratifyIfEmergency: ((s, d) => (payloadOf(d, 'routeOut').channel === '紧急' ? ratify(s, d, 'HUB', { amount: 1, unit: 'wd' }) : s)) as Effect,
  ratifyByLdr: ((s, d) => ratify(s, d, 'LDR', d.g.pack.policy.ratify as { amount: number; unit: 'wd' | 'h' })) as Effect,
  register,
  setTriageRed,
  setLead,
  clearLead,
  setTriage,
  changeHolders,
  noteReturn,
  raiseCallbacks,
  releaseCoop: ((s, d) => coop(s, d.g.actor.unit, () => [])) as Effect,
  flagVerifyLater: ((s) => patch(s, { verification: { ...s.verification, later: true } })) as Effect,
  markVerified: ((s) => patch(s, { verification: { ...s.verification, verified: true, unverified: false } })) as Effect,
  flagUnverified: ((s) => patch(s, { verification: { ...s.verification, unverified: true } })) as Effect,
  /** Drawn for audit by chance: the draw itself is the campaign's; the case only carries the draft. */
  auditSample: ((s) => patch(serve(s, 'answer', s.stageSince), { drafts: [...new Set([...s.drafts, 'auditSample'])] })) as Effect,
  excludeFromStats: ((s) => patch(s, { excluded: true })) as Effect,
  lockReturn: ((s) => patch(s, { dispatch: { ...s.dispatch, designated: true } })) as Effect,
} as const;
