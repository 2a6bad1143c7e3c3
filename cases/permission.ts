import { type Actor, type CaseState, type RoleId, sideOf } from '../schemas/index.ts';
import { kindOf } from './facts/case.ts';
import { unitsOf } from './facts/ground.ts';
import type { Row } from './row.ts';

/**
 * Permission (权限): one pure table, asked by the chart's door, by lists and by readers. Who may do a row is the table's actor
 * expression; this file says for which case, and what each role may read (domain 6.8).
 */

export const levels: readonly RoleId[] = ['HUB', 'LDR_DEPUTY', 'LDR_CHIEF', 'UPPER'];

/** The role holds the step itself, or decides for the level directly below, all of whose holders recuse. */
export const mayAct = (roles: readonly RoleId[], actor: Pick<Actor, 'role' | 'forRole'>): boolean => {
  if (actor.forRole === undefined || actor.forRole === actor.role) return roles.includes(actor.role);
  return levels.includes(actor.forRole) && levels.indexOf(actor.role) === levels.indexOf(actor.forRole) + 1 && roles.some((r) => r === actor.forRole || r === actor.role);
};

/** Unit people act for their own case only: lead unit, supporting unit by its clerk, rated unit for an appeal (WRONG-UNIT). */
export const wrongUnit = (state: CaseState, row: Row, actor: Pick<Actor, 'role' | 'unit'>): boolean => {
  const side = sideOf(actor.role);
  if (side !== 'unit' && side !== 'coop') return false;
  if (row.guards.some((g) => g.rule === 'NOT-A-COOP')) return false;
  if (row.part === 'appeal') return !unitsOf(state).includes(actor.unit);
  if (side === 'coop') return !state.responsibility.coops.some((c) => c.unit === actor.unit);
  return actor.unit !== state.responsibility.leadUnit;
};

export type Matter = 'problem' | 'contact' | 'report' | 'covert' | 'inspectors' | 'callbacks';
export type Reading = 'yes' | 'masked' | 'no';
type Reader = Pick<Actor, 'person' | 'role' | 'unit'>;

const archivedOrClosed = (state: CaseState): boolean => ['closed', 'archived', 'retired'].includes(state.stage);
const onTeam = (state: CaseState, who: Reader): boolean => (state.visit?.team ?? []).includes(who.person) || state.duties.some((d) => d.duty === 'team' && d.person === who.person);
const ownCase = (state: CaseState, who: Reader): boolean =>
  state.responsibility.leadUnit === who.unit || state.responsibility.coops.some((c) => c.unit === who.unit) || (state.matter.ratedUnit === who.unit && state.clocks.assignedAt !== null);

const office: readonly RoleId[] = ['SUP', 'HUB', 'LDR_DEPUTY', 'LDR_CHIEF', 'UPPER', 'REVIEW', 'PANEL'];
const desk: readonly RoleId[] = ['VERIFIER', 'INTAKE'];

/** Who reads what raters answered, of any case. */
export const readsCallbacks = (role: RoleId): boolean => office.includes(role) || role === 'VERIFIER' || role === 'AUD';

/** A covert operation is planned or under way: a visit awaited, a look-back, a spot check. */
const operating = (s: CaseState): boolean => s.stage.startsWith('reinspection') || s.stage === 'lookback' || s.spotCheck.state === 'active';

const table: Record<Matter, (state: CaseState, who: Reader) => Reading> = {
  problem: (s, w) => {
    if (['unit', 'coop'].includes(sideOf(w.role))) return ownCase(s, w) ? 'yes' : 'no';
    if (w.role === 'ARCH') return archivedOrClosed(s) ? 'yes' : 'no';
    return w.role === 'CITIZEN' ? 'no' : 'yes';
  },
  contact: (s, w) => {
    if (desk.includes(w.role)) return 'yes';
    // One named handler of a unit that has the case, while it is open.
    if (s.disclosed?.handler === w.person && kindOf(s.stage) === 'open' && ownCase(s, w)) return 'yes';
    if (office.includes(w.role) || w.role === 'AUD') return 'masked';
    return (w.role === 'IL' || w.role === 'INS') && onTeam(s, w) ? 'masked' : 'no';
  },
  report: () => 'no',
  covert: (s, w) => {
    if (['HUB', 'SUP'].includes(w.role)) return 'yes';
    if (w.role === 'IL' || onTeam(s, w)) return 'yes';
    return w.role === 'AUD' && s.visit === null && !operating(s) ? 'yes' : w.role === 'ARCH' && archivedOrClosed(s) ? 'yes' : 'no';
  },
  inspectors: (s, w) => (office.includes(w.role) || w.role === 'AUD' || onTeam(s, w) ? 'yes' : 'no'),
  callbacks: (s, w) => (readsCallbacks(w.role) || (w.role === 'ARCH' && archivedOrClosed(s)) ? 'yes' : 'no'),
};

/** What a reader may see of a case. The unit never learns who complained unless that person agreed on record (row 51). */
export const mayRead = (state: CaseState, who: Reader, what: Matter): Reading => table[what](state, who);
