import type { CaseState, Pack, StageId } from '../schemas/index.ts';
import { addDuties, dutiesOf } from './duties.ts';
import { type Doing, effects } from './effects/index.ts';
import { signedFor } from './effects/intake.ts';
import { reported } from './effects/work.ts';
import type { Ground } from './facts/ground.ts';
import type { Look } from './look.ts';
import { type Machine, type StepEvent, ask } from './machine/index.ts';
import { openProposal } from './proposal.ts';
import { askToRatify } from './takeover.ts';
import type { Row } from './row.ts';
import { endPause, enterTime, revisitTime } from './time.ts';

/** Where a stage that remembers leads back to. */
export const rememberedOf = (state: CaseState): StageId | null => (state.stage === 'suspended' ? state.suspension.from : state.stage === 'lookback' ? state.lookback.origin : null);

export const eventOf = (state: CaseState, row: Row, look: Look, phase: StepEvent['phase'], ratify: StepEvent['ratify'] = null): StepEvent => ({ type: row.command, row: row.row, phase, look, remembered: rememberedOf(state), ratify });

const run = (state: CaseState, verbs: readonly string[], d: Doing): CaseState =>
  verbs.reduce((s, verb) => (Object.hasOwn(effects, verb) ? effects[verb as keyof typeof effects](s, d) : s), state);

const settledBy: Partial<Record<StageId, string>> = { explained: 'answer', invalidated: 'invalidation', transferredOut: 'routeOut', merged: 'merge' };

/** What is resumed goes on as of when it began; whatever else a suspended case becomes, its suspension is over. */
const entered = (was: CaseState, to: StageId, at: number): CaseState => {
  const state = to === 'reinspection.awaiting' ? revisitTime(was, was.stage !== 'prelimReview') : was;
  if (to === 'suspended') return state;
  if (state.stage !== 'suspended') return enterTime(state);
  return endPause(state, at);
};

/** Entering a stage: its clock starts, endings are dated and served, proposals whose From was left are void. */
const enter = (state: CaseState, to: StageId, at: number, m: Machine): { state: CaseState; voided: string[] } => {
  const what = settledBy[to];
  const cameBack = settledBy[state.stage] !== undefined && what === undefined && to !== 'archived' && to !== 'lookback';
  const settledAt = what !== undefined ? (state.stage === 'lookback' ? state.clocks.settledAt : at) : cameBack ? null : state.clocks.settledAt;
  const rowOf = (p: CaseState['proposals'][number]) => m.byId.get(p.row);
  // A stage entered anew was left: what would have led out of it was proposed about the work as it stood before.
  const about = (p: CaseState['proposals'][number]): boolean => to === state.stage && (rowOf(p)?.to.some((t) => t.to !== 'same') ?? false);
  const stays = (p: CaseState['proposals'][number]) => p.ratify !== null || ((rowOf(p)?.from.includes(to) ?? false) && !about(p));
  return {
    state: {
      ...entered(state, to, at),
      stage: to,
      stageSince: at,
      clocks: { ...state.clocks, settledAt },
      served: what === undefined ? state.served : { ...state.served, [what]: at },
      proposals: state.proposals.filter(stays),
    },
    voided: state.proposals.filter((p) => !stays(p)).map((p) => p.proposalId),
  };
};

/** Rows that do something and have no verb in the table. */
const withoutVerb: Readonly<Record<string, (s: CaseState, d: Doing) => CaseState>> = { '12': signedFor, '12a': signedFor, '21': reported };

export type Fired = { state: CaseState; voided: string[] };

/**
 * Fires a row whose guards hold: the chart says where it leads and names the verbs, the verbs change the state. Null when the chart
 * refuses, which `step` has ruled out before.
 */
export const fire = (state: CaseState, m: Machine, of: { row: Row; look: Look; ground: Ground; at: number; payload: Readonly<Record<string, unknown>>; commandId: string; current: Ground['actor']; pack: Pack }): Fired | null => {
  const answer = ask(m, state.stage, eventOf(state, of.row, of.look, 'fire'));
  if (answer === null) return null;
  const doing: Doing = { g: { ...of.ground, state }, at: of.at, payload: of.payload, commandId: of.commandId };
  const done = run(state, answer.verbs, doing);
  const signed = withoutVerb[of.row.row]?.(done, doing) ?? done;
  const duties = addDuties(signed, dutiesOf({ ...of.ground, state: signed }, of.current, state.round));
  const ratified = withRatification({ ...signed, duties }, state, of);
  return answer.moved ? enter(ratified, answer.stage, of.at, m) : { state: ratified, voided: [] };
};

/** A ratification that fell due is put before those who must sign it: a proposal that no change of stage makes void. */
const withRatification = (after: CaseState, before: CaseState, of: Parameters<typeof fire>[2]): CaseState => {
  const due = after.ratification.state === 'due' && (before.ratification.state !== 'due' || before.ratification.due !== after.ratification.due);
  if (!due || after.ratification.role === null) return after;
  // Owed by neither of these rows itself: what was taken over is asked for once more.
  if (['regrade', 'changeDuty'].includes(of.row.command)) return askToRatify(after, of.current, of.at);
  const { row, payload, ground, current, at } = of;
  return openProposal(after, { row: row.row, type: row.command, payload: { ...payload }, facts: ground.edge, by: current, at, visible: row.visible, ratify: after.ratification.role }).state;
};
