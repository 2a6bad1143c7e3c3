import type { StageId } from '../schemas/index.ts';

/**
 * The act that each stage waits for, and whose limit therefore runs there. Stages without a line have no limit: closed, archived and
 * the settled ones (办结), and what stands before row 0.
 */
export const awaited: Readonly<Partial<Record<StageId, string>>> = {
  captured: '3',
  verifying: '4',
  invalidReview: '8',
  registered: '10',
  triaged: '11',
  assigned: '12',
  reassignReview: '14',
  immediate: '16',
  planDrafting: '18',
  planReview: '19',
  rectifying: '27',
  suspended: '26',
  'closureApplied.filed': '28',
  'closureApplied.supplementing': '28b',
  prelimReview: '29',
  'reinspection.awaiting': '31',
  'reinspection.active': '32',
  signoff: '36',
  'publicizing.open': '40',
  'publicizing.checking': '39',
  lookback: '43',
};

const beforeOrder: readonly StageId[] = ['captured', 'verifying', 'invalidReview', 'registered', 'triaged'];
const applied: readonly StageId[] = ['closureApplied.filed', 'closureApplied.supplementing', 'prelimReview', 'reinspection.awaiting', 'reinspection.active', 'signoff', 'publicizing.open', 'publicizing.checking'];

/** A date that a decision sets for the case: it needs no amount. */
export const isSetDate = (anchor: string | null): boolean => anchor === 'due' || anchor === 'resumeBy';

/**
 * Has every case in this stage the instant from which a limit with this anchor counts? Without it the limit would be none: `due` is a date
 * of the work itself, `resumeBy` of the suspension, and there is no application before one was filed.
 */
export const countsIn = (stage: StageId, anchor: string | null): boolean => {
  switch (anchor ?? '') {
    case 'stateEntered':
    case 'capture':
      return true;
    case 'assign':
      return !beforeOrder.includes(stage);
    case 'application':
      return applied.includes(stage);
    case 'due':
      return stage === 'immediate' || stage === 'rectifying';
    case 'resumeBy':
      return stage === 'suspended';
    default:
      // 公示: whatever is written, its limit runs from the end of the window.
      return stage === 'publicizing.open';
  }
};
