import type { CaseState, Pack } from '../schemas/index.ts';
import { countsUnder } from './policy/index.ts';

/** What an alert leaves in a case, and what goes when it is taken away. */

/** Was the colour set by time alone? */
export const byTime = (s: { readonly alert: Pick<CaseState['alert'], 'cause'> }): boolean => ['nearDue', 'fallBehind', 'fallOverdue'].includes(s.alert.cause ?? '');

/** 约谈的由头 that stays without a red alert: failed rounds, returned plans, a sham (TALK-GROUND). */
const talkStands = (s: CaseState, pack: Pack): boolean => {
  const { fails, planReturns } = countsUnder(pack, s);
  return s.sham || fails >= 2 || planReturns >= 2;
};

/** The alert is taken away, and with it what it drafted: 督办函, 红牌警示单, and a talk that had no other ground. */
export const withoutDrafts = (s: CaseState, pack: Pack): CaseState => ({ ...s, drafts: s.drafts.filter((code) => !['L2', 'L3', ...(talkStands(s, pack) ? [] : ['L4'])].includes(code)) });
/** The alert was lowered by time itself: what it had drafted goes, all but a 督办函 for which the alert that is left is still the ground. */
export const withDraftsLowered = (s: CaseState, pack: Pack): CaseState => {
  const letter = s.drafts.includes('L2') && ['yellow', 'red'].includes(s.alert.level);
  const left = withoutDrafts(s, pack);
  return letter ? { ...left, drafts: [...left.drafts, 'L2'] } : left;
};
