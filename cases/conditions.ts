import { type Look, atLeast, is, isIn, moreThan } from './look.ts';

/** Conditions of the case table: they choose a target, a guard or a further approver. */
export const conditions = {
  red: ({ c }) => c.colour === 'red',
  yellow: ({ c }) => c.colour === 'yellow',
  fromRegistered: ({ c }) => c.state === 'registered',
  notEmergency: ({ f }) => !is(f.emergency),
  downFromRed: ({ c, f }) => c.colour === 'red' && f.colour !== 'red',
  secondDisputeNoOpinion: ({ c, f }) => atLeast(c.returns, 2) && !is(f.opinion),
  redOrSecond: ({ c }) => c.colour === 'red' || atLeast(c.extensions, 1),
  redOrYellow: ({ c }) => isIn(c.colour, ['red', 'yellow']),
  alertRed: ({ c }) => c.alert === 'red',
  toRed: ({ f }) => f.colour === 'red',
  exempt: ({ f }) => f.exempt != null,
  named: ({ c }) => is(c.named),
  immediateTrack: ({ c }) => c.track === 'immediate',
  emergency: ({ f }) => is(f.emergency),
  fromLookback: ({ c }) => c.state === 'lookback',
  fromDrafting: ({ c }) => c.state === 'planDrafting',
  newDraw: ({ f }) => is(f.newDraw),
  backToWork: ({ f }) => !is(f.newDraw),
  moreObjections: ({ c }) => moreThan(c.openObjections, 1),
  notSupported: ({ f }) => !isIn(f.decision, ['支持', '部分支持']),
  ratingNoProblem: ({ c, f }) => c.against === 'rating' && is(f.noProblemLeft) && c.kind === 'open',
  conclusionInWork: ({ c }) => c.against === 'conclusion' && c.lastReturn === 'reinspection' && isIn(c.state, ['immediate', 'rectifying']),
  answerSettled: ({ c }) => isIn(c.against, ['answer', 'invalidation', 'routeOut']) && isIn(c.state, ['explained', 'invalidated', 'transferredOut']),
  closureAppealed: ({ c }) => c.against === 'closure' && isIn(c.state, ['closed', 'lookback']),
  ratingOrPerson: ({ c }) => isIn(c.against, ['rating', 'person']),
} as const satisfies Record<string, (look: Look) => boolean>;
export type ConditionId = keyof typeof conditions;
