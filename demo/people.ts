/** Who acts in the stories, by role; ids are those of the directory. */
import type { As } from '../client/client.ts';

const as = (id: string, role?: As['role']): As => ({ as: id, ...(role ? { role } : {}) });

export const intake = as('intake-1');
export const verifier = as('verifier-1');
export const verifier2 = as('verifier-2');
/** Checks tasks; sup2 reviews: the same person may not do both in one case. */
export const sup1 = as('sup-1');
export const sup2 = as('sup-2');
export const sup3 = as('sup-3');
export const hub = as('hub-1');
export const hub2 = as('hub-2');
export const deputy = as('ldr-1');
export const deputy2 = as('ldr-2');
export const chief = as('chief');
export const upper = as('upper');
export const il = as('il-1');
export const il2 = as('il-2');
export const ins = (n: number): As => as(`ins-${n}`);
export const panel = (n: number): As => as(`panel-${n}`);
export const arch = as('arch');
export const aud = as('aud');
/** 兼任者: a leader of 住建局 who is also a deputy of the office. */
export const both: As = { as: 'both-1', role: 'HUB', unit: 'ZGB' };
/** Came from 教育局 some weeks ago. */
export const moved: As = { as: 'moved-1', role: 'SUP', unit: 'ZGB' };
/** 受托人: acts for hub-1 by a dated written authorisation. */
export const delegate: As = { as: 'delegate-1', role: 'HUB', unit: 'ZGB', onBehalfOf: 'hub-1' };

/** The people of one unit. */
export const of = (unit: string) => ({
  unit,
  uc: as(`${unit}-uc`),
  uo: as(`${unit}-uo`),
  ul: as(`${unit}-ul`, 'UL'),
  /** The same leader, acting as a responsible person. */
  ulAsUo: as(`${unit}-ul`, 'UO'),
  uh: as(`${unit}-uh`),
  lead: as(`${unit}-lead`),
  coop: as(`${unit}-coop`),
});
export type UnitPeople = ReturnType<typeof of>;
