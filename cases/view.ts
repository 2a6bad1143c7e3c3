import { type Actor, type Board, type CaseState, type Pack, type Proposal, type View, sideOf, stages } from '../schemas/index.ts';
import { dueDateAt } from './calendar/index.ts';
import { deadlinesOf, officeAlertOf } from './clock/index.ts';
import { pausedSince } from './clock/pause.ts';
import { isProvisional } from './clock/provisional.ts';
import { kindOf } from './facts/case.ts';
import { mayRead } from './permission.ts';
import { namedIn, publicStage } from './record.ts';
import { totalOf } from './total.ts';

type Reader = Pick<Actor, 'person' | 'role' | 'unit'>;
const importedOf = (s: CaseState): View['imported'] => (s.imported === undefined ? null : { originalNo: s.imported.originalNo, unknown: s.imported.unknown });
const zhOf = (s: CaseState): string => (s.stage === 'uncaptured' ? '登记前' : stages[s.stage].zh);

/** Covert rows: their proposals are for the need-to-know list. */
const seesProposal = (s: CaseState, p: Proposal, who: Reader): boolean => {
  if (['unit', 'coop'].includes(sideOf(who.role))) return p.visible === 'case';
  if (p.visible === 'sealed') return [p.by.person, ...namedIn(p.payload)].includes(who.person);
  // A spot check that is planned is for those who carry it out; what else is covert, for the readers of reviews and signatures.
  if (p.type === 'orderSpotCheck' || who.role === 'VERIFIER') return p.visible !== 'covert' && p.visible !== 'served' ? true : mayRead(s, who, 'covert') === 'yes';
  return p.visible === 'covert' || p.visible === 'served' ? mayRead(s, who, 'covert') === 'yes' || mayRead(s, who, 'callbacks') === 'yes' : true;
};

/** The dates of tasks and nodes as they stand: a suspension moves what people set. */
const datesInForce = (s: CaseState, pack: Pack | undefined): ((id: string, set: string) => string) => {
  const due = new Map((pack ? deadlinesOf(s, pack) : []).map((d) => [d.id, d.due]));
  return (id, set) => (pack && due.has(id) ? dueDateAt(pack.calendar, due.get(id) ?? 0) : set);
};

/** Of the total as it stands, whatever moved it. */
const totalProvisional = (s: CaseState, pack: Pack): boolean =>
  s.clocks.totalDue !== null && isProvisional(pack.calendar, { since: s.clocks.assignedAt ?? s.clocks.capturedAt, due: s.clocks.totalDue, amount: totalOf(s, pack) });

/** 案件视图: what one reader may see of the case at an instant (time must have been applied already); of one that has ended nothing is late any more: no pack is needed. */
export const viewOf = (s: CaseState, who: Reader, at: number, pack?: Pack): View => {
  const unit = ['unit', 'coop'].includes(sideOf(who.role));
  const readable = mayRead(s, who, 'problem') === 'yes';
  const covert = !unit && (mayRead(s, who, 'covert') === 'yes' || sideOf(who.role) === 'office');
  const stage = covert ? s.stage : (publicStage(s) ?? '');
  const inForce = datesInForce(s, pack);
  const tasks = s.tasks.filter((t) => !unit || who.unit === s.responsibility.leadUnit || t.unit === who.unit);
  return {
    caseNo: s.caseNo,
    stage,
    stageZh: covert ? zhOf(s) : (publicStage(s) ?? '—'),
    revision: unit ? s.unitRevision : s.revision,
    round: s.round,
    colour: s.grade?.colour ?? null,
    ordinary: s.grade?.ordinary ?? false,
    track: s.grade?.track ?? null,
    alert: s.alert.level,
    officeAlert: unit || !pack ? null : officeAlertOf(s, pack),
    matter: readable ? s.matter.name : '',
    place: readable ? s.matter.place : null,
    leadUnit: s.responsibility.leadUnit,
    coopUnits: s.responsibility.coops.map((c) => c.unit),
    due: s.clocks.totalDue,
    dueProvisional: pack ? totalProvisional(s, pack) : s.clocks.provisional,
    overdue: s.clocks.overdueAt !== null || (s.clocks.totalDue !== null && (pausedSince(s) ?? at) > s.clocks.totalDue && kindOf(s.stage) === 'open' && s.application === null),
    tasks: readable ? tasks.map((t) => ({ taskId: t.taskId, measure: t.measure, unit: t.unit, owner: t.owner, due: inForce(`task:${t.taskId}`, t.due), state: t.state, rework: t.rework })) : [],
    proposals: s.proposals.filter((p) => seesProposal(s, p, who)).map((p) => ({ proposalId: p.proposalId, command: p.type, by: p.by.person, at: p.at })),
    acts: s.acts.filter((a) => !unit || (a.to.unit === who.unit && a.code !== 'L7')).map((a) => ({ act: a.act, code: a.code, answered: a.answeredAt !== null })),
    publicUntil: s.publicity?.until ?? null,
    halted: s.halted?.code ?? null,
    imported: importedOf(s),
  };
};

