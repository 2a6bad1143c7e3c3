import { type Adoption, type Body, type CaseState, type Effect, type EntryDraft, type Envelope, type Header, type Pack, canonical, isAdoption } from '../schemas/index.ts';
import { adopt } from './adoption/act.ts';
import { blank } from './blank.ts';
import { type RatersMove, moveRaters, noteRun } from './engine.ts';
import { fold } from './fold.ts';
import { step } from './step.ts';

/** Where replay and record part: the entry, and what differs. */
export type Divergence = { seq: number; what: string };
export type Recorded = { header: Header; body: Body };
/** One step of a replay: the first entry that it made, all of them, the state on both sides, and the pack by which the later is judged. */
export type Visit = { readonly entry: Recorded; readonly made: readonly EntryDraft[]; readonly before: CaseState; readonly after: CaseState; readonly pack: Pack };

/** `effects`: what the entries told the outside world. `pack`: the one that the case has at the end. */
export type Refolded = { state: CaseState | null; divergence: Divergence | null; count: number; effects: Effect[]; pack: Pack | null };
type Advanced = { state: CaseState; entries: EntryDraft[]; effects: Effect[]; pack?: Pack };

/** One pack for a case that never adopted another, or every pack that its headers name. */
export type Packs = Pack | ((policy: string, calendar: string) => Pack | undefined);
type Find = (header: Pick<Header, 'policy' | 'calendar'>) => Pack | undefined;
const findIn = (packs: Packs): Find => (typeof packs === 'function' ? (h) => packs(h.policy, h.calendar) : () => packs);

/**
 * Replays recorded entries through the rules that they name, without server, ledger or clock: each must come out again with the same
 * hashes. Commands are stepped at their recorded instant, marks folded, engine entries repeated. From an adoption on the case is judged
 * by the pack that its header names. `visit` sees the states on the way.
 */
export const refold = (entries: readonly Recorded[], packs: Packs, visit?: (step: Visit) => void): Refolded => {
  const first = entries[0];
  if (!first) return { state: null, divergence: null, count: 0, effects: [], pack: null };
  const find = findIn(packs);
  const born = find(first.header);
  if (!born) return { state: null, divergence: { seq: 1, what: missingPack }, count: 0, effects: [], pack: null };
  let [state, pack] = [blank(first.header.case, first.header.machine, born), born];
  const effects: Effect[] = [];
  const expected: EntryDraft[] = [];
  const parted = (seq: number, what: string, count: number): Refolded => ({ state, divergence: { seq, what }, count, effects, pack });
  for (const e of entries) {
    if (expected.length === 0) {
      const next = advance(state, e, pack, find);
      if (typeof next === 'string') return parted(e.header.seq, next, e.header.seq - 1);
      pack = next.pack ?? pack;
      visit?.({ entry: e, made: next.entries, before: state, after: next.state, pack });
      state = next.state;
      expected.push(...next.entries);
      effects.push(...next.effects);
    }
    const made = expected.shift();
    const differs = made ? differenceOf(made, e) : 'nothing happens here';
    if (differs) return parted(e.header.seq, differs, e.header.seq - 1);
  }
  if (expected.length > 0) return parted(entries.length + 1, 'an entry is missing at the end', entries.length);
  return { state, divergence: null, count: entries.length, effects, pack };
};

const missingPack = 'the limits and the calendar that it names are missing';

const advance = (state: CaseState, e: Recorded, pack: Pack, find: Find): Advanced | string => {
  const { header, body } = e;
  if (header.type === 'keepRun') {
    const kept = noteRun(state, body.payload as { runId: string; sha256: string }, header.at);
    return { state: kept.state, entries: [kept.entry], effects: [] };
  }
  if (header.type === 'ratersJoined' || header.type === 'ratersLeft') {
    const moved = moveRaters(state, body.payload as RatersMove, header.at, pack);
    return moved ? { state: moved.state, entries: [moved.entry], effects: [] } : 'raters that moved before';
  }
  const folded = fold(state, header.at, pack);
  if (folded.entries.length > 0) return folded;
  if (header.commandId === undefined || header.fingerprint === undefined || body.seal === undefined) return 'a mark that time does not bring';
  const env = { commandId: header.commandId, fingerprint: header.fingerprint, type: header.type, payload: body.payload, actor: body.actor, facts: body.facts, seal: body.seal, ...(body.expectedRevision === undefined ? {} : { expectedRevision: body.expectedRevision }) };
  if (isAdoption(header.type)) return adopted(state, env as unknown as Adoption, { at: header.at, from: pack, to: find(header) });
  const stepped = step(state, env as Envelope, { at: header.at, pack });
  return stepped.ok ? { state: stepped.state, entries: stepped.entries, effects: stepped.effects } : `refused: ${stepped.refusal.code}`;
};

/** What was sent is the payload without what it came to. */
const adopted = (state: CaseState, act: Adoption, { at, from, to }: { at: number; from: Pack; to: Pack | undefined }): Advanced | string => {
  if (!to) return missingPack;
  const { changes: _, ...payload } = act.payload as Record<string, unknown>;
  const stepped = adopt(state, { ...act, payload } as Adoption, { at, from, to });
  return stepped.ok ? { state: stepped.state, entries: stepped.entries, effects: stepped.effects, pack: to } : `refused: ${stepped.refusal.code}`;
};

const differenceOf = (made: EntryDraft, e: Recorded): string | null => {
  const { bodyHash: _b, bodyCommit: _c, prev: _p, ...header } = e.header;
  const { body, ...draft } = made;
  const field = Object.keys({ ...header, ...draft }).find((k) => canonical(header[k as keyof typeof header] ?? null) !== canonical(draft[k as keyof typeof draft] ?? null));
  if (field) return `header.${field}`;
  const part = Object.keys({ ...body, ...e.body }).find((k) => canonical(body[k as keyof Body] ?? null) !== canonical(e.body[k as keyof Body] ?? null));
  return part ? `body.${part}` : null;
};
