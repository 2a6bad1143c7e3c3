import type { CaseState, Payload, Rater } from '../../schemas/index.ts';
import { higher, saidBy } from '../clock/marks.ts';
import { dueIn } from '../due.ts';
import { requiredDocuments } from '../facts/closure.ts';
import { timed } from '../machine/index.ts';
import { advance } from '../machine/regions.ts';
import { byTime, withDraftsLowered } from '../supervised.ts';
import { freshTime, halveTime, reopenedTime, withoutTimeAlert } from '../time.ts';
import { halfFrom, originalDays } from '../total.ts';
import { type Doing, type Effect, clock, patch, payloadOf, serve } from './effect.ts';
import { applyRework } from './work.ts';

/** Applying, checking, signing, closing, and coming back. */

/** Filed in time and approved later: what time alone said against the unit meanwhile is withdrawn, down to what it had said by then. */
const filedInTime = (s: CaseState, d: Doing): CaseState => {
  const { totalDue, overdueAt } = s.clocks;
  const filed = d.g.at;
  if (!timed(s) || totalDue === null || filed > totalDue) return s;
  const onTime = clock(s, { overdueAt: overdueAt !== null && overdueAt >= filed ? null : overdueAt });
  if (!byTime(s) || s.alert.since === null || s.alert.since <= filed) return onTime;
  const { level, at, command } = saidBy(s, d.g.pack, filed);
  const below = withoutTimeAlert(onTime);
  const said = higher(level, below.alert.level) === below.alert.level ? below : { ...below, alert: { ...below.alert, level, since: at, cause: command } };
  return withDraftsLowered(said, d.g.pack);
};

/** 申请销号: dated now; on time is judged by the instant of the applicant who filed, and by the one that is finally accepted. */
const fileApplication: Effect = (s, d) =>
  patch(filedInTime(s, d), {
    application: {
      firstFiledAt: d.g.at,
      filedAt: d.g.at,
      documents: requiredDocuments(s.grade?.track),
      supplement: null,
      accepted: false,
      onTime: s.clocks.totalDue === null || d.g.at <= s.clocks.totalDue,
    },
  });

const supplementAsked: Effect = (s, d) => {
  if (!s.application) return s;
  const due = dueIn(s, d.g.pack, d.at, d.g.pack.policy.supplement).instant;
  return patch(s, { application: { ...s.application, supplement: { askedAt: d.at, due, givenAt: null } } });
};
const keepFirstDate: Effect = (s, d) =>
  s.application?.supplement ? patch(s, { application: { ...s.application, filedAt: s.application.firstFiledAt, supplement: { ...s.application.supplement, givenAt: d.at } } }) : s;

const noCallbacks = (raters: readonly Rater[]): Rater[] => raters.map((r) => ({ ...r, callback: { state: 'none', since: null, by: null, solved: null, satisfied: null } }));
const reworkOf = (d: Doing): Payload<'returnPrelim'>['rework'] => payloadOf(d, 'returnPrelim').rework ?? [];

/** By what the case was sent back: a reinspection, or the command. */
const sender = (d: Doing): string => (['reinspectionFail', 'reinspectionPartial', 'falseRectification'].includes(d.g.row.command) ? 'reinspection' : d.g.row.command);

const roundClosed = (s: CaseState): CaseState =>
  patch(s, { round: s.round + 1, application: null, checks: { prelim: null, check: null, signer: null }, visit: null, publicity: null, objections: s.objections.map((o) => ({ ...o, open: false })), raters: noCallbacks(s.raters) });

/** 退回: round + 1, rework reopened or added; prelim, check, call-backs and signature of the round closed. */
const returnRound: Effect = (s, d) => {
  const next = roundClosed(applyRework(s, reworkOf(d), d.at, sender(d)));
  return sender(d) === 'reinspection' ? serve(next, 'conclusion', d.at) : next;
};

