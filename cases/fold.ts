import { type CaseState, type Effect, type EntryDraft, type Pack, noFacts, system } from '../schemas/index.ts';
import { lookAt, rowFor } from './admit.ts';
import { type TimeMark, timeRank, toldBy } from './clock/marks.ts';
import { fire } from './fire.ts';
import { brokenRule, machineOf } from './machine/index.ts';
import { type Mark, marksOf } from './marks.ts';
import { record } from './record.ts';
import type { Row } from './row.ts';
import { settleTime } from './time.ts';

export type Folded = { state: CaseState; entries: EntryDraft[]; effects: Effect[] };

/** One case holds few marks; a fold that does not come to rest has met a fault of ours and stops. */
const mostMarks = 1000;

/**
 * The other door: the passing of time. Applies every mark that has passed, in order (instant, rank, id), to a fixed point. What is
 * judged and dated is the mark's own instant (`effectiveAt`); `now` is when it was recorded. fold(fold(s,t1),t2) = fold(s,t2).
 */
export const fold = (state: CaseState, now: number, pack: Pack): Folded => {
  let out: Folded = { state, entries: [], effects: [] };
  for (let n = 0; n < mostMarks; n += 1) {
    const next = foldOne(out, now, pack);
    if (next === null) return { ...out, effects: highestOnly(out.effects) };
    out = next;
  }
  return { ...out, effects: highestOnly(out.effects) };
};

/** What the entry of a mark says: which limit, which mark of it, whose, and when the limit ends. */
const payloadOf = ({ rule, deadline: d }: TimeMark): Record<string, unknown> => ({ deadline: d.id, mark: rule, side: d.side, holder: d.role, unit: d.unit, due: d.due });

const rankOf = (e: Effect): number => (Object.hasOwn(e.data, 'mark') ? timeRank[e.name as keyof typeof timeRank] : -1);
/** Of several marks recorded together one notice goes to each, the highest; who is named is not the next one of the same role. */
const highestOnly = (effects: readonly Effect[]): Effect[] => {
  const above = (e: Effect, n: number, to: Effect['to'][number]): boolean =>
    effects.some((o, k) => rankOf(o) >= 0 && (rankOf(o) > rankOf(e) || (rankOf(o) === rankOf(e) && k > n)) && o.to.some((x) => x.role === to.role && x.unit === to.unit && x.person === to.person));
  return effects.flatMap((e, n) => {
    if (rankOf(e) < 0) return [e];
    const to = e.to.filter((t) => !above(e, n, t));
    return to.length === 0 ? [] : [{ ...e, to }];
  });
};

/** What a mark makes of a case, before it is put on record; null where nothing in the case answers to it. */
export type MarkFired = { readonly state: CaseState; readonly row: Row; readonly payload: Record<string, unknown>; readonly voided: string[] };
export const fireMark = (state: CaseState, mark: Mark, pack: Pack): MarkFired | null => {
  const m = machineOf(state.machine);
  const row = m && rowFor(m, state.stage, mark.command);
  if (!m || !row) return null;
  const payload = mark.of ? payloadOf(mark.of) : {};
  const { look, ground } = lookAt(row, {}, { state, actor: system, actors: [system], at: mark.at, pack, edge: noFacts });
  if (brokenRule(row, look) !== null) return null;
  const fired = fire(state, m, { row, look, ground, at: mark.at, payload, commandId: mark.id, current: system, pack });
  if (fired === null) return null;
  const drafted = mark.of?.draft ? { ...fired.state, drafts: [...new Set([...fired.state.drafts, mark.of.draft])] } : fired.state;
  return { state: settleTime(drafted, mark.at, pack, mark.of?.id), row, payload, voided: fired.voided };
};

const foldOne = (f: Folded, now: number, pack: Pack): Folded | null => {
  const mark = marksOf(f.state, pack).find((x) => x.at <= now);
  const fired = mark && fireMark(f.state, mark, pack);
  if (!mark || !fired) return null;
  const { row, payload, voided, state: after } = fired;
  const told = mark.of ? { to: toldBy(mark.of, row.notify) } : {};
  const r = record({ type: mark.command, row, outcome: 'done', before: f.state, after, actor: system, at: now, effectiveAt: mark.at, payload, facts: noFacts, voided, ...told }, mark.of?.deadline.side === 'office' ? 'office' : undefined);
  return { state: r.state, entries: [...f.entries, r.entry], effects: [...f.effects, ...r.effects] };
};
