/** What the oracle remembers of a case: only what its limits need, gathered from the entries one after the other. */
import type { Amount, Colour, Plan, PolicyPack, Track } from '../../schemas/index.ts';
import type { Line } from './line.ts';

export type Task = { id: string; state: 'todo' | 'doing' | 'submitted' | 'closed' | 'returned' | 'waived'; since: number; due: string; /** When the date was set. */ set: number; text: string; rework: boolean; returnedAt: number | null };
export type Rater = { id: string; named: boolean; withdrawn: boolean; contacted: boolean; from: string | null; /** When it came from another case. */ joined: number; /** When the call-back fell due. */ calling: number | null };
export type Act = { id: string; code: string; role: string; unit: string | null; servedAt: number; replyBy: number; answered: boolean };
/** A proposal: what it would do, and who asked for it. `step` approvals were given. */
export type Asked = { row: string; payload: Record<string, unknown>; at: number; role: string; unit: string; roles: string[]; seen: boolean; step: number };
type Level = 'none' | 'blue' | 'yellow' | 'red';
export type Grade = { colour: Colour; track: Track; ordinary: boolean };
/** 承接: what the entry of the capture said about an item of another ledger. */
export type Item = {
  stage: string;
  grade?: { colour: Colour; track: Track; reasonCode?: string };
  responsibility?: { leadUnit: string; unitHead?: string; owner?: string; coopUnits: string[] };
  assignedOn?: string;
  due?: string;
  tasks: { measure: string; target?: string; unit?: string; owner?: string; due?: string; mark?: string }[];
};

/** `given`: when its supplement came. */
export type Application = { first: number; accepted: boolean; given: number | null };

export type Life = {
  stage: string;
  entered: number;
  round: number;
  /** The last act or mark: nothing fires before it. */
  last: number;
  captured: number;
  raters: Rater[];
  grade: Grade | null;
  lead: string | null;
  head: string | null;
  coops: { unit: string; since: number | null; signed: boolean }[];
  ordered: number | null;
  assigned: number | null;
  due: number | null;
  firstDue: number | null;
  /** Working days of the limit as the grade gave it; a date that a leader set; one that an extension granted, and under which colour. */
  limitDays: number | null;
  cap: { at: number; due: number } | null;
  granted: { due: number; colour: Colour } | null;
  /** When its colour was given; and when each colour that it had before was given first. */
  graded: number;
  given: Map<Colour, number>;
  sham: boolean;
  /** When it was taken over. */
  registered: number;
  /** The total that was missed, on record. */
  overdue: number | null;
  planReturns: number;
  /** Roles of whom approved or signed anything. */
  approved: Set<string>;
  extension: { count: number; pending: boolean; due: string | null; asked: number; /** Since when it is the office's to decide. */ since: number };
  suspension: { from: string; since: number; resumeBy: number; renewed: boolean } | null;
  /** Suspensions of this round that are over. */
  pauses: { from: number; to: number }[];
  /** When the stage began that is suspended, or was resumed. */
  begun: number | null;
  /** The total is counted from here, no more from 交办. */
  base: number | null;
  reported: number;
  /** 节点 of the plan in force, and those that a report named. */
  nodes: { task: string; number: number; what: string; due: string; set: number }[];
  shown: Set<string>;
  interim: boolean;
  verify: { later: boolean; done: boolean };
  /** `asked`: when; `leader`: a leader signs, else the head of the office. */
  ratification: { state: 'none' | 'due' | 'done' | 'returned'; due: number; asked: number; leader: boolean };
  tasks: Task[];
  counter: number;
  draft: Plan | null;
  application: Application | null;
  /** Sent back from where it was routed, or merged by mistake. */
  cameBack: boolean;
  lastReturn: { visit: boolean; at: number; application: Application | null; tasks: Task[]; dates: Pick<Life, 'due' | 'firstDue' | 'overdue' | 'base' | 'cap'> } | null;
  fails: number;
  windowEnds: number;
  /** 公示: since when. */
  window: { from: number; exempt: boolean } | null;
  /** Limits in force, by running, that had passed when another calendar or pack was adopted. */
  passed: Map<string, number>;
  /** Open ones, the oldest first. */
  objections: number[];
  /** What stands beneath an alert that time raised; when a person cleared one last; how often a missed total lay ahead again. */
  beneath: Life['alert'] | null;
  cleared: number;
  turns: number;
  revisit: boolean;
  acts: Act[];
  /** What is drafted, and since when. */
  drafts: Map<string, number>;
  alert: { level: Level; since: number; cause: string };
  appeal: { open: boolean; against: string; at: number };
  asked: Map<string, Asked>;
  /** Proposals that the entries do not name: a ratification, a reopening after a second bad rating. */
  unnamed: number;
  closedAt: number | null;
  settledAt: number | null;
  lookbacks: { at: number; done: boolean }[];
  reRatings: number;
  item: Item | null;
  /** 承接 has been entered. */
  takenOver: boolean;
  /** Fired marks by the running of their limit, while it is in force. */
  told: Map<string, Map<string, string>>;
};

