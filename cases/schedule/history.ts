import type { Plan } from '../../schemas/index.ts';
import { machineOf } from '../machine/index.ts';
import type { Recorded } from '../refold.ts';

/** One version of the plan, as the entries keep it: amending puts a new one in force and leaves the old. */
export type PlanVersion = { readonly version: number; readonly seq: number; readonly at: number; readonly by: string; readonly reason: string | null; readonly plan: Plan };
type Filed = Pick<PlanVersion, 'by' | 'reason' | 'plan'>;

const textIn = ({ body }: Recorded, field: string): string | null => {
  const value = body.payload[field];
  return typeof value === 'string' ? value : null;
};
const filedIn = (e: Recorded): Filed => ({ by: e.header.actor.person, reason: textIn(e, 'reason'), plan: e.body.payload['plan'] as Plan });
/** An approval names the proposal, the receipt of a proposal its own number. */
const proposalOf = (e: Recorded): string => textIn(e, 'proposalId') ?? e.body.receipt?.proposalId ?? '';

/** 方案历次版本 from the entries alone, oldest first; nothing of it is kept in the state. */
export const planHistory = (entries: readonly Recorded[]): PlanVersion[] => {
  const versions: PlanVersion[] = [];
  const proposed = new Map<string, Filed>();
  let draft: Filed | undefined;
  for (const e of entries) {
    const { header, body } = e;
    if (header.type === 'submitPlan') draft = filedIn(e);
    if (header.type === 'amendPlan' && body.outcome === 'proposed') proposed.set(proposalOf(e), filedIn(e));
    const verbs: readonly string[] = body.outcome === 'done' ? (machineOf(header.machine)?.byId.get(body.row)?.do ?? []) : [];
    const inForce = verbs.includes('amendPlan') ? (header.type === 'amendPlan' ? filedIn(e) : proposed.get(proposalOf(e))) : verbs.includes('setPlan') ? draft : undefined;
    if (inForce) versions.push({ ...inForce, version: versions.length + 1, seq: header.seq, at: header.at });
    if (verbs.includes('setPlan')) draft = undefined;
  }
  return versions;
};
