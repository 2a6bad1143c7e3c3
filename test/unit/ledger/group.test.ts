import { describe, expect, it } from 'vitest';
import { grouped } from '../../../ledger/group.ts';
import type { Outcome } from '../../../ledger/append.ts';
import type { Batch } from '../../../schemas/index.ts';
import { batchFrom } from '../../support/ledger-drafts.ts';

const caseNo = (n: number): string => `YC-2026-JY-${1000 + n}`;
const one = (n: number, seq = 1): Batch => batchFrom(caseNo(n), seq);
const value = (batch: Batch): Outcome => ({ ok: true, value: { seq: batch.entries.at(-1)?.seq ?? 0, hash: batch.case } });
const sqlError = (code: string): Error => Object.assign(new Error(`sql ${code}`), { code });

describe('grouped appends', () => {
  it('put what arrives in one turn into one transaction', async () => {
    const groups: number[] = [];
    const { append } = grouped(async (batches) => (groups.push(batches.length), batches.map(value)));
    const answers = await Promise.all([0, 1, 2, 3].map((n) => append(one(n))));
    expect(groups).toEqual([4]);
    expect(answers.map((a) => a.hash)).toEqual([0, 1, 2, 3].map(caseNo));
  });

  it('gather what arrives during a transaction for the next', async () => {
    const groups: string[][] = [];
    const late: Promise<unknown>[] = [];
    const { append } = grouped(async (batches) => {
      groups.push(batches.map((b) => b.case));
      if (groups.length === 1) late.push(append(one(1)), append(one(2)));
      await Promise.resolve();
      return batches.map(value);
    });
    await append(one(0));
    await Promise.all(late);
    expect(groups).toEqual([[caseNo(0)], [caseNo(1), caseNo(2)]]);
  });

  it('keep the order of each case and never put one case twice into a group', async () => {
    const groups: [string, number][][] = [];
    const { append } = grouped(async (batches) => (groups.push(batches.map((b) => [b.case, b.entries[0]?.seq ?? 0])), batches.map(value)));
    await Promise.all([append(one(0, 1)), append(one(0, 2)), append(one(1, 1)), append(one(0, 3))]);
    expect(groups).toEqual([[[caseNo(0), 1], [caseNo(1), 1]], [[caseNo(0), 2]], [[caseNo(0), 3]]]);
  });

  it('run each alone when one of them breaks the transaction, so that only it fails', async () => {
    const { append } = grouped(async (batches) => {
      if (batches.some((b) => b.case === caseNo(2))) throw sqlError('22P05');
      return batches.map(value);
    });
    const outcomes = await Promise.all([0, 1, 2, 3].map((n) => append(one(n)).then(() => 'done', (e: Error) => e.message)));
    expect(outcomes).toEqual(['done', 'done', 'sql 22P05', 'done']);
  });

  it('do not try one by one a store that is out of order', async () => {
    let tries = 0;
    const { append } = grouped(() => (tries++, Promise.reject(sqlError('57P01'))));
    const outcomes = await Promise.allSettled([0, 1, 2, 3].map((n) => append(one(n))));
    expect([tries, outcomes.map((o) => o.status)]).toEqual([1, ['rejected', 'rejected', 'rejected', 'rejected']]);
    await expect(append(one(5))).rejects.toThrow('57P01');
  });

  it('call a key that exists already a fork', async () => {
    const { append } = grouped(() => Promise.reject(sqlError('23505')));
    await expect(append(one(0))).rejects.toMatchObject({ code: 'LEDGER-FORK' });
  });

  it('are all done when they are idle', async () => {
    const { append, idle } = grouped(async (batches) => batches.map(value));
    const done: number[] = [];
    for (const seq of [1, 2, 3]) void append(one(0, seq)).then(() => done.push(seq));
    await idle();
    expect(done).toEqual([1, 2, 3]);
    await idle();
  });

  it('let the others stand when one is refused', async () => {
    const refused = new Error('refused');
    const { append } = grouped(async (batches) => batches.map((b) => (b.case === caseNo(1) ? { ok: false, error: refused } : value(b))));
    const outcomes = await Promise.allSettled([0, 1, 2].map((n) => append(one(n))));
    expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
