import * as z from 'zod';
import { Id, Instant } from './primitive.ts';
import { RoleId } from './actor.ts';

/**
 * 通知: what one person is told of one effect, as it lies in the folder. `text` is what may be passed on. `key` is the dispatcher's own:
 * it counts entries, of which a unit may not see all.
 */
const Place = {
  role: RoleId,
  unit: Id.nullable(),
  /** Told because it stands above whoever holds the limit (责任链). */
  line: z.literal('superior').optional(),
};

/** 空缺: a place on the line that nobody could be told at: nobody holds it (`vacant`), or all who do stay out of this case (回避). */
export const Gap = z.object({ ...Place, why: z.enum(['vacant', 'recused']) });
export type Gap = z.infer<typeof Gap>;

export const Notice = z.object({
  key: z.string(),
  kind: z.enum(['mark', 'act', 'missing-superior']),
  case: z.string(),
  /** The act or mark, `nearDue`. */
  name: z.string(),
  at: Instant,
  sentAt: Instant,
  /** null: the rater, who is no person of the directory, or nobody at all. */
  person: Id.nullable(),
  role: z.union([RoleId, z.literal('rater')]),
  unit: Place.unit,
  line: Place.line,
  /** 受托人: told beside the holder who gave a written authorisation. */
  onBehalfOf: Id.optional(),
  limit: z.object({ id: z.string(), mark: z.string(), due: Instant, provisional: z.boolean() }).optional(),
  /** Left out of what a unit gets: how the office is staffed is not its business. */
  missing: z.array(Gap).optional(),
  text: z.object({ zh: z.string(), en: z.string() }),
});
export type Notice = z.infer<typeof Notice>;
