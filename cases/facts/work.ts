import type { Payload, Plan, Task } from '../../schemas/index.ts';
import { addWorkingDays, dueOn, endOfDay, epochDay, realMs, toCivil, workingDaysBetween } from '../calendar/index.ts';
import { missingInLists, reworkNotIn, wrongInSchedule } from '../lists.ts';
import type { Facts } from '../look.ts';
import { scheduleFaults } from '../schedule/guard.ts';
import { measureOf } from '../schedule/reserve.ts';
import { policyPart } from '../policy/index.ts';
import { peopleOf } from './case.ts';
import { originalDays } from '../total.ts';
import { type Ground, exhibit, exhibits, madeAt, official } from './ground.ts';

/** Facts of planning and fixing. */

const plan = (p: Plan, g: Ground): Facts => ({
  listsComplete: missingInLists(p, g.state, g.edge.people).length === 0,
  tasks: p.tasks.length,
  scheduleValid: wrongInSchedule(p, g.state, g.pack, g.at).length === 0 && scheduleFaults(p, g.state, measureOf(g.pack), g.at).length === 0,
  coversRework: reworkNotIn(p, g.state).length === 0,
});

export const taskOf = (g: Ground, taskId: string): Task | undefined => g.state.tasks.find((t) => t.taskId === taskId);

/** A task is owned by its person; a supporting unit's clerk acts for the tasks of that unit. */
const owns = (g: Ground, task: Task | undefined): boolean =>
  task !== undefined && g.actors.some((a) => peopleOf(a).includes(task.owner) || (a.role === 'COOP' && a.unit === task.unit));

/** Who checks a task has seen the proof it has now: a check of before the last proof is void (`at` is the first checker's instant). */
const task = (p: { taskId: string }, g: Ground): Facts => {
  const t = taskOf(g, p.taskId);
  return {
    taskStateOk: t !== undefined && (g.row.with.task ?? []).includes(t.state) && !(t.state === 'submitted' && t.since > g.at),
    isOwner: owns(g, t),
    isRework: t?.rework ?? false,
    notLast: g.state.tasks.some((x) => x.taskId !== p.taskId && x.state !== 'waived'),
  };
};

/** Whoever gave proof in this case checks no task of it, also after the task went to another owner. */
const gaveProof = (g: Ground): boolean => g.actors.some((a) => g.state.duties.some((d) => d.act === 'submitTaskProof' && peopleOf(a).includes(d.person)));
const checked = (p: { taskId: string }, g: Ground): Facts => {
  const found = task(p, g);
  return { ...found, isOwner: found['isOwner'] === true || gaveProof(g) };
};

/** Only proofs registered by the unit that does the work, taken after the task was started. */
const proofs = (p: Payload<'submitTaskProof'>, g: Ground): Facts => {
  const t = taskOf(g, p.taskId);
  const found = exhibits(g, p.proofs, 'proof');
  const fresh = (at: number) => t?.startedAt != null && at >= t.startedAt;
  return {
    proofTypeOk: found.length > 0 && found.length === p.proofs.length && found.every((e) => e.by.unit === t?.unit),
    proofAfterStart: found.length > 0 && found.every((e) => fresh(madeAt(e))),
    proofSeen: found.some((e) => g.state.usedProofs.includes(e.sha256) || (g.edge.proofSeen[e.sha256] ?? []).length > 0),
  };
};

/** Filed some working days (one) before the due day ends; a red case on the immediate track some hours (four) before. */
const tooLate = (g: Ground): boolean => {
  const due = g.state.clocks.totalDue;
  if (due === null) return true;
  const { extensionNotice, redExtensionNotice } = policyPart(g.pack.policy, 'caps');
  const red = g.state.grade?.colour === 'red' && g.state.grade.track === 'immediate';
  if (red) return g.at > due - realMs(g.pack.calendar, redExtensionNotice.amount * 3_600_000);
  const dueDay = toCivil(g.pack.calendar, due - 1).day;
  return g.at > endOfDay(g.pack.calendar, addWorkingDays(g.pack.calendar, dueDay, -extensionNotice.amount).day);
};

/** Not more than half of the original amount each time, measured in working days. */
const overHalf = (p: Payload<'requestExtension'>, g: Ground): boolean => {
  const { totalDue } = g.state.clocks;
  const original = originalDays(g.state, g.pack);
  if (original === null || totalDue === null) return true;
  const dayOf = (at: number) => toCivil(g.pack.calendar, at).day;
  const asked = workingDaysBetween(g.pack.calendar, dayOf(totalDue - 1), epochDay(p.due));
  return asked <= 0 || asked > Math.max(1, Math.floor(original * g.pack.policy.extensionShare));
};