/** New due: at most half of the original working days from today, at least 1. */
const halveDue: Effect = (s, d) => {
  const original = originalDays(s, d.g.pack);
  if (original === null) return s;
  const { instant: due, provisional } = halfFrom(d.g.pack, d.at, original);
  return clock(halveTime(s, d.at), { totalDue: due, provisional, overdueAt: null, ...(timed(s) ? { originalDue: due } : {}) });
};

const blankExtension: CaseState['extension'] = { state: 'none', since: null, due: null, count: 0, asked: null };
const nobody: CaseState['responsibility'] = { leadUnit: null, unitHead: null, dutyLeader: null, owner: null, liaison: null, caseLeader: null, coops: [], signedAt: null };

/** 重开: tasks, plan, prelim, check, call-backs, replies and signature go to the old round; the colour may not fall. */
export const freshRound: Effect = (s, d) =>
  clock(
    patch(reopenedTime(freshTime(roundClosed(s)), d.at), {
      colourFloor: s.grade?.colour ?? s.colourFloor,
      grade: null,
      tasks: [],
      plan: null,
      draft: null,
      planReturns: 0,
      fails: 0,
      lastReturn: null,
      responsibility: nobody,
      dispatch: { ...s.dispatch, returns: 0, designated: false },
      verification: { later: s.imported !== undefined && !s.verification.verified, verified: s.verification.verified, unverified: false },
      extension: blankExtension,
      lookback: { plan: [], origin: null, mode: null },
      interim: false,
      raters: noCallbacks(s.raters).map((r) => ({ ...r, answeredAt: null, contactedAt: null })),
    }),
    { assignedAt: null, orderedAt: null, totalDue: null, originalDue: null, provisional: false, overdueAt: null, closedAt: null, settledAt: null, lastMeasureAt: null },
  );

/** 虚假整改: every touched task reopens and is rework; from look-back a fresh round starts instead. */
const sham: Effect = (s, d) => {
  const noted = patch(serve(s, 'conclusion', d.at), { sham: true });
  if (s.stage === 'lookback') return patch(freshRound(noted, d), { sham: true });
  const named = reworkOf(d).flatMap((r) => r.taskId ?? []);
  const touched = s.tasks.filter((t) => t.state !== 'waived' && t.state !== 'todo' && !named.includes(t.taskId));
  const rest = touched.map((t) => ({ taskId: t.taskId, content: t.measure, owner: t.owner, due: t.due, mark: t.mark }));
  return roundClosed(applyRework(noted, [...reworkOf(d), ...rest], d.at, 'reinspection'));
};

const lookbackPlan = (s: CaseState, d: Doing): CaseState['lookback'] => {
  const limits = s.grade ? d.g.pack.policy.lookback[s.grade.colour] : [];
  return { plan: limits.map((l) => ({ at: dueIn(s, d.g.pack, d.at, l).instant, done: false })), origin: null, mode: null };
};
/** 销号: the row in the ledger is marked, look-backs are planned, the named handler may no longer see the contact. */
const closeCase: Effect = (s, d) => clock(patch(serve(s, 'closure', d.at), { lookback: lookbackPlan(s, d), disclosed: null }), { closedAt: d.at, overdueAt: s.clocks.overdueAt });

const sign: Effect = (s, d) => {
  const p = payloadOf(d, 'signClosure');
  const text = p.notice === undefined ? null : (d.g.edge.exhibits[p.notice]?.data.text ?? null);
  const until = dueIn(s, d.g.pack, d.at, d.g.pack.policy.publicity).instant;
  const exempt = p.exempt ?? null;
  const next = patch(s, { checks: { ...s.checks, signer: d.g.actor.person }, publicity: { from: d.at, until: exempt === null ? until : d.at, text, exempt } });
  return exempt === null ? next : closeCase(next, d);
};
const declined: Effect = (s, d) => (payloadOf(d, 'declineSignoff').newDraw ? patch(s, { checks: { ...s.checks, check: null }, visit: null }) : returnRound(s, d));

