import * as z from 'zod';
import { CivilDate, Id, CaseText as Text } from '../primitive.ts';
import { Colour, Track } from './grade.ts';

const Act = z.object({ text: Text.optional() });
const Heard = z.object({ heard: Id.optional(), text: Text.optional() });
export const Against = z.enum(['rating', 'conclusion', 'answer', 'invalidation', 'routeOut', 'closure', 'person']);
export type Against = z.infer<typeof Against>;

export const supervision = {
  regrade: z.object({ colour: Colour, track: Track.optional(), reason: Text.optional(), caseLeader: Id.optional() }),
  transferClue: z.object({ clue: Text.optional(), to: Text, named: z.array(Id).max(20) }),
  raterWithdraw: z.object({ raterId: Id, call: Id.optional() }),
  instruct: z.object({ text: Text, due: CivilDate.optional() }),
  replyAct: z.object({ act: Id.optional(), text: Text }),
  remind: z.object({}),
  nearDue: z.object({}),
  fallBehind: z.object({}),
  fallOverdue: z.object({}),
  issueUrge: z.object({ reason: Text.optional() }),
  issueSupervisionLetter: Act,
  issueRedNotice: Act,
  summonTalk: Act,
  issueCircular: Heard,
  listForSupervision: Heard,
  proposeAccountability: Heard,
  clearAlert: z.object({ reason: Text.optional() }),
  fileAppeal: z.object({ against: Against, reason: Text }),
  withdrawAppeal: z.object({ reason: Text.optional() }),
  decideAppeal: z.object({ decision: z.enum(['支持', '部分支持', '不支持']), noProblemLeft: z.boolean().default(false), reason: Text }),
  approveProposal: z.object({ proposalId: Id, opinion: Text.optional() }),
  returnProposal: z.object({ proposalId: Id, reason: Text.optional() }),
  withdrawProposal: z.object({ proposalId: Id }),
} as const;
