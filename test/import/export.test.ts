import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { directory } from '../../demo/directory.ts';
import { exportLedger } from '../../export/index.ts';
import type { Board } from '../../schemas/index.ts';
import { boardOf, T0 } from '../support/ledger-drafts.ts';
import { storyPack } from '../support/stories-ledger.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'xiaohao-export-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

it('an export takes twenty thousand cases without holding them', async () => {
  async function* many(): AsyncGenerator<Board> {
    for (let n = 0; n < 20_000; n += 1) yield boardOf({ caseNo: `YC-2026-JY-${10_000 + n}`, matter: `第 ${n} 件 ${'问题描述'.repeat(20)}`, colour: 'red', due: T0 + n });
  }
  let told = 0;
  const before = process.memoryUsage().rss;
  const path = join(folder, 'closures.xlsx');
  const about = { who: '审计员 (aud)', at: T0, filter: '全部 all', entriesBefore: 7, entriesAfter: () => Promise.resolve(9) };
  await exportLedger({ kind: 'closures', path, boards: many(), names: { directory, calendar: storyPack.calendar }, about, onRow: (n) => (told = n) });
  expect(told).toBe(20_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  expect((await stat(path)).size).toBeGreaterThan(100_000);
});
