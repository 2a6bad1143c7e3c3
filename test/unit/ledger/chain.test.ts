import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENESIS, sealEntry, verifyChain, type ChainFault } from '../../../ledger/index.ts';
import { canonical, sha256Hex, type StoredEntry } from '../../../schemas/index.ts';
import { draftOf, markOf } from '../../support/ledger-drafts.ts';

const key = 'ab'.repeat(32);
const head = (entries: readonly StoredEntry[]): { seq: number; hash: string } => ({ seq: entries.at(-1)?.seq ?? 0, hash: entries.at(-1)?.hash ?? GENESIS });

/** A true chain over these texts, starting at `from` behind `prev`. */
function chainOf(texts: readonly string[], o: { case?: string; from?: number; prev?: string } = {}): StoredEntry[] {
  const entries: StoredEntry[] = [];
  for (const [i, text] of texts.entries()) {
    const seq = (o.from ?? 1) + i;
    const where = o.case ? { case: o.case } : {};
    const draft = i % 3 === 2 ? markOf({ ...where, seq }) : draftOf({ ...where, seq, text });
    entries.push(sealEntry(draft, entries.at(-1)?.hash ?? o.prev ?? GENESIS, key));
  }
  return entries;
}

const replaced = (entries: readonly StoredEntry[], at: number, change: (entry: StoredEntry) => StoredEntry): StoredEntry[] => entries.map((e, i) => (i === at ? change(e) : e));
const flip = (text: string, at: number, bit: number): string => text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1);
const without = (entries: readonly StoredEntry[], at: number): StoredEntry[] => entries.filter((_, i) => i !== at);
const inserted = (entries: readonly StoredEntry[], at: number, one: StoredEntry): StoredEntry[] => [...entries.slice(0, at), one, ...entries.slice(at)];
const swapped = (entries: readonly StoredEntry[], a: number, b: number): StoredEntry[] => entries.map((e, i) => entries[i === a ? b : i === b ? a : i] ?? e);

describe('verifyChain', () => {
  const true5 = chainOf(['一', '二', '三', '四', '五']);
  const known = { head: head(true5) };
  const second = true5[1] as StoredEntry;

  it('accepts every true chain, whole or by page', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 8 }), fc.nat(8), (texts, cut) => {
        const entries = chainOf(texts.map((t) => t.toWellFormed()));
        expect(verifyChain(entries, { head: head(entries), caseKey: key })).toEqual({ ok: true, head: head(entries) });
        const page = entries.slice(0, cut);
        expect(verifyChain(entries.slice(cut), { after: head(page), head: head(entries) })).toMatchObject({ ok: true });
      }),
      { numRuns: 50 },
    );
  });

  /** Each way to tamper, with the first broken seq and the name of the fault. */
  const tampered: Record<string, [StoredEntry[], number, ChainFault]> = {
    'a word of a body': [replaced(true5, 1, (e) => ({ ...e, body: e.body.replace('二', '贰') })), 2, 'edited'],
    'a word of a body, and its hash in the header': [replaced(true5, 1, () => chainOf(['贰'], { from: 2, prev: second.hash })[0] as StoredEntry), 2, 'edited'],
    'an entry sealed anew in its place': [replaced(true5, 1, () => chainOf(['贰'], { from: 2, prev: true5[0]?.hash ?? '' })[0] as StoredEntry), 3, 'edited'],
    'the last entry sealed anew': [replaced(true5, 4, () => chainOf(['伍'], { from: 5, prev: true5[3]?.hash ?? '' })[0] as StoredEntry), 5, 'edited'],
    'everything from the third sealed anew': [[...true5.slice(0, 2), ...chainOf(['叁', '肆', '伍'], { from: 3, prev: second.hash })], 5, 'edited'],
    'a time in a header': [replaced(true5, 2, (e) => ({ ...e, header: e.header.replace('"at":', '"at":1') })), 3, 'edited'],
    'another spelling of the same header': [replaced(true5, 2, (e) => ({ ...e, header: ` ${e.header}` })), 3, 'edited'],
    'no JSON at all': [replaced(true5, 2, (e) => ({ ...e, header: '' })), 3, 'edited'],
    'a stored hash': [replaced(true5, 2, (e) => ({ ...e, hash: 'f'.repeat(64) })), 3, 'edited'],
    'a stored hash that is none': [replaced(true5, 4, (e) => ({ ...e, hash: '' })), 5, 'edited'],
    'the first entry gone': [without(true5, 0), 1, 'deleted'],
    'an entry gone': [without(true5, 2), 3, 'deleted'],
    'an entry gone and the rest renumbered': [without(true5, 2).map((e, i) => ({ ...e, seq: i + 1 })), 3, 'inserted'],
    'an entry twice': [inserted(true5, 3, true5[2] as StoredEntry), 3, 'inserted'],
    'an entry of another case': [inserted(true5, 2, chainOf(['他'], { case: 'YC-2026-JY-0002', from: 3, prev: second.hash })[0] as StoredEntry), 3, 'inserted'],
    'an entry of another case under this name': [replaced(true5, 1, () => ({ ...(chainOf(['他', '她'], { case: 'YC-2026-JY-0002' })[1] as StoredEntry), case: second.case })), 2, 'inserted'],
    'an entry behind the head': [[...true5, chainOf(['六'], { from: 6, prev: head(true5).hash })[0] as StoredEntry], 6, 'inserted'],
    'two entries changed about': [swapped(true5, 1, 3), 2, 'reordered'],
    'two neighbours changed about': [swapped(true5, 3, 4), 4, 'reordered'],
    'the tail cut': [true5.slice(0, 3), 4, 'truncated'],
    'everything gone': [[], 1, 'truncated'],
  };
  for (const [what, [entries, seq, fault]] of Object.entries(tampered))
    it(`finds ${what}: ${fault} at ${seq}`, () => expect(verifyChain(entries, known)).toMatchObject({ ok: false, seq, fault }));

  it('finds a body that does not open its commitment when it has the key', () => {
    const other = sealEntry(draftOf({ seq: 1 }), GENESIS, 'cd'.repeat(32));
    expect(verifyChain([other])).toMatchObject({ ok: true });
    expect(verifyChain([other], { caseKey: key })).toMatchObject({ ok: false, seq: 1, fault: 'edited' });
  });

  it('finds every single changed bit of header, body and hash', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.constantFrom('header', 'body', 'hash'), fc.nat(), fc.nat(15), (at, part, place, bit) => {
        const entries = replaced(true5, at, (e) => ({ ...e, [part]: flip(e[part as 'header'], place % e[part as 'header'].length, bit) }));
        expect(verifyChain(entries, known)).toMatchObject({ ok: false, fault: 'edited' });
      }),
      { numRuns: 400 },
    );
  });

  it('finds every set of entries left out, doubled or put in another order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 8 }), (order) => {
        fc.pre(order.join() !== '0,1,2,3,4');
        expect(verifyChain(order.map((i) => true5[i] as StoredEntry), known).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('finds every changed field of a header, also with its hash made to fit', () => {
    const fields = Object.keys(JSON.parse(second.header) as object);
    for (const field of fields) {
      const header = canonical({ ...(JSON.parse(second.header) as object), [field]: field === 'seq' ? 3 : 'other' });
      const forged = replaced(true5, 1, (e) => ({ ...e, header, hash: sha256Hex(header) }));
      expect([field, verifyChain(forged, known).ok]).toEqual([field, false]);
    }
  });
});
