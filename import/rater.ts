import type { RemoteLedger } from '../ledger/index.ts';
import { type Incoming, isPast } from './intake.ts';
import { lettersOf } from './letters.ts';

/**
 * One person is one rater (评价人), however often and wherever they speak: known by their number to this ledger alone, so that a merge
 * keeps one reply and one call-back for each. Who left no number is known by what they said.
 */
export async function withRaters(ledger: Pick<RemoteLedger, 'raterKeys'>, chunk: readonly Incoming[]): Promise<Incoming[]> {
  const keys = await ledger.raterKeys(chunk.map(({ item }) => (isPast(item) ? undefined : item.feedback.rater)));
  return chunk.map((one, i) => {
    const key = keys[i];
    if (isPast(one.item) || one.item.feedback.rater === undefined || key == null) return one;
    const feedback = { ...one.item.feedback, rater: { ...one.item.feedback.rater, raterId: `R-${lettersOf(key)}` } };
    return { ...one, item: { ...one.item, feedback } };
  });
}
