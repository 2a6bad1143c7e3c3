import type { Amount, CaseState, Deadline, Pack, RoleId } from '../../schemas/index.ts';
import { dueOn } from '../calendar/index.ts';
import { dueIn } from '../due.ts';
import { timed } from '../machine/version.ts';
import { policyLimit } from '../policy/index.ts';
import type { Row } from '../row.ts';
import { amountsOf } from './limit.ts';
import { type Course, pausesOf, standsStill, through } from './pause.ts';

/** What every kind of deadline is made from. */
export type At = { readonly s: CaseState; readonly pack: Pack; readonly rowOf: (id: string) => Row | undefined };

export type Holder = Pick<Deadline, 'role' | 'unit' | 'person'>;
/** 整改办 and whoever decides there: by role, whoever holds it. */
export const office = (role: RoleId): Holder => ({ role, unit: null, person: null });
export const unitSide: readonly RoleId[] = ['UC', 'UO', 'UL', 'UH', 'LEAD', 'COOP'];
const sideOf = (role: RoleId): Deadline['side'] => (unitSide.includes(role) ? 'unit' : 'office');

/** Who the row asks first; a unit's people are those of the lead unit. */
export function holderOf(s: CaseState, row: Row): Holder {
  const role = row.steps[0]?.roles[0] ?? 'HUB';
  const r = s.responsibility;
  const person = { UC: r.liaison, UO: r.owner, UL: r.dutyLeader, UH: r.unitHead }[role as string] ?? null;
  return unitSide.includes(role) ? { role, unit: r.leadUnit, person } : office(role);
}

type Common = { readonly id: string; readonly row: string; readonly holder: Holder; readonly cycle: string | number; readonly since: number };

/** One whose date is known already. */
export const dated = (of: Common & { readonly due: number; readonly amount?: Amount | null; readonly anchor?: string | null; readonly original?: number | null; readonly paused?: boolean } & Partial<Pick<Course, 'countedFrom' | 'spent'>>): Deadline => ({
  id: of.id, row: of.row, ...of.holder, side: sideOf(of.holder.role), since: of.since, due: of.due, original: of.original ?? null, provisional: false, paused: of.paused ?? false,
  amount: of.amount ?? null, anchor: of.anchor ?? null, cycle: String(of.cycle), countedFrom: of.countedFrom ?? of.since, spent: of.spent ?? 0,
});

/** One that stands still while the case is suspended. */
export const still = ({ s, pack }: At, of: Parameters<typeof dated>[0]): Deadline =>
  dated({ ...of, ...through(pack.calendar, pausesOf(s), { since: of.since, due: of.due, amount: of.amount ?? null }), paused: s.stage === 'suspended' });

/** 调级 gives a colour its own limit from then on, once, and never a later one than that of the row: two hours do not run from three days ago. */
const beginning = ({ s, pack }: At, since: number, { amount, plain }: { amount: Amount; plain?: Amount | null }): { since: number; due: number } => {
  const due = dueIn(s, pack, since, amount).instant;
  const graded = (s.grade && s.time?.given?.[s.grade.colour]) ?? s.grade?.since ?? 0;
  if (!timed(s) || plain === undefined || graded <= since) return { since, due };
  const usual = plain === null ? Infinity : dueIn(s, pack, since, plain).instant;
  const fresh = dueIn(s, pack, graded, amount).instant;
  return fresh < usual ? { since: graded, due: fresh } : { since, due: usual };
};

/** One that is counted from `since` by the limit of its row; none where the row has no amount for this case. */
export const counted = (at: At, row: Row | undefined, of: Omit<Common, 'row'>): Deadline[] => {
  const found = row && amountsOf(row, at.s, at.pack.policy);
  if (!row || !found) return [];
  const one = { ...of, row: row.row, amount: found.amount, anchor: policyLimit(at.pack.policy, row).anchor, ...beginning(at, of.since, found) };
  return [standsStill(row, at.pack) ? still(at, one) : dated(one)];
};

/** The end of a civil date as `dated` takes it. */
export const endOf = ({ pack }: At, date: string): number => dueOn(pack.calendar, date).instant;

/** One running of a limit: told once in it, whatever its dates. */
export const runningOf = (d: Pick<Deadline, 'id' | 'cycle'>): string => `${d.id}~${d.cycle}`;
