import { type CaseState, type SupervisionAct, noFacts } from '../../schemas/index.ts';
import { type Due, addWorkingDays, dateOf, dueOn, endOfDay, toCivil } from '../calendar/index.ts';
import { dueIn } from '../due.ts';
import { addressee, colourRank } from '../facts/supervision.ts';
import { timed } from '../machine/index.ts';
import { advance } from '../machine/regions.ts';
import { policyPart } from '../policy/index.ts';
import { openProposal } from '../proposal.ts';
import { missingToRatify, owedAgain } from '../takeover.ts';
import { totalDueOf } from '../total.ts';
import { leaderNamed } from './intake.ts';
import { freshRound } from './closure.ts';
import { type Doing, type Effect, clock, patch, payloadOf } from './effect.ts';

/** Alerts, acts of supervision, regrading, appeals. */

const raise = (s: CaseState, level: 'blue' | 'yellow' | 'red', cause: string, at: number): CaseState => {
  const next = advance('alert', s.alert.level, level);
  return next === s.alert.level ? s : patch(s, { alert: { ...s.alert, level: next, since: at, cause } });
};
const alert =
  (level: 'blue' | 'yellow' | 'red'): Effect =>
  (s, d) =>
    aboutOffice(d) ? s : raise(s, level, d.g.row.command, d.at);
/** What the office is late with raises no alert about the unit. */
const aboutOffice = (d: Doing): boolean => d.payload['side'] === 'office';
/** A mark of time about something else than what the unit owes, or the stage. */
const besides = (d: Doing, ...of: string[]): boolean => typeof d.payload['deadline'] === 'string' && !of.includes(d.payload['deadline']);
const draft =
  (...codes: string[]): Effect =>
  (s) =>
    patch(s, { drafts: [...new Set([...s.drafts, ...codes])] });

const codes: Readonly<Record<string, SupervisionAct['code']>> = {
  issueUrge: 'L1', issueSupervisionLetter: 'L2', issueRedNotice: 'L3', summonTalk: 'L4', issueCircular: 'L5', listForSupervision: 'L6', proposeAccountability: 'L7',
};
/** 督办: in force and awaiting reply; ladder = the highest act in force. */
const act: Effect = (s, d) => {
  const code = codes[d.g.row.command] ?? 'L1';
  const to = ['L4', 'L5', 'L6', 'L7'].includes(code) ? { role: 'UH' as const, unit: s.responsibility.leadUnit } : addressee(s);
  const next = { act: `A${s.acts.length + 1}`, code, to, servedAt: d.at, replyBy: dueIn(s, d.g.pack, d.at, d.g.pack.policy.actReply).instant, answeredAt: null };
  return patch(s, { acts: [...s.acts, next], drafts: s.drafts.filter((x) => x !== code) });
};
const answerAct: Effect = (s, d) => {
  const wanted = payloadOf(d, 'replyAct').act;
  const { role, unit } = d.g.actor;
  const mine = s.acts.find((a) => a.answeredAt === null && a.to.role === role && (a.to.unit === null || a.to.unit === unit) && (wanted === undefined || a.act === wanted));
  return patch(s, { acts: s.acts.map((a) => (a === mine ? { ...a, answeredAt: d.at } : a)) });
};

const secondFailRed: Effect = (s, d) => {
  const failed = patch(s, { fails: s.fails + 1 });
  return failed.fails < policyPart(d.g.pack.policy, 'thresholds').failsRed ? failed : draft('L4')(raise(failed, 'red', 'secondFail', d.at), d);
};

/** What suspensions gave back stays given: only time that ran was consumed. */
const withPauses = (s: CaseState, { g: { pack } }: Doing, due: Due | null): Due | null => {
  const days = s.time?.paused ?? 0;
  if (due === null || days === 0) return due;
  const last = addWorkingDays(pack.calendar, toCivil(pack.calendar, due.instant - 1).day, days);
  return { instant: endOfDay(pack.calendar, last.day), date: dateOf(last.day), provisional: due.provisional || last.provisional };
};

/** 调级: the colour is set and the total due recomputed from 交办, on record; consumed time stays consumed. */
const regrade: Effect = (s, d) => {
  const p = payloadOf(d, 'regrade');
  if (!s.grade) return s;
  const grade = { ...s.grade, colour: p.colour, track: p.track ?? s.grade.track, ordinary: s.grade.ordinary && p.colour === 'blue', since: d.at };
  const caseLeader = leaderNamed(d, p.caseLeader) ?? s.responsibility.caseLeader;
  const next = patch(s, { grade, responsibility: { ...s.responsibility, caseLeader } });
  const due = s.clocks.assignedAt === null ? null : withPauses(s, d, totalDueOf(next, d.g.pack, s.clocks.assignedAt));
  // A colour that stays or rises never lengthens the limit, nor does one that falls after a failed visit halved it.
  const falls = s.grade.colour !== p.colour && colourRank[p.colour] < colourRank[s.grade.colour] && s.fails === 0;
  // From case-2 on a grade that stays says nothing about dates: an extension that was granted is not taken back by it.
  const same = timed(s) && s.grade.colour === p.colour && next.grade?.track === s.grade.track;
  const longer = due !== null && s.clocks.totalDue !== null && due.instant > s.clocks.totalDue;
  const moved = due && !same && (falls || !longer || next.grade?.track !== s.grade.track) && s.suspension.state === 'none' ? clock(next, { totalDue: due.instant, provisional: due.provisional }) : next;
  const signed = d.g.actors.some((a) => a.role === 'LDR_CHIEF') && s.ratification.state !== 'none' && (s.imported === undefined || missingToRatify(moved) === null);
  if (!signed) return owedAgain(moved, d.at, d.g.pack);
  return patch(moved, { ratification: { ...s.ratification, state: advance('ratification', s.ratification.state, 'sign') }, proposals: s.proposals.filter((x) => x.ratify === null) });
};

