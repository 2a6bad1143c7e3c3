import { type CaseState, hashOf } from '../schemas/index.ts';

/** SHA-256 of the state without its own hash: what an entry's `before` and `after` name. */
export const stateHashOf = (state: CaseState): string => hashOf({ ...state, stateHash: undefined });
export const sealState = (state: CaseState): CaseState => ({ ...state, stateHash: stateHashOf(state) });
