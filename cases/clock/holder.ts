import type { CaseState, Proposal, RoleId } from '../../schemas/index.ts';
import { awaited } from '../awaited.ts';
import { machineOf, timed } from '../machine/index.ts';
import type { Row } from '../row.ts';
import { type At, type Holder, holderOf, office, unitSide } from './basis.ts';

/** Who holds what is waited for (承办环节的责任人): the unit, the reviewer or the leader whose turn it is. */

/** A third extension is the chief's to grant (EXTENSION-NEEDS-CHIEF). */
const chiefGrants = 2;

/** Whose turn it is with a proposal. The steps under a condition are a row's last: one that is waited for was asked for. */
export const nextApprover = (s: CaseState, row: Row, p: Pick<Proposal, 'approvers'>): RoleId => {
  const roles = row.steps[1 + p.approvers.length]?.roles ?? ['HUB'];
  return row.row === '24' && s.extension.count >= chiefGrants && roles.includes('LDR_CHIEF') ? 'LDR_CHIEF' : (roles[0] ?? 'HUB');
};

/** SIGN-LEVEL: by colour. */
const signer: Readonly<Record<string, RoleId>> = { red: 'LDR_CHIEF', yellow: 'LDR_DEPUTY' };
const levels: readonly RoleId[] = ['HUB', 'LDR_DEPUTY', 'LDR_CHIEF', 'UPPER'];
/** DECIDER-INVOLVED: the first level none of whose people approved or signed anything in this case. */
const uninvolved = (s: CaseState): RoleId => levels.find((role) => !s.duties.some((d) => d.role === role && ['approval', 'signer'].includes(d.duty))) ?? 'UPPER';

/** A proposal that would lead out of this stage, and that may be counted down openly. */
const leadsOut = (s: CaseState, p: Proposal, rowOf: At['rowOf']): Row | null => {
  const row = rowOf(p.row);
  return row !== undefined && p.ratify === null && ['case', 'office'].includes(p.visible) && row.from.includes(s.stage) && row.to.some((t) => t.to !== 'same') ? row : null;
};

/** Was it put forward? Then whoever did has done their part, and the approver has a limit of their own (`proposal:`). */
export const putForward = ({ s }: Pick<At, 's'>, id: string, taskId?: string): boolean =>
  timed(s) && s.proposals.some((x) => x.row === id && x.ratify === null && (taskId === undefined || x.payload['taskId'] === taskId));

/** Of an act that the office owes: the leader who signs, whoever must approve what was put forward, else who acts first. */
export const stageHolder = ({ s, rowOf }: Omit<At, 'pack'>, row: Row): Holder => {
  const first = holderOf(s, row);
  if (!timed(s) || unitSide.includes(first.role)) return first;
  if (row.row === '36') return office(signer[s.grade?.colour ?? ''] ?? 'HUB');
  if (row.row === '39') return office(uninvolved(s));
  const [pending] = s.proposals.flatMap((p) => {
    const out = leadsOut(s, p, rowOf);
    return out ? [nextApprover(s, out, p)] : [];
  });
  return pending === undefined ? first : office(pending);
};

type Addressee = CaseState['acts'][number]['to'];
/** Whom an act of supervision addresses: the unit while it holds the case, else who does, whose turn it is. The panel answers through the head of the office. */
export const addressee = (state: CaseState): Addressee => {
  const unit: Addressee = { role: 'UH', unit: state.responsibility.leadUnit };
  const byStage: Partial<Record<CaseState['stage'], Addressee['role']>> = {
    captured: 'VERIFIER', verifying: 'VERIFIER', invalidReview: 'HUB', registered: 'HUB', triaged: 'HUB', reassignReview: 'HUB', planReview: 'HUB',
    'closureApplied.filed': 'INTAKE', prelimReview: 'SUP', 'reinspection.awaiting': 'IL', 'reinspection.active': 'IL', signoff: 'HUB',
    'publicizing.open': 'HUB', 'publicizing.checking': 'HUB',
    ...(timed(state) ? { suspended: 'HUB' } : {}),
  };
  const role = byStage[state.stage];
  if (role === undefined) return unit;
  const rowOf = (id: string) => machineOf(state.machine)?.byId.get(id);
  const row = rowOf(awaited[state.stage] ?? '');
  const holder = timed(state) && row ? stageHolder({ s: state, rowOf }, row).role : role;
  const answers: Partial<Record<RoleId, RoleId>> = { PANEL: 'HUB', UPPER: 'LDR_CHIEF' };
  return { role: answers[holder] ?? holder, unit: null };
};
