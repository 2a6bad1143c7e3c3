import type { Life } from './life.ts';

/** Whom an act of supervision addresses: who holds the stage, whose turn it is. */
const holders: Readonly<Record<string, string>> = {
  captured: 'VERIFIER', verifying: 'VERIFIER', invalidReview: 'HUB', registered: 'HUB', triaged: 'HUB', reassignReview: 'HUB', planReview: 'HUB', 'closureApplied.filed': 'INTAKE', prelimReview: 'SUP',
  'reinspection.awaiting': 'IL', 'reinspection.active': 'IL', signoff: 'HUB', 'publicizing.open': 'HUB', 'publicizing.checking': 'HUB', suspended: 'HUB',
};
/** What was put forward and would lead out of the stage: who approves it. */
const approvers: Readonly<Record<string, string>> = { '1': 'HUB', '2': 'HUB', '7': 'HUB', '7a': 'HUB', '8': 'HUB', '9': 'HUB', '10': 'LDR_DEPUTY', '15': 'LDR_DEPUTY', '19': 'LDR_DEPUTY', '28c': 'SUP' };
export const holderOf = (life: Life): string | undefined => {
  const plain = holders[life.stage];
  if (plain === undefined) return undefined;
  if (life.stage === 'signoff') return { red: 'LDR_CHIEF', yellow: 'LDR_DEPUTY' }[life.grade?.colour as string] ?? 'HUB';
  if (life.stage === 'publicizing.checking') return ['HUB', 'LDR_DEPUTY', 'LDR_CHIEF'].find((role) => !life.approved.has(role)) ?? 'LDR_CHIEF';
  const asked = [...life.asked.values()].find((p) => p.seen && approvers[p.row] !== undefined);
  return asked ? approvers[asked.row] : plain;
};
