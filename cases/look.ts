/**
 * What rules and conditions look at: `c` the case, `f` the command's payload with the facts fetched or computed for it, `a` the
 * actor. An absent name is null; null is false, and so is every comparison with it: a rule never throws.
 */
import type { CaseFacts } from './facts/case.ts';

export type Fact = string | number | boolean | null | undefined | readonly unknown[];
/** Computed by `facts/`; names are those of the case table. Never taken from a payload as a claim. */
export type Facts = Readonly<Record<string, Fact>>;
export type ActorFacts = { readonly id: string; readonly role: string; readonly unit: string; readonly forRole: string; readonly conflicted: boolean };
export type Look = { readonly c: CaseFacts; readonly f: Facts; readonly a: ActorFacts };

/** Truth of a fact: null, false, 0, '' and the empty list are false. */
export const is = (x: Fact): boolean => (Array.isArray(x) ? x.length > 0 : Boolean(x));
const both = (x: Fact, y: Fact, test: (x: number, y: number) => boolean): boolean => typeof x === 'number' && typeof y === 'number' && test(x, y);
export const atLeast = (x: Fact, y: Fact): boolean => both(x, y, (p, q) => p >= q);
export const atMost = (x: Fact, y: Fact): boolean => both(x, y, (p, q) => p <= q);
export const moreThan = (x: Fact, y: Fact): boolean => both(x, y, (p, q) => p > q);
export const isIn = (x: Fact, list: Fact): boolean => Array.isArray(list) && list.includes(x);
export const lessThan = (x: Fact, y: Fact): boolean => both(x, y, (p, q) => p < q);
