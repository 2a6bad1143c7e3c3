import { canonical, type Feedback } from '../../schemas/index.ts';
import type { RehearsalItem, RehearsalOutcome } from '../intake.ts';
import type { Queries } from '../sql-store.ts';
import { parseFeedback, readPrints } from './feedback.ts';
import { printOf, raterKeyOf } from './feedback-row.ts';
import { recogniser, type Recognise } from './keys.ts';
import { readPastPrints } from './past.ts';

/** What `intake` and `keepPast` would answer, with nothing kept. `open`: history of what is feedback here, and not for another ledger to close. */
export async function rehearse(db: Queries, items: readonly RehearsalItem[]): Promise<RehearsalOutcome[]> {
  const recognise = await recogniser(db);
  const keys = items.map((item) => ('past' in item ? item.past.key : parseFeedback(item.feedback).feedbackId));
  const [said, past] = await Promise.all([readPrints(db, keys), readPastPrints(db, keys)]);
  return items.map((item, i) => {
    const key = keys[i] ?? '';
    if ('past' in item) return said.has(key) ? 'open' : outcomeOf(past.get(key), recognise('content', canonical({ content: item.past.content, names: item.past.names ?? [] })));
    return outcomeOf(said.get(key), printOf(item.feedback, recognise));
  });
}

const outcomeOf = (stored: string | undefined, print: string): RehearsalOutcome => (stored === undefined ? 'new' : stored === print ? 'same' : 'other');

/** By which one person is recognised in this ledger, whoever was said to be who; null without a number. */
export async function raterKeys(db: Queries, raters: readonly (Feedback['rater'] | undefined)[]): Promise<(string | null)[]> {
  const recognise: Recognise = await recogniser(db);
  return raters.map((rater) => raterKeyOf({ rater }, recognise));
}