const openObjection: Effect = (s, d) => patch(s, { objections: [...s.objections, { objection: `O${s.objections.length + 1}`, at: d.at, open: true }] });
/** The oldest open objection is dismissed; the rest of the window runs, at least 1 working day. */
const closeObjection: Effect = (s, d) => {
  const first = s.objections.find((o) => o.open);
  const rest = dueIn(s, d.g.pack, d.at, d.g.pack.policy.objectionRest).instant;
  return patch(s, {
    objections: s.objections.map((o) => (o === first ? { ...o, open: false } : o)),
    publicity: s.publicity && { ...s.publicity, until: Math.max(s.publicity.until, rest) },
  });
};

const noteCallback: Effect = (s, d) => {
  const p = payloadOf(d, 'recordCallback');
  const event = p.result === 'done' ? 'reach' : 'miss';
  const told = { solved: p.answers?.solved ?? null, satisfied: p.answers?.satisfied ?? null };
  return patch(s, { raters: s.raters.map((r) => (r.raterId === p.raterId ? { ...r, callback: { ...r.callback, ...told, state: advance('callback', r.callback.state, event), by: d.g.actor.person } } : r)) });
};

/** The look-back that fell due is taken; the origin is remembered for its end. */
const rememberOrigin: Effect = (s, d) => {
  const due = s.lookback.plan.findIndex((l) => !l.done && l.at <= d.at);
  const plan = d.g.row.command === 'lookbackDue' ? s.lookback.plan.map((l, i) => (i === due ? { ...l, done: true } : l)) : s.lookback.plan;
  return patch(s, { lookback: { plan, origin: s.stage, mode: d.g.row.command === 'orderLookback' ? (payloadOf(d, 'orderLookback').mode ?? 'PINPOINT') : null } });
};

export const closureEffects = {
  fileApplication,
  supplementAsked,
  keepFirstDate,
  returnRound,
  markPrelim: ((s, d) => patch(s, { checks: { ...s.checks, prelim: d.g.actor.person } })) as Effect,
  /** The duty `prelim` is noted with every act of the reviewer: see `duties.ts`. */
  notePrelimBy: ((s) => s) as Effect,
  markCallbackPass: ((s) => patch(s, { checks: { ...s.checks, check: 'callback' } })) as Effect,
  setTeam: ((s, d) => {
    const p = payloadOf(d, 'startReinspection');
    const mode = p.plan === undefined ? undefined : d.g.edge.exhibits[p.plan]?.data.mode;
    return patch(s, { visit: { mode: mode ?? 'PINPOINT', team: p.team, startedAt: d.at, methods: [] } });
  }) as Effect,
  voidVisit: ((s) => patch(s, { visit: null })) as Effect,
  clueIfLeak: ((s, d) => (payloadOf(d, 'voidVisit').ground === '跑风漏气' ? patch(s, { drafts: [...new Set([...s.drafts, 'clue'])] }) : s)) as Effect,
  markPass: ((s) => patch(s, { checks: { ...s.checks, check: 'reinspection' } })) as Effect,
  halveDue,
  sham,
  draftActs: ((s) => patch(s, { drafts: [...new Set([...s.drafts, 'L4', 'L5', 'L6'])] })) as Effect,
  clueCheck: ((s) => patch(s, { drafts: [...new Set([...s.drafts, 'clue'])] })) as Effect,
  sign,
  declined,
  openObjection,
  closeObjection,
  closeCase,
  noteCallback,
  rememberOrigin,
  restoreOrigin: ((s) => patch(s, { lookback: { ...s.lookback, origin: null, mode: null } })) as Effect,
  startSpot: ((s, d) => patch(s, { spotCheck: { state: advance('spotCheck', s.spotCheck.state, 'start'), since: d.at } })) as Effect,
  endSpot: ((s) => patch(s, { spotCheck: { state: advance('spotCheck', s.spotCheck.state, 'end'), since: null } })) as Effect,
  /** 封卷: sealing is the entry itself; its document is the archive package. */
  seal: ((s) => s) as Effect,
  freshRound,
} as const;
