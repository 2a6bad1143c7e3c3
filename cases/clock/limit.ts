import type { Amount, CaseState } from '../../schemas/index.ts';
import type { Row } from '../row.ts';

/** A row's limit as the case table has it: amount, unit, anchor, and other amounts under a condition, first that holds wins. */
type Alternative = { readonly if: string; readonly amount: number; readonly unit: Amount['unit'] };
export type Limit = { readonly amount: number | null; readonly unit: Amount['unit'] | 'none'; readonly anchor: string | null; readonly pause: 'none' | 'suspension'; readonly alt?: readonly Alternative[] };

/** The table's rows are generated from its file, which a test checks: this cast holds. */
export const limitOf = (row: Row): Limit => row.limit as Limit;

/** Conditions under which a limit has another amount; they look at the case alone. */
const holds: Readonly<Record<string, (s: CaseState) => boolean>> = {
  red: (s) => s.grade?.colour === 'red',
  yellow: (s) => s.grade?.colour === 'yellow',
  named: (s) => s.raters.some((r) => r.named && !r.withdrawn),
  ratingOrPerson: (s) => s.appeal.against === 'rating' || s.appeal.against === 'person',
};

/** The amount that holds for this case; null where the limit is a date that somebody set. */
export function amountOf(row: Row, state: CaseState): Amount | null {
  const { amount, unit, alt = [] } = limitOf(row);
  const other = alt.find((a) => holds[a.if]?.(state));
  if (other) return { amount: other.amount, unit: other.unit };
  return amount === null || unit === 'none' ? null : { amount, unit };
}
