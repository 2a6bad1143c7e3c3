import type { CaseState, Deadline, StageId, Task } from '../../schemas/index.ts';
import { totalDueOf, totalOf } from '../total.ts';
import { timed } from '../machine/version.ts';
import { type At, counted, dated, endOf, holderOf, still } from './basis.ts';
import { putForward } from './holder.ts';
import { enteredAt, heldOr, pausesOf, through } from './pause.ts';

/** In these stages the unit has not handed over: its total runs, and is judged by when it applies. */
const withUnit: readonly StageId[] = ['assigned', 'reassignReview', 'immediate', 'planDrafting', 'planReview', 'rectifying'];
const working: readonly StageId[] = ['immediate', 'rectifying'];
const assigned = (s: CaseState): boolean => withUnit.includes(s.stage) || s.stage === 'suspended';

/** Another round, a granted extension, or a date ahead again of what was missed: another running. */
const totalCycle = (s: CaseState): string => [s.round, s.extension.count, ...(s.time?.turns === undefined ? [] : [s.time.turns])].join('.');
/** 总期限: what the unit owes from 交办, and beside it what the office owes the citizen from 登记. */
export function total(at: At): Deadline[] {
  const { s, pack } = at;
  const { totalDue, originalDue, assignedAt } = s.clocks;
  if (totalDue === null || assignedAt === null || !assigned(s)) return citizen(at);
  const r = s.responsibility;
  const amount = totalOf(s, pack);
  // Its date moved with every pause: only what was used of it is asked.
  const { countedFrom, spent } = through(pack.calendar, pausesOf(s), { since: s.time?.base ?? assignedAt, due: totalDue, amount }, true);
  const unit = dated({
    id: 'total', row: 'due', holder: { role: 'UH', unit: r.leadUnit, person: r.unitHead }, cycle: totalCycle(s), since: assignedAt, due: totalDue,
    original: originalDue === totalDue ? null : originalDue, paused: s.stage === 'suspended', amount, anchor: 'assign', countedFrom, spent,
  });
  return [unit, ...citizen(at)];
}

/** From the capture; a date granted to the unit later than that is one the citizen was told (row 24). */
function citizen(at: At): Deadline[] {
  const { s, pack } = at;
  // Reopened, the matter is the citizen's again since then.
  const since = s.time?.reopened ?? s.clocks.capturedAt;
  const due = totalDueOf(s, pack, since);
  // Signed off, the matter is solved for the citizen: the public notice is not time that anybody owes.
  if (due === null || s.stage.startsWith('publicizing') || s.clocks.closedAt !== null || s.clocks.settledAt !== null || s.clocks.assignedAt === null) return [];
  const own = still(at, { id: 'citizen', row: 'due', holder: { role: 'HUB', unit: null, person: null }, cycle: timed(s) ? since : s.round, since, due: due.instant, amount: totalOf(s, pack), anchor: 'capture' });
  const granted = timed(s) ? (s.time?.granted?.due ?? 0) : s.extension.count > 0 ? (s.clocks.totalDue ?? 0) : 0;
  return [granted > own.due ? { ...own, due: granted, original: own.due } : own];
}

/** Tasks that are still to be done, or to be done again. */
const toDo = (t: Task): boolean => ['todo', 'doing', 'taskReturned'].includes(t.state);
/** 任务期限 and 节点 are dates that people set: what was left of them when the case was suspended is left when it is resumed. */
export function tasks(at: At): Deadline[] {
  return working.includes(heldOr(at.s)) ? tasksThen(at) : [];
}
/** While a plan is drawn up nobody works on the tasks, and what was told of them stays told. */
export const asleepTasks = (at: At): Deadline[] => (timed(at.s) && ['planDrafting', 'planReview'].includes(heldOr(at.s)) ? tasksThen(at) : []);
const tasksThen = (at: At): Deadline[] => {
  const { s, rowOf } = at;
  return s.tasks.flatMap((t): Deadline[] => {
    // Put forward, it waits for its second check, which has a limit of its own.
    if (t.state === 'submitted') return putForward(at, 'T3', t.taskId) ? [] : counted(at, rowOf('T3'), { id: `check:${t.taskId}`, since: t.since, holder: { role: 'LEAD', unit: s.responsibility.leadUnit, person: null }, cycle: t.since });
    if (!toDo(t) || t.due === '') return [];
    return [still(at, { id: `task:${t.taskId}`, row: 'due', holder: { role: 'UO', unit: t.unit, person: t.owner }, cycle: `${t.due}.${t.returnedAt ?? ''}`, since: t.datedAt ?? t.since, due: endOf(at, t.due) })];
  });
};

/** How the state names a node of a task. */
export const nodeKey = (taskId: string, what: string): string => `${taskId} ${what}`;
/** 节点 of the plan that nobody has reported, of tasks that are still to be done. */
export function nodes(at: At): Deadline[] {
  const { s } = at;
  const { plan } = s;
  if (s.time === undefined || plan === null || !working.includes(heldOr(s))) return [];
  return plan.plan.tasks.flatMap((p) => {
    const task = s.tasks.find((t) => t.taskId === p.taskId && toDo(t));
    if (!task) return [];
    const open = p.nodes.map((n, i) => ({ ...n, id: `node:${p.taskId}.${i + 1}` })).filter((n) => !s.time?.nodes?.includes(nodeKey(p.taskId, n.what)));
    return open.map((n) => still(at, { id: n.id, row: 'due', holder: { role: 'UO', unit: task.unit, person: task.owner }, cycle: n.due, since: plan.at ?? task.since, due: endOf(at, n.due) }));
  });
}

/** 联系群众, 临时措施, 配合签收, 报进展, 定立改措施: what the unit owes beside the work itself. */
export function duties(at: At): Deadline[] {
  const { s, rowOf } = at;
  const ordered = s.clocks.orderedAt;
  if (ordered === null) return [];
  // As long as the act can be done: what is missed while the office has the case was missed, and is not missed again.
  const open = (row: string): boolean => (timed(s) ? rowOf(row)?.from.includes(s.stage) === true : assigned(s));
  const owed = (id: string, row: string, since: number): Deadline[] => { const r = rowOf(row); return r ? counted(at, r, { id, since, holder: holderOf(s, r), cycle: since }) : []; };
  const uncalled = s.raters.flatMap((r) => (r.withdrawn || r.contactedAt !== null ? [] : [Math.max(ordered, r.joinedAt ?? 0)]));
  const contact = open('50') && uncalled.length > 0 ? owed('contact', '50', Math.min(...uncalled)) : [];
  const interim = s.interim || !open('50a') ? [] : owed('interim', '50a', ordered);
  const coops = s.responsibility.coops.flatMap((c) => (c.signedAt !== null || !open('12a') ? [] : counted(at, rowOf('12a'), { id: `coop:${c.unit}`, since: c.since ?? ordered, holder: { role: 'COOP', unit: c.unit, person: null }, cycle: c.since ?? ordered })));
  const progress = heldOr(s) === 'rectifying' ? owed('progress', '21', Math.max(s.time?.reportedAt ?? 0, enteredAt(s))) : [];
  const measures = timed(s) && heldOr(s) === 'immediate' && s.tasks.length === 0 ? owed('measures', '16a', enteredAt(s)) : [];
  return [...contact, ...interim, ...coops, ...progress, ...measures];
}
