import type { CaseState, Deadline } from '../../schemas/index.ts';
import { awaited } from '../awaited.ts';
import { timed } from '../machine/index.ts';
import { policyLimit } from '../policy/index.ts';
import type { Row } from '../row.ts';
import { type At, counted, dated, holderOf } from './basis.ts';

/** What only this case knows of where its limits begin. */
const anchorAt = (s: CaseState, anchor: string | null): number | null => {
  const known: Readonly<Record<string, number | null>> = {
    stateEntered: s.stageSince,
    // Back from where it was sent or merged by mistake, it is verified from then on.
    capture: timed(s) && s.stage === 'verifying' && (s.served['routeOut'] !== undefined || s.served['merge'] !== undefined) ? s.stageSince : s.clocks.capturedAt,
    assign: s.clocks.orderedAt,
    // What was supplemented is checked from then on; when it was filed stays when it was filed.
    application: (timed(s) && s.stage === 'closureApplied.filed' ? s.application?.supplement?.givenAt : null) ?? s.application?.firstFiledAt ?? null,
    closing: s.clocks.closedAt,
  };
  return anchor === null ? null : (known[anchor] ?? null);
};

/** The limit of the act that the stage waits for. */
export function stage(at: At): Deadline[] {
  const { s, pack, rowOf } = at;
  const row = rowOf(awaited[s.stage] ?? '');
  if (!row) return [];
  const { anchor } = policyLimit(pack.policy, row);
  if (anchor === 'due') return [];
  const holder = holderOf(s, row);
  if (anchor === 'resumeBy') return s.suspension.resumeBy === null ? [] : [dated({ id: 'stage', row: row.row, holder, since: s.stageSince, due: s.suspension.resumeBy, anchor, cycle: `${row.row}@${s.stageSince}.${s.suspension.state}` })];
  // Nobody can confirm before the window is over: the five days run from its end.
  const from = s.stage === 'publicizing.open' && s.publicity !== null ? s.publicity.until : anchorAt(s, anchor);
  if (from === null) return [];
  return resumed(s, row, counted(at, row, { id: 'stage', since: from, holder, cycle: `${row.row}@${from}` }));
}

/** After a suspension the stage has the working days that remained, and what was told before is not told again. */
const resumed = (s: CaseState, row: Row, fresh: Deadline[]): Deadline[] => {
  const held = s.time?.stage;
  if (!held || held.row !== row.row || held.due === null || held.at === null) return fresh;
  const { since, spent, due, at } = held;
  return fresh.map((d) => ({ ...d, since, due, countedFrom: at, spent, cycle: `${row.row}@${since}` }));
};
