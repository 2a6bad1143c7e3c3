import type { Colour, Deadline, PolicyPack, Track } from '../../schemas/index.ts';

const same = (a: { amount: number | null; unit: string }, d: Deadline): boolean => d.amount !== null && a.amount === d.amount.amount && a.unit === d.amount.unit;

export type Graded = { readonly colour: Colour; readonly track: Track; readonly ordinary: boolean } | null;
/** Where an amount comes from, as people read it. */
export type Cited = { readonly id: string; readonly title: string; readonly article: string | null };

/** What the pack cites for the limit of a deadline, nothing where a person set the date. */
export const citesOfDeadline = (text: PolicyPack, d: Deadline, grade: Graded): Cited[] => idsFor(text, d, grade).map((id) => ({ id, title: text.sources[id]?.title ?? id, article: text.sources[id]?.article ?? null }));

const idsFor = (text: PolicyPack, d: Deadline, grade: Graded): readonly string[] => {
  const kind = d.id.split(':')[0];
  if (kind === 'total' || kind === 'citizen') return grade === null ? [] : text.totals[grade.ordinary ? 'ordinary' : grade.colour][grade.track].cite;
  if (kind === 'reply') return text.fixed.actReply.cite;
  if (kind === 'ratification') return text.fixed.ratify.cite;
  const limit = text.limits[d.row];
  return limit === undefined ? [] : (limit.alt?.find((a) => same(a, d))?.cite ?? limit.cite);
};
