import type { CaseState, Deadline, StageId } from '../../schemas/index.ts';
import { awaited } from '../awaited.ts';
import { timed } from '../machine/index.ts';
import { policyLimit } from '../policy/index.ts';
import { type At, counted, dated } from './basis.ts';
import { stageHolder } from './holder.ts';
import { enteredAt, heldOr } from './pause.ts';

/** What was supplemented is checked from then on, and what is to be visited again from when it is awaited again; when it was filed stays when it was filed. */
const applied = (s: CaseState, stage: StageId): number | null => {
  if (timed(s) && stage === 'closureApplied.filed' && s.application?.supplement?.givenAt != null) return s.application.supplement.givenAt;
  return stage === 'reinspection.awaiting' && s.time?.revisit === true ? s.stageSince : (s.application?.firstFiledAt ?? null);
};

/** What only this case knows of where the limits of a stage begin. */
const anchorAt = (s: CaseState, stage: StageId, anchor: string | null): number | null => {
  const known: Readonly<Record<string, number | null>> = {
    // Each objection has its own days: those of the oldest that is open.
    stateEntered: timed(s) && stage === 'publicizing.checking' ? Math.min(enteredAt(s), ...s.objections.filter((o) => o.open).map((o) => o.at)) : enteredAt(s),
    // Back from where it was sent or merged by mistake, it is verified from then on.
    capture: timed(s) && stage === 'verifying' && (s.served['routeOut'] !== undefined || s.served['merge'] !== undefined) ? s.stageSince : s.clocks.capturedAt,
    assign: s.clocks.orderedAt,
    application: applied(s, stage),
    closing: s.clocks.closedAt,
  };
  return anchor === null ? null : (known[anchor] ?? null);
};

/** The limit of the act that a stage waits for. */
const waiting = (at: At, stage: StageId): Deadline[] => {
  const { s, pack, rowOf } = at;
  const row = rowOf(awaited[stage] ?? '');
  if (!row) return [];
  const { anchor } = policyLimit(pack.policy, row);
  if (anchor === 'due') return [];
  const holder = stageHolder(at, row);
  if (anchor === 'resumeBy') return s.suspension.resumeBy === null ? [] : [dated({ id: 'stage', row: row.row, holder, since: s.stageSince, due: s.suspension.resumeBy, anchor, cycle: `${row.row}@${s.stageSince}.${s.suspension.state}` })];
  // Nobody can confirm before the window is over: the five days run from its end.
  const from = stage === 'publicizing.open' && s.publicity !== null ? s.publicity.until : anchorAt(s, stage, anchor);
  return from === null ? [] : counted(at, row, { id: 'stage', since: from, holder, cycle: `${row.row}@${from}` });
};

export const stage = (at: At): Deadline[] => waiting(at, at.s.stage);
/** The limit of the stage that a suspension holds: it is not in force, and not over. */
export const heldStage = (at: At): Deadline[] => (at.s.stage === 'suspended' ? waiting(at, heldOr(at.s)).filter((d) => d.anchor !== 'resumeBy') : []);
