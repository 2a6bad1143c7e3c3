import * as z from 'zod';
import type { Board } from './entry.ts';
import { FieldCode } from './feedback.ts';
import { Colour } from './payload/grade.ts';
import { Id, Instant, Text } from './primitive.ts';
import { stages } from './vocabulary.ts';

/** By what the ledger of problems is put in order. */
export const ProblemSort = z.enum(['caseNo', 'due', 'captured', 'since', 'colour']);
export type ProblemSort = z.infer<typeof ProblemSort>;

/**
 * What to show of the ledger of problems (问题台账): all given filters hold. The one type for lists, exports and whoever asks over a
 * wire; what the asker may see of it is decided elsewhere.
 */
export const ProblemQuery = z.strictObject({
  /** Stages as the reader knows them: a unit its public ones. */
  stage: z.array(Text).min(1).max(40).optional(),
  colour: Colour.optional(),
  /** Lead unit or one that helps. */
  unit: Id.optional(),
  field: FieldCode.optional(),
  /** Kind of the feedback it came from. */
  source: Text.optional(),
  /** Channel of any of its feedbacks. */
  channel: Text.optional(),
  /** Open cases whose total runs only: those overdue, or those that fall due before an instant (the overdue ones among them). */
  due: z.union([z.literal('overdue'), z.strictObject({ before: Instant })]).optional(),
  /** Responsible in any way: head, leader, owner, liaison, case leader, owner of a task. */
  mine: Id.optional(),
  kind: z.enum(['open', 'settled', 'final']).optional(),
  /** By case number unless told. What has no value stands last in either direction; equal ones stand by case number. */
  sort: ProblemSort.optional(),
  order: z.enum(['asc', 'desc']).optional(),
  /** `next` of the page before, with the same sort and order. */
  cursor: z.string().max(400).optional(),
  limit: z.int().min(1).max(1000).optional(),
});
export type ProblemQuery = z.infer<typeof ProblemQuery>;

/** `next` is null on the last page. */
export type ProblemPage = { items: Board[]; next: string | null };

/** In these stages the unit's clock does not run: it has applied for closure, or the case is suspended. */
const restingViews: readonly (string | null)[] = ['已申请销号', '补正中', '核验中', '公示中', '暂缓办理'];
export const restingStages: readonly string[] = Object.entries(stages).flatMap(([id, s]) => (restingViews.includes(s.unitView) ? [id] : []));
/** Whether the unit still owes this case: open, and neither applied for nor suspended. Takes stages of either view. */
export const isRunning = (b: Pick<Board, 'kind' | 'stage'>): boolean => b.kind === 'open' && !restingStages.includes(b.stage) && !restingViews.includes(b.stage);
