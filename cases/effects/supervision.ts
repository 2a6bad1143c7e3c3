import { type CaseState, type Pack, type SupervisionAct, noFacts } from '../../schemas/index.ts';
import { type Due, dueOn } from '../calendar/index.ts';
import { addressee } from '../clock/holder.ts';
import { pausesOver, through } from '../clock/pause.ts';
import { dueIn } from '../due.ts';
import { colourRank } from '../facts/supervision.ts';
import { timed } from '../machine/index.ts';
import { advance } from '../machine/regions.ts';
import { policyPart } from '../policy/index.ts';
import { openProposal } from '../proposal.ts';
import { missingToRatify, owedAgain } from '../takeover.ts';
import { byTime, withoutDrafts } from '../supervised.ts';
import { againAhead, capTime, clearedTime, withoutBeneath, leaveColour, withTime } from '../time.ts';
import { daysTo, totalCounted, totalOf } from '../total.ts';
import { leaderNamed } from './intake.ts';
import { freshRound } from './closure.ts';
import { type Doing, type Effect, clock, patch, payloadOf } from './effect.ts';

/** Alerts, acts of supervision, regrading, appeals. */

const raise = (s: CaseState, level: 'blue' | 'yellow' | 'red', cause: string, at: number): CaseState => {
  const next = advance('alert', s.alert.level, level);
  if (next === s.alert.level) return s;
  // What time raises over what an act raised is taken away alone.
  const kept = timed(s) && byTime({ alert: { cause } }) && !byTime(s) && s.alert.level !== 'none' && s.alert.since !== null ? withTime(s, { beneath: { level: s.alert.level, since: s.alert.since, cause: s.alert.cause ?? '' } }) : s;
  return patch(kept, { alert: { ...s.alert, level: next, since: at, cause } });
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
/** Those that a unit sees are numbered A1, A2 ...; the others B1, B2 ..., for a gap would tell of them. */
const actId = (s: CaseState, code: string, to: SupervisionAct['to']): string => {
  if (!timed(s)) return `A${s.acts.length + 1}`;
  const series = to.unit !== null && code !== 'L7' ? 'A' : 'B';
  return `${series}${s.acts.filter((a) => a.act.startsWith(series)).length + 1}`;
};
/** 督办: in force and awaiting reply; ladder = the highest act in force. */
const act: Effect = (s, d) => {
  const code = codes[d.g.row.command] ?? 'L1';
  const to = ['L4', 'L5', 'L6', 'L7'].includes(code) ? { role: 'UH' as const, unit: s.responsibility.leadUnit } : addressee(s);
  const next = { act: actId(s, code, to), code, to, servedAt: d.at, replyBy: dueIn(s, d.g.pack, d.at, d.g.pack.policy.actReply).instant, answeredAt: null };
  return patch(s, { acts: [...s.acts, next], drafts: timed(s) && to.unit === null ? s.drafts : s.drafts.filter((x) => x !== code) });
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

type Grade = NonNullable<CaseState['grade']>;
/** The due of another grade from 交办: through the pauses, not beyond a leader's date, and with an extension that was granted in this colour or a more urgent one. */
const dueRegraded = (s: CaseState, grade: Grade, pack: Pack): { plain: Due; original: number; due: number } | null => {
  const counted = totalCounted({ ...s, grade }, pack);
  if (counted === null) return null;
  const { plain, due: own } = counted;
  const { cap, granted } = s.time ?? {};
  const bound = (due: number): number => (cap === undefined ? due : Math.min(due, cap.due));
  const extended = granted !== undefined && colourRank[grade.colour] <= colourRank[granted.colour] ? Math.max(own, granted.due) : own;
  return { plain, original: bound(own), due: bound(extended) };
};

/** 调级: the colour is set and the total due recomputed from 交办, on record; consumed time stays consumed. */
const redue = (s: CaseState, grade: Grade, d: Doing): CaseState => {
  const next = patch(s, { grade });
  if (s.grade === null || s.clocks.assignedAt === null) return next;
  const found = dueRegraded(s, grade, d.g.pack);
  const same = s.grade.colour === grade.colour && s.grade.track === grade.track;
  // From case-2 on a grade that stays says nothing about dates: an extension that was granted is not taken back by it.
  if (found === null || (timed(s) && same) || (!timed(s) && s.suspension.state !== 'none')) return next;
  // A colour that stays or rises never lengthens the limit, nor does one that falls after a failed visit halved it.
  const falls = s.grade.colour !== grade.colour && colourRank[grade.colour] < colourRank[s.grade.colour] && s.fails === 0;
  const longer = s.clocks.totalDue !== null && found.due > s.clocks.totalDue;
  if (!falls && longer && grade.track === s.grade.track) return next;
  const moved = clock(next, { totalDue: found.due, provisional: found.plain.provisional });
  if (!timed(s)) return moved;
  return withTime(againAhead(clock(moved, { originalDue: Math.min(found.original, found.due) }), d.at), { limitDays: daysTo(s, d.g.pack, found.plain.instant) ?? 0 });
};

const regrade: Effect = (s, d) => {
  const p = payloadOf(d, 'regrade');
  if (!s.grade) return s;
  // Hours that a colour gives run from when it was given: a colour that is confirmed gives none anew.
  const since = timed(s) && s.grade.colour === p.colour ? s.grade.since : d.at;
  const grade = { ...s.grade, colour: p.colour, track: p.track ?? s.grade.track, ordinary: s.grade.ordinary && p.colour === 'blue', since };
  const caseLeader = leaderNamed(d, p.caseLeader) ?? s.responsibility.caseLeader;
  const left = timed(s) && s.grade.colour !== p.colour ? leaveColour(s) : s;
  const moved = patch(redue(left, grade, d), { responsibility: { ...s.responsibility, caseLeader } });
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
  if (s.appeal.against === 'conclusion') return restoreRound(decided, d);
  const settled = ['explained', 'invalidated', 'transferredOut'].includes(s.stage) && ['answer', 'invalidation', 'routeOut'].includes(s.appeal.against ?? '');
  const closed = ['closed', 'lookback'].includes(s.stage) && s.appeal.against === 'closure';
  return settled || closed ? freshRound(decided, d) : decided;
};
/** The raters of the restored round are called back anew: what they said of it was dropped when the case went back to work. */
const calledAnew = (s: CaseState, at: number): CaseState['raters'] =>
  s.raters.map((r) => (r.named && !r.withdrawn ? { ...r, callback: { ...r.callback, state: 'due', since: at } } : r));
/** The total as it stood before the return halved it, through the pauses since. */
const restoreDates = (s: CaseState, { g: { pack } }: Doing): CaseState => {
  const { saved, at } = s.lastReturn ?? {};
  if (s.time === undefined || !saved?.dates || at === undefined) return s;
  const { totalDue, originalDue, overdueAt, base, cap } = saved.dates;
  const moved = (due: number | null): number | null => (due === null ? null : through(pack.calendar, pausesOver(s), { since: at, due, amount: totalOf(s, pack) }).due);
  const { cap: _halved, ...time } = s.time;
  const next = { ...s, time: { ...time, base, ...(cap === undefined ? {} : { cap: { ...cap, due: moved(cap.due) ?? cap.due } }) } };
  return clock(next, { totalDue: moved(totalDue), originalDue: moved(originalDue), overdueAt });
};
const restoreRound = (state: CaseState, d: Doing): CaseState => {
  const s = withoutBeneath(restoreDates(state, d));
  const at = d.at;
  const saved = s.lastReturn?.saved;
  if (s.lastReturn?.by !== 'reinspection' || !saved || !['immediate', 'rectifying'].includes(s.stage)) return state;
  return patch(s, {
    application: saved.application, checks: { prelim: saved.prelim, check: null, signer: null }, tasks: saved.tasks, lastReturn: null, raters: calledAnew(s, at), fails: Math.max(0, s.fails - 1),
    alert: { level: 'none', since: null, frozen: s.alert.frozen, cause: null }, drafts: s.drafts.filter((x) => x !== 'L4' && !(timed(s) && ['L2', 'L3'].includes(x))),
    acts: s.acts.map((a) => (a.code === 'L4' && a.answeredAt === null ? { ...a, answeredAt: a.servedAt } : a)),
  });
};

/** 领导批示: a date that no other grade lengthens again; an extension that is granted later does. */
const shorten: Effect = (s, d) => {
  const { due: date } = payloadOf(d, 'instruct');
  if (date === undefined) return s;
  const due = dueOn(d.g.pack.calendar, date).instant;
  if (!timed(s)) return clock(s, { totalDue: due });
  return clock(capTime(s, { at: d.at, due }), { totalDue: due, originalDue: Math.min(s.clocks.originalDue ?? due, due) });
};

export const supervisionEffects = {
  alertBlue: alert('blue'),
  alertYellow: alert('yellow'),
  alertRed: alert('red'),
  // What the alert drafted goes with it; what a leader is to sign has other grounds.
  alertNone: ((s, d) => {
    const cleared = patch(s, { alert: { ...s.alert, level: advance('alert', s.alert.level, 'clear'), since: null, cause: null } });
    return timed(s) ? clearedTime(withoutDrafts(cleared, d.g.pack), d.at) : cleared;
  }) as Effect,
  draftL2: draft('L2'),
  /** 恢复 is proposed, never done: a suspension at its date is for a person to end. */
  draftL3: ((s, d) => {
    if (besides(d, 'total', 'stage')) return s;
    if (s.stage === 'suspended') return draft('resume')(s, d);
    // What the office is late with raises no alert of the unit, and is no ground for a red-card notice.
    return timed(s) && aboutOffice(d) ? s : draft('L3')(s, d);
  }) as Effect,
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
