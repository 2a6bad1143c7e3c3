import * as z from 'zod';
import { Id, Instant } from './primitive.ts';
import { RoleId } from './actor.ts';
import { Amount } from './policy.ts';

/**
 * 期限: one limit in force in a case. `id` says what: `total` (what the unit owes), `stage` (what the stage waits for), `task:T1`,
 * `check:T1` (a task that was shown), `reply:A1`, `proposal:P1`, `callback:r-1`, `appeal`, `node:T1.1`, `contact`, `interim`, `coop:U2`, `verify`, `ratification`, `progress`, `measures`, `orderPlan`, `extension`, `act:L3`, `citizen` (what the
 * office owes the citizen). Derived from the state and never stored beside what it follows from.
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
  /** Amount and anchor (起算点) of the limit; null where a person set the date. */
  amount: Amount.nullable().default(null),
  anchor: z.string().nullable().default(null),
  /** Who is late when it is missed: the unit's side, or the office. */
  side: z.enum(['unit', 'office']).default('office'),
  /** Tells this running of the limit from an earlier one under the same id: what was told of one is not told again. */
  cycle: z.string().default(''),
  /** Opening time counts from here, after `spent` (civil ms) that was used before a pause. */
  countedFrom: Instant.default(0),
  spent: z.int().default(0),
});
export type Deadline = z.infer<typeof Deadline>;
