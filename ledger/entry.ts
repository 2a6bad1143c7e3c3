/**
 * 台账分录, version 1: bytes and hashes. Pure: no store, no clock. The format is frozen; a later version is added beside this one.
 *
 * A header is one line of RFC 8785 JSON (UTF-8, keys sorted, no blanks), here broken for reading:
 *   {"actor":{"person":"P-LI","role":"INTAKE","unit":"U-OFFICE"},"after":"<hex>","at":1767225600000,"audience":{"scope":"case"},
 *    "before":"<hex>","bodyCommit":"<hex>","bodyHash":"<hex>","calendar":"<hex>","case":"YC-2026-JY-0012","commandId":"c-1",
 *    "fingerprint":"0123456789abcdef","machine":"1","policy":"<hex>","prev":"<hex>","seq":2,"type":"verify","v":1}
 * `effectiveAt`, `commandId`, `fingerprint` and `actor.onBehalfOf` are left out when there are none.
 *   body        RFC 8785 JSON of the body
 *   bodyHash    SHA-256(body)
 *   bodyCommit  HMAC-SHA-256(key of the case, body): opening one body proves it is the logged one; without the key nobody can guess it
 *   prev        hash of the header before it; 64 zeros at seq 1
 *   hash        SHA-256(header), stored beside the header and not in it
 * All hashes are lower-case hex. To check one by hand: `printf %s "$HEADER" | sha256sum`.
 */
import { createHash, createHmac } from 'node:crypto';
import { canonical, type EntryDraft, type StoredEntry } from '../schemas/index.ts';

/** `prev` of the first entry. */
export const GENESIS = '0'.repeat(64);

/**
 * The bytes of an entry after the one hashed `prev`. The same draft, prev and key (hex) give the same bytes for ever.
 * @throws when the draft holds what JSON cannot say.
 */
export function sealEntry(draft: EntryDraft, prev: string, caseKey: string): StoredEntry {
  const body = canonical(draft.body);
  const header = canonical({ ...headerCore(draft), bodyHash: sha256(body), bodyCommit: commitBody(caseKey, body), prev });
  return { case: draft.case, seq: draft.seq, header, hash: sha256(header), body };
}

/** The HMAC that commits a header to a body's bytes; `caseKey` is 64 hex digits. */
export const commitBody = (caseKey: string, body: string): string => createHmac('sha256', Buffer.from(caseKey, 'hex')).update(body).digest('hex');

/** SHA-256 of UTF-8 text, hex. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Named one by one: a field that a later draft brings along never slips into version 1. */
function headerCore(d: EntryDraft): Record<string, unknown> {
  const { person, role, unit, onBehalfOf } = d.actor;
  return {
    v: d.v,
    case: d.case,
    seq: d.seq,
    type: d.type,
    at: d.at,
    effectiveAt: d.effectiveAt,
    commandId: d.commandId,
    fingerprint: d.fingerprint,
    actor: { person, role, unit, onBehalfOf },
    machine: d.machine,
    policy: d.policy,
    calendar: d.calendar,
    audience: { scope: d.audience.scope, people: d.audience.people, reveal: d.audience.reveal },
    before: d.before,
    after: d.after,
  };
}
