import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GENESIS, sealEntry, verifyChain } from '../../../ledger/index.ts';
import type { EntryDraft, StoredEntry } from '../../../schemas/index.ts';
import { golden, goldenKey, goldenMark } from './golden.ts';
import frozen from './golden-v1.json' with { type: 'json' };

const sealed = (): StoredEntry[] => {
  const first = sealEntry(golden, GENESIS, goldenKey);
  return [first, sealEntry(goldenMark, first.hash, goldenKey)];
};

describe('an entry', () => {
  it('has the bytes of version 1, which are frozen', () => {
    expect(sealed()).toEqual(frozen);
  });

  it('verifies from its bytes alone, by the formulas written down', () => {
    let prev = GENESIS;
    for (const { header, hash, body } of frozen) {
      const parsed = JSON.parse(header) as Record<string, unknown>;
      const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
      expect(parsed).toMatchObject({ v: 1, prev, bodyHash: sha256(body), bodyCommit: createHmac('sha256', Buffer.from(goldenKey, 'hex')).update(body).digest('hex') });
      expect(sha256(header)).toBe(hash);
      prev = hash;
    }
    expect(verifyChain(frozen, { caseKey: goldenKey })).toEqual({ ok: true, head: { seq: 2, hash: prev } });
  });

  it('has the same bytes whatever the order of its keys and whatever a later draft brings along', () => {
    const shuffled = Object.fromEntries(Object.entries(golden).toReversed()) as EntryDraft;
    const withMore = { ...shuffled, later: 'field', effectiveAt: undefined, actor: { ...golden.actor, memberOf: ['U-1'] } } as unknown as EntryDraft;
    expect(sealEntry(withMore, GENESIS, goldenKey)).toEqual(frozen[0]);
  });

  it('has other bytes for another body, place in the chain or key', () => {
    const plain = sealEntry(golden, GENESIS, goldenKey);
    const others = [
      sealEntry({ ...golden, body: { ...golden.body, voided: [] } }, GENESIS, goldenKey),
      sealEntry({ ...golden, audience: { scope: 'case' } }, GENESIS, goldenKey),
      sealEntry(golden, 'f'.repeat(64), goldenKey),
      sealEntry(golden, GENESIS, 'f'.repeat(64)),
    ];
    expect(new Set([plain, ...others].map((e) => e.hash)).size).toBe(5);
  });

  it('refuses what JSON cannot say', () => {
    const body = { ...golden.body, payload: { amount: Number.NaN } };
    expect(() => sealEntry({ ...golden, body }, GENESIS, goldenKey)).toThrow(/NaN/);
  });
});
