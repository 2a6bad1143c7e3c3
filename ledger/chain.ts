/**
 * Checks a case's chain (哈希链) from its stored bytes alone; the twin of `sealEntry`. What each look catches:
 *   edited    a header, body or hash that does not fit the others, another spelling of the same JSON, a chain grown anew
 *   inserted  an entry twice, of another case, or behind the known head
 *   deleted   a missing entry in the middle or at the front
 *   reordered entries in another order
 *   truncated an end before the known head
 * Whoever rewrites every hash to the end is caught only by a `head` that was kept elsewhere; without it, a cut tail is invisible.
 */
import { canonical, Header, type StoredEntry } from '../schemas/index.ts';
import { commitBody, GENESIS, sha256 } from './entry.ts';

export type ChainFault = 'edited' | 'inserted' | 'deleted' | 'reordered' | 'truncated';
export type ChainResult = { ok: true; head: { seq: number; hash: string } } | { ok: false; seq: number; fault: ChainFault; detail: string };
/** `after`: where a page starts, when not at the beginning. `head`: the end as known from elsewhere. `caseKey`: also checks `bodyCommit`. */
export type ChainOptions = { after?: { seq: number; hash: string }; head?: { seq: number; hash: string } | null; caseKey?: string };
type Point = { seq: number; hash: string };
type Broken = Extract<ChainResult, { ok: false }>;

/** Walks the entries in the order given. @returns the head, or the first broken place and what is wrong with it. */
export function verifyChain(entries: readonly StoredEntry[], options: ChainOptions = {}): ChainResult {
  let at: Point = options.after ?? { seq: 0, hash: GENESIS };
  const caseNo = entries[0]?.case;
  for (const [index, entry] of entries.entries()) {
    const fault = orderFault(entries, index, at) ?? entryFault(entry, at, caseNo, options.caseKey);
    if (fault) return fault;
    at = { seq: entry.seq, hash: entry.hash };
  }
  return options.head ? againstHead(at, options.head) : { ok: true, head: at };
}

const broken = (seq: number, fault: ChainFault, detail: string): Broken => ({ ok: false, seq, fault, detail });

function orderFault(entries: readonly StoredEntry[], index: number, at: Point): Broken | null {
  const expected = at.seq + 1;
  const found = entries[index]?.seq;
  if (found === expected) return null;
  if (found !== undefined && found < expected) return broken(found, 'inserted', `entry ${found} stands a second time, behind ${at.seq}`);
  const later = entries.slice(index).some((e) => e.seq === expected);
  return later ? broken(expected, 'reordered', `entry ${found} stands before ${expected}`) : broken(expected, 'deleted', `entry ${expected} is missing`);
}

function entryFault(entry: StoredEntry, at: Point, caseNo: string | undefined, caseKey?: string): Broken | null {
  const edited = (detail: string): Broken => broken(entry.seq, 'edited', detail);
  if (entry.case !== caseNo) return broken(entry.seq, 'inserted', `an entry of ${entry.case}`);
  const header = readHeader(entry.header);
  if (!header) return edited('the header is not in the one spelling of version 1');
  if (sha256(entry.header) !== entry.hash) return edited('the hash does not fit the header');
  if (header.case !== entry.case || header.seq !== entry.seq) return broken(entry.seq, 'inserted', `the header says ${header.case} ${header.seq}`);
  if (sha256(entry.body) !== header.bodyHash) return edited('the body does not fit the header');
  if (caseKey !== undefined && commitBody(caseKey, entry.body) !== header.bodyCommit) return edited('the body does not fit its commitment');
  if (header.prev !== at.hash) return edited(`it does not follow from entry ${at.seq}`);
  return null;
}

/** The header, if these are exactly the bytes that version 1 would write. */
function readHeader(text: string): Header | null {
  try {
    const value: unknown = JSON.parse(text);
    return canonical(value) === text ? (Header.strict().safeParse(value).data ?? null) : null;
  } catch {
    return null;
  }
}

function againstHead(at: Point, head: Point): ChainResult {
  if (at.seq < head.seq) return broken(at.seq + 1, 'truncated', `it ends at ${at.seq}, the head is ${head.seq}`);
  if (at.seq > head.seq) return broken(head.seq + 1, 'inserted', `it goes on behind the head ${head.seq}`);
  return at.hash === head.hash ? { ok: true, head: at } : broken(at.seq, 'edited', 'the head is another one');
}