/** A second 不满意: alert red, and reopening (row 44) is put before HUB as a proposal. */
const noteReRate: Effect = (s, d) => {
  const p = payloadOf(d, 'reRate');
  if (p.satisfied && p.solved) return s;
  const noted = patch(s, { reRatings: s.reRatings + 1 });
  if (noted.reRatings < 2) return noted;
  const rater = s.raters.find((r) => r.raterId === p.raterId);
  const feedbackId = rater?.feedbackId ?? p.raterId;
  const feedback = { feedbackId, matter: s.matter.code, place: s.matter.place, unit: s.matter.ratedUnit };
  const proposal = { row: '44', type: 'rebound', payload: { feedbackId, finding: '二次评价仍不满意' }, facts: { ...noFacts, feedback }, by: d.g.actor, at: d.at, visible: 'office', ratify: null };
  return raise(openProposal(noted, proposal).state, 'red', 'reRate', d.at);
};

const upheld = (d: Doing): boolean => payloadOf(d, 'decideAppeal').decision !== '不支持';
/** Upheld: a rating leaves the statistics; a conclusion restores its round and voids its alert; a settled or closed case starts afresh. */
const appealDecided: Effect = (s, d) => {
  const decided = patch(s, { appeal: { ...s.appeal, state: advance('appeal', s.appeal.state, 'decide') } });
  if (!upheld(d)) return decided;
  if (s.appeal.against === 'rating') return patch(decided, { excluded: true });
  if (s.appeal.against === 'conclusion') return restoreRound(decided, d.at);
  const settled = ['explained', 'invalidated', 'transferredOut'].includes(s.stage) && ['answer', 'invalidation', 'routeOut'].includes(s.appeal.against ?? '');
  const closed = ['closed', 'lookback'].includes(s.stage) && s.appeal.against === 'closure';
  return settled || closed ? freshRound(decided, d) : decided;
};
/** The raters of the restored round are called back anew: what they said of it was dropped when the case went back to work. */
const calledAnew = (s: CaseState, at: number): CaseState['raters'] =>
  s.raters.map((r) => (r.named && !r.withdrawn ? { ...r, callback: { ...r.callback, state: 'due', since: at } } : r));
const restoreRound = (s: CaseState, at: number): CaseState => {
  const saved = s.lastReturn?.saved;
  if (s.lastReturn?.by !== 'reinspection' || !saved || !['immediate', 'rectifying'].includes(s.stage)) return s;
  return patch(s, {
    application: saved.application, checks: { prelim: saved.prelim, check: null, signer: null }, tasks: saved.tasks, lastReturn: null, raters: calledAnew(s, at), fails: Math.max(0, s.fails - 1),
    alert: { level: 'none', since: null, frozen: s.alert.frozen, cause: null }, drafts: s.drafts.filter((x) => x !== 'L4'),
    acts: s.acts.map((a) => (a.code === 'L4' && a.answeredAt === null ? { ...a, answeredAt: a.servedAt } : a)),
  });
};

const shorten: Effect = (s, d) => {
  const { due } = payloadOf(d, 'instruct');
  return due === undefined ? s : clock(s, { totalDue: dueOn(d.g.pack.calendar, due).instant });
};

export const supervisionEffects = {
  alertBlue: alert('blue'),
  alertYellow: alert('yellow'),
  alertRed: alert('red'),
  alertNone: ((s) => patch(s, { alert: { ...s.alert, level: advance('alert', s.alert.level, 'clear'), since: null, cause: null } })) as Effect,
  draftL2: draft('L2'),
  /** 恢复 is proposed, never done: a suspension at its date is for a person to end. */
  draftL3: ((s, d) => (besides(d, 'total', 'stage') ? s : draft(s.stage === 'suspended' ? 'resume' : 'L3')(s, d))) as Effect,
  overdue: ((s, d) => besides(d, 'total') ? s : clock(s, { overdueAt: s.clocks.totalDue ?? d.at })) as Effect,
  act,
  answerAct,
  secondFailRed,
  thirdRed: ((s, d) => (s.extension.count >= policyPart(d.g.pack.policy, 'thresholds').extensionsRed ? raise(s, 'red', 'thirdExtension', d.at) : s)) as Effect,
  regrade,
  noteReRate,
  markWithdrawn: ((s, d) => patch(s, { raters: s.raters.map((r) => (r.raterId === payloadOf(d, 'raterWithdraw').raterId ? { ...r, withdrawn: true } : r)) })) as Effect,
  shorten,
  appealFiled: ((s, d) => patch(s, { appeal: { state: advance('appeal', s.appeal.state, 'file'), against: payloadOf(d, 'fileAppeal').against, by: d.g.actor, at: d.at } })) as Effect,
  appealNone: ((s) => patch(s, { appeal: { ...s.appeal, state: advance('appeal', s.appeal.state, 'withdraw'), by: null } })) as Effect,
  appealDecided,
} as const;
