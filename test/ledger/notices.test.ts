/** Notices over a real ledger: pending until handed over, whoever fails. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noticeFolder } from '../../activities/index.ts';
import { deliver } from '../../activities/notify.ts';
import { noticesBy } from '../../client/notice/address.ts';
import { countNotices, readNotices } from '../../client/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import type { Batch, Effect } from '../../schemas/index.ts';
import { testDirectory } from '../support/directory.ts';
import { T0, batchFrom, temporaryLedger } from '../support/ledger.ts';

let ledger: Ledger;
let remove: () => Promise<void>;
let dataDir: string;
beforeAll(async () => {
  ({ ledger, remove } = await temporaryLedger());
  dataDir = await mkdtemp(join(tmpdir(), 'xiaohao-notices-'));
  await ledger.importDirectory(testDirectory, T0);
});
afterAll(async () => {
  await remove();
  await rm(dataDir, { recursive: true, force: true });
});

const now = T0 + 60_000;
const caseNo = (n: number): string => `YC-2026-JY-${String(n).padStart(4, '0')}`;
const noticeOf = (n: number, to: Effect['to']): Effect => ({
  key: `${caseNo(n)}:1:nearDue`, kind: 'notice', case: caseNo(n), seq: 1, to, name: 'nearDue', at: T0, data: { deadline: 'total', mark: 'before1', side: 'unit', holder: 'UH', unit: 'U1', due: T0 + 86_400_000, row: 'A1', stage: '' },
});
const head: Effect['to'] = [{ role: 'UH', unit: 'U1', person: 'wang' }, { role: 'LDR_DEPUTY', unit: null, line: 'superior' }];

const captured = (n: number): Batch => ({ ...batchFrom(caseNo(n), 1), effects: [noticeOf(n, head)] });

describe('a round of notices', () => {
  it('tells the others when one receiver always throws; its attempts are counted, and it is first told when it can be', async () => {
    for (let n = 1; n <= 5; n += 1) await ledger.append(captured(n));
    const folder = noticeFolder({ dataDir, address: noticesBy(ledger, () => now) });
    const broken = (effect: Effect): Promise<void> => (effect.case === caseNo(3) ? Promise.reject(new Error('the line is busy')) : folder(effect));
    const raters = (): Promise<void> => Promise.resolve();
    const round = (notice: typeof folder) => deliver({ ledger, receivers: { notice, raters }, now: () => now }, { kind: 'notice' });
    expect(await round(broken)).toEqual({ delivered: 4, failed: 1, more: false });
    expect(await round(broken)).toEqual({ delivered: 0, failed: 1, more: false });
    expect((await ledger.effects({ pending: true })).map((e) => [e.case, e.attempts])).toEqual([[caseNo(3), 2]]);
    expect(await round(folder)).toEqual({ delivered: 1, failed: 0, more: false });
    expect(await readdir(join(dataDir, 'notices', 'wang'))).toHaveLength(5);
  });

  it('is read back by person and by case, each notice once', async () => {
    expect((await readNotices(dataDir, { person: 'wang' })).map((n) => n.case).toSorted()).toEqual([1, 2, 3, 4, 5].map(caseNo));
    expect((await readNotices(dataDir, { case: caseNo(2) })).map((n) => String(n.person)).toSorted()).toEqual(['fen', 'wang']);
    expect(await readNotices(join(dataDir, 'elsewhere'))).toEqual([]);
    expect(await countNotices(dataDir)).toEqual({ notices: 10, gaps: 0, nobody: 0 });
  });

  it('goes to whom the directory names when it is handed over, not when the mark fired', async () => {
    await ledger.append(captured(6));
    const people = testDirectory.people.map((p) => (p.id === 'wang' ? { ...p, terms: [{ role: 'UH' as const, unit: 'U1', from: '2020-01-01', to: '2025-12-31' }] } : p.id === 'gao' ? { ...p, terms: [{ role: 'UH' as const, unit: 'U1', from: '2026-01-01' }] } : p));
    await ledger.importDirectory({ ...testDirectory, people }, T0 + 1);
    const folder = noticeFolder({ dataDir, address: noticesBy(ledger, () => now) });
    await deliver({ ledger, receivers: { notice: folder, raters: () => Promise.resolve() }, now: () => now }, { kind: 'notice' });
    expect((await readNotices(dataDir, { case: caseNo(6) })).map((n) => String(n.person)).toSorted()).toEqual(['fen', 'gao']);
  });
});
