import type { Board } from '../../schemas/index.ts';
import { type Metric, type MetricId, type Verdict, metricOf, withoutDenominator } from './metric.ts';

/** One act of a case as the projection of acts has it: the row that fired, from which stage to which, when. */
export type ActFact = { readonly seq: number; readonly type: string; readonly row: string; readonly outcome: string; readonly from: string; readonly to: string; readonly at: number };
/** A case as statistics see it: where it stands, and what was done. */
export type CaseFacts = { readonly board: Board; readonly acts: readonly ActFact[] };
/** A rating as statistics see it: nobody's name. */
export type RatingFact = { readonly level: number | null; readonly isDefault: boolean; readonly caseNo: string | null };
export type Counted = { readonly cases: readonly CaseFacts[]; readonly ratings: readonly RatingFact[]; readonly now: number };

const year = 365 * 86_400_000;
const fired = (c: CaseFacts, ...rows: string[]): ActFact[] => c.acts.filter((a) => a.outcome === 'done' && rows.includes(a.row));

/** Rows of the case table, by what they mean here. */
const rows = { returns: ['13'], extension: ['24'], assigned: ['11', '3a', '14', '15', '@takenOver'], check: ['32', '33', '34', '35'] } as const;
const wasAssigned = (c: CaseFacts): boolean => fired(c, ...rows.assigned).length > 0;
const isClosed = ({ board }: CaseFacts): boolean => board.closedAt !== null && ['closed', 'lookback', 'archived', 'retired'].includes(board.stage);

/** In time is judged by the instant of the application that was finally accepted: returned ones do not count. */
function onTime(c: CaseFacts, due: number | null, now: number): Verdict {
  const { board } = c;
  if (['merged'].includes(board.stage)) return 'elsewhere';
  if (board.stage === 'invalidated') return 'invalid';
  if (board.stage === 'transferredOut') return 'transferred';
  if (board.stage === 'explained') return 'explained';
  if (!wasAssigned(c)) return 'undecided';
  if (due === null) return 'noDue';
  if (isClosed(c)) return board.appliedAt !== null && board.appliedAt <= due ? 'yes' : 'no';
  return now > due && (board.appliedAt === null || board.appliedAt > due) ? 'no' : 'running';
}

function rectified(c: CaseFacts, now: number): Verdict {
  if (['captured', 'verifying', 'invalidReview'].includes(c.board.stage)) return 'undecided';
  const verdict = onTime(c, c.board.due, now);
  if (verdict !== 'undecided') return verdict;
  return 'running';
}

const callbacksOf = (c: CaseFacts): Board['callbacks'] => c.board.callbacks.filter((r) => r.named && r.state !== 'none');
const called = (r: Board['callbacks'][number]): Verdict => (r.state === 'done' ? 'yes' : r.state === 'unreachable' ? 'unreachable' : 'no');
const answer = (r: Board['callbacks'][number], said: boolean | null): Verdict => (r.state === 'unreachable' ? 'unreachable' : r.state !== 'done' ? 'notYet' : said === true ? 'yes' : 'no');

/** The first reinspection of a case says whether the unit's word was true. */
const firstPass = (c: CaseFacts): Verdict[] => {
  const first = fired(c, ...rows.check)[0];
  return first ? [first.row === '32' ? 'yes' : 'no'] : [];
};

/** Each closing (销号) counts once; it is a rebound when the case came back within a year of it. */
function rebounds(c: CaseFacts): Verdict[] {
  const done = c.acts.filter((a) => a.outcome === 'done');
  const closings = done.filter((a) => a.to === 'closed' && (a.from === 'signoff' || a.from.startsWith('publicizing')));
  const back = done.filter((a) => a.to === 'registered' && ['closed', 'lookback', 'archived'].includes(a.from));
  return closings.map((close, i) => (back.some((b) => b.at > close.at && b.at <= close.at + year && b.at < (closings[i + 1]?.at ?? Infinity)) ? 'yes' : 'no'));
}

const ratingVerdict = (r: RatingFact, invalid: ReadonlySet<string>, want: (level: number) => boolean): Verdict | null => {
  if (r.level === null) return null;
  if (r.isDefault) return 'isDefault';
  if (r.caseNo !== null && invalid.has(r.caseNo)) return 'invalid';
  return want(r.level) ? 'yes' : 'no';
};

/** Every metric over these cases and ratings, in the order of the catalogue. */
export function countAll({ cases, ratings, now }: Counted): Metric[] {
  const each = (id: MetricId, verdict: (c: CaseFacts) => Verdict | Verdict[]): Metric => metricOf(id, cases.flatMap(verdict));
  const assigned = cases.filter(wasAssigned);
  const invalid = new Set(cases.filter((c) => c.board.stage === 'invalidated').map((c) => c.board.caseNo));
  const rated = (want: (level: number) => boolean): Verdict[] => ratings.flatMap((r) => ratingVerdict(r, invalid, want) ?? []);
  return [
    metricOf('rectified', cases.filter((c) => c.board.source === 'rating').map((c) => rectified(c, now))),
    each('calledBack', (c) => callbacksOf(c).map(called)),
    each('onTimeGranted', (c) => onTime(c, c.board.due, now)),
    each('onTimeOriginal', (c) => onTime(c, c.board.originalDue, now)),
    each('solved', (c) => callbacksOf(c).map((r) => answer(r, r.solved))),
    each('satisfied', (c) => callbacksOf(c).map((r) => answer(r, r.satisfied))),
    each('firstPass', firstPass),
    each('rebound', rebounds),
    metricOf('returned', assigned.map((c) => (fired(c, ...rows.returns).length > 0 ? 'yes' : 'no'))),
    metricOf('extended', assigned.map((c) => (fired(c, ...rows.extension).length > 0 ? 'yes' : 'no'))),
    metricOf('praised', rated((l) => l >= 3)),
    metricOf('badRated', rated((l) => l <= 2)),
    withoutDenominator('volunteered', ratings.filter((r) => r.level !== null && !r.isDefault).length),
  ];
}
