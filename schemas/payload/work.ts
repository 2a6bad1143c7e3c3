import * as z from 'zod';
import { CivilDate, Id, CaseText as Text } from '../primitive.ts';
import { Plan } from '../plan.ts';

const Exhibits = z.array(Id).max(100);
const TaskRef = z.object({ taskId: Id });

export const work = {
  reportDone: z.object({ summary: Text }),
  addMeasure: z.object({ taskId: Id.optional(), measure: Text, target: Text, owner: Id, unit: Id.optional(), due: CivilDate, mark: Text }),
  convertToPlan: z.object({ reason: Text.optional() }),
  orderPlan: z.object({ reason: Text.optional() }),
  submitPlan: z.object({ plan: Plan }),
  approvePlan: z.object({ opinion: Text.optional() }),
  returnPlan: z.object({ items: z.array(Text).max(100) }),
  reportProgress: z.object({ nodes: z.array(z.object({ taskId: Id, what: Text, proof: Id })).max(100), note: Text.optional() }),
  amendPlan: z.object({ plan: Plan, reason: Text, due: CivilDate.optional() }),
  suspend: z.object({ ground: z.string().max(20), resumeBy: CivilDate, note: Text.optional() }),
  resume: z.object({ proof: Id.optional() }),
  renewSuspension: z.object({ proof: Id.optional(), resumeBy: CivilDate }),
  requestExtension: z.object({ due: CivilDate, cause: Text.optional(), interimPlan: Text.optional() }),
  grantExtension: z.object({ opinion: Text.optional() }),
  denyExtension: z.object({ reason: Text.optional() }),
  startTask: TaskRef,
  submitTaskProof: TaskRef.extend({ proofs: Exhibits }),
  closeTask: TaskRef.extend({ opinion: Text.optional() }),
  returnTask: TaskRef.extend({ reason: Text.optional() }),
  waiveTask: TaskRef.extend({ ground: z.string().max(20).optional(), reason: Text.optional() }),
  contactCitizen: z.object({ raterId: Id.optional(), proof: Id.optional() }),
  interimMeasure: z.object({ measure: Text, proof: Id.optional() }),
  replyCitizen: z.object({ raterId: Id.optional(), text: Text, proof: Id.optional() }),
  discloseContact: z.object({ raterId: Id, handler: Id, consent: Id.optional() }),
} as const;
