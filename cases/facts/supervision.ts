import { type CaseState, type Colour, type Payload, sideOf } from '../../schemas/index.ts';
import { dueOn } from '../calendar/index.ts';
import { countedOn, pausedSince } from '../clock/pause.ts';
import { dueIn } from '../due.ts';
import type { Facts } from '../look.ts';
import { totalOf } from '../total.ts';
import { openActs } from './case.ts';
import { type Ground, official, spokenCall } from './ground.ts';

/** Facts of regrading, supervision and appeals. */

export const colourRank: Readonly<Record<Colour, number>> = { blue: 1, yellow: 2, red: 3 };

type Act = CaseState['acts'][number];
/** Open acts addressed to this actor: a unit's head for acts to the unit, the holder of the stage for others. */
export const actsTo = (g: Pick<Ground, 'state' | 'actor'>): Act[] =>
  openActs(g.state).filter((a) => a.to.role === g.actor.role && (a.to.unit === null || a.to.unit === g.actor.unit));

/** Appeals of a unit against a conclusion need one that was served on it; those of a citizen the settled answer. */
const exists = (g: Ground, against: Payload<'fileAppeal'>['against']): boolean => {
  const s = g.state;
  const decided: Record<typeof against, boolean> = {
    rating: s.raters.length > 0 && s.clocks.assignedAt !== null,
    conclusion: s.served['conclusion'] !== undefined,
    answer: s.stage === 'explained' || s.served['answer'] !== undefined,
    invalidation: s.stage === 'invalidated',
    routeOut: s.stage === 'transferredOut',
    closure: s.clocks.closedAt !== null && ['closed', 'lookback', 'archived'].includes(s.stage),
    person: kindIsOpen(g),
  };
  return decided[against];
};
const kindIsOpen = (g: Ground): boolean => g.state.clocks.registeredAt !== null && !g.state.acts.some((a) => a.code === 'L5');

/** Within the days of 6.4: a rating 3 wd from 交办, all else 30 days from the day of service; before the 通报 for a person. */
const inTime = (g: Ground, against: Payload<'fileAppeal'>['against']): boolean => {
  const { policy } = g.pack;
  if (against === 'person') return true;
  if (against === 'rating') return g.state.clocks.orderedAt !== null && g.at <= dueIn(g.state, g.pack, g.state.clocks.orderedAt, policy.ratingAppeal).instant;
  const from = g.state.served[against] ?? g.state.clocks.closedAt ?? g.state.clocks.settledAt;
  return from != null && g.at <= dueIn(g.state, g.pack, from, { amount: policy.appealDays, unit: 'd' }).instant;
};

const isFiler = (g: Ground): boolean => {
  const by = g.state.appeal.by;
  return by !== null && by.role === g.actor.role && (sideOf(by.role) === 'unit' ? by.unit === g.actor.unit : true);
};

const heard = (p: { heard?: string | undefined }, g: Ground): Facts => ({ heard: official(g, p.heard, 'hearing') !== undefined });
const sureWithdrawal = (p: Payload<'raterWithdraw'>, g: Ground): boolean => {
  const call = spokenCall(g, p.call);
  return call?.data.raterId === p.raterId && call.by.role === 'VERIFIER' && g.state.raters.some((r) => r.raterId === p.raterId && !r.withdrawn);
};

/** Of a suspended case: later than it would be due if it were resumed now. */
const lengthens = ({ state, pack, at }: Ground, due: number): boolean => {
  const { totalDue } = state.clocks;
  if (totalDue === null || due <= at) return true;
  const since = pausedSince(state);
  return due > (since === null || totalDue <= since ? totalDue : countedOn(pack.calendar, { due: totalDue, amount: totalOf(state, pack) }, since, at));
};

export const supervisionFacts = {
  regrade: (p: Payload<'regrade'>, g: Ground): Facts => ({
    reason: p.reason ?? null,
    colour: p.colour,
    track: p.track ?? null,
    lower: g.state.grade !== null && colourRank[p.colour] < colourRank[g.state.grade.colour],
  }),
  transferClue: (p: Payload<'transferClue'>): Facts => ({ clue: p.clue ?? null }),
  raterWithdraw: (p: Payload<'raterWithdraw'>, g: Ground): Facts => ({ free: sureWithdrawal(p, g) }),
  instruct: (p: Payload<'instruct'>, g: Ground): Facts => ({
    lengthens: p.due !== undefined && lengthens(g, dueOn(g.pack.calendar, p.due).instant),
  }),
  replyAct: (p: Payload<'replyAct'>, g: Ground): Facts => ({ isAddressee: actsTo(g).some((a) => p.act === undefined || a.act === p.act) }),
  issueUrge: (p: Payload<'issueUrge'>): Facts => ({ reason: p.reason ?? null }),
  issueCircular: heard,
  listForSupervision: heard,
  proposeAccountability: heard,
  fileAppeal: (p: Payload<'fileAppeal'>, g: Ground): Facts => ({ against: p.against, exists: exists(g, p.against), inTime: inTime(g, p.against) }),
  withdrawAppeal: (_: Payload<'withdrawAppeal'>, g: Ground): Facts => ({ isFiler: isFiler(g) }),
  decideAppeal: (p: Payload<'decideAppeal'>): Facts => ({ decision: p.decision, noProblemLeft: p.noProblemLeft }),
  returnProposal: (p: Payload<'returnProposal'>): Facts => ({ reason: p.reason ?? null }),
} as const;
