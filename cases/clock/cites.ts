import type { CaseState, Deadline, PolicyPack } from '../../schemas/index.ts';

const same = (a: { amount: number | null; unit: string }, d: Deadline): boolean => d.amount !== null && a.amount === d.amount.amount && a.unit === d.amount.unit;

/** What the pack cites for the limit of a deadline, as ids of its sources; nothing where a person set the date. */
export const citesOfDeadline = (text: PolicyPack, d: Deadline, s: Pick<CaseState, 'grade'>): readonly string[] => {
  const kind = d.id.split(':')[0];
  if (kind === 'total' || kind === 'citizen') return s.grade === null ? [] : text.totals[s.grade.ordinary ? 'ordinary' : s.grade.colour][s.grade.track].cite;
  if (kind === 'reply') return text.fixed.actReply.cite;
  if (kind === 'ratification') return text.fixed.ratify.cite;
  const limit = text.limits[d.row];
  return limit === undefined ? [] : (limit.alt?.find((a) => same(a, d))?.cite ?? limit.cite);
};
