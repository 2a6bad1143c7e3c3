import type { Board, CaseState, Deadline, Pack, RoleId, StageId } from '../../schemas/index.ts';
import { dueOf, dueOn } from '../calendar/index.ts';
import { machineOf, type Machine } from '../machine/index.ts';
import type { Row } from '../row.ts';
import { awaited } from '../awaited.ts';
import { policyLimit } from '../policy/index.ts';
import { amountOf } from './limit.ts';

/** What only this case knows of where its limits begin. */
const anchorAt = (s: CaseState, anchor: string | null): number | null => {
  const known: Readonly<Record<string, number | null>> = {
    stateEntered: s.stageSince,
    capture: s.clocks.capturedAt,
    assign: s.clocks.orderedAt,
    application: s.application?.firstFiledAt ?? null,
    closing: s.clocks.closedAt,
  };
  return anchor === null ? null : (known[anchor] ?? null);
};

type Holder = Pick<Deadline, 'role' | 'unit' | 'person'>;
const unitSide: readonly RoleId[] = ['UC', 'UO', 'UL', 'UH', 'LEAD'];
/** Who the row asks first; a unit's people are those of the lead unit. */
function holderOf(s: CaseState, row: Row): Holder {
  const role = row.steps[0]?.roles[0] ?? 'HUB';
  const r = s.responsibility;
  const person = { UC: r.liaison, UO: r.owner, UL: r.dutyLeader, UH: r.unitHead }[role as string] ?? null;
  return unitSide.includes(role) ? { role, unit: r.leadUnit, person } : { role, unit: null, person: null };
}

const counted = (s: CaseState, pack: Pack, of: { id: string; row: Row; from: number; holder: Holder }): Deadline[] => {
  const amount = amountOf(of.row, s, pack.policy);
  if (amount === null) return [];
  const { instant, provisional } = dueOf(pack.calendar, of.from, amount);
  return [{ id: of.id, row: of.row.row, ...of.holder, since: of.from, due: instant, original: null, provisional, paused: isPaused(s, of.row, pack) }];
};
const isPaused = (s: CaseState, row: Row, { policy }: Pack): boolean => s.stage === 'suspended' && policyLimit(policy, row).pause === 'suspension';

/** In these stages the unit has handed over: its total stands still, and is judged by when it applied. */
const withUnit: readonly StageId[] = ['assigned', 'reassignReview', 'immediate', 'planDrafting', 'planReview', 'rectifying'];

function total(s: CaseState): Deadline[] {
  const { totalDue, originalDue, assignedAt, provisional } = s.clocks;
  const suspended = s.stage === 'suspended';
  if (totalDue === null || assignedAt === null || (!withUnit.includes(s.stage) && !suspended)) return [];
  const r = s.responsibility;
  return [{ id: 'total', row: 'due', role: 'UH', unit: r.leadUnit, person: r.unitHead, since: assignedAt, due: totalDue, original: originalDue === totalDue ? null : originalDue, provisional, paused: suspended }];
}

function stage(s: CaseState, pack: Pack, m: Machine): Deadline[] {
  const row = m.rows.find((r) => r.row === awaited[s.stage]);
  if (!row) return [];
  const { anchor } = policyLimit(pack.policy, row);
  if (anchor === 'due') return [];
  if (anchor === 'resumeBy') return s.suspension.resumeBy === null ? [] : [{ id: 'stage', row: row.row, ...holderOf(s, row), since: s.stageSince, due: s.suspension.resumeBy, original: null, provisional: false, paused: false }];
  // Nobody can confirm before the window is over: the five days run from its end.
  if (s.stage === 'publicizing.open' && s.publicity !== null) return counted(s, pack, { id: 'stage', row, from: s.publicity.until, holder: holderOf(s, row) });
  const from = anchorAt(s, anchor);
  return from === null ? [] : counted(s, pack, { id: 'stage', row, from, holder: holderOf(s, row) });
}

