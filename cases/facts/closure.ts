import { type Exhibit, type Payload, unmasked } from '../../schemas/index.ts';
import { dateAt, epochDay, monthsAfter, workingDaysBetween, toCivil } from '../calendar/index.ts';
import type { Facts } from '../look.ts';
import { rightLapsed } from '../marks.ts';
import { redDaysUnder } from '../policy/index.ts';
import { did, peopleOf } from './case.ts';
import { type Ground, exhibit, exhibits, madeAt, official, outsider, unitsOf, wordsIn } from './ground.ts';

/** Facts of applying, checking, signing, and of what comes after closing. */

const rework = (p: Payload<'returnPrelim'>, g: Ground): Facts => {
  const known = (id: string | undefined) => id === undefined || g.state.tasks.some((t) => t.taskId === id && t.state !== 'waived');
  return { rework: p.rework.length > 0 && p.rework.every((r) => known(r.taskId)) };
};
type Reworked = { rework: Payload<'returnPrelim'>['rework'] };
const reworked = (p: Reworked, g: Ground): Facts => rework({ opinion: '', rework: p.rework }, g);

/** 材料 that an application of this track must hold. */
export const requiredDocuments = (track: string | undefined): string[] =>
  track === 'list' ? ['closureApplication', 'rectificationReport', 'proofIndex'] : ['fixFeedback', 'proofIndex'];

/** Every task of the round compared with its target, and every target met. */
const compared = (p: Payload<'passPrelim'>, g: Ground): boolean => {
  const tasks = g.state.tasks.filter((t) => t.state !== 'waived');
  return tasks.length > 0 && tasks.every((t) => p.compared.some((c) => c.taskId === t.taskId && c.met));
};

/** Sealed by an inspector of the operation, not by anybody of the unit. */
const inspector = (g: Ground, e: Exhibit): boolean => ['IL', 'INS'].includes(e.by.role) && outsider(g, e) && !did(g.state, e.by, 'applicant', 'prelim', 'signer', 'taskChecker');
const sealed = (g: Ground, ids: readonly string[]) => exhibits(g, ids, 'evidence').filter((e) => inspector(g, e));
const evidenceSealed = (g: Ground, ids: readonly string[]): boolean => ids.length > 0 && sealed(g, ids).length === new Set(ids).size;

/** Newer than the last measure, than the start of the visit, and than the last return: by server time and by the device's. */
const evidenceNewer = (g: Ground, ids: readonly string[]): boolean => {
  const after = Math.max(g.state.clocks.lastMeasureAt ?? 0, g.state.visit?.startedAt ?? 0);
  return ids.length > 0 && sealed(g, ids).every((e) => madeAt(e) > after);
};

/** Two or more different methods, one of them on the spot with citizens or a call to the rater; without that it counts as one. */
const methodCount = (methods: readonly string[]): number => {
  const kinds = new Set(methods);
  return kinds.has('CITIZEN_VISIT') || kinds.has('RATER_CALL') ? kinds.size : Math.min(kinds.size, 1);
};

const signers = (g: Ground, ids: readonly string[]): number =>
  new Set(exhibits(g, ids, 'signature').filter((e) => g.state.visit?.team.includes(e.by.person) && madeAt(e) >= (g.state.visit?.startedAt ?? 0)).map((e) => e.by.person)).size;

/** Witnesses are inspectors, different people, not of the unit. */
const witnesses = (g: Ground, ids: readonly string[]): number => new Set(exhibits(g, ids, 'witness').filter((e) => inspector(g, e)).map((e) => e.by.person)).size;

const barredFromTeam = (g: Ground, person: string): boolean =>
  did(g.state, { person }, 'unit', 'applicant', 'prelim', 'signer', 'taskChecker') ||
  (g.edge.people[person]?.conflicted ?? true) ||
  (g.edge.people[person]?.units ?? []).some((u) => unitsOf(g.state).includes(u)) ||
  !Object.values(g.edge.exhibits).some((e) => e.kind === 'pledge' && e.caseNo === g.state.caseNo && e.by.person === person);

const team = (p: Payload<'startReinspection'>, g: Ground): Facts => {
  // Drawn for this visit: since the case came here, or came back because the first visit was void.
  const people = [...new Set(p.team)];
  // Nobody draws themselves, nor approves their own plan.
  const byOther = (e: Exhibit | undefined) => (e && ![...peopleOf(g.actor), ...people].includes(e.by.person) ? e : undefined);
  const drawn = byOther(official(g, p.draw, 'teamDraw'));
  const draw = drawn && madeAt(drawn) >= g.state.stageSince ? drawn : undefined;
  const plan = byOther(official(g, p.plan, 'visitPlan'));
  return {
    visitPlan: plan !== undefined,
    mode: plan?.data.mode ?? null,
    drawn: people.filter((x) => draw?.data.team?.includes(x)).length,
    conflictsCleared: people.length > 0 && people.every((x) => draw?.data.team?.includes(x) === true && !barredFromTeam(g, x)),
  };
};

