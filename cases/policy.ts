import { type Policy, hashOf } from '../schemas/index.ts';

/** Policy pack -> what a workflow carries: hashed, without names and citations. */
export const compilePolicy = (pack: Omit<Policy, 'hash'>): Policy => ({ hash: hashOf(pack), ...pack });
