import { badInput, canonical, CaseError, Feedback } from '../../schemas/index.ts';
import type { Queries } from '../sql-store.ts';
import { sameOrRefuse } from './once.ts';

/** Keeps what a person said; the one place where it stands. The same again is nothing new. @throws BAD-INPUT */
export async function saveFeedback(db: Queries, feedback: Feedback): Promise<void> {
  const parsed = Feedback.safeParse(feedback);
  if (!parsed.success) throw new CaseError(badInput(parsed.error, 'feedback'));
  const saved = await db.query('insert into feedback (feedback_id, content) values ($1, $2) on conflict (feedback_id) do nothing returning feedback_id', [parsed.data.feedbackId, canonical(parsed.data)]);
  if (saved.length === 0) sameOrRefuse(parsed.data.feedbackId, await readFeedback(db, parsed.data.feedbackId), parsed.data);
}

export async function readFeedback(db: Queries, feedbackId: string): Promise<Feedback | null> {
  const [row] = await db.query('select content from feedback where feedback_id = $1', [feedbackId]);
  return row ? Feedback.parse(JSON.parse(String(row['content']))) : null;
}
