import { SearchAttributeType, type SearchAttributeUpdatePair, defineSearchAttributeKey } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { CaseState } from '../schemas/index.ts';
import { core } from './core.ts';
import type { CaseSearchAttribute } from './messages.ts';

const named = <T extends SearchAttributeType>(name: CaseSearchAttribute, type: T) => defineSearchAttributeKey(name, type);
const keys = {
  stage: named('CaseStage', SearchAttributeType.KEYWORD),
  colour: named('CaseColour', SearchAttributeType.KEYWORD),
  unit: named('CaseUnit', SearchAttributeType.KEYWORD),
  due: named('CaseNextDue', SearchAttributeType.DATETIME),
};

/** What anybody with access to Temporal's own pages is told: the stage as a unit sees it, and the due date the unit was given. */
export type Shown = { stage: string | null; colour: string | null; unit: string | null; due: number | null };

export const shownOf = (state: CaseState): Shown => ({
  stage: core().publicStage(state),
  colour: state.grade?.colour ?? null,
  unit: state.responsibility.leadUnit,
  // Marks of concealed visits are not shown: the public due date, while the case is open.
  due: core().kindOf(state.stage) === 'open' ? state.clocks.totalDue : null,
});

/** What stands there already: search attributes cross a continue-as-new by themselves. */
export function shownBefore(): Shown {
  const has = workflowInfo().typedSearchAttributes;
  return {
    stage: has.get(keys.stage) ?? null,
    colour: has.get(keys.colour) ?? null,
    unit: has.get(keys.unit) ?? null,
    due: has.get(keys.due)?.getTime() ?? null,
  };
}

/** Shows what changed: one event for all of them, none when nothing changed. Current details cost no event. */
export function show(before: Shown, state: CaseState): Shown {
  const after = shownOf(state);
  const pairs: SearchAttributeUpdatePair[] = [
    ...(after.stage === before.stage ? [] : [{ key: keys.stage, value: after.stage }]),
    ...(after.colour === before.colour ? [] : [{ key: keys.colour, value: after.colour }]),
    ...(after.unit === before.unit ? [] : [{ key: keys.unit, value: after.unit }]),
    ...(after.due === before.due ? [] : [{ key: keys.due, value: after.due === null ? null : new Date(after.due) }]),
  ];
  if (pairs.length > 0) upsertSearchAttributes(pairs);
  setCurrentDetails(details(state, after));
  return after;
}

function details({ caseNo, halted }: CaseState, { stage, colour, unit, due }: Shown): string {
  const lines = [
    `**${caseNo}**`,
    `环节 stage: ${stage ?? '-'}`,
    `颜色 colour: ${colour ?? '-'}`,
    `责任单位 unit: ${unit ?? '-'}`,
    `到期 due: ${due === null ? '-' : new Date(due).toISOString()}`,
  ];
  return [...lines, ...(halted ? [`停办 halted: ${halted.code}`] : [])].join('  \n');
}
