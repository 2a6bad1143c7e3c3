import { type ActFact, type By, type CaseFacts, type Group, type Metric, type RatingOf, countAll, countBy } from '../cases/index.ts';
import { type Board, sideOf } from '../schemas/index.ts';
import type { As } from './client.ts';
import type { Context } from './context.ts';
import { everyProblem } from './pages.ts';
import { notForYou, readerOf } from './reading.ts';

/** 统计: over everything, or by unit, field or month. Counted when asked for, from the record alone. */
export type Statistics = { readonly at: number; readonly cases: number; readonly ratings: number; readonly all: readonly Metric[]; readonly by: By | null; readonly groups: readonly Group[] };

const page = 500;

/** @throws NOT-FOR-YOU for units and the public: a unit reads its own cases, not how it stands among others */
export async function statistics(ctx: Context, by: By | null, as: As): Promise<Statistics> {
  const reading = await readerOf(ctx, '', 'statistics', as);
  if (sideOf(reading.actor.role) !== 'office') return notForYou(ctx, reading);
  const cases = await allCases(ctx);
  const ratings = await allRatings(ctx);
  const of = { cases, ratings, now: ctx.now(), calendar: reading.moment.pack.calendar };
  return { at: of.now, cases: cases.length, ratings: ratings.length, all: countAll(of), by, groups: by === null ? [] : countBy(by, of) };
}

async function allCases(ctx: Context): Promise<CaseFacts[]> {
  const boards: Board[] = [];
  for await (const board of everyProblem((query) => ctx.ledger.problems(query))) boards.push(board);
  const all: CaseFacts[] = [];
  for (let from = 0; from < boards.length; from += page) all.push(...(await withActs(ctx, boards.slice(from, from + page))));
  return all;
}

async function withActs(ctx: Context, boards: readonly Board[]): Promise<CaseFacts[]> {
  const acts = new Map<string, ActFact[]>();
  for (const { caseNo, ...act } of await ctx.ledger.acts(boards.map((b) => b.caseNo))) acts.set(caseNo, [...(acts.get(caseNo) ?? []), act]);
  return boards.map((board) => ({ board, acts: acts.get(board.caseNo) ?? [] }));
}

async function allRatings(ctx: Context): Promise<RatingOf[]> {
  const all: RatingOf[] = [];
  for (let after: string | undefined; ; ) {
    const rows = await ctx.ledger.feedbacks({ kind: 'rating', limit: page, ...(after === undefined ? {} : { after }) });
    all.push(...rows.map(({ feedback: f, caseNo }) => ({ level: f.level ?? null, isDefault: f.isDefault ?? false, caseNo, unit: f.ratedUnit ?? null, field: f.field, at: f.receivedAt })));
    const last = rows.at(-1);
    if (rows.length < page || last === undefined) return all;
    after = last.feedback.feedbackId;
  }
}
