import type { CaseState, Deadline } from '../../schemas/index.ts';
import { awaited } from '../awaited.ts';
import { machineOf } from '../machine/index.ts';
import type { Row } from '../row.ts';
import { unitSide } from './basis.ts';
import { nodeKey } from './of-unit.ts';

/** Whether a limit left force because what it was for was done (办结), or for another reason. */

/** The act that came to pass: its row, the command that brought it, and the state on both sides. */
export type Happened = { readonly type: string; readonly row: string; readonly payload: Readonly<Record<string, unknown>>; readonly outcome: string; readonly before: CaseState; readonly after: CaseState };

const rowIn = (h: Happened): Row | undefined => machineOf(h.after.machine)?.byId.get(h.row);
const byRow = (...rows: readonly string[]) => (h: Happened): boolean => h.outcome === 'done' && rows.includes(h.row);
const idOf = (d: Pick<Deadline, 'id'>): string => d.id.slice(d.id.indexOf(':') + 1);

/** Acts that end a stage without being what it waits for. */
const elsewhere: ReadonlySet<string> = new Set(['merge', 'routeOut', 'recall', 'suspend', 'renewSuspension', 'voidVisit', 'withdrawApplication', 'raiseObjection', 'regrade']);

/** The side that the stage waited for decided, this way or that: 属实 and 查不属实 both end the verification. */
const stageDone = (d: Deadline, h: Happened): boolean => {
  const row = rowIn(h);
  if (h.outcome !== 'done' || row === undefined || elsewhere.has(row.command) || awaited[h.before.stage] === undefined) return false;
  const roles = row.steps[0]?.roles ?? [];
  return h.before.stage === 'lookback' || roles.some((r) => unitSide.includes(r) === unitSide.includes(d.role));
};

const proposalDone = (d: Deadline, { type, payload }: Happened): boolean => ['approveProposal', 'returnProposal'].includes(type) && payload['proposalId'] === idOf(d);

const done = (s: CaseState, taskId: string): boolean => s.tasks.some((t) => t.taskId === taskId && ['submitted', 'taskClosed'].includes(t.state));
/** `T1.2`: the second node of the first task. */
const reportedNode = (d: Deadline, s: CaseState): boolean => {
  const [taskId, n] = [idOf(d).slice(0, idOf(d).lastIndexOf('.')), Number(idOf(d).slice(idOf(d).lastIndexOf('.') + 1))];
  const node = s.plan?.plan.tasks.find((t) => t.taskId === taskId)?.nodes[n - 1];
  return node !== undefined && s.time?.nodes?.includes(nodeKey(taskId, node.what)) === true;
};

type Test = (d: Deadline, h: Happened) => boolean;
const tests: Readonly<Record<string, Test>> = {
  total: (_, h) => applies(h),
  // Signed off, the matter is solved for the citizen.
  citizen: (_, { after }) => after.publicity !== null || after.clocks.closedAt !== null || after.clocks.settledAt !== null,
  stage: stageDone,
  task: (d, { after }) => done(after, idOf(d)),
  // Put forward, the check is done: the second signature has a limit of its own.
  check: (d, { row, payload, after }) => (row === 'T3' && payload['taskId'] === idOf(d)) || after.tasks.some((t) => t.taskId === idOf(d) && ['taskClosed', 'taskReturned'].includes(t.state)),
  reply: (_, h) => byRow('49')(h),
  proposal: proposalDone,
  callback: (_, h) => byRow('C2')(h),
  ratification: (_, { after }) => ['done', 'returned'].includes(after.ratification.state),
  appeal: (_, h) => byRow('F3')(h),
  contact: (_, h) => byRow('50')(h),
  interim: (_, h) => byRow('50a')(h),
  coop: (_, h) => byRow('12a')(h),
  verify: (_, h) => byRow('4a', '7c')(h),
  progress: (_, h) => byRow('21')(h),
  measures: (_, { after }) => after.tasks.length > 0,
  orderPlan: (_, h) => byRow('17', '17a')(h),
  node: (d, { after }) => reportedNode(d, after) || done(after, idOf(d).slice(0, idOf(d).lastIndexOf('.'))),
  extension: (_, h) => h.row === '24' || byRow('24a')(h),
  act: (d, h) => byRow(idOf(d))(h),
};
/** 申请: what the unit owes is done when it applies, and judged by the instant at which it did. */
const applies = (h: Happened): boolean => h.outcome === 'done' && rowIn(h)?.do.includes('fileApplication') === true;

export const fulfilled = (d: Deadline, h: Happened): boolean => tests[d.id.split(':')[0] ?? '']?.(d, h) ?? false;

/** The instant by which on time is judged. */
export const doneAt = (d: Deadline, h: Happened, at: number): number => (d.id === 'total' && applies(h) ? (h.after.application?.filedAt ?? at) : at);

/** An extension that was granted takes the place of the date before it: that date was not missed by whoever asked in time. */
export const extended = (d: Deadline, h: Happened): boolean => d.id === 'total' && byRow('24')(h);
