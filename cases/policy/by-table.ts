import { type PolicyPack, type RoleId, canonical, sideOf } from '../../schemas/index.ts';
import type { Row } from '../row.ts';
import { rows } from '../table.ts';
import { bare } from './compile.ts';
import { standard } from './standard.ts';

/** Who decides a row: its steps under the condition, without the unit's own people who only ask. */
function deciders(row: Row, when: string | undefined): RoleId[][] {
  const steps = row.steps.filter((s) => s.if === undefined || s.if === when).map((s) => [...s.roles]);
  const [first = []] = steps;
  return steps.length > 1 && first.every((role) => sideOf(role) === 'unit') ? steps.slice(1) : steps;
}

/** SIGN-LEVEL: by colour, not by step. */
const signers: Readonly<Record<string, RoleId>> = { red: 'LDR_CHIEF', yellow: 'LDR_DEPUTY' };
const tableSteps = (act: string, when: string | undefined): RoleId[][] | null => {
  if (act === 'signClosure') return [[signers[when ?? ''] ?? 'HUB']];
  const row = rows.find((r) => r.command === act);
  return row === undefined || (when !== undefined && !row.steps.some((s) => s.if === when)) ? null : deciders(row, when);
};

/** What guards and effects of the machine say themselves, whatever a pack says. */
const fixed = (pack: PolicyPack): [string, unknown, unknown][] => {
  const { extensionNotice, redExtensionNotice, renewals, reRateDays } = bare(pack.caps);
  const { dissatisfiedRed, talkAfterRed, overdueTimes } = bare(pack.thresholds);
  const known = { ...standard.caps, ...standard.thresholds };
  return [
    ['caps.renewals', renewals, known.renewals],
    ['caps.reRateDays', reRateDays, 30],
    ['caps.extensionNotice.unit', extensionNotice.unit, known.extensionNotice.unit],
    ['caps.redExtensionNotice.unit', redExtensionNotice.unit, known.redExtensionNotice.unit],
    ['thresholds.talkAfterRed.unit', talkAfterRed.unit, known.talkAfterRed.unit],
    ['thresholds.dissatisfiedRed', dissatisfiedRed, known.dissatisfiedRed],
    ['thresholds.overdueTimes', overdueTimes, known.overdueTimes],
    ['ladder', bare(pack.ladder), standard.ladder],
  ];
};

/**
 * Where a pack says other than the machine's own table: who decides, the ladder, a state that may be entered once. These are the
 * table's, a version for ever; a pack repeats them for its readers, and one that says otherwise would promise what no case keeps.
 */
export function notByTable(pack: PolicyPack): string[] {
  const approvers = pack.approvers.flatMap(({ act, when, steps }, n) => (canonical(tableSteps(act, when)) === canonical(steps) ? [] : [`approvers.${n} ${act}`]));
  return [...approvers, ...fixed(pack).flatMap(([path, said, known]) => (canonical(said) === canonical(known) ? [] : [path]))];
}
