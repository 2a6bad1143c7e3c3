import * as z from 'zod';
import { Id, Instant } from './primitive.ts';
import { RoleId } from './actor.ts';

/**
 * 期限: one limit in force in a case. `id` says what: `total` (what the unit owes), `stage` (what the stage waits for), `task:T1`,
 * `reply:A1`, `proposal:P1`, `callback:r-1`, `appeal`, `window`. Derived from the state and never stored beside what it follows from.
 */
export const Deadline = z.object({
  id: z.string(),
  /** Row of the case table whose limit it is; `due` for a date that a person set. */
  row: z.string(),
  /** Who holds it: the role that must act, for which unit, and the person where one is named. */
  role: RoleId,
  unit: Id.nullable(),
  person: Id.nullable(),
  since: Instant,
  due: Instant,
  /** The date before it was extended. */
  original: Instant.nullable(),
  provisional: z.boolean(),
  /** 暂停计时: while the case is suspended. */
  paused: z.boolean(),
});
export type Deadline = z.infer<typeof Deadline>;