const notice = (p: Payload<'signClosure'>, g: Ground): Facts => {
  const draft = exhibit(g, p.notice, 'draft');
  const review = official(g, p.secrecyReview, 'secrecyReview');
  return {
    masked: draft?.data.text !== undefined && !unmasked(draft.data.text),
    secrecyReviewByOther: review !== undefined && draft !== undefined && review.data.draft === draft.id && review.by.person !== draft.by.person,
    exempt: p.exempt ?? null,
    unsolvedReason: p.unsolvedReason ?? null,
  };
};

const day = (g: Ground, at: number) => toCivil(g.pack.calendar, at).day;
const sameMatterAgain = (g: Ground): boolean => {
  const f = g.edge.feedback;
  const m = g.state.matter;
  return f !== undefined && f.matter === m.code && ((f.place !== null && f.place === m.place) || (f.unit !== null && f.unit === m.ratedUnit));
};

/** Facts that hold before any payload is known: time and state alone. Each is computed when a rule asks for it. */
export const earlyFacts = (g: Ground): Facts => ({
  get region() {
    return g.row.with.region ?? null;
  },
  get act() {
    return g.row.with.act ?? null;
  },
  get windowOver() {
    return g.state.publicity !== null && g.at >= g.state.publicity.until;
  },
  get daysSinceClosing() {
    return g.state.clocks.closedAt === null ? null : day(g, g.at) - day(g, g.state.clocks.closedAt);
  },
  get monthsSinceClosing() {
    const closed = g.state.clocks.closedAt;
    return closed === null ? null : g.at <= monthsAfter(g.pack.calendar, closed, g.pack.policy.reboundMonths) ? 0 : 13;
  },
  get policyDue() {
    return g.state.lookback.plan.some((l) => !l.done && l.at <= g.at);
  },
  get lookbackOutstanding() {
    return g.state.lookback.plan.some((l) => !l.done) || g.state.stage === 'lookback';
  },
  get appealTimeOver() {
    return appealTimeOver(g);
  },
  get rightLapsed() {
    return rightLapsed(g.state, g.pack, g.at);
  },
  get redForDays() {
    const since = g.state.alert.level === 'red' ? g.state.alert.since : null;
    return since === null ? null : redDaysUnder(g.pack, workingDaysBetween(g.pack.calendar, day(g, since), day(g, g.at)));
  },
  get causeGone() {
    return causeGone(g);
  },
});

const appealTimeOver = (g: Ground): boolean => {
  const from = g.state.clocks.closedAt ?? g.state.clocks.settledAt;
  return from !== null && day(g, g.at) - day(g, from) > g.pack.policy.appealDays;
};

/** The cause of an alert is gone when nothing is overdue with the unit, no rework is open and no act awaits a reply. */
const causeGone = (g: Ground): boolean => {
  const late = g.state.clocks.totalDue !== null && g.at > g.state.clocks.totalDue && g.state.application === null;
  return !late && !g.state.tasks.some((t) => t.rework && t.state !== 'taskClosed') && g.state.acts.every((a) => a.answeredAt !== null);
};

const standards = (p: Payload<'applyClosure'>): boolean => {
  const s = p.standards;
  return Boolean(s?.measuresDone && s.lawfullyHandled && s.effect && s.analogous && s.source);
};
/** Did the actor, or whom the actor stands for, make a call-back of this round? */
const caller = (g: Ground): Facts => ({
  callerIsActor: g.state.duties.some((d) => d.act === 'recordCallback' && d.round === g.state.round && peopleOf(g.actor).includes(d.person)),
});

