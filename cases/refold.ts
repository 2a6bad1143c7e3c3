import { type Body, type CaseState, type Effect, type EntryDraft, type Envelope, type Header, type Pack, canonical } from '../schemas/index.ts';
import { blank } from './blank.ts';
import { type RatersMove, moveRaters, noteRun } from './engine.ts';
import { fold } from './fold.ts';
import { step } from './step.ts';

/** Where replay and record part: the entry, and what differs. */
export type Divergence = { seq: number; what: string };
export type Recorded = { header: Header; body: Body };

/** `effects`: what the entries told the outside world. */
export type Refolded = { state: CaseState | null; divergence: Divergence | null; count: number; effects: Effect[] };
type Advanced = { state: CaseState; entries: EntryDraft[]; effects: Effect[] };

/**
 * Replays recorded entries through the rules that they name, without server, ledger or clock: each must come out again with the same
 * hashes. Commands are stepped at their recorded instant, marks folded, engine entries repeated.
 */
export const refold = (entries: readonly Recorded[], pack: Pack): Refolded => {
  const first = entries[0];
  if (!first) return { state: null, divergence: null, count: 0, effects: [] };
  let state = blank(first.header.case, first.header.machine, pack);
  const effects: Effect[] = [];
  const expected: EntryDraft[] = [];
  const parted = (seq: number, what: string, count: number): Refolded => ({ state, divergence: { seq, what }, count, effects });
  for (const e of entries) {
    if (expected.length === 0) {
      const next = advance(state, e, pack);
      if (typeof next === 'string') return parted(e.header.seq, next, e.header.seq - 1);
      state = next.state;
      expected.push(...next.entries);
      effects.push(...next.effects);
    }
    const made = expected.shift();
    const differs = made ? differenceOf(made, e) : 'nothing happens here';
    if (differs) return parted(e.header.seq, differs, e.header.seq - 1);
  }
  if (expected.length > 0) return parted(entries.length + 1, 'an entry is missing at the end', entries.length);
  return { state, divergence: null, count: entries.length, effects };
};

const advance = (state: CaseState, e: Recorded, pack: Pack): Advanced | string => {
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
  const env = { commandId: header.commandId, fingerprint: header.fingerprint, type: header.type, payload: body.payload, actor: body.actor, facts: body.facts, seal: body.seal, ...(body.expectedRevision === undefined ? {} : { expectedRevision: body.expectedRevision }) } as Envelope;
  const stepped = step(state, env, { at: header.at, pack });
  if (!stepped.ok) return `refused: ${stepped.refusal.code}`;
  return { state: stepped.state, entries: stepped.entries, effects: stepped.effects };
};

const differenceOf = (made: EntryDraft, e: Recorded): string | null => {
  const { bodyHash: _b, bodyCommit: _c, prev: _p, ...header } = e.header;
  const { body, ...draft } = made;
  const field = Object.keys({ ...header, ...draft }).find((k) => canonical(header[k as keyof typeof header] ?? null) !== canonical(draft[k as keyof typeof draft] ?? null));
  if (field) return `header.${field}`;
  const part = Object.keys({ ...body, ...e.body }).find((k) => canonical(body[k as keyof Body] ?? null) !== canonical(e.body[k as keyof Body] ?? null));
  return part ? `body.${part}` : null;
};
