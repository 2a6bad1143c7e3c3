import * as z from 'zod';
import { Actor, RoleId } from './actor.ts';
import { EdgeFacts } from './exhibit.ts';
import { Colour, GradeCode, Track } from './payload/grade.ts';
import { TakenOver } from './payload/imported.ts';
import { Method, VisitMode } from './payload/closure.ts';
import { Against } from './payload/supervision.ts';
import { Plan } from './plan.ts';
import { CivilDate, Id, Instant, Sha256 } from './primitive.ts';
import { Receipt } from './receipt.ts';
import { stages } from './vocabulary.ts';

/** 环节. `uncaptured` stands before row 0: a workflow that has taken no case in yet. */
export const StageId = z.enum(['uncaptured', ...(Object.keys(stages) as (keyof typeof stages)[])]);
export type StageId = z.infer<typeof StageId>;

export const TaskState = z.enum(['todo', 'doing', 'submitted', 'taskClosed', 'taskReturned', 'waived']);
export type TaskState = z.infer<typeof TaskState>;

/** 任务 or 立改措施. */
export const Task = z.object({
  taskId: Id,
  state: TaskState,
  since: Instant,
  measure: z.string(),
  target: z.string(),
  unit: Id,
  owner: Id,
  due: CivilDate,
  /** When the date was set; absent in the first machine version. */
  datedAt: Instant.optional(),
  mark: z.string(),
  /** A rework item of the last return; `returnedAt` is the instant its proof must be newer than. */
  rework: z.boolean(),
  returnedAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  proofs: z.array(z.object({ exhibit: Id, sha256: Sha256, at: Instant })),
  problem: Id.nullable(),
  after: z.array(Id),
});
export type Task = z.infer<typeof Task>;

export const Rater = z.object({
  raterId: Id,
  feedbackId: Id,
  named: z.boolean(),
  /** The case it came from, when it was merged in. */
  from: z.string().nullable(),
  withdrawn: z.boolean(),
  /** When it joined from another case: whoever is to be called is owed it from then on. */
  joinedAt: Instant.optional(),
  contactedAt: Instant.nullable(),
  /** 答复 in this round of assignment. */
  answeredAt: Instant.nullable(),
  callback: z.object({
    state: z.enum(['none', 'due', 'done', 'unreachable']),
    since: Instant.nullable(),
    by: Id.nullable(),
    solved: z.boolean().nullable(),
    satisfied: z.boolean().nullable(),
  }),
});
export type Rater = z.infer<typeof Rater>;

/** What a person did in the case, kept for separation of duties over all rounds. */
export const Duty = z.object({
  duty: z.enum(['unit', 'applicant', 'taskChecker', 'prelim', 'team', 'approval', 'signer', 'verifier', 'grader']),
  person: Id,
  unit: Id,
  role: RoleId,
  round: z.int(),
  /** The act, for appeals: the decision in which the person took part. */
  act: z.string(),
});
export type Duty = z.infer<typeof Duty>;

/** 待批事项. `steps` are the roles still to approve, in order. */
export const Proposal = z.object({
  proposalId: Id,
  row: z.string(),
  type: z.string(),
  payload: z.record(z.string(), z.unknown()),
  facts: EdgeFacts,
  by: Actor,
  approvers: z.array(Actor),
  at: Instant,
  stage: StageId,
  visible: z.string(),
  /** A ratification (补签) asked of this role instead of a row to fire; it outlives the stage. */
  ratify: z.enum(['HUB', 'LDR']).nullable(),
});
export type Proposal = z.infer<typeof Proposal>;

export const SupervisionAct = z.object({
  act: Id,
  code: z.enum(['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7']),
  to: z.object({ role: RoleId, unit: Id.nullable() }),
  servedAt: Instant,
  replyBy: Instant,
  answeredAt: Instant.nullable(),
});
export type SupervisionAct = z.infer<typeof SupervisionAct>;

const Responsibility = z.object({
  leadUnit: Id.nullable(),
  unitHead: Id.nullable(),
  dutyLeader: Id.nullable(),
  owner: Id.nullable(),
  liaison: Id.nullable(),
  caseLeader: Id.nullable(),
  coops: z.array(z.object({ unit: Id, signedAt: Instant.nullable(), /** When it came to the case, if later than the order. */ since: Instant.optional() })),
  signedAt: Instant.nullable(),
});

