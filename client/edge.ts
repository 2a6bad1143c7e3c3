import { peopleOf } from '../cases/index.ts';
import { type Actor, type CaseState, type Directory, type Person, type RoleId, type Term, caseError } from '../schemas/index.ts';
import type { As } from './client.ts';

/**
 * The edge resolves who acts (操作人) from the directory of that moment; nothing a caller says about itself is believed but its name.
 * Pure: `today` is a civil date, handed in.
 */

/** Years for which a unit that somebody left still counts as theirs (冷却期). */
const coolingYears = 3;
const cooledOff = (today: string): string => `${String(Number(today.slice(0, 4)) - coolingYears).padStart(4, '0')}${today.slice(4)}`;

const inForce = (t: Pick<Term, 'from' | 'to'>, today: string): boolean => t.from <= today && (t.to === undefined || today <= t.to);
export const personOf = (directory: Directory, id: string): Person | undefined => directory.people.find((p) => p.id === id);
export const termsOf = (person: Person, today: string): Term[] => person.terms.filter((t) => inForce(t, today));

/** Units of present terms, and of those that ended within the cooling-off time: nobody judges the unit just left. */
export const unitsAround = (person: Person, today: string): string[] =>
  [...new Set(person.terms.filter((t) => t.from <= today && (t.to === undefined || t.to >= cooledOff(today))).map((t) => t.unit))].sort();

/** Units about which this person declared a conflict (回避). */
export const conflictUnits = (directory: Directory, person: string): string[] => directory.conflicts.filter((c) => c.person === person).map((c) => c.unit);

const unknown = (zh: string, en: string) => caseError('UNKNOWN-PERSON', { zh, en });

/**
 * Role and unit in which the person acts today. A role may be left out by who holds exactly one; a delegate names the principal and
 * needs a delegation in force. `conflicted` is left false: it depends on the case (`facts.ts`).
 * @throws UNKNOWN-PERSON; BAD-INPUT when several roles or units fit
 */
export function resolveActor(directory: Directory, as: As, today: string): Actor {
  const person = personOf(directory, as.as);
  if (!person) throw unknown(as.as, as.as);
  if (as.onBehalfOf !== undefined) return delegate(directory, person, as, as.onBehalfOf, today);
  const term = theOne(termsOf(person, today), as, person.id);
  return actorOf(as, person.id, term, unitsAround(person, today));
}

function delegate(directory: Directory, person: Person, as: As, principalId: string, today: string): Actor {
  const principal = personOf(directory, principalId);
  if (!principal) throw unknown(principalId, principalId);
  const held = termsOf(principal, today);
  const given = directory.delegations
    .filter((d) => d.from === principalId && d.to === person.id && inForce({ from: d.since, to: d.until }, today))
    .filter((d) => held.some((t) => t.role === d.role && t.unit === d.unit));
  const d = theOne(given, as, `${person.id} ← ${principalId}`);
  const around = [...new Set([...unitsAround(person, today), ...unitsAround(principal, today)])].sort();
  return { ...actorOf(as, person.id, d, around), onBehalfOf: { person: principalId, document: d.document } };
}

/** Exactly one that fits role and unit, where they are given. */
function theOne<T extends { role: RoleId; unit: string }>(all: readonly T[], as: Pick<As, 'role' | 'unit'>, who: string): T {
  const fit = all.filter((t) => (as.role === undefined || t.role === as.role) && (as.unit === undefined || t.unit === as.unit));
  const [first, ...more] = fit;
  if (!first) throw unknown(`${who} ${as.role ?? ''}`.trim(), `${who} ${as.role ?? ''} ${as.unit ?? ''}`.trim());
  const other = more.find((t) => t.role !== first.role || t.unit !== first.unit);
  if (!other) return first;
  const field = other.role !== first.role ? 'role' : 'unit';
  const choices = [...new Set(fit.map((t) => t[field]))].join(', ');
  throw caseError('BAD-INPUT', { field, zh: `${who} 任多个职务, 须指明 ${field}: ${choices}`, en: `${who} holds several, say which ${field}: ${choices}` });
}

const actorOf = (as: As, person: string, term: { role: RoleId; unit: string }, memberOf: string[]): Actor => ({
  person,
  role: term.role,
  unit: term.unit,
  memberOf: memberOf.slice(0, 50),
  ...(as.forRole === undefined ? {} : { forRole: as.forRole }),
  conflicted: false,
});

/** Present holders of a role, for RECUSAL-UP: with the units around them, and whether they are in conflict with these units. */
export const holdersOf = (directory: Directory, role: RoleId, today: string, caseUnits: readonly string[]): { person: string; memberOf: string[]; conflicted: boolean }[] =>
  directory.people
    .filter((p) => termsOf(p, today).some((t) => t.role === role))
    .map((p) => ({ person: p.id, memberOf: unitsAround(p, today), conflicted: isConflicted(directory, [p.id], caseUnits) }));

export const isConflicted = (directory: Directory, people: readonly string[], caseUnits: readonly string[]): boolean =>
  people.some((p) => conflictUnits(directory, p).some((u) => caseUnits.includes(u)));

/** Units on the side of a case. */
export const unitsIn = (s: CaseState): string[] => [s.matter.ratedUnit, s.responsibility.leadUnit, ...s.responsibility.coops.map((c) => c.unit)].filter((u) => u !== null);
/** The actor, with `conflicted` as the directory has it for these units. */
export const withConflict = (directory: Directory, actor: Actor, caseUnits: readonly string[]): Actor => ({ ...actor, conflicted: isConflicted(directory, peopleOf(actor), caseUnits) });

/** Does the directory know of any conflict of these people at all? Without one the case's units need not be asked for. */
export const hasConflicts = (directory: Directory, people: readonly string[]): boolean => directory.conflicts.some((c) => people.includes(c.person));
