import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/** RFC 8785 text of a JSON value: sorted keys, one spelling. Throws on what JSON cannot say (a cycle, NaN). */
export const canonical = (value: unknown): string => canonicalize(value) ?? 'null';

/** SHA-256 as 64 hex digits. Plain JavaScript, so that workflows, auditors and browsers get the same bytes. */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** SHA-256 of the RFC 8785 text. */
export const hashOf = (value: unknown): string => sha256Hex(canonical(value));

/** 16 hex digits over what a command stands for: the same id with another fingerprint is another command. */
export const fingerprintOf = (of: { case: string; type: string; payload: unknown; person: string; actingUnit: string; expectedRevision?: number | undefined }): string =>
  hashOf({ case: of.case, type: of.type, payload: of.payload, person: of.person, actingUnit: of.actingUnit, expectedRevision: of.expectedRevision ?? null }).slice(0, 16);