const Clocks = z.object({
  capturedAt: Instant,
  registeredAt: Instant.nullable(),
  /** 交办 to the first unit: the total due runs from here. */
  assignedAt: Instant.nullable(),
  /** 交办 to the unit now responsible. */
  orderedAt: Instant.nullable(),
  totalDue: Instant.nullable(),
  originalDue: Instant.nullable(),
  provisional: z.boolean(),
  overdueAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  settledAt: Instant.nullable(),
  lastMeasureAt: Instant.nullable(),
});

const Application = z.object({
  firstFiledAt: Instant,
  filedAt: Instant,
  /** 材料: what is in the file. */
  documents: z.array(z.string()),
  supplement: z.object({ askedAt: Instant, due: Instant, givenAt: Instant.nullable() }).nullable(),
  accepted: z.boolean(),
  onTime: z.boolean(),
});

/** `L0`: the grade is the word of the ledger it was taken over from, which gave no reason. */
const Grade = z.object({ colour: Colour, track: Track, reasonCode: z.enum([...GradeCode.options, 'L0']), ordinary: z.boolean(), since: Instant });

/** 计时: `docs/design/time.md` says what each is for. */
const Time = z.object({
  /** The last act or mark: what it armed too late fires at it, and no reminder of before. */
  at: Instant,
  /** Marks that have fired for limits that are still in force. */
  told: z.array(z.string()),
  /** 报进展: the last report, from which the next period runs. */
  reportedAt: Instant.nullable(),
  /** 节点 that were reported with proof: task and what, as the plan names them. Absent until the first. */
  nodes: z.array(z.string()).optional(),
  /** 返工减半: the total is counted from here, no more from 交办. */
  base: Instant.nullable(),
  /** 暂缓 of this round that are over; absent where there were none. */
  pauses: z.array(z.object({ from: Instant, to: Instant })).optional(),
  /** Since when the stage is in force that is suspended, or was resumed; absent in every other. */
  entered: Instant.optional(),
  /** 原定工作日数: of the limit that the grade gives; half of it is given after a failed visit, and for an extension. */
  limitDays: z.int().optional(),
  /** 领导批示的日期, and when it was set: no grade gives more. */
  cap: z.object({ at: Instant, due: Instant }).optional(),
  /** 批准的延期: the date, and the colour under which it was granted: in that colour, or a lower one, it stands. */
  granted: z.object({ due: Instant, colour: Colour }).optional(),
  /** Since when each act of supervision is drafted; absent while none is. */
  drafted: z.record(z.string(), Instant).optional(),
  /** When each colour that the case had before was given first: its hours are given once. */
  given: z.partialRecord(Colour, Instant).optional(),
  /** The alert beneath what time raised, which stays when that is withdrawn; and when a person cleared one last. */
  beneath: z.object({ level: z.enum(['blue', 'yellow', 'red']), since: Instant, cause: z.string() }).optional(),
  cleared: Instant.optional(),
  /** How often a total that was missed lay ahead again by a regrade: another running each time. */
  turns: z.int().optional(),
  /** 重开: since when the citizen waits again. */
  reopened: Instant.optional(),
  /** The visit that is awaited is not the first: one was void, or another was ordered. */
  revisit: z.boolean().optional(),
  /** 已过的期限: limits in force, by running, that had passed when another calendar or policy was adopted. They keep their instant. */
  passed: z.record(z.string(), Instant).optional(),
});
export type Time = z.infer<typeof Time>;

/** The total as it stood before a failed visit halved it. */
const SavedDates = z.object({ totalDue: Instant.nullable(), originalDue: Instant.nullable(), overdueAt: Instant.nullable(), base: Instant.nullable(), cap: Time.shape.cap });