export const blankLife = (): Life => ({
  stage: 'uncaptured', entered: 0, round: 1, last: 0, captured: 0, raters: [], grade: null, lead: null, head: null, coops: [], ordered: null, assigned: null, due: null, firstDue: null, limitDays: null, cap: null, granted: null, graded: 0, given: new Map(), sham: false, registered: 0, overdue: null, planReturns: 0, approved: new Set(),
  extension: { count: 0, pending: false, due: null, asked: 0, since: 0 }, suspension: null, pauses: [], begun: null, base: null, reported: 0, nodes: [], shown: new Set(), interim: false, verify: { later: false, done: false }, ratification: { state: 'none', due: 0, asked: 0, leader: false },
  tasks: [], counter: 0, draft: null, application: null, cameBack: false, lastReturn: null, fails: 0, windowEnds: 0, window: null, passed: new Map(), objections: [], beneath: null, cleared: 0, turns: 0, revisit: false, acts: [], drafts: new Map(), alert: { level: 'none', since: 0, cause: '' },
  appeal: { open: false, against: '', at: 0 }, asked: new Map(), unnamed: 0, closedAt: null, settledAt: null, lookbacks: [], reRatings: 0, item: null, takenOver: false, told: new Map(),
});

/** By what the entries are judged: the text of the pack, and the line of the edition. */
export type Law = { readonly pack: PolicyPack; readonly line: Line };

const conditions: Readonly<Record<string, (life: Life) => boolean>> = {
  red: (life) => life.grade?.colour === 'red',
  yellow: (life) => life.grade?.colour === 'yellow',
  named: (life) => life.raters.some((r) => r.named && !r.withdrawn && r.from === null),
  ratingOrPerson: (life) => ['rating', 'person'].includes(life.appeal.against),
};

/** The amount that the pack gives a row for this case, and its anchor. */
export const limitOf = (life: Life, { pack }: Law, row: string): { amount: Amount | null; anchor: string | null; pauses: boolean; /** Of other colours, where the colour decided. */ plain: Amount | null | undefined } => {
  const limit = pack.limits[row];
  if (limit === undefined) throw new Error(`the pack has no row ${row}`);
  const other = limit.alt?.find((a) => conditions[a.if]?.(life));
  const usual: Amount | null = limit.amount === null || limit.unit === 'none' ? null : { amount: limit.amount, unit: limit.unit };
  return { amount: other ?? usual, anchor: limit.anchor, pauses: limit.pause === 'suspension', plain: other && ['red', 'yellow'].includes(other.if) ? usual : undefined };
};

export const totalOf = (life: Life, { pack }: Law): Amount | null => (life.grade ? pack.totals[life.grade.ordinary ? 'ordinary' : life.grade.colour][life.grade.track] : null);
