import { setup } from 'xstate';
import { type CaseState, type StageId, stages } from '../../schemas/index.ts';
import { type ConditionId, conditions } from '../conditions.ts';
import type { Look } from '../look.ts';
import type { Row } from '../row.ts';
import { holds } from '../rules.ts';

/**
 * The statechart of one case, built from the rows of a table: a stage (环节) for each state, a guarded transition for each row and
 * source. A row that needs a second person has two transitions: `propose` moves nothing, `fire` goes where the row goes. It invokes
 * nothing, spawns nothing, knows no delay and no wildcard; its one final state is `retired`. Its actions are verbs: `step.ts` carries
 * them out in the order in which the chart names them.
 */
export type StepEvent = {
  readonly type: string;
  readonly row: string;
  readonly phase: 'fire' | 'propose';
  readonly look: Look;
  /** Where `remembered` leads, and whether a ratification is being returned. */
  readonly remembered: StageId | null;
  readonly ratify: 'HUB' | 'LDR' | null;
};

type Params = { row: Row; if?: ConditionId; only?: StageId };

/** First guard of the row that does not hold; null when all hold. */
export const brokenRule = (row: Row, look: Look): Row['guards'][number]['rule'] | null =>
  row.guards.find((g) => (g.when === undefined || conditions[g.when](look)) && !holds(g.rule, look))?.rule ?? null;

const built = setup({
  types: { events: {} as StepEvent, context: {} },
  guards: {
    fires: ({ event }, p: Params) =>
      event.phase === 'fire' &&
      event.row === p.row.row &&
      brokenRule(p.row, event.look) === null &&
      (p.if === undefined || conditions[p.if](event.look)) &&
      (p.only === undefined || event.remembered === p.only),
    proposes: ({ event }, p: Params) => event.phase === 'propose' && event.row === p.row.row && brokenRule(p.row, event.look) === null,
    ratificationReturned: ({ event }, p: Params) => event.phase === 'fire' && event.row === p.row.row && event.ratify === 'HUB' && brokenRule(p.row, event.look) === null,
  },
});

type Target = { if?: ConditionId; only?: StageId; to?: StageId };
const remembered: Partial<Record<StageId, readonly StageId[]>> = { suspended: ['immediate', 'planDrafting', 'rectifying'], lookback: ['closed', 'explained'] };

const targetsOf = (row: Row, from: StageId): Target[] =>
  row.to.flatMap((t): Target[] => {
    const when = t.if === undefined ? {} : { if: t.if };
    if (t.to === 'same') return [when];
    if (t.to === 'remembered') return (remembered[from] ?? []).map((only) => ({ only, to: only }));
    if (t.to !== 'work') return [{ ...when, to: t.to }];
    return t.if === undefined ? [{ if: 'immediateTrack', to: 'immediate' }, { to: 'rectifying' }] : [{ ...when, to: 'rectifying' }];
  });

const idOf = (stage: StageId): string => `#case.${stage}`;
const transitionsOf = (row: Row, from: StageId) => {
  const meta = { row: row.row };
  // A transition with neither target nor action would not count as one: what has no verb is noted.
  const actions = (row.do.length > 0 ? row.do : ['note']).map((type) => ({ type }));
  const fire = targetsOf(row, from).map((t) => ({
    guard: { type: 'fires' as const, params: { row, ...(t.if ? { if: t.if } : {}), ...(t.only ? { only: t.only } : {}) } },
    ...(t.to ? { target: idOf(t.to), reenter: true } : {}),
    actions,
    meta,
  }));
  const needsSecond = row.steps.length > 1;
  const propose = { guard: { type: 'proposes' as const, params: { row } }, actions: [{ type: 'propose' }], meta };
  const undo = { guard: { type: 'ratificationReturned' as const, params: { row } }, target: idOf('verifying'), actions, meta };
  return [...(row.row === 'P2' && from === 'transferredOut' ? [undo] : []), ...fire, ...(needsSecond ? [propose] : [])];
};

const onOf = (rows: readonly Row[], stage: StageId) => {
  const mine = rows.filter((r) => r.from.includes(stage));
  return Object.fromEntries([...new Set(mine.map((r) => r.command))].map((command) => [command, mine.filter((r) => r.command === command).flatMap((r) => transitionsOf(r, stage))]));
};

export const stageIds: readonly StageId[] = ['uncaptured', ...(Object.keys(stages) as (keyof typeof stages)[])];

/** A chart of those rows, under a version name. */
export const buildChart = (version: string, rows: readonly Row[]) => {
  type Node = Record<string, unknown>;
  const states: Record<string, Node> = {};
  for (const stage of stageIds) {
    const [top, leaf] = stage.split('.') as [string, string | undefined];
    const kind = stage === 'uncaptured' ? 'open' : stages[stage].kind;
    const node: Node = { on: onOf(rows, stage), tags: [kind], ...(kind === 'final' ? { type: 'final' } : {}) };
    if (leaf === undefined) states[top] = node;
    else {
      const parent = (states[top] ??= { initial: leaf, states: {} });
      (parent['states'] as Record<string, Node>)[leaf] = node;
    }
  }
  return built.createMachine({ id: 'case', version, initial: 'uncaptured', context: {}, states: states as never });
};
export type Chart = ReturnType<typeof buildChart>;

/** `closureApplied.filed` <-> the chart's nested value. */
export const valueOf = (stage: StageId): string | Record<string, string> => {
  const [top, leaf] = stage.split('.') as [string, string | undefined];
  return leaf === undefined ? top : { [top]: leaf };
};
export const stageOf = (value: unknown): CaseState['stage'] => {
  if (typeof value === 'string') return value as StageId;
  const [top, leaf] = Object.entries(value as Record<string, string>)[0] ?? [];
  return `${top}.${leaf}` as StageId;
};
