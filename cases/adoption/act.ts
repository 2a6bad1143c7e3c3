import {
  type Adoption,
  type CaseState,
  type Effect,
  type Pack,
  type Refusal,
  adoptions,
  hashOf,
  refusal,
} from '../../schemas/index.ts';
import { ownUnit } from '../duties.ts';
import { engineRow } from '../engine.ts';
import { kindOf } from '../facts/case.ts';
import { record } from '../record.ts';
import { refuseTo } from '../refusing.ts';
import { sentBefore } from '../repeat.ts';
import type { Stepped } from '../step.ts';
import { settleTime } from '../time.ts';
import type { Between } from './compare.ts';
import { type Redating, redate } from './dates.ts';

const no = (r: Refusal): Stepped => ({ ok: false, refusal: r });
const wrong = (field: string, zh: string, en: string): Refusal => refusal('BAD-INPUT', { field, zh, en });

/** Of each kind of adoption the case is asked once; what comes back to a pack that it had before is another act. */
export const adoptionId = (state: Pick<CaseState, 'commands'>, hash: string): string =>
  `adopt:${hash.slice(0, 16)}:${Object.keys(state.commands).filter((id) => id.startsWith('adopt:')).length}`;

/**
 * Moves a case to another calendar edition or policy pack, as a recorded act of the head of the office. To be called, like `step`, on
 * a state to which time has been applied. What lies ahead is counted anew; what has passed stays, and nobody is told again.
 */
export const adopt = (state: CaseState, act: Adoption, b: Between & { at: number }): Stepped => {
  const before = sentBefore(state, act);
  if (before) return before;
  const refused = notAdmitted(state, act) ?? notThatPack(act, b);
  return refused ? no(refused) : done(state, act, redate(state, b, b.at), b);
};

/** As the door of every command asks, in its order; the reason is never the stage alone, which a unit might not know. */
const notAdmitted = (state: CaseState, { actor, expectedRevision }: Adoption): Refusal | null => {
  if (kindOf(state.stage) === 'final') return refuseTo('CASE-ENDED');
  if (state.halted) return refusal('CASE-HALTED', { zh: state.halted.code, en: state.halted.code });
  if (actor.role !== 'HUB' || (actor.forRole ?? 'HUB') !== 'HUB') return refuseTo('ROLE-NOT-ALLOWED', ['HUB']);
  if (expectedRevision !== undefined && expectedRevision !== state.revision)
    return refuseTo('STALE-REVISION', [], { zh: `现为第${state.revision}版`, en: `now at ${state.revision}` });
  if (state.stage === 'uncaptured') return refuseTo('NOT-IN-THIS-STATE');
  if (ownUnit(state, actor)) return refuseTo('OWN-UNIT', ['HUB']);
  return actor.conflicted ? refuseTo('CONFLICT-DECLARED', ['HUB']) : null;
};

const contentHash = (of: Pack['policy'] | Pack['calendar']): string => hashOf({ ...of, hash: undefined });
const paceOf = ({ calendar }: Pack): string => hashOf(calendar.scale ?? null);

/** The content decides, never the hash that came with it; and only that half changes which is adopted. */
const notThatPack = ({ type, payload }: Adoption, { from, to }: Between): Refusal | null => {
  const [half, other] = type === 'adoptCalendar' ? (['calendar', 'policy'] as const) : (['policy', 'calendar'] as const);
  const named = (payload as { calendar?: string; policy?: string })[half];
  for (const part of [half, other])
    if (contentHash(to[part]) !== to[part].hash) return wrong(`${part}.hash`, '哈希与内容不符', 'the hash is not that of the content');
  if (to[half].hash !== named) return wrong(`payload.${half}`, '与所附内容不符', 'is not what came with it');
  if (to[other].hash !== from[other].hash) return wrong(other, '与案件现用的不符', 'is not the one that the case has');
  if (paceOf(to) !== paceOf(from)) return wrong('calendar.scale', '缩放与案件现用的不符', 'the pace is not that of the case');
  return to[half].hash === from[half].hash ? wrong(half, '案件现用的就是它', 'the case has it already') : null;
};

/** A unit is told when its own dates move; of the office's, look-backs above all, it reads nothing in that entry. */
const done = (state: CaseState, act: Adoption, { state: redated, changes }: Redating, { to, at }: Between & { at: number }): Stepped => {
  const theirs = changes.filter((c) => c.unit && ['moved', 'confirmed'].includes(c.change.change));
  const withUnit = state.clocks.assignedAt !== null && theirs.length > 0;
  const total = withUnit && theirs.some((c) => c.change.what === 'totalDue' && c.change.change === 'moved');
  const row = { ...engineRow(act.type, adoptions[act.type].zh), visible: withUnit ? ('case' as const) : ('office' as const) };
  const notified: Effect['to'] = [
    { role: 'HUB', unit: null },
    ...(total && state.responsibility.leadUnit !== null ? [{ role: 'UH', unit: state.responsibility.leadUnit }] : []),
  ];
  const payload = { ...act.payload, changes: changes.filter((c) => !withUnit || c.unit).map((c) => c.change) };
  const { commandId, fingerprint, seal, expectedRevision } = act;
  const r = record({
    type: act.type,
    row,
    outcome: 'done',
    before: state,
    after: settleTime(redated, at, to),
    actor: act.actor,
    at,
    payload,
    facts: act.facts,
    voided: [],
    to: notified,
    command: { commandId, fingerprint, seal, expectedRevision },
  });
  return r.receipt === null
    ? no(refusal('INTERNAL'))
    : { ok: true, repeat: false, state: r.state, entries: [r.entry], effects: r.effects, receipt: r.receipt };
};
