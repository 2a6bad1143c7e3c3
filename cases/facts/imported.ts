import { type EdgeFacts, type Imported, type Refusal, type RoleId, isWithUnit, isWorkable, measureOwner, refusal } from '../../schemas/index.ts';
import { dateAt, dateOf, epochDay } from '../calendar/index.ts';
import { refuseTo } from '../refusing.ts';
import type { Ground } from './ground.ts';

/** What must be true in the world for an item of another ledger to be taken over: dates, and units and people of the directory. */

type Field = { field: string; value: string };
const bad = ({ field, value }: Field): Refusal => refusal('BAD-INPUT', { field: `imported.${field}`, zh: `imported.${field} ${value}`, en: `imported.${field}: ${value}` });

const earliest = '2000-01-01';
const yearsAhead = 10;
const later = (date: string): string => `${Number(date.slice(0, 4)) + yearsAhead}${date.slice(4)}`;
/** A day that the calendar has, in a span in which somebody may mean it. */
const isSane = (date: string, today: string): boolean => dateOf(epochDay(date)) === date && date >= earliest && date <= later(today);

const dated = (item: Imported): { field: string; value: string | undefined }[] => [
  ...(['foundOn', 'assignedOn', 'due'] as const).map((field) => ({ field, value: item[field] })),
  ...item.tasks.map((t, n) => ({ field: `tasks.${n}.due`, value: t.due })),
];
const given = (f: { field: string; value: string | undefined }): f is Field => f.value !== undefined;

/** What happened lies in the past and in order: found, then assigned, then due. */
const wrongDate = (item: Imported, today: string): Field | undefined => {
  const strange = dated(item).filter(given).find((d) => !isSane(d.value, today));
  if (strange) return strange;
  const past = dated(item).filter(given).find((d) => (d.field === 'foundOn' || d.field === 'assignedOn') && d.value > today);
  if (past) return past;
  const order = dated(item).slice(0, 3).filter(given);
  return order.find((d, n) => order.slice(0, n).some((before) => before.value > d.value));
};

type Named = { field: string; person: string | undefined; role?: RoleId };
const stands = (edge: EdgeFacts, unit: string, { person, role }: Named): boolean => {
  const found = person !== undefined && Object.hasOwn(edge.people, person) ? edge.people[person] : undefined;
  return person === undefined || (found !== undefined && found.units.includes(unit) && (role === undefined || found.roles.includes(role)));
};

/** People whom the directory does not have, or not in that unit and office. */
const wrongPerson = (item: Imported, edge: EdgeFacts): Field | undefined => {
  const r = item.responsibility;
  if (!r) return undefined;
  const named: Named[] = [
    { field: 'unitHead', person: r.unitHead, role: 'UH' },
    ...(['dutyLeader', 'owner', 'liaison'] as const).map((field) => ({ field, person: r[field] })),
  ];
  const wrong = named.find((n) => !stands(edge, r.leadUnit, n));
  return wrong && { field: `responsibility.${wrong.field}`, value: wrong.person ?? '' };
};

/** A measure is of the lead unit or of a supporting one, its owner a person of that unit. */
const wrongMeasure = (item: Imported, edge: EdgeFacts): Field | undefined => {
  const r = item.responsibility;
  for (const [n, t] of item.tasks.entries()) {
    const unit = t.unit ?? r?.leadUnit;
    if (r && unit !== undefined && ![r.leadUnit, ...r.coopUnits].includes(unit)) return { field: `tasks.${n}.unit`, value: unit };
    if (unit !== undefined && isWorkable(item, n) && !stands(edge, unit, { field: '', person: measureOwner(item, n) })) return { field: `tasks.${n}.owner`, value: measureOwner(item, n) ?? '' };
  }
  return undefined;
};

const leads = (edge: EdgeFacts, person: string | undefined): boolean => person !== undefined && (edge.people[person]?.roles ?? []).some((r) => r === 'LDR_DEPUTY' || r === 'LDR_CHIEF');

/** Units as an assignment (rows 3a, 11) would ask for them; whoever takes the item over is of none of them. */
const wrongUnits = (item: Imported, g: Ground): Refusal | null => {
  const r = item.responsibility;
  if (!r) return null;
  const units = [r.leadUnit, ...r.coopUnits];
  if (!units.every((u) => g.edge.units.includes(u)) || new Set(units).size < units.length) return refuseTo('NO-LEAD-UNIT', [], { zh: units.join(', '), en: units.join(', ') });
  if (units.includes(g.actor.unit) || g.actor.memberOf.some((u) => units.includes(u))) return refuseTo('OWN-UNIT');
  if (r.caseLeader !== undefined && !leads(g.edge, r.caseLeader)) return bad({ field: 'responsibility.caseLeader', value: r.caseLeader });
  return item.grade?.colour === 'red' && isWithUnit(item.stage) && r.caseLeader === undefined ? refuseTo('NO-CASE-LEADER') : null;
};

/** Why an item cannot be taken over as it is handed in; null when it can. */
export const wrongImport = (item: Imported, g: Ground): Refusal | null => {
  const wrong = wrongDate(item, dateAt(g.pack.calendar, g.at));
  if (wrong) return bad(wrong);
  const units = wrongUnits(item, g);
  if (units) return units;
  const named = wrongPerson(item, g.edge) ?? wrongMeasure(item, g.edge);
  return named ? bad(named) : null;
};
