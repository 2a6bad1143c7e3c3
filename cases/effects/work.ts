import type { CaseState, Pack, Plan, Rework, Task } from '../../schemas/index.ts';
import { dueOn, endOfDay, addWorkingDays, toCivil, workingDaysBetween } from '../calendar/index.ts';
import { advance } from '../machine/regions.ts';
import { timed } from '../machine/index.ts';
import { policyPart } from '../policy/index.ts';
import { nodeKey } from '../clock/of-unit.ts';
import { byTime, withDraftsLowered } from '../supervised.ts';
import { grantTime, holdTime, resumeTime, withTime, withoutTimeAlert } from '../time.ts';
import { type Doing, type Effect, clock, patch, payloadOf } from './effect.ts';

/** Planning and fixing: tasks, plans, extension, suspension. */

/** When a date was set: a pause before that does not move it. */
const setAt = (s: CaseState, at: number): { datedAt?: number } => (timed(s) ? { datedAt: at } : {});
const blankTask = { state: 'todo', rework: false, returnedAt: null, startedAt: null, proofs: [], problem: null, after: [] } as const;
const newTask = (of: Pick<Task, 'taskId' | 'measure' | 'target' | 'unit' | 'owner' | 'due' | 'mark'>, at: number): Task => ({ ...blankTask, proofs: [], after: [], ...of, since: at });

/** The next number that no task of the case has: a name given by hand may stand where the count has not come to yet. */
const freeId = (s: CaseState, n = s.taskCounter + 1): string => (s.tasks.some((t) => t.taskId === `T${n}`) ? freeId(s, n + 1) : `T${n}`);

const addTask: Effect = (s, d) => {
  const p = payloadOf(d, 'addMeasure');
  const taskId = p.taskId !== undefined && !s.tasks.some((t) => t.taskId === p.taskId) ? p.taskId : freeId(s);
  const unit = p.unit ?? s.responsibility.leadUnit ?? d.g.actor.unit;
  return patch(s, { taskCounter: s.taskCounter + 1, tasks: [...s.tasks, { ...newTask({ taskId, measure: p.measure, target: p.target, unit, owner: p.owner, due: p.due, mark: p.mark }, d.at), ...setAt(s, d.at) }] });
};

/** Tasks of a plan replace the draft; a task that was worked on keeps its state and proofs, rework keeps being rework. */
const tasksOf = (plan: Plan, s: CaseState, at: number): Task[] => {
  const kept = s.tasks.filter((t) => t.rework && !plan.tasks.some((p) => (p.rework ?? p.taskId) === t.taskId));
  return [...kept, ...plan.tasks.map((p) => ({ ...planned(p, s, at), ...setAt(s, at) }))];
};
/** Only the very task that was done stays done: under other words it is to be done again, and nobody inherits another's proofs. */
const planned = (p: Plan['tasks'][number], s: CaseState, at: number): Task => {
  const answers = p.rework ?? p.taskId;
  const found = s.tasks.find((t) => t.taskId === answers && (t.taskId === p.taskId || t.rework));
  const done = found !== undefined && ['submitted', 'taskClosed', 'waived'].includes(found.state);
  const old = done && (found.taskId !== p.taskId || found.measure !== p.measure || found.target !== p.target || found.mark !== p.mark) ? undefined : found;
  if (found?.rework && !old) return { ...planned({ ...p, rework: undefined }, { ...s, tasks: [] }, at), rework: true, returnedAt: found.returnedAt };
  const text = { measure: p.measure, target: p.target, unit: p.unit, owner: p.owner, due: p.due ?? '', mark: p.mark, problem: p.problem, after: p.after };
  return old ? { ...old, ...text, taskId: p.taskId } : { ...newTask({ taskId: p.taskId, ...text }, at), problem: p.problem, after: p.after };
};

const setPlan: Effect = (s, d) => {
  if (s.draft === null) return s;
  const since = timed(s) ? { at: d.at } : {};
  return patch(s, { plan: { version: (s.plan?.version ?? 0) + 1, plan: s.draft, ...since }, tasks: tasksOf(s.draft, s, d.at), taskCounter: s.taskCounter + s.draft.tasks.length, draft: null });
};
const amendPlan: Effect = (s, d) => setPlan(patch(s, { draft: payloadOf(d, 'amendPlan').plan }), d);

const task = (s: CaseState, taskId: string, change: (t: Task) => Task): CaseState => patch(s, { tasks: s.tasks.map((t) => (t.taskId === taskId ? change(t) : t)) });
const moveTask =
  (event: 'start' | 'submit' | 'close' | 'return' | 'waive', more: (t: Task, d: Doing) => Partial<Task> = () => ({})): Effect =>
  (s, d) =>
    task(s, payloadOf(d, 'startTask').taskId, (t) => ({ ...t, ...more(t, d), state: advance('task', t.state, event), since: d.at }));

