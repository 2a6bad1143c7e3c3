import { initialTransition, transition } from 'xstate';
import type { StageId } from '../../schemas/index.ts';
import { conditions } from '../conditions.ts';
import type { Row } from '../row.ts';
import { rows } from '../table.ts';
import { type Chart, type StepEvent, buildChart, stageOf, valueOf } from './chart.ts';
import { currentVersion, firstVersion } from './version.ts';

/** A version of the machine: rows and chart. A released version is never edited; a new one is a new entry here. */
export type Machine = { readonly version: string; readonly rows: readonly Row[]; readonly byId: ReadonlyMap<string, Row>; readonly chart: Chart };

const v1: Machine = { version: firstVersion, rows, byId: new Map(rows.map((r) => [r.row, r])), chart: buildChart(firstVersion, rows) };
/** The same rows and chart; what time does in them is another (`timed`). */
const v2: Machine = { ...v1, version: currentVersion };
const versions: Readonly<Record<string, Machine>> = { [v1.version]: v1, [v2.version]: v2 };

export { currentVersion, timed } from './version.ts';
/** The machine of that version; undefined when this build lacks it (MACHINE-UNKNOWN). */
export const machineOf = (version: string): Machine | undefined => (Object.hasOwn(versions, version) ? versions[version] : undefined);
export const knownVersions = (): string[] => Object.keys(versions);

const snapshotOf = (m: Machine, stage: StageId) => m.chart.resolveState({ value: valueOf(stage), context: {} } as never);

/** What the chart answers to an event: where it leads and which verbs it names; null when it refuses. */
export const ask = (m: Machine, stage: StageId, event: StepEvent): { stage: StageId; moved: boolean; verbs: string[] } | null => {
  const before = snapshotOf(m, stage);
  if (before.status !== 'active' || !before.can(event)) return null;
  const [next, actions] = transition(m.chart, before, event);
  // A transition that only names verbs leaves the very same snapshot: the verbs are the proof that it was taken.
  if (next === before && actions.length === 0) return null;
  const target = rowTarget(m, event, stage);
  return { stage: stageOf(next.value), moved: target || stageOf(next.value) !== stage, verbs: actions.map((a) => a.type) };
};

/** A row that names its own source as target enters the stage anew: its clock starts again. */
const rowTarget = (m: Machine, event: StepEvent, stage: StageId): boolean => (m.version === firstVersion ? namesStage(m, event, stage) : takesTarget(m, event));

/** The target that is taken decides: one beside it, under another condition, may bear the name of the stage. */
const takesTarget = (m: Machine, event: StepEvent): boolean => {
  const taken = m.byId.get(event.row)?.to.find((t) => t.if === undefined || conditions[t.if](event.look));
  return event.phase === 'fire' && taken !== undefined && taken.to !== 'same';
};
/** As the first version has it: any target of the row. */
const namesStage = (m: Machine, event: StepEvent, stage: StageId): boolean =>
  event.phase === 'fire' && (m.byId.get(event.row)?.to.some((t) => t.to === stage || (t.to === 'work' && ['immediate', 'rectifying'].includes(stage))) ?? false);

export const initialStage = (m: Machine): StageId => stageOf(initialTransition(m.chart)[0].value);
export { stageIds, brokenRule } from './chart.ts';
export type { StepEvent } from './chart.ts';
