import type { CaseState, Deadline } from '../../schemas/index.ts';
import { timed } from '../machine/version.ts';
import { type At, counted, dated, office } from './basis.ts';
import { addressee, nextApprover, putForward } from './holder.ts';
import { amountOf } from './limit.ts';
import { heldOr } from './pause.ts';

/** 补核实 and 补签 after an urgent act. */
export function verification(at: At): Deadline[] {
  const { s, rowOf } = at;
  const { later, verified } = s.verification;
  const { orderedAt, assignedAt, registeredAt } = s.clocks;
  // From the first order, whoever has it now: of what was taken over, from then.
  const ordered = timed(s) && assignedAt !== null ? Math.max(assignedAt, registeredAt ?? 0) : orderedAt;
  const owed = later && !verified && ordered !== null && s.clocks.closedAt === null && s.clocks.settledAt === null ? counted(at, rowOf('4a'), { id: 'verify', since: ordered, holder: office('VERIFIER'), cycle: ordered }) : [];
  const { state, due, role } = s.ratification;
  const asked = timed(s) ? s.proposals.find((p) => p.ratify !== null)?.at : undefined;
  const amount = role === 'LDR' ? at.pack.policy.ratify : { amount: 1, unit: 'wd' as const };
  const ratify = state === 'due' && due !== null ? [dated({ id: 'ratification', row: 'due', holder: office(role === 'LDR' ? 'LDR_DEPUTY' : 'HUB'), since: asked ?? s.stageSince, due, cycle: due, ...(asked === undefined ? {} : { amount, anchor: 'cause' }) })] : [];
  return [...owed, ...ratify];
}

/** 督办函 and 红牌警示单 go with the alert; 约谈, 通报 and 挂牌督办 wait for a leader until somebody signs or the ground is gone. */
const drafted: readonly string[] = ['L2', 'L3', 'L4', 'L5', 'L6'];

/** The colours under which an act may be issued (ALERT-NOT-RAISED). */
const raised: Readonly<Record<string, readonly string[]>> = { L2: ['yellow', 'red'], L3: ['red'] };
const draftedAt = (s: CaseState, code: string): number | null => {
  const since = s.time?.drafted?.[code];
  const levels = raised[code];
  if (since === undefined || levels === undefined) return since ?? null;
  // While the office has the case an urge would go to itself: to the unit it is owed again when the case comes back.
  return levels.includes(s.alert.level) && addressee(s).unit !== null ? Math.max(since, s.lastReturn?.at ?? 0) : null;
};

/** 督办: acts that await an answer, and those that were drafted and nobody has issued. */
export function acts(at: At): Deadline[] {
  const { s, rowOf } = at;
  const replies = s.acts.flatMap((a): Deadline[] => (a.answeredAt !== null || a.code === 'L7' || (timed(s) && rowOf('49')?.from.includes(s.stage) !== true) ? [] : [dated({ id: `reply:${a.act}`, row: '49', holder: { role: a.to.role, unit: a.to.unit, person: null }, since: a.servedAt, due: a.replyBy, anchor: 'served', amount: at.pack.policy.actReply, cycle: a.servedAt })]));
  const owed = s.drafts.flatMap((code) => {
    const since = draftedAt(s, code);
    return since === null || !drafted.includes(code) || rowOf(code)?.from.includes(s.stage) !== true ? [] : counted(at, rowOf(code), { id: `act:${code}`, since, holder: office(rowOf(code)?.steps[0]?.roles[0] ?? 'SUP'), cycle: since });
  });
  return [...replies, ...owed];
}

/** 责令转清单: once the total of 立改 is past, on record, the head of the office decides how it goes on. */
export function afterDue(at: At): Deadline[] {
  const { s, rowOf } = at;
  const { overdueAt, totalDue } = s.clocks;
  if (!timed(s) || heldOr(s) !== 'immediate' || overdueAt === null || totalDue === null || totalDue > overdueAt) return [];
  return counted(at, rowOf('17a'), { id: 'orderPlan', since: Math.max(totalDue, s.grade?.since ?? 0, s.lastReturn?.at ?? 0), holder: office('HUB'), cycle: `${s.round}.${totalDue}` });
}

/** Proposals, an extension and an appeal to decide. */
export function approvals(at: At): Deadline[] {
  const { s, rowOf } = at;
  const proposals = s.proposals.flatMap((p) => {
    // What is proposed under cover, or sealed, is nobody's to count down but theirs who know of it.
    if (p.ratify !== null || !['case', 'office'].includes(p.visible)) return [];
    const row = rowOf(p.row);
    const next = row ? nextApprover(s, row, p) : 'HUB';
    // An approver has the limit of the row that would fire, that of an approval where it has none (`stepLimit` of the case table).
    const own = row && timed(s) && amountOf(row, s, at.pack.policy) !== null ? row : rowOf('P1');
    return counted(at, own, { id: `proposal:${p.proposalId}`, since: p.at, holder: office(next), cycle: '' });
  });
  const asked = timed(s) ? s.extension.since : s.extension.asked;
  const decidable = !timed(s) || rowOf('24')?.from.includes(heldOr(s)) === true;
  const extension = s.extension.state === 'pending' && asked !== null && decidable && !putForward(at, '24') ? counted(at, rowOf('24'), { id: 'extension', since: asked, holder: office('HUB'), cycle: asked }) : [];
  const { state, at: filed, against } = s.appeal;
  const decider = against === 'rating' ? 'REVIEW' : against === 'conclusion' || against === 'person' ? 'HUB' : 'UPPER';
  const appeal = state === 'filed' && filed !== null ? counted(at, rowOf('F3'), { id: 'appeal', since: filed, holder: office(decider), cycle: filed }) : [];
  return [...proposals, ...extension, ...appeal];
}

/** 回访: every rater to be called. */
export const calls = (at: At): Deadline[] =>
  at.s.raters.flatMap((r) => (r.callback.state === 'due' && r.callback.since !== null ? counted(at, at.rowOf('C2'), { id: `callback:${r.raterId}`, since: r.callback.since, holder: office('VERIFIER'), cycle: r.callback.since }) : []));