const proofsGiven = (t: Task, d: Doing): Task['proofs'] => [
  ...t.proofs,
  ...payloadOf(d, 'submitTaskProof').proofs.flatMap((id) => {
    const e = d.g.edge.exhibits[id];
    return e ? [{ exhibit: id, sha256: e.sha256, at: Math.min(e.registeredAt, e.takenAt ?? e.registeredAt) }] : [];
  }),
];
const submit: Effect = (s, d) => {
  const next = moveTask('submit', (t, x) => ({ proofs: proofsGiven(t, x) }))(s, d);
  const used = payloadOf(d, 'submitTaskProof').proofs.flatMap((id) => d.g.edge.exhibits[id]?.sha256 ?? []);
  return clock(patch(next, { usedProofs: [...new Set([...s.usedProofs, ...used])] }), { lastMeasureAt: d.at });
};

/**
 * Rework (返工): each item reopens its task or adds one; the instant of the return is what its proof must be newer than. Shared by
 * every return to work.
 */
export const applyRework = (s: CaseState, rework: readonly Rework[], at: number, by: string): CaseState => {
  const { totalDue, originalDue, overdueAt } = s.clocks;
  const dates = timed(s) ? { dates: { totalDue, originalDue, overdueAt, base: s.time?.base ?? null, ...(s.time?.cap === undefined ? {} : { cap: s.time.cap }) } } : {};
  const saved = s.application ? { application: s.application, prelim: s.checks.prelim, tasks: by === 'reinspection' ? s.tasks : [], ...dates } : null;
  let next = s;
  const items: string[] = [];
  for (const r of rework) {
    const known = r.taskId !== undefined && next.tasks.some((t) => t.taskId === r.taskId);
    const taskId = known ? (r.taskId as string) : freeId(next);
    items.push(taskId);
    const change = { measure: r.content, owner: r.owner, due: r.due, mark: r.mark, rework: true, returnedAt: at, since: at, ...setAt(s, at) };
    next = known
      ? task(next, taskId, (t) => ({ ...t, ...change, measure: t.measure, state: advance('task', t.state, 'reopen') }))
      : patch(next, { taskCounter: next.taskCounter + 1, tasks: [...next.tasks, { ...newTask({ taskId, target: r.content, unit: r.unit ?? next.responsibility.leadUnit ?? '', ...change }, at), ...change }] });
  }
  return patch(next, { lastReturn: { by, at, items, saved } });
};

const askExtension: Effect = (s, d) =>
  patch(s, { extension: { ...s.extension, state: advance('extension', s.extension.state, 'ask'), since: d.at, due: payloadOf(d, 'requestExtension').due, asked: d.at } });

const grantExtension: Effect = (s, d) => {
  const { due } = s.extension;
  const granted = patch(s, { extension: { ...s.extension, state: advance('extension', s.extension.state, 'grant'), count: s.extension.count + 1, since: d.at } });
  if (due === null) return lawful(granted, d.at, d.g.pack);
  const { instant, provisional } = dueOn(d.g.pack.calendar, due);
  // What lengthened the limit meanwhile is not taken back by a date that was asked for before it.
  if (timed(s) && s.clocks.totalDue !== null && instant <= s.clocks.totalDue) return lawful(granted, d.at, d.g.pack);
  const kept = s.grade === null ? granted : grantTime(granted, { due: instant, colour: s.grade.colour });
  return lawful(clock(kept, { totalDue: instant, provisional }), d.at, d.g.pack);
};
/** Asked for in time and granted: what time alone had said against the unit meanwhile is withdrawn by this very entry. */
const lawful = (s: CaseState, at: number, pack: Pack): CaseState => {
  if (!timed(s) || s.clocks.totalDue === null || s.clocks.totalDue <= at) return s;
  const onTime = clock(s, { overdueAt: null });
  return byTime(s) ? withDraftsLowered(withoutTimeAlert(onTime), pack) : onTime;
};

