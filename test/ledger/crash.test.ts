import { readdir, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger, verifyChain, type Ledger } from '../../ledger/index.ts';
import { hasDatabase } from '../../ledger/pglite/folder.ts';
import { startChild } from '../support/ledger-child.ts';
import { batchFrom, chunks, secret, temporaryDataDir, temporaryFolder } from '../support/ledger.ts';

const no = 'YC-2026-JY-0001';
let dataDir: string;
let ledger: Ledger | undefined;
beforeEach(() => {
  ledger = undefined;
});
afterEach(async () => {
  await ledger?.close();
  await rm(dataDir, { recursive: true, force: true });
});
const reopen = async (): Promise<Ledger> => (ledger = await openLedger({ dataDir, sealSecret: secret }));

describe('a killed process', () => {
  it('leaves every entry that it acknowledged, in a chain that verifies and goes on', async () => {
    dataDir = await temporaryDataDir();
    let acknowledged = 0;
    for (const target of [20, 35]) {
      const child = startChild('append', dataDir);
      await child.said(`done ${target}`);
      await child.kill();
      acknowledged = child.lines.length;
    }
    const again = await reopen();
    const entries = await again.entries(no, { limit: 1000 });
    const head = await again.head(no);
    expect(entries.length).toBeGreaterThanOrEqual(acknowledged);
    expect(verifyChain(entries, { head })).toMatchObject({ ok: true, head: { seq: entries.length } });
    expect(await again.problem(no)).toMatchObject({ seq: entries.length });
    expect((await again.effects({ case: no, limit: 1000 })).length).toBe(entries.length);
    expect(await again.append(batchFrom(no, 1, entries.length + 1))).toMatchObject({ seq: entries.length + 1 });
  });

  it('leaves nothing of an append when it dies just before the commit', async () => {
    dataDir = await temporaryDataDir();
    const child = startChild('before', dataDir);
    await child.ended;
    expect(child.lines).toEqual(['done 1', 'done 2']);
    const again = await reopen();
    expect(await again.head(no)).toMatchObject({ seq: 2 });
    expect(await again.append(batchFrom(no, 3))).toMatchObject({ seq: 3 });
  });

  it('leaves all of an append when it dies just after the commit: the repeat is byte-identical and done already', async () => {
    dataDir = await temporaryDataDir();
    const child = startChild('after', dataDir);
    await child.ended;
    expect(child.lines).toEqual(['done 1', 'done 2']);
    const again = await reopen();
    const [head, entries] = [await again.head(no), await again.entries(no)];
    expect(head).toMatchObject({ seq: 3 });
    expect(await again.append(batchFrom(no, 3))).toEqual(head);
    expect(await again.entries(no)).toEqual(entries);
  });

  it.each(['intake-before', 'intake-after'] as const)('leaves all of a chunk or nothing (%s); taken in again it has the same numbers', async (mode) => {
    dataDir = await temporaryDataDir();
    const child = startChild(mode, dataDir);
    await child.ended;
    expect(child.lines).toEqual(['took 3']);
    const again = await reopen();
    const kept = mode === 'intake-after';
    const ids = chunks.map((chunk) => chunk.map((row) => row.feedback.feedbackId));
    expect((await again.feedbacks()).map((r) => r.feedback.feedbackId).toSorted()).toEqual(kept ? ids.flat() : ids[0]);
    const results = (await Promise.all(chunks.map((chunk) => again.intake(chunk, { prefix: 'YC', year: 2026 }, 2)))).flat();
    expect(results.map((r) => [r.feedbackId, r.outcome, r.caseNo])).toEqual([1, 2, 3, 4, 5, 6].map((i) => [`F-${i}`, kept || i < 4 ? 'same' : 'new', `YC-2026-ZW-000${i}`]));
    expect(await again.reserveCase({ prefix: 'YC', year: 2026, field: 'ZW', externalKey: 'by hand', commandId: 'c' })).toEqual({ caseNo: 'YC-2026-ZW-0007', fresh: true });
  });

  it('does no harm while the database is being made', async () => {
    dataDir = await temporaryFolder();
    const child = startChild('make', dataDir);
    while (!(await readdir(dataDir)).some((name) => name.startsWith('ledger.new-'))) await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await child.kill();
    expect(await hasDatabase(dataDir)).toBe(false);
    const again = await reopen();
    expect(await again.append(batchFrom(no, 1))).toMatchObject({ seq: 1 });
    expect((await readdir(dataDir)).filter((name) => name.startsWith('ledger.new-'))).toEqual([]);
  });
});