const working: readonly StageId[] = ['immediate', 'rectifying', 'suspended'];
function tasks(s: CaseState, pack: Pack, m: Machine): Deadline[] {
  if (!working.includes(s.stage)) return [];
  const check = m.rows.find((r) => r.row === 'T3');
  return s.tasks.flatMap((t): Deadline[] => {
    const id = `task:${t.taskId}`;
    if (t.state === 'submitted') return check ? counted(s, pack, { id, row: check, from: t.since, holder: { role: 'LEAD', unit: s.responsibility.leadUnit, person: null } }) : [];
    if (!['todo', 'doing', 'taskReturned'].includes(t.state)) return [];
    const { instant, provisional } = dueOn(pack.calendar, t.due);
    return [{ id, row: 'due', role: 'UO', unit: t.unit, person: t.owner, since: t.since, due: instant, original: null, provisional, paused: s.stage === 'suspended' }];
  });
}

/** 督办 to answer, proposals to decide, raters to call back, an appeal to decide. */
function others(s: CaseState, pack: Pack, m: Machine): Deadline[] {
  const rowOf = (id: string): Row | undefined => m.rows.find((r) => r.row === id);
  const [approve, call, decide] = [rowOf('P1'), rowOf('C2'), rowOf('F3')];
  const replies = s.acts.flatMap((a): Deadline[] => (a.answeredAt !== null || a.code === 'L7' ? [] : [{ id: `reply:${a.act}`, row: '49', role: a.to.role, unit: a.to.unit, person: null, since: a.servedAt, due: a.replyBy, original: null, provisional: false, paused: false }]));
  const proposals = s.proposals.flatMap((p) => {
    // What is proposed under cover, or sealed, is nobody's to count down but theirs who know of it.
    if (!approve || p.ratify !== null || !['case', 'office'].includes(p.visible)) return [];
    const next = rowOf(p.row)?.steps[1 + p.approvers.length]?.roles[0] ?? 'HUB';
    return counted(s, pack, { id: `proposal:${p.proposalId}`, row: approve, from: p.at, holder: { role: next, unit: null, person: null } });
  });
  const ratify = s.ratification.state === 'due' && s.ratification.due !== null ? [{ id: 'ratification', row: 'due', role: s.ratification.role === 'LDR' ? ('LDR_DEPUTY' as const) : ('HUB' as const), unit: null, person: null, since: s.stageSince, due: s.ratification.due, original: null, provisional: false, paused: false }] : [];
  const calls = s.raters.flatMap((r) => (call && r.callback.state === 'due' && r.callback.since !== null ? counted(s, pack, { id: `callback:${r.raterId}`, row: call, from: r.callback.since, holder: { role: 'VERIFIER', unit: null, person: null } }) : []));
  const appeal = decide && s.appeal.state === 'filed' && s.appeal.at !== null ? counted(s, pack, { id: 'appeal', row: decide, from: s.appeal.at, holder: { role: s.appeal.against === 'rating' ? 'REVIEW' : s.appeal.against === 'conclusion' || s.appeal.against === 'person' ? 'HUB' : 'UPPER', unit: null, person: null } }) : [];
  return [...replies, ...proposals, ...ratify, ...calls, ...appeal];
}

/** Every limit in force now, the earliest first: a function of the state, so that no transition can lose or forget one. */
export function deadlinesOf(s: CaseState, pack: Pack): Deadline[] {
  const m = machineOf(s.machine);
  if (!m || s.halted !== null || s.stage === 'uncaptured') return [];
  return [...total(s), ...stage(s, pack, m), ...tasks(s, pack, m), ...others(s, pack, m)].toSorted((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1));
}

/** What a unit may know of them: its own, and nothing of what goes on behind 核验中. */
export const seenByUnit = (unit: string, board: Pick<Board, 'leadUnit' | 'deadlines'>): Deadline[] => board.deadlines.filter((d) => d.unit === unit && (d.id !== 'stage' || unitSide.includes(d.role)));
