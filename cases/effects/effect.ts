import type { CaseState, Payload, CommandType } from '../../schemas/index.ts';
import type { Ground } from '../facts/ground.ts';

/**
 * What a row does to the state: verbs of the case table, each a pure function. `at` is the instant of the last actor, from which the
 * effect dates; `g.at` that of the first, by which it is judged.
 */
export type Doing = { readonly g: Ground; readonly at: number; readonly payload: Readonly<Record<string, unknown>>; readonly commandId: string };
export type Effect = (state: CaseState, d: Doing) => CaseState;

/** The payload of a row's own command, typed: the row decides which command it is. */
export const payloadOf = <T extends CommandType>(d: Doing, _type: T): Payload<T> => d.payload as Payload<T>;

export const patch = (state: CaseState, change: Partial<CaseState>): CaseState => ({ ...state, ...change });
export const clock = (state: CaseState, change: Partial<CaseState['clocks']>): CaseState => ({ ...state, clocks: { ...state.clocks, ...change } });
export const serve = (state: CaseState, what: string, at: number): CaseState => ({ ...state, served: { ...state.served, [what]: at } });
