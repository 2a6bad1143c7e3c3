import type { CaseState, Deadline, StageId } from '../../schemas/index.ts';
import { awaited } from '../awaited.ts';
import { timed } from '../machine/index.ts';
import { policyLimit } from '../policy/index.ts';
import { type At, counted, dated } from './basis.ts';
import { stageHolder } from './holder.ts';
import { enteredAt, heldOr } from './pause.ts';

/** What only this case knows of where the limits of a stage begin. */
const anchorAt = (s: CaseState, stage: StageId, anchor: string | null): number | null => {
  const known: Readonly<Record<string, number | null>> = {
    stateEntered: enteredAt(s),
    // Back from where it was sent or merged by mistake, it is verified from then on.
    capture: timed(s) && stage === 'verifying' && (s.served['routeOut'] !== undefined || s.served['merge'] !== undefined) ? s.stageSince : s.clocks.capturedAt,
    assign: s.clocks.orderedAt,
    // What was supplemented is checked from then on; when it was filed stays when it was filed.
    application: (timed(s) && stage === 'closureApplied.filed' ? s.application?.supplement?.givenAt : null) ?? s.application?.firstFiledAt ?? null,
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
