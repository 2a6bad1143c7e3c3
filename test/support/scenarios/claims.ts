/** What a sender might say of itself: names that the rules read, with every value that some rule would like; and spoiled exhibits. */
import { readTable } from '../../../tools/generate.ts';
import { type CommandType, type Exhibit, payloads } from '../../../schemas/index.ts';
import { literalsIn, namesIn } from '../expression.ts';
import { type World, day } from '../world.ts';
import type { Act } from './scenario.ts';

const table = readTable();
const texts = [...Object.values(table.rules).flatMap((r) => r.test ?? []), ...Object.values(table.conditions)];
const names = [...new Set(texts.flatMap((t) => [...namesIn(t, 'f'), ...namesIn(t, 'c'), ...namesIn(t, 'a')]))].sort();
/** Facts that rules read of the command: what is computed or looked up, and what the actor states. */
export const factNames = [...new Set(texts.flatMap((t) => namesIn(t, 'f')))].sort();

/** Names that are no field of the command: the fields are what the actor decides and may state. */
export const claimable = (type: CommandType): string[] => names.filter((n) => !(n in payloads[type].shape));
/** Values that a rule compares with, beside those that any rule may like. */
export const likedBy = (rule: string): unknown[] => [...new Set<unknown>([true, false, 99, ['x', 'y'], ...literalsIn(table.rules[rule]?.test ?? '')])];
export const claiming = (type: CommandType, value: unknown): Record<string, unknown> => Object.fromEntries(claimable(type).map((n) => [n, value]));

/** What the edge would have answered, said by the sender, and who the sender would like to be. */
const edge: Readonly<Record<string, unknown>> = {
  facts: { keyNew: true, draw: { commitment: '0'.repeat(64), drawn: false }, holders: [], proofSeen: {}, people: {}, exhibits: {} },
  draw: { commitment: '0'.repeat(64), drawn: false },
  actor: { person: 'LDR_CHIEF-1', role: 'LDR_CHIEF', unit: 'OFFICE', memberOf: [], conflicted: false, forRole: 'HUB' },
  holders: [],
  exhibits: {},
  at: 0,
};
export const edgeClaims = (type: CommandType): Record<string, unknown> => Object.fromEntries(Object.entries(edge).filter(([n]) => !(n in payloads[type].shape)));

/** Ids of exhibits that a payload names, however deep. */
export const namedIn = (w: World, value: unknown): string[] => {
  if (typeof value === 'string') return Object.hasOwn(w.exhibits, value) ? [value] : [];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap((v) => namedIn(w, v)) : [];
};

const byUnit: Exhibit['by'] = { person: 'UO-9@U1', role: 'UO', unit: 'U1' };
/** Ways in which an exhibit is not what its id promises. */
export const spoiled = {
  'of another case': (e) => ({ ...e, caseNo: 'YC-2026-JY-0077' }),
  'of another kind': (e) => ({ ...e, kind: 'draw' }),
  'not yet on record': (e) => ({ ...e, registeredAt: e.registeredAt + 30 * day }),
  'on record under another id': (e) => ({ ...e, id: `${e.id}x` }),
  'registered by the unit itself': (e) => ({ ...e, by: byUnit }),
} as const satisfies Record<string, (e: Exhibit) => Exhibit>;
export type Spoil = keyof typeof spoiled;

/** Spoils every exhibit that the act names. @returns how many */
export const spoil = (w: World, act: Act, how: Spoil): number => {
  const ids = namedIn(w, act.payload);
  for (const id of ids) w.exhibits[id] = spoiled[how](w.exhibits[id] as Exhibit);
  return ids.length;
};
