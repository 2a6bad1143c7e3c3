import type { Amount, CaseState, Deadline, Pack, RoleId } from '../../schemas/index.ts';
import { dueOn } from '../calendar/index.ts';
import { dueIn } from '../due.ts';
import { policyLimit } from '../policy/index.ts';
import type { Row } from '../row.ts';
import { amountOf } from './limit.ts';

/** What every kind of deadline is made from. */
export type At = { readonly s: CaseState; readonly pack: Pack; readonly rowOf: (id: string) => Row | undefined };

export type Holder = Pick<Deadline, 'role' | 'unit' | 'person'>;
export const unitSide: readonly RoleId[] = ['UC', 'UO', 'UL', 'UH', 'LEAD', 'COOP'];
const sideOf = (role: RoleId): Deadline['side'] => (unitSide.includes(role) ? 'unit' : 'office');

/** Who the row asks first; a unit's people are those of the lead unit. */
export function holderOf(s: CaseState, row: Row): Holder {
  const role = row.steps[0]?.roles[0] ?? 'HUB';
  const r = s.responsibility;
  const person = { UC: r.liaison, UO: r.owner, UL: r.dutyLeader, UH: r.unitHead }[role as string] ?? null;
  return unitSide.includes(role) ? { role, unit: r.leadUnit, person } : { role, unit: null, person: null };
}

type Common = { readonly id: string; readonly row: string; readonly holder: Holder; readonly cycle: string | number; readonly since: number };

/** One whose date is known already. */
export const dated = (of: Common & { readonly due: number; readonly amount?: Amount | null; readonly anchor?: string | null; readonly original?: number | null; readonly provisional?: boolean; readonly paused?: boolean; readonly spent?: number; readonly countedFrom?: number }): Deadline => ({
  id: of.id, row: of.row, ...of.holder, side: sideOf(of.holder.role), since: of.since, due: of.due, original: of.original ?? null, provisional: of.provisional ?? false, paused: of.paused ?? false,
  amount: of.amount ?? null, anchor: of.anchor ?? null, cycle: String(of.cycle), countedFrom: of.countedFrom ?? of.since, spent: of.spent ?? 0,
});

/** One that is counted from `since` by the limit of its row; none where the row has no amount for this case. */
export const counted = ({ s, pack }: At, row: Row | undefined, of: Omit<Common, 'row'>): Deadline[] => {
  const amount = row && amountOf(row, s, pack.policy);
  if (!row || !amount) return [];
  const { instant, provisional } = dueIn(s, pack, of.since, amount);
  const { anchor, pause } = policyLimit(pack.policy, row);
  return [dated({ ...of, row: row.row, due: instant, amount, anchor, provisional, paused: s.stage === 'suspended' && pause === 'suspension' })];
};

/** The end of a civil date as `dated` takes it. */
export const until = ({ pack }: At, date: string): { due: number; provisional: boolean } => {
  const { instant, provisional } = dueOn(pack.calendar, date);
  return { due: instant, provisional };
};

/** One running of a limit: told once in it, whatever its dates. */
export const runningOf = (d: Pick<Deadline, 'id' | 'cycle'>): string => `${d.id}~${d.cycle}`;
