import type { Amount, CaseState, Policy } from '../../schemas/index.ts';
import { timed } from '../machine/version.ts';
import { policyLimit } from '../policy/index.ts';
import type { Row } from '../row.ts';

/** Conditions under which a limit has another amount; they look at the case alone. */
const holds: Readonly<Record<string, (s: CaseState) => boolean>> = {
  red: (s) => s.grade?.colour === 'red',
  yellow: (s) => s.grade?.colour === 'yellow',
  // Whoever comes from another case by a merge has no limit of this one shortened.
  named: (s) => s.raters.some((r) => r.named && !r.withdrawn && (r.from === null || !timed(s))),
  ratingOrPerson: (s) => s.appeal.against === 'rating' || s.appeal.against === 'person',
};

/** Those that the colour of the case decides. */
const byColour = ['red', 'yellow'];

/**
 * The amount that holds for this case, by its policy pack or else the case table; null where the limit is a date that somebody set.
 * `plain`: what it would be in any other colour, where the colour decided.
 */
export function amountsOf(row: Row, state: CaseState, policy: Policy): { amount: Amount; plain?: Amount | null } | null {
  const { amount, unit, alt = [] } = policyLimit(policy, row);
  const usual: Amount | null = amount === null || unit === 'none' ? null : { amount, unit };
  const other = alt.find((a) => holds[a.if]?.(state));
  if (!other) return usual && { amount: usual };
  return { amount: { amount: other.amount, unit: other.unit }, ...(byColour.includes(other.if) ? { plain: usual } : {}) };
}
export const amountOf = (row: Row, state: CaseState, policy: Policy): Amount | null => amountsOf(row, state, policy)?.amount ?? null;