/** Everything that decides about one case: JSON from edge to edge, no personal data. */
export const CaseState = z.object({
  v: z.literal(1),
  machine: z.string(),
  policy: Sha256,
  calendar: Sha256,
  caseNo: z.string(),
  stage: StageId,
  stageSince: Instant,
  /** Accepted commands; `unitRevision` counts those a unit may see. */
  revision: z.int(),
  unitRevision: z.int(),
  seq: z.int(),
  round: z.int(),
  source: z.string(),
  field: z.string(),
  matter: z.object({ code: z.string(), name: z.string(), place: z.string().nullable(), ratedUnit: z.string().nullable() }),
  predecessor: z.string().nullable(),
  mergedInto: z.string().nullable(),
  raters: z.array(Rater),
  clocks: Clocks,
  grade: Grade.nullable(),
  colourFloor: Colour.nullable(),
  ledgerNo: z.string().nullable(),
  verification: z.object({ later: z.boolean(), verified: z.boolean(), unverified: z.boolean() }),
  responsibility: Responsibility,
  dispatch: z.object({ returnedBy: z.array(Id), returns: z.int(), designated: z.boolean() }),
  draft: Plan.nullable(),
  /** `at`: when it came into force; absent in the first machine version. */
  plan: z.object({ version: z.int(), plan: Plan, at: Instant.optional() }).nullable(),
  planReturns: z.int(),
  tasks: z.array(Task),
  taskCounter: z.int(),
  lastReturn: z
    .object({
      by: z.string(),
      at: Instant,
      items: z.array(Id),
      /** What stood before a conclusion sent the case back: restored when an appeal against it is upheld. */
      saved: z.object({ application: Application, prelim: Id.nullable(), tasks: z.array(Task), dates: SavedDates.optional() }).nullable(),
    })
    .nullable(),
  application: Application.nullable(),
  checks: z.object({ prelim: Id.nullable(), check: z.enum(['reinspection', 'callback']).nullable(), signer: Id.nullable() }),
  visit: z.object({ mode: VisitMode, team: z.array(Id), startedAt: Instant, methods: z.array(Method) }).nullable(),
  fails: z.int(),
  sham: z.boolean(),
  publicity: z.object({ from: Instant, until: Instant, text: z.string().nullable(), exempt: z.string().nullable() }).nullable(),
  objections: z.array(z.object({ objection: Id, at: Instant, open: z.boolean() })),
  extension: z.object({ state: z.enum(['none', 'pending', 'granted', 'denied']), since: Instant.nullable(), due: CivilDate.nullable(), count: z.int(), asked: Instant.nullable() }),
  suspension: z.object({ state: z.enum(['none', 'running', 'renewed']), from: StageId.nullable(), since: Instant.nullable(), resumeBy: Instant.nullable(), remaining: z.int().nullable() }),
  interim: z.boolean(),
  alert: z.object({ level: z.enum(['none', 'blue', 'yellow', 'red']), since: Instant.nullable(), frozen: z.boolean(), cause: z.string().nullable() }),
  acts: z.array(SupervisionAct),
  drafts: z.array(z.string()),
  appeal: z.object({ state: z.enum(['none', 'filed', 'decided']), against: Against.nullable(), by: Actor.nullable(), at: Instant.nullable() }),
  served: z.record(z.string(), Instant),
  spotCheck: z.object({ state: z.enum(['none', 'active']), since: Instant.nullable() }),
  ratification: z.object({ state: z.enum(['none', 'due', 'done', 'returned']), role: z.enum(['HUB', 'LDR']).nullable(), due: Instant.nullable() }),
  lookback: z.object({ plan: z.array(z.object({ at: Instant, done: z.boolean() })), origin: StageId.nullable(), mode: VisitMode.nullable() }),
  excluded: z.boolean(),
  reRatings: z.int(),
  disclosed: z.object({ rater: Id, handler: Id }).nullable(),
  proposals: z.array(Proposal),
  /** Numbers of proposals, open ones and hidden ones apart: a gap would tell a unit of what it may not know. */
  proposalCounter: z.object({ open: z.int(), hidden: z.int() }),
  duties: z.array(Duty),
  usedProofs: z.array(Sha256),
  commands: z.record(z.string(), z.object({ fingerprint: z.string(), seq: z.int() })),
  receipts: z.array(Receipt),
  halted: z.object({ code: z.string(), at: Instant }).nullable(),
  /** What time has done so far; absent in cases of the first machine version, in which it does not remind. */
  time: Time.optional(),
  /** 承接: the case comes from a ledger kept elsewhere. Absent in every other case. */
  imported: TakenOver.optional(),
  stateHash: Sha256,
});
export type CaseState = z.infer<typeof CaseState>;
