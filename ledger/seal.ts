import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonical, type Actor, type EdgeFacts, type EntryDraft } from '../schemas/index.ts';

/** What the edge vouches for: who acts as what, on which facts, for one command of one case, until when (ms, inclusive). */
export type Sealed = { case: string; commandId: string; fingerprint: string; actor: Actor; facts: EdgeFacts; expiresAt: number };

/**
 * 签章: HMAC-SHA-256 (hex) over the RFC 8785 text of exactly these six fields. The edge signs with it and the append verifies with
 * it; nothing is parsed or defaulted here, so that what was sent is what is signed.
 */
export function sealMac(secret: string, sealed: Sealed): string {
  const { case: caseNo, commandId, fingerprint, actor, facts, expiresAt } = sealed;
  return createHmac('sha256', secret).update(canonical({ case: caseNo, commandId, fingerprint, actor, facts, expiresAt })).digest('hex');
}

/**
 * Why the actor of an entry cannot be believed, or null when it can. A command carries a seal that holds at the entry's own `at`;
 * what carries none must be the system's. The header repeats the sealed actor, so that the chain binds it.
 */
export function sealFault(draft: EntryDraft, secret: string): string | null {
  if (!sameActor(draft)) return 'header and body name different actors';
  if (draft.commandId === undefined) return draft.actor.role === 'SYS' && draft.actor.person === 'SYS' ? null : 'only the system acts without a command';
  const { seal, actor, facts } = draft.body;
  if (draft.fingerprint === undefined || seal === undefined) return 'a command without a seal';
  if (draft.at > seal.expiresAt) return 'the seal had expired';
  const mac = sealMac(secret, { case: draft.case, commandId: draft.commandId, fingerprint: draft.fingerprint, actor, facts, expiresAt: seal.expiresAt });
  return sameMac(mac, seal.mac) ? null : 'the seal does not fit';
}

/** @returns whether the entry's actor is vouched for. */
export const verifySeal = (draft: EntryDraft, secret: string): boolean => sealFault(draft, secret) === null;

function sameActor({ actor, body }: EntryDraft): boolean {
  const of = body.actor;
  return actor.person === of.person && actor.role === of.role && actor.unit === of.unit && actor.onBehalfOf === of.onBehalfOf?.person;
}

function sameMac(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')];
  return left.length === right.length && timingSafeEqual(left, right);
}
