import { type Actor, type CaseState, type EdgeFacts, type Exhibit, type ExhibitKind, type Pack, type RoleId, sideOf } from '../../schemas/index.ts';
import type { Row } from '../row.ts';
import { did } from './case.ts';

/** Everything a fact may be computed from. */
export type Ground = {
  readonly state: CaseState;
  readonly row: Row;
  /** Who made the act: the proposer, when an approver re-checks it. */
  readonly actor: Actor;
  /** Everybody who takes part: proposer, approvers so far, and the one approving now. */
  readonly actors: readonly Actor[];
  /** Roles that take part when the chain is complete, in order. */
  readonly chain: readonly (readonly RoleId[])[];
  /** The instant of the first actor: in time is judged by it. */
  readonly at: number;
  readonly pack: Pack;
  readonly edge: EdgeFacts;
};

/** The exhibit of that id, if it is on record for this case and of that kind; nothing else counts. */
export const exhibit = (g: Ground, id: string | undefined, ...kinds: ExhibitKind[]): Exhibit | undefined => {
  const found = id === undefined ? undefined : g.edge.exhibits[id];
  return found && found.id === id && found.caseNo === g.state.caseNo && kinds.includes(found.kind) && found.registeredAt <= g.at ? found : undefined;
};
/** Nobody of a unit on the side of the case put it on record, nor somebody who worked for one before. */
export const outsider = (g: Ground, e: Exhibit): boolean => !unitsOf(g.state).includes(e.by.unit) && !did(g.state, e.by, 'unit');
/** One that the office put on record, nobody of a unit on the side of the case: what a unit says of itself proves nothing here. */
export const official = (g: Ground, id: string | undefined, ...kinds: ExhibitKind[]): Exhibit | undefined => {
  const found = exhibit(g, id, ...kinds);
  return found && sideOf(found.by.role) === 'office' && outsider(g, found) ? found : undefined;
};
/** A call of the office in which a rater of this case answered. */
export const spokenCall = (g: Ground, id: string | undefined): Exhibit | undefined => {
  const call = official(g, id, 'call');
  return call?.data.answered === true && g.state.raters.some((r) => r.raterId === call.data.raterId && !r.withdrawn) ? call : undefined;
};
export const exhibits = (g: Ground, ids: readonly string[], ...kinds: ExhibitKind[]): Exhibit[] => {
  const found = [...new Set(ids)].map((id) => exhibit(g, id, ...kinds));
  return found.every((e) => e !== undefined) ? (found as Exhibit[]) : [];
};

/** When it was made, by the word that can only make it older: the device's claim never makes an exhibit newer. */
export const madeAt = (e: Exhibit): number => Math.min(e.registeredAt, e.takenAt ?? e.registeredAt);

/** Units that stand on the side of the case: rated, lead and supporting. */
export const unitsOf = (state: CaseState): string[] =>
  [state.matter.ratedUnit, state.responsibility.leadUnit, ...state.responsibility.coops.map((c) => c.unit)].filter((u): u is string => u !== null);

export const holdsRole = (g: Ground, person: string | undefined, ...roles: RoleId[]): boolean =>
  person !== undefined && (g.edge.people[person]?.roles ?? []).some((r) => roles.includes(r));
export const memberOf = (g: Ground, person: string, unit: string | null): boolean => unit !== null && (g.edge.people[person]?.units ?? []).includes(unit);

/** Characters of Chinese text plus words of other text: the measure of a reason. */
export const wordsIn = (text: string): number => {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han + (text.replace(/\p{Script=Han}/gu, ' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0);
};
