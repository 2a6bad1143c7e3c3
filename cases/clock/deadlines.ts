import type { Board, CaseState, Deadline, Pack } from '../../schemas/index.ts';
import { machineOf } from '../machine/index.ts';
import type { Row } from '../row.ts';
import { runningOf, unitSide } from './basis.ts';
import { acts, approvals, calls, verification } from './of-office.ts';
import { stage } from './of-stage.ts';
import { duties, nodes, tasks, total } from './of-unit.ts';

/** Every limit in force now, the earliest first: a function of the state, so that no transition can lose or forget one. */
export function deadlinesOf(s: CaseState, pack: Pack): Deadline[] {
  const m = machineOf(s.machine);
  if (!m || s.halted !== null || s.stage === 'uncaptured') return [];
  const rowOf = (id: string): Row | undefined => m.byId.get(id);
  const at = { s, pack, rowOf };
  return [total, stage, tasks, nodes, duties, verification, acts, approvals, calls].flatMap((of) => of(at)).map((d) => asPassed(s, d)).toSorted((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1));
}

/** What had passed when another calendar or policy was adopted is not counted anew. */
const asPassed = (s: CaseState, d: Deadline): Deadline => {
  const due = s.time?.passed?.[runningOf(d)];
  return due === undefined ? d : { ...d, due };
};

/** What a unit may know of limits, now or in the past: its own, and nothing of what goes on behind 核验中. */
export const isOfUnit = (unit: string, d: Pick<Deadline, 'id' | 'role' | 'unit'>): boolean => d.unit === unit && (d.id !== 'stage' || unitSide.includes(d.role));
export const seenByUnit = (unit: string, board: Pick<Board, 'leadUnit' | 'deadlines'>): Deadline[] => board.deadlines.filter((d) => isOfUnit(unit, d));
