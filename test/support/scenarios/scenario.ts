/** One scenario for each rule of the register (domain 6.9): the act that breaks it, and the same act put right. */
import { type Actor, type CommandType, type EdgeFacts, type RuleId, payloads } from '../../../schemas/index.ts';
import type { Stepped } from '../../../cases/index.ts';
import type { World } from '../world.ts';

export type Act = { type: CommandType; by: Actor; payload?: Record<string, unknown>; more?: { commandId?: string; expectedRevision?: number; facts?: Partial<EdgeFacts> } };

type Common = {
  /** The act, in the words of the trade. */
  readonly what: string;
  /** Brings the case to its stage through real commands. */
  readonly given: (w: World) => void;
  readonly wrong: (w: World) => Act;
  /** Why no sequence of commands leads here, so that `given` ends by altering the state itself: the rule is a second wall. */
  readonly doctored?: string;
  /** Another rule stands before this one in every case and refuses in its place. */
  readonly behind?: RuleId;
};
export type Scenario = Common &
  (
    | {
        /** What was put right. */
        readonly once: string;
        /** The act put right; true where time itself has done it. */
        readonly right: (w: World) => Act | true;
        /** The right half is played in another case, brought there by this. */
        readonly afresh?: (w: World) => void;
      }
    | { /** Why the act can never be put right. */ readonly never: string }
  );

/** What a sender's payload is after the door has read it: defaults filled in, unknown keys dropped. */
export const parsed = (act: Act): unknown => payloads[act.type].parse(act.payload ?? {});

export const play = (w: World, act: Act): Stepped => w.send(w.envelope(act.type, act.by, parsed(act), act.more));
/** Must be accepted. */
export const must = (w: World, act: Act): void => {
  const s = play(w, act);
  if (!s.ok) throw new Error(`${act.type} by ${act.by.person} in ${w.state.stage}: ${s.refusal.code} ${s.refusal.en}`);
};