/** While a look-back or a spot check is under way nothing is said about the visits of the case. */
const checkOf = (s: CaseState): Board['check'] => {
  const operating = s.stage === 'lookback' || s.spotCheck.state === 'active';
  return s.checks.check === null || operating ? null : { by: s.checks.check, mode: s.checks.check === 'reinspection' ? (s.visit?.mode ?? null) : null };
};
const boardTasks = (s: CaseState, pack: Pack): Board['tasks'] => {
  const inForce = datesInForce(s, pack);
  return s.tasks.map((t) => ({
    taskId: t.taskId, measure: t.measure, unit: t.unit, owner: t.owner, due: inForce(`task:${t.taskId}`, t.due), state: t.state, rework: t.rework, target: t.target, mark: t.mark, since: t.since,
    nodes: (s.plan?.plan.tasks.find((p) => p.taskId === t.taskId)?.nodes ?? []).map((n, i) => ({ ...n, due: inForce(`node:${t.taskId}.${i + 1}`, n.due) })),
  }));
};

/** The rows that the case has in the projections now: 问题台账, 任务清单, 公示. */
export const boardOf = (s: CaseState, pack: Pack): Board => ({
  caseNo: s.caseNo,
  seq: s.seq,
  stage: s.stage,
  unitStage: publicStage(s),
  kind: kindOf(s.stage),
  since: s.stageSince,
  round: s.round,
  field: s.field,
  source: s.source,
  matter: s.matter.name,
  matterCode: s.matter.code,
  place: s.matter.place,
  ratedUnit: s.matter.ratedUnit,
  ledgerNo: s.ledgerNo,
  colour: s.grade?.colour ?? s.colourFloor,
  ordinary: s.grade?.ordinary ?? false,
  track: s.grade?.track ?? null,
  alert: s.alert.level,
  officeAlert: officeAlertOf(s, pack),
  leadUnit: s.responsibility.leadUnit,
  coopUnits: s.responsibility.coops.map((c) => c.unit),
  unitHead: s.responsibility.unitHead,
  owner: s.responsibility.owner,
  dutyLeader: s.responsibility.dutyLeader,
  liaison: s.responsibility.liaison,
  caseLeader: s.responsibility.caseLeader,
  capturedAt: s.clocks.capturedAt,
  due: s.clocks.totalDue,
  originalDue: s.clocks.originalDue,
  dueProvisional: totalProvisional(s, pack),
  extensions: s.extension.count,
  grantedDue: s.extension.count === 0 ? null : s.clocks.totalDue,
  appliedAt: s.application?.filedAt ?? null,
  policy: s.policy,
  calendar: s.calendar,
  deadlines: deadlinesOf(s, pack),
  closedAt: s.clocks.closedAt,
  revision: s.revision,
  stateHash: s.stateHash,
  proofs: s.usedProofs,
  feedback: s.raters.map((r) => r.feedbackId),
  tasks: boardTasks(s, pack),
  problems: (s.plan?.plan.problems ?? []).map((p) => ({ what: p.what, ...(p.nature === undefined ? {} : { nature: p.nature }) })),
  gradeReason: s.grade?.reasonCode ?? null,
  acts: s.acts.map((a) => ({ code: a.code, answered: a.answeredAt !== null })),
  check: checkOf(s),
  fails: s.fails,
  lookbacks: { planned: s.lookback.plan.length, done: s.lookback.plan.filter((l) => l.done).length },
  publication: s.publicity && { text: s.publicity.text, from: s.publicity.from, until: s.publicity.until, exempt: s.publicity.exempt },
  callbacks: s.raters.filter((r) => !r.withdrawn).map(({ raterId, named, callback }) => ({ raterId, named, state: callback.state, solved: callback.solved, satisfied: callback.satisfied })),
  imported: importedOf(s),
});
