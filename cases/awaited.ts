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