/** 暂缓: from case-2 on the pause itself says everything; before, the working days that remained were kept. */
const rememberState: Effect = (s, d) => {
  const day = (at: number) => toCivil(d.g.pack.calendar, at).day;
  const due = s.clocks.totalDue;
  // What was overdue stays overdue: a pause gives back nothing that was gone.
  const remaining = timed(s) || due === null || d.at > due ? null : workingDaysBetween(d.g.pack.calendar, day(d.at), day(due - 1));
  const resumeBy = dueOn(d.g.pack.calendar, payloadOf(d, 'suspend').resumeBy).instant;
  return patch(holdTime(s), { suspension: { state: advance('suspension', s.suspension.state, 'suspend'), from: s.stage, since: d.at, resumeBy, remaining } });
};
const restoreState: Effect = (s, d) => {
  const { remaining } = s.suspension;
  const drafts = s.drafts.filter((x) => x !== 'resume');
  const resumed = patch(resumeTime(s, d.at, d.g.pack), { drafts, alert: { ...s.alert, frozen: false }, suspension: { state: advance('suspension', s.suspension.state, 'resume'), from: null, since: null, resumeBy: null, remaining: null } });
  if (remaining === null) return resumed;
  const last = addWorkingDays(d.g.pack.calendar, toCivil(d.g.pack.calendar, d.at).day, remaining);
  return clock(resumed, { totalDue: endOfDay(d.g.pack.calendar, last.day), provisional: s.clocks.provisional || last.provisional });
};
const markRenewed: Effect = (s, d) =>
  patch(s, { drafts: timed(s) ? s.drafts.filter((x) => x !== 'resume') : s.drafts, suspension: { ...s.suspension, state: advance('suspension', s.suspension.state, 'renew'), resumeBy: dueOn(d.g.pack.calendar, payloadOf(d, 'renewSuspension').resumeBy).instant } });

/** 方案两次退回: a talk is drafted when there is ground for one by the policy. */
const notePlanReturn: Effect = (s, d) => {
  const planReturns = s.planReturns + 1;
  const enough = timed(s) ? policyPart(d.g.pack.policy, 'thresholds').planReturnsTalk : 2;
  return patch(s, { planReturns, drafts: planReturns >= enough ? [...new Set([...s.drafts, 'L4'])] : s.drafts });
};
const toList: Effect = (s, d) => {
  if (!s.grade) return s;
  return patch(s, { grade: { ...s.grade, track: 'list', ordinary: false, since: timed(s) ? s.grade.since : d.at } });
};
const rated = (s: CaseState, raterId: string | undefined, change: Partial<CaseState['raters'][number]>): CaseState =>
  patch(s, { raters: s.raters.map((r) => (raterId === undefined || r.raterId === raterId ? { ...r, ...change } : r)) });

/** 报进展: the next period runs from here. Row 21 has no verb in the table. */
export const reported: Effect = (s, d) => {
  const named = payloadOf(d, 'reportProgress').nodes.map((n) => nodeKey(n.taskId, n.what));
  const known = (s.plan?.plan.tasks ?? []).flatMap((t) => t.nodes.map((n) => nodeKey(t.taskId, n.what)));
  const nodes = known.filter((key) => named.includes(key) || s.time?.nodes?.includes(key));
  return withTime(s, { reportedAt: d.at, ...(nodes.length > 0 ? { nodes } : {}) });
};

export const workEffects = {
  addTask,
  trackToList: toList,
  keepDraft: ((s, d) => patch(s, { draft: payloadOf(d, 'submitPlan').plan })) as Effect,
  setPlan,
  notePlanReturn,
  amendPlan,
  taskDoing: moveTask('start', (t, d) => ({ startedAt: t.rework && (t.startedAt ?? 0) < (t.returnedAt ?? 0) ? d.at : (t.startedAt ?? d.at) })),
  taskSubmitted: submit,
  taskClosed: moveTask('close'),
  taskReturned: moveTask('return'),
  taskWaived: moveTask('waive'),
  askExtension,
  grantExtension,
  denyExtension: ((s, d) => patch(s, { extension: { ...s.extension, state: advance('extension', s.extension.state, 'deny'), since: d.at } })) as Effect,
  voidExtension: ((s, d) => (s.extension.state === 'pending' ? patch(s, { extension: { ...s.extension, state: advance('extension', s.extension.state, 'void'), since: d.at } }) : s)) as Effect,
  rememberState,
  restoreState,
  markRenewed,
  freezeAlert: ((s) => patch(s, { alert: { ...s.alert, frozen: true } })) as Effect,
  noteContact: ((s, d) => rated(s, payloadOf(d, 'contactCitizen').raterId, { contactedAt: d.at })) as Effect,
  setInterim: ((s) => patch(s, { interim: true })) as Effect,
  noteReply: ((s, d) => rated(s, payloadOf(d, 'replyCitizen').raterId, { answeredAt: d.at })) as Effect,
  disclose: ((s, d) => patch(s, { disclosed: { rater: payloadOf(d, 'discloseContact').raterId, handler: payloadOf(d, 'discloseContact').handler } })) as Effect,
} as const;
