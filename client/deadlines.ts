import {
  type Cause, type Cited, type Counting, type Outcome, type Part, type Recorded, type Run, type Standing, type Visit,
  citesOfDeadline, consumedOf, countingOf, cyclesOf, deadlinesOf, dueStandingOf, isOfUnit, machineOf, partsOf, partsWithout, readsCallbacks, refold, runningOf, unscaled,
} from '../cases/index.ts';
import { type Actor, type Calendar, type CaseState, type Deadline, type Edition, type Pack, type PolicyPack, sideOf } from '../schemas/index.ts';
import type { As } from './client.ts';
import type { Context } from './context.ts';
import { nameFor, sees, wordsFor } from './history.ts';
import { packOf, packsOf } from './packs.ts';
import { isUnitSide, notForYou, readable } from './reading.ts';
import { recordedEntries } from './state.ts';

/** An entry as this reader may know of it, by its position in the history that this reader sees; null: not for this reader. */
export type Seen = { readonly position: number; readonly type: string; readonly zh: string; readonly at: number; readonly by: string; readonly role: string } | null;

/** 期限 in force: what it is, by which rule and source, how it stands, and how it came to its date day by day. */
export type ShownDeadline = Deadline &
  Standing & {
    /** What the row asks for; null for a total, and for a date that a person set. */
    readonly act: { readonly zh: string; readonly en: string } | null;
    readonly cite: readonly Cited[];
    readonly consumed: Run['consumed'];
    readonly parts: readonly Part<Seen>[];
  };
/** 期限经过: one running of one limit, from its beginning to its end. */
export type PastDeadline = Omit<Run, 'endedBy' | 'changes'> & { readonly outcome: Outcome; readonly endedBy: Seen; readonly changes: readonly { readonly cause: Seen; readonly due: number; readonly paused: boolean }[] };
export type CaseDeadlines = {
  readonly caseNo: string;
  readonly at: number;
  /** The calendar edition that counts, by id where it is known; the pack, by name. */
  readonly edition: string;
  readonly policy: string;
  readonly counting: Counting;
  readonly deadlines: readonly ShownDeadline[];
  readonly history: readonly PastDeadline[];
  /** Does the record hold as far as the case has come? */
  readonly complete: boolean;
};
type Told = { readonly editionOf: (calendar: Calendar) => Edition | null; readonly counting: Counting };
type Texts = { readonly pack: Pack; readonly policy: PolicyPack | null; readonly editionOf: Told['editionOf'] };

async function textsOf(ctx: Context, state: CaseState): Promise<Texts> {
  const [pack, policy, editions] = await Promise.all([packOf(ctx.ledger, state), ctx.ledger.policyText(state.policy), ctx.ledger.editions()]);
  const byHash = new Map(editions.map((row) => [row.calendar, row.edition]));
  return { pack, policy, editionOf: (calendar) => byHash.get(unscaled(calendar).hash) ?? null };
}

/** @throws NOT-FOR-YOU, UNKNOWN-CASE */
export async function deadlines(ctx: Context, caseNo: string, as: As): Promise<CaseDeadlines> {
  const reading = await readable(ctx, caseNo, 'deadlines', as);
  const { state, actor } = reading;
  if (['public', 'system'].includes(sideOf(actor.role))) return notForYou(ctx, reading);
  const [texts, entries] = await Promise.all([textsOf(ctx, state), recordedEntries(ctx, caseNo)]);
  const { pack, policy, editionOf } = texts;
  const at = ctx.now();
  const steps: Visit[] = [];
  const { divergence } = refold(entries, await packsOf(ctx.ledger, entries), (step) => steps.push(step));
  const runs = cyclesOf(steps, at);
  const counting = countingOf(state);
  const told = { editionOf, counting } as const;
  const mine = <T extends Pick<Deadline, 'id' | 'role' | 'unit'>>(all: readonly T[]): T[] => visibleTo(actor, all);
  const seen = eyesOf(state, actor, entries);
  const shown = mine(deadlinesOf(state, pack)).map((d) => shownOf(d, { state, texts, told, runs, at, seen }));
  return {
    caseNo, at, edition: editionOf(pack.calendar)?.id ?? pack.calendar.hash, policy: policy ? `${policy.name}-${policy.version}` : pack.policy.id, counting,
    deadlines: shown, history: mine(runs).map((r) => pastOf(r, seen)), complete: divergence === null && entries.length >= state.seq,
  };
}

/** A unit has its own; who may not read call-backs has none of theirs. */
function visibleTo<T extends Pick<Deadline, 'id' | 'role' | 'unit'>>(actor: Actor, all: readonly T[]): T[] {
  if (isUnitSide(actor)) return all.filter((d) => isOfUnit(actor.unit, d));
  return readsCallbacks(actor.role) ? [...all] : all.filter((d) => !d.id.startsWith('callback:'));
}

type Eyes = (cause: Cause | null) => Seen;
function eyesOf(state: CaseState, actor: Actor, entries: readonly Recorded[]): Eyes {
  const visible = entries.filter((e) => sees(state, actor, e));
  const positions = new Map(visible.map((e, n) => [e.header.seq, { e, position: n + 1 }]));
  return (cause) => {
    const found = cause && positions.get(cause.seq);
    if (!cause || !found) return null;
    const { header, body } = found.e;
    return { position: found.position, type: header.type, zh: wordsFor(header, body.row), at: cause.at, by: nameFor(state, actor, header.actor), role: header.actor.role };
  };
}

type Around = { state: CaseState; texts: Texts; told: Told; runs: readonly Run[]; at: number; seen: Eyes };

function shownOf(d: Deadline, { state, texts: { pack, policy }, told, runs, at, seen }: Around): ShownDeadline {
  const own = runs.filter((r) => r.id === d.id);
  const parts = own.some((r) => runningOf(r) === runningOf(d)) ? partsOf(told, own) : partsWithout(told, d, pack.calendar);
  const row = machineOf(state.machine)?.byId.get(d.row);
  const cite = policy ? citesOfDeadline(policy, d, state.grade) : [];
  const until = d.paused ? (state.suspension.since ?? at) : at;
  return {
    ...d, ...dueStandingOf(pack.calendar, d, at), act: row ? { zh: row.zh, en: row.en } : null, cite, consumed: consumedOf(pack.calendar, d, until),
    parts: parts.map((p): Part<Seen> => ({ ...p, cause: seen(p.cause) })),
  };
}

const pastOf = ({ endedBy, changes, ...run }: Run, seen: Eyes): PastDeadline => ({
  ...run, endedBy: seen(endedBy), changes: changes.map(({ cause, deadline }) => ({ cause: seen(cause), due: deadline.due, paused: deadline.paused })),
});