const resumeInDays = (date: string, g: Ground): number | null => {
  const days = epochDay(date) - toCivil(g.pack.calendar, g.at).day;
  return days < 0 ? null : (days * 90) / g.pack.policy.suspensionDays;
};
const rater = (p: { raterId?: string | undefined }, g: Ground): boolean => p.raterId === undefined ? g.state.raters.filter((r) => !r.withdrawn).length <= 1 : g.state.raters.some((r) => r.raterId === p.raterId && !r.withdrawn);
const proofOfAct = (p: { raterId?: string | undefined; proof?: string | undefined }, g: Ground): Facts => ({
  proof: rater(p, g) && exhibit(g, p.proof, 'call', 'letter', 'proof', 'record') !== undefined,
});
const reason = (p: { reason?: string | undefined }): Facts => ({ reason: p.reason ?? null });

export const workFacts = {
  convertToPlan: reason,
  orderPlan: reason,
  submitPlan: (p: Payload<'submitPlan'>, g: Ground): Facts => plan(p.plan, g),
  amendPlan: (p: Payload<'amendPlan'>, g: Ground): Facts => ({
    ...plan(p.plan, g),
    dueMoved: p.due !== undefined && dueOn(g.pack.calendar, p.due).instant !== g.state.clocks.totalDue,
  }),
  returnPlan: (p: Payload<'returnPlan'>): Facts => ({ items: p.items }),
  reportProgress: (p: Payload<'reportProgress'>, g: Ground): Facts => ({
    nodes: p.nodes.length > 0 && p.nodes.every((n) => taskOf(g, n.taskId) !== undefined && exhibit(g, n.proof, 'proof') !== undefined),
  }),
  requestExtension: (p: Payload<'requestExtension'>, g: Ground): Facts => ({
    tooLate: tooLate(g),
    cause: p.cause ?? null,
    interimPlan: p.interimPlan ?? null,
    overHalf: overHalf(p, g),
  }),
  grantExtension: (_: Payload<'grantExtension'>, g: Ground): Facts => ({ finalRole: finalRole(g) }),
  denyExtension: reason,
  suspend: (p: Payload<'suspend'>, g: Ground): Facts => ({ ground: p.ground, resumeInDays: resumeInDays(p.resumeBy, g) }),
  resume: (p: Payload<'resume'>, g: Ground): Facts => ({ causeProved: exhibit(g, p.proof, 'letter', 'record', 'proof') !== undefined }),
  renewSuspension: (p: Payload<'renewSuspension'>, g: Ground): Facts => ({
    causeProved: exhibit(g, p.proof, 'letter', 'record', 'proof') !== undefined,
    resumeInDays: resumeInDays(p.resumeBy, g),
  }),
  startTask: task,
  submitTaskProof: (p: Payload<'submitTaskProof'>, g: Ground): Facts => ({ ...task(p, g), ...proofs(p, g) }),
  closeTask: checked,
  returnTask: (p: Payload<'returnTask'>, g: Ground): Facts => ({ ...checked(p, g), ...reason(p) }),
  waiveTask: (p: Payload<'waiveTask'>, g: Ground): Facts => ({
    ...task(p, g),
    waiveGround: ['目标已另行达成', '政策变化'].includes(p.ground ?? '') && p.reason !== undefined,
  }),
  contactCitizen: proofOfAct,
  interimMeasure: (p: Payload<'interimMeasure'>, g: Ground): Facts => proofOfAct({ proof: p.proof }, g),
  replyCitizen: proofOfAct,
  discloseContact: (p: Payload<'discloseContact'>, g: Ground): Facts => ({
    consent: official(g, p.consent, 'consent')?.data.raterId === p.raterId && rater(p, g),
    report: g.state.source === 'report',
  }),
} as const;

/** Role of the last to decide: the leader who approved, or will; a third extension needs LDR_CHIEF himself. */
const finalRole = (g: Ground): string | null => {
  if (g.actors.length >= g.chain.length) return g.actors.at(-1)?.role ?? null;
  return g.chain.at(-1)?.includes('LDR_CHIEF') ? 'LDR_CHIEF' : (g.chain.at(-1)?.[0] ?? null);
};
