import type { Colour, Deadline, PolicyPack, Track } from '../../schemas/index.ts';

const same = (a: { amount: number | null; unit: string }, d: Deadline): boolean => d.amount !== null && a.amount === d.amount.amount && a.unit === d.amount.unit;

export type Graded = { readonly colour: Colour; readonly track: Track; readonly ordinary: boolean } | null;
/** Where an amount comes from, as people read it. */
export type Cited = { readonly id: string; readonly title: string; readonly article: string | null };

/** 依据, as it is cited: `政府督查工作条例第十七条`. Empty for none. */
export const citeWords = (cite: readonly Cited[]): string => cite.map((c) => `${c.title}${c.article ?? ''}`).join('、');

const cited = (text: PolicyPack, ids: readonly string[]): Cited[] => ids.map((id) => ({ id, title: text.sources[id]?.title ?? id, article: text.sources[id]?.article ?? null }));
const totalIds = (text: PolicyPack, grade: Graded): readonly string[] => (grade === null ? [] : text.totals[grade.ordinary ? 'ordinary' : grade.colour][grade.track].cite);

/** What the pack cites for the total due of a case, in force or not. */
export const citesOfTotal = (text: PolicyPack, grade: Graded): Cited[] => cited(text, totalIds(text, grade));
/** What the pack cites for the limit of a deadline, nothing where a person set the date. */
export const citesOfDeadline = (text: PolicyPack, d: Deadline, grade: Graded): Cited[] => cited(text, idsFor(text, d, grade));

const idsFor = (text: PolicyPack, d: Deadline, grade: Graded): readonly string[] => {
  const kind = d.id.split(':')[0];
  if (kind === 'total' || kind === 'citizen') return totalIds(text, grade);
  if (kind === 'reply') return text.fixed.actReply.cite;
  if (kind === 'ratification') return text.fixed.ratify.cite;
  const limit = text.limits[d.row];
  return limit === undefined ? [] : (limit.alt?.find((a) => same(a, d))?.cite ?? limit.cite);
};
