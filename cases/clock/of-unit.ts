import type { CaseState, Deadline, StageId } from '../../schemas/index.ts';
import { totalDueOf, totalOf } from '../total.ts';
import { type At, counted, dated, holderOf, until } from './basis.ts';

/** In these stages the unit has not handed over: its total runs, and is judged by when it applies. */
const withUnit: readonly StageId[] = ['assigned', 'reassignReview', 'immediate', 'planDrafting', 'planReview', 'rectifying'];
const working: readonly StageId[] = ['immediate', 'rectifying', 'suspended'];
const assigned = (s: CaseState): boolean => withUnit.includes(s.stage) || s.stage === 'suspended';

/** 总期限: what the unit owes from 交办, and beside it what the office owes the citizen from 登记. */
export function total(at: At): Deadline[] {
  const { s, pack } = at;
  const { totalDue, originalDue, assignedAt, provisional } = s.clocks;
  if (totalDue === null || assignedAt === null || !assigned(s)) return citizen(at);
  const r = s.responsibility;
  const base = s.time?.base ?? null;
  const unit = dated({
    id: 'total', row: 'due', holder: { role: 'UH', unit: r.leadUnit, person: r.unitHead }, cycle: `${s.round}.${s.extension.count}`, since: assignedAt, due: totalDue,
    original: originalDue === totalDue ? null : originalDue, provisional, paused: s.stage === 'suspended', amount: totalOf(s, pack), anchor: 'assign',
    ...(base ? { countedFrom: base.at, spent: base.spent } : {}),
  });
  return [unit, ...citizen(at)];
}

/** From the capture; a date granted to the unit later than that is one the citizen was told (row 24). */
function citizen({ s, pack }: At): Deadline[] {
  const due = totalDueOf(s, pack, s.clocks.capturedAt);
  // Signed off, the matter is solved for the citizen: the public notice is not time that anybody owes.
  if (due === null || s.stage.startsWith('publicizing') || s.clocks.closedAt !== null || s.clocks.settledAt !== null || s.clocks.assignedAt === null) return [];
  const granted = s.extension.count > 0 ? (s.clocks.totalDue ?? 0) : 0;
  const later = Math.max(due.instant, granted);
  return [dated({ id: 'citizen', row: 'due', holder: { role: 'HUB', unit: null, person: null }, cycle: s.round, since: s.clocks.capturedAt, due: later, original: later === due.instant ? null : due.instant, provisional: due.provisional, paused: s.stage === 'suspended', amount: totalOf(s, pack), anchor: 'capture' })];
}

export function tasks(at: At): Deadline[] {
  const { s, rowOf } = at;
  if (!working.includes(s.stage)) return [];
  return s.tasks.flatMap((t): Deadline[] => {
    const id = `task:${t.taskId}`;
    if (t.state === 'submitted') return counted(at, rowOf('T3'), { id: `check:${t.taskId}`, since: t.since, holder: { role: 'LEAD', unit: s.responsibility.leadUnit, person: null }, cycle: t.since });
    if (!['todo', 'doing', 'taskReturned'].includes(t.state) || t.due === '') return [];
    return [dated({ id, row: 'due', holder: { role: 'UO', unit: t.unit, person: t.owner }, cycle: `${t.due}.${t.returnedAt ?? ''}`, since: t.since, ...until(at, t.due), paused: s.stage === 'suspended' })];
  });
}

/** How the state names a node of a task. */
export const nodeKey = (taskId: string, what: string): string => `${taskId} ${what}`;
/** 节点 of the plan that nobody has reported, of tasks that are still to be done. */
export function nodes(at: At): Deadline[] {
  const { s } = at;
  if (s.time === undefined || !working.includes(s.stage)) return [];
  const open = s.tasks.filter((t) => ['todo', 'doing', 'taskReturned'].includes(t.state));
  return (s.plan?.plan.tasks ?? []).flatMap((p) => {
    const task = open.find((t) => t.taskId === p.taskId);
    if (!task) return [];
    return p.nodes.flatMap((n, i) => (s.time?.nodes?.includes(nodeKey(p.taskId, n.what)) ? [] : [dated({ id: `node:${p.taskId}.${i + 1}`, row: 'due', holder: { role: 'UO', unit: task.unit, person: task.owner }, cycle: n.due, since: task.since, ...until(at, n.due), paused: s.stage === 'suspended' })]));
  });
}

/** 联系群众, 临时措施, 配合签收, 报进展: what the unit owes beside the work itself. */
export function duties(at: At): Deadline[] {
  const { s, rowOf } = at;
  const ordered = s.clocks.orderedAt;
  if (ordered === null || !assigned(s)) return [];
  const holder = (row: string) => { const r = rowOf(row); return r ? holderOf(s, r) : { role: 'UO' as const, unit: s.responsibility.leadUnit, person: null }; };
  const paused = (of: Deadline[]): Deadline[] => (s.stage === 'suspended' ? of.map((d) => ({ ...d, paused: true })) : of);
  const waiting = s.raters.flatMap((r) => (r.withdrawn || r.contactedAt !== null ? [] : [Math.max(ordered, r.joinedAt ?? 0)]));
  const since = Math.min(...waiting);
  const contact = waiting.length > 0 ? counted(at, rowOf('50'), { id: 'contact', since, holder: holder('50'), cycle: since }) : [];
  const interim = !s.interim ? counted(at, rowOf('50a'), { id: 'interim', since: ordered, holder: holder('50a'), cycle: ordered }) : [];
  const coops = s.responsibility.coops.flatMap((c) => (c.signedAt !== null ? [] : counted(at, rowOf('12a'), { id: `coop:${c.unit}`, since: c.since ?? ordered, holder: { role: 'COOP', unit: c.unit, person: null }, cycle: c.since ?? ordered })));
  const reported = Math.max(s.time?.reportedAt ?? 0, s.stageSince);
  const progress = s.stage === 'rectifying' ? counted(at, rowOf('21'), { id: 'progress', since: reported, holder: holder('21'), cycle: reported }) : [];
  return paused([...contact, ...interim, ...coops, ...progress]);
}
