import type { Board, CaseState, Deadline, Pack } from '../../schemas/index.ts';
import { machineOf } from '../machine/index.ts';
import type { Row } from '../row.ts';
import { type At, runningOf, unitSide } from './basis.ts';
import { acts, afterDue, approvals, calls, verification } from './of-office.ts';
import { heldStage, stage } from './of-stage.ts';
import { isProvisional } from './provisional.ts';
import { asleepTasks, duties, nodes, tasks, total } from './of-unit.ts';

const atOf = (s: CaseState, pack: Pack): At | null => {
  const m = machineOf(s.machine);
  return m && s.halted === null && s.stage !== 'uncaptured' ? { s, pack, rowOf: (id: string): Row | undefined => m.byId.get(id) } : null;
};

/** Every limit in force now, the earliest first: a function of the state, so that no transition can lose or forget one. */
export function deadlinesOf(s: CaseState, pack: Pack): Deadline[] {
  const at = atOf(s, pack);
  if (!at) return [];
  const all = [total, stage, tasks, nodes, duties, verification, acts, afterDue, approvals, calls].flatMap((of) => of(at));
  return all.map((d) => asPassed(s, d)).map((d) => ({ ...d, provisional: isProvisional(pack.calendar, d) })).toSorted((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1));
}

/** Not in force now, and not over: the stage that a suspension holds, tasks while a plan is drawn up. */
export const asleepIn = (s: CaseState, pack: Pack): Deadline[] => {
  const at = atOf(s, pack);
  return at ? [...heldStage(at), ...asleepTasks(at)] : [];
};
/** The limit of the stage that a suspension holds, which goes on when the case is resumed. */
export const heldOf = (s: CaseState, pack: Pack): Deadline[] => {
  const at = atOf(s, pack);
  return at ? heldStage(at) : [];
};

/** What had passed when another calendar or policy was adopted is not counted anew. */
const asPassed = (s: CaseState, d: Deadline): Deadline => {
  const due = s.time?.passed?.[runningOf(d)];
  return due === undefined ? d : { ...d, due };
};

/** What a unit may know of limits, now or in the past: its own, and nothing of what goes on behind 核验中. */
export const isOfUnit = (unit: string, d: Pick<Deadline, 'id' | 'role' | 'unit'>): boolean => d.unit === unit && (d.id !== 'stage' || unitSide.includes(d.role));
export const seenByUnit = (unit: string, board: Pick<Board, 'leadUnit' | 'deadlines'>): Deadline[] => board.deadlines.filter((d) => isOfUnit(unit, d));
