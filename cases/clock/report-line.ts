import type { RoleId } from '../../schemas/index.ts';

/**
 * 责任链: who stands above whom, one level at a time. The one definition: marks name a superior by it, and delivery goes further up by it
 * where nobody holds the role. Up to here the line stays within the unit; above its head stands the office.
 */
const above: Readonly<Partial<Record<RoleId, RoleId>>> = {
  UC: 'UL', UO: 'UL', LEAD: 'UL', UL: 'UH', COOP: 'UH', UH: 'LDR_DEPUTY',
  INTAKE: 'HUB', VERIFIER: 'HUB', SUP: 'HUB', IL: 'HUB', INS: 'HUB', PANEL: 'HUB', REVIEW: 'HUB', ARCH: 'HUB', HUB: 'LDR_DEPUTY', LDR_DEPUTY: 'LDR_CHIEF', LDR_CHIEF: 'UPPER',
};
const ofUnit: readonly RoleId[] = ['UL', 'UH'];

export type Seat = { readonly role: RoleId; readonly unit: string | null };

/** Undefined above 上一级机关, and for whom nobody answers. */
export const superiorOf = ({ role, unit }: Seat): Seat | undefined => {
  const superior = above[role];
  return superior === undefined ? undefined : { role: superior, unit: ofUnit.includes(superior) ? unit : null };
};
