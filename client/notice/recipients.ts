import { type Seat, superiorOf } from '../../cases/index.ts';
import { type Directory, type Effect, RoleId, type Term, sideOf } from '../../schemas/index.ts';
import type { Gap } from '../../schemas/notice.ts';
import { isConflicted, personOf, termsOf } from '../edge.ts';

/**
 * 送达: who is told of an effect, by the directory of the moment of delivery. Pure: `today` is a civil date, `units` are those of the
 * case, about which somebody may have to stay out (回避).
 */
export type Around = { readonly directory: Directory; readonly today: string; readonly units: readonly string[] };
export type Recipient = Seat & { readonly person: string; readonly line?: 'superior'; readonly onBehalfOf?: string };
export type Told = { readonly people: readonly Recipient[]; readonly missing: readonly Gap[]; /** 评价人 is to be told, who is in no directory. */ readonly rater: boolean };
type Addressee = Effect['to'][number];
type Place = Seat & { readonly line?: 'superior' };

/** A unit that was merged away lives on in the one that took over; null where nothing did. */
export const livingUnit = ({ directory, today }: Pick<Around, 'directory' | 'today'>, id: string, seen: readonly string[] = []): string | null => {
  const unit = directory.units.find((u) => u.id === id);
  if (unit?.until === undefined || unit.until >= today) return id;
  return unit.mergedInto === undefined || seen.includes(id) ? null : livingUnit({ directory, today }, unit.mergedInto, [...seen, id]);
};

/** A person who serves now, with the terms that count for this place. */
type Serving = { readonly person: string; readonly terms: readonly Term[] };
const withTerms = ({ directory, today }: Around, fits: (t: Term) => boolean): Serving[] =>
  directory.people.flatMap((p) => {
    const terms = termsOf(p, today).filter(fits);
    return terms.length === 0 ? [] : [{ person: p.id, terms }];
  });

const isUnitRole = (role: RoleId): boolean => ['unit', 'coop'].includes(sideOf(role));

/** All who hold the role; of a unit's role those of that unit, and nobody where the unit is not known: others are not to be told. */
const holders = (a: Around, { role, unit }: Seat): Serving[] => {
  const living = unit === null ? null : livingUnit(a, unit);
  if (living === null && (unit !== null || isUnitRole(role))) return [];
  return withTerms(a, (t) => t.role === role && (living === null || t.unit === living));
};

/** Who is named and still in office there: in that unit, in whatever role; of the office, in that role. */
const named = (a: Around, { role, unit, person }: Addressee): Serving[] => {
  const here = unit === null ? [] : [unit, livingUnit(a, unit)];
  return withTerms(a, (t) => (unit === null ? t.role === role : here.includes(t.unit))).filter((s) => s.person === person);
};

/** 受托人 beside the principal: for the very terms for which the principal is told. */
const delegates = ({ directory, today }: Around, { person, terms }: Serving): { person: string; onBehalfOf: string }[] =>
  directory.delegations
    .filter((d) => d.from === person && d.since <= today && today <= d.until && terms.some((t) => t.role === d.role && t.unit === d.unit))
    .filter((d) => personOf(directory, d.to) !== undefined)
    .map((d) => ({ person: d.to, onBehalfOf: person }));

const staysOut = (a: Around, role: RoleId, person: string): boolean => !isUnitRole(role) && isConflicted(a.directory, [person], a.units);

/** The people of one place; where it is empty those of the next one up, and every empty one on the way is reported. */
function climb(a: Around, place: Place, found: readonly Serving[] = holders(a, place)): { people: Recipient[]; missing: Gap[] } {
  const all = found.flatMap((s) => [{ person: s.person }, ...delegates(a, s)]);
  const people = all.filter((p) => !staysOut(a, place.role, p.person)).map((p): Recipient => ({ ...place, ...p }));
  if (people.length > 0) return { people, missing: [] };
  const gap: Gap = { ...place, why: found.length === 0 ? 'vacant' : 'recused' };
  const superior = superiorOf(place);
  if (superior === undefined) return { people: [], missing: [gap] };
  const further = climb(a, { ...superior, line: 'superior' });
  return { people: further.people, missing: [gap, ...further.missing] };
}

/** `LDR` of the table is whichever leader is in charge: 分管领导, and above that the line. */
const roleOf = (role: string): RoleId => RoleId.parse(role === 'LDR' ? 'LDR_DEPUTY' : role);
/** 评价人 stands outside. */
const isOutside = (role: string): boolean => role === 'rater' || role === 'CITIZEN';

function toldAt(a: Around, t: Addressee): { people: Recipient[]; missing: Gap[] } {
  if (isOutside(t.role)) return { people: [], missing: [] };
  const role = roleOf(t.role);
  const place: Place = { role, unit: t.unit, ...(t.line === undefined ? {} : { line: t.line }) };
  const one = t.person === undefined ? [] : named(a, { ...t, role }).filter((s) => !staysOut(a, role, s.person));
  return one.length > 0 ? climb(a, place, one) : climb(a, place);
}

/** Its own before what lies above, and both before what is another's: of several reasons the highest is given. */
const reason = (r: Recipient): number => (r.onBehalfOf !== undefined ? 2 : r.line !== undefined ? 1 : 0);

/** Everybody once, and every gap once. @throws for a role that there is not: the effect then stays pending, which shows */
export function recipientsOf(a: Around, to: Effect['to']): Told {
  const all = to.map((t) => toldAt(a, t));
  const byReason = all.flatMap((x) => x.people).toSorted((x, y) => reason(x) - reason(y));
  const gaps = all.flatMap((x) => x.missing);
  return {
    people: byReason.filter((p, n) => byReason.findIndex((o) => o.person === p.person) === n),
    missing: gaps.filter((g, n) => gaps.findIndex((o) => o.role === g.role && o.unit === g.unit) === n),
    rater: to.some((t) => isOutside(t.role)),
  };
}
