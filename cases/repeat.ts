import { type Actor, type CaseState, fingerprintOf, refusal } from '../schemas/index.ts';
import { refuseTo } from './refusing.ts';
import type { Stepped } from './step.ts';

/** What either door of the core takes: a command, or an adoption. */
type Sent = { type: string; payload: unknown; actor: Actor; commandId: string; fingerprint: string; expectedRevision?: number | undefined };

/** The first question at a door: is it what was fingerprinted, and was it sent before? Null when it is new. */
export const sentBefore = (state: CaseState, { type, payload, actor, commandId, fingerprint, expectedRevision }: Sent): Stepped | null => {
  if (fingerprintOf({ case: state.caseNo, type, payload, person: actor.person, actingUnit: actor.unit, expectedRevision }) !== fingerprint)
    return { ok: false, refusal: refusal('BAD-INPUT', { field: 'fingerprint', zh: 'fingerprint', en: 'fingerprint' }) };
  const known = Object.hasOwn(state.commands, commandId) ? state.commands[commandId] : undefined;
  if (!known) return null;
  if (known.fingerprint !== fingerprint) return { ok: false, refusal: refuseTo('COMMAND-ID-REUSED') };
  return { ok: true, repeat: true, state, entries: [], effects: [], receipt: state.receipts.find((r) => r.commandId === commandId) ?? null, seq: known.seq };
};
