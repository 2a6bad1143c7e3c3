import { type Board, type Directory, type RoleId, sideOf } from '../schemas/index.ts';
import type { As } from './client.ts';
import type { Context } from './context.ts';
import { termsOf } from './edge.ts';
import { everyProblem } from './pages.ts';
import { notForYou, readerOf } from './reading.ts';

/**
 * 责任移交: open duties whose holder is gone (事事有人抓). Nothing is moved here: a person hands over by `changeDuty` (12b), on record;
 * this only says what is open, the same day.
 */
export type DutyKind = 'leadUnit' | 'coopUnit' | 'unitHead' | 'dutyLeader' | 'owner' | 'liaison' | 'caseLeader' | 'task';
export type OpenDuty = {
  readonly caseNo: string;
  readonly duty: DutyKind;
  readonly taskId: string | null;
  /** Whose it was: a person, or a unit that was merged away. */
  readonly holder: string;
  readonly unit: string | null;
  readonly why: 'left' | 'unknown' | 'unitGone';
  /** Last day in that unit, where the directory knows it. */
  readonly since: string | null;
  /** Who holds the role there now, or the unit that took over: a suggestion. */
  readonly suggested: readonly string[];
};

type Held = { duty: DutyKind; taskId: string | null; person: string | null; unit: string | null; roles: readonly RoleId[] };
const leaders: readonly RoleId[] = ['LDR_DEPUTY', 'LDR_CHIEF'];

function heldIn(b: Board): Held[] {
  const of = (duty: DutyKind, person: string | null, roles: readonly RoleId[], unit = b.leadUnit): Held => ({ duty, taskId: null, person, unit, roles });
  const open = b.tasks.filter((t) => !['taskClosed', 'waived'].includes(t.state));
  return [
    of('unitHead', b.unitHead, ['UH']),
    of('dutyLeader', b.dutyLeader, ['UL']),
    of('owner', b.owner, ['UO']),
    of('liaison', b.liaison, ['UC']),
    { ...of('caseLeader', b.caseLeader, leaders), unit: null },
    ...open.map((t): Held => ({ duty: 'task', taskId: t.taskId, person: t.owner, unit: t.unit, roles: ['UO', 'COOP'] })),
  ];
}

const isGone = (directory: Directory, unit: string, today: string): boolean => {
  const found = directory.units.find((u) => u.id === unit);
  return !found || (found.until !== undefined && found.until < today);
};

function personDuty(b: Board, held: Held, directory: Directory, today: string): OpenDuty[] {
  const { person: id, unit, roles } = held;
  if (id === null) return [];
  const person = directory.people.find((p) => p.id === id);
  const here = (u: string): boolean => (unit === null ? true : u === unit);
  const serves = person ? termsOf(person, today).some((t) => here(t.unit) && (unit !== null || roles.includes(t.role))) : false;
  if (serves) return [];
  const last = person?.terms.filter((t) => here(t.unit) && t.to !== undefined && t.to < today).map((t) => t.to ?? '').toSorted().at(-1);
  const suggested = directory.people.filter((p) => p.id !== id && termsOf(p, today).some((t) => here(t.unit) && roles.includes(t.role))).map((p) => p.id);
  return [{ caseNo: b.caseNo, duty: held.duty, taskId: held.taskId, holder: id, unit, why: person ? 'left' : 'unknown', since: last ?? null, suggested }];
}

function unitDuty(b: Board, duty: 'leadUnit' | 'coopUnit', unit: string, directory: Directory, today: string): OpenDuty[] {
  if (!isGone(directory, unit, today)) return [];
  const found = directory.units.find((u) => u.id === unit);
  return [{ caseNo: b.caseNo, duty, taskId: null, holder: unit, unit, why: 'unitGone', since: found?.until ?? null, suggested: found?.mergedInto === undefined ? [] : [found.mergedInto] }];
}

/** Duties of one open case whose holder is gone by `today`; none of a case that has ended. */
export function openDuties(b: Board, directory: Directory, today: string): OpenDuty[] {
  if (b.kind !== 'open') return [];
  const units = [...(b.leadUnit === null ? [] : unitDuty(b, 'leadUnit', b.leadUnit, directory, today)), ...b.coopUnits.flatMap((u) => unitDuty(b, 'coopUnit', u, directory, today))];
  return [...units, ...heldIn(b).flatMap((held) => personDuty(b, held, directory, today))];
}

/** Over all open cases, by case number. @throws NOT-FOR-YOU */
export async function handovers(ctx: Context, as: As): Promise<OpenDuty[]> {
  const reading = await readerOf(ctx, '', 'handovers', as);
  if (sideOf(reading.actor.role) !== 'office') return notForYou(ctx, reading);
  const { directory, today } = reading.moment;
  const all: OpenDuty[] = [];
  for await (const board of everyProblem((query) => ctx.ledger.problems(query), { kind: 'open' })) all.push(...openDuties(board, directory, today));
  return all;
}