export const closureFacts = {
  applyClosure: (p: Payload<'applyClosure'>): Facts => ({ fiveStandards: standards(p), analogousFix: p.analogousFix, lastingRule: p.lastingRule !== undefined }),
  acceptApplication: (p: Payload<'acceptApplication'>, g: Ground): Facts => {
    const need = requiredDocuments(g.state.grade?.track);
    return { complete: need.every((d) => g.state.application?.documents.includes(d) && p.checked.includes(d)) };
  },
  returnForSupplement: (p: Payload<'returnForSupplement'>): Facts => ({ items: p.items }),
  returnApplication: (p: Payload<'returnApplication'>, g: Ground): Facts => {
    const s = g.state.application?.supplement;
    return { ...reworked(p, g), supplementLate: s != null && s.givenAt === null && g.at > s.due, stillIncomplete: s?.givenAt != null && p.missing.length > 0 };
  },
  withdrawApplication: reworked,
  passPrelim: (p: Payload<'passPrelim'>, g: Ground): Facts => ({ targetsCompared: compared(p, g) }),
  returnPrelim: reworked,
  passByCallback: (p: Payload<'passByCallback'>, g: Ground): Facts => ({
    targetsCompared: compared({ compared: p.compared, opinion: p.opinion }, g),
    drawCommitted: g.edge.draw !== undefined,
    ...caller(g),
  }),
  startReinspection: team,
  voidVisit: (p: Payload<'voidVisit'>): Facts => ({ ground: p.ground }),
  reinspectionPass: (p: Payload<'reinspectionPass'>, g: Ground): Facts => ({
    mustPoints: p.points.some((x) => x.must) && p.points.every((x) => !x.must || x.pass),
    methods: methodCount(p.methods),
    evidenceSealed: evidenceSealed(g, p.evidence),
    evidenceNewer: evidenceNewer(g, p.evidence),
    reportSigners: signers(g, p.signatures),
  }),
  reinspectionFail: (p: Payload<'reinspectionFail'>, g: Ground): Facts => ({ ...reworked(p, g), evidenceSealed: evidenceSealed(g, p.evidence), reasonWords: wordsIn(p.reason) }),
  reinspectionPartial: (p: Payload<'reinspectionPartial'>, g: Ground): Facts => ({ ...reworked(p, g), evidenceSealed: evidenceSealed(g, p.evidence), reasonWords: wordsIn(p.reason) }),
  falseRectification: (p: Payload<'falseRectification'>, g: Ground): Facts => ({ ...reworked(p, g), evidenceSealed: evidenceSealed(g, p.evidence), witnesses: witnesses(g, p.witnesses) }),
  signClosure: notice,
  declineSignoff: (p: Payload<'declineSignoff'>, g: Ground): Facts => ({ ...reworked(p, g), reason: p.reason ?? null, newDraw: p.newDraw }),
  raiseObjection: (p: Payload<'raiseObjection'>): Facts => ({ reason: p.reason ?? null }),
  upholdObjection: reworked,
  dismissObjection: (p: Payload<'dismissObjection'>): Facts => ({ reason: p.reason ?? null }),
  orderLookback: (p: Payload<'orderLookback'>): Facts => ({ reason: p.reason ?? null }),
  orderSpotCheck: (p: Payload<'orderSpotCheck'>): Facts => ({ reason: p.reason ?? null }),
  recordSpotCheck: (p: Payload<'recordSpotCheck'>, g: Ground): Facts => ({ evidenceSealed: evidenceSealed(g, p.evidence) && exhibits(g, p.evidence, 'evidence').every((e) => madeAt(e) >= (g.state.spotCheck.since ?? g.at)) }),
  lookbackStable: (p: Payload<'lookbackStable'>, g: Ground): Facts => ({
    methods: methodCount(p.methods),
    evidenceSealed: evidenceSealed(g, p.evidence) && exhibits(g, p.evidence, 'evidence').every((e) => madeAt(e) >= g.state.stageSince),
  }),
  archive: (p: Payload<'archive'>, g: Ground): Facts => ({ fourProps: official(g, p.check, 'fourProperties') !== undefined }),
  rebound: (_: Payload<'rebound'>, g: Ground): Facts => ({ sameMatter: sameMatterAgain(g) }),
  recordCallback: (p: Payload<'recordCallback'>, g: Ground): Facts => {
    const rater = g.state.raters.find((r) => r.raterId === p.raterId && !r.withdrawn);
    const since = rater?.callback.since ?? Number.POSITIVE_INFINITY;
    const calls = exhibits(g, p.calls, 'call').filter((e) => e.data.raterId === p.raterId && e.by.role === 'VERIFIER' && outsider(g, e) && madeAt(e) >= since);
    const days = new Set(calls.map((e) => dateAt(g.pack.calendar, e.registeredAt))).size;
    const reached = calls.some((e) => e.data.answered === true) && p.answers !== undefined;
    return {
      raterDue: rater !== undefined && ['due', 'unreachable'].includes(rater.callback.state),
      recorded: calls.length > 0 && (p.result === 'done' ? reached : calls.every((e) => e.data.answered !== true)),
      result: p.result,
      tries: days >= 2 ? calls.length : 0,
    };
  },
  reRate: (): Facts => ({}),
} as const;

/** Days that a civil date lies after the day of an instant. */
export const daysUntil = (g: Ground, date: string): number => epochDay(date) - day(g, g.at);
