/** Acts of entries that are older than the table of acts. */
import { rm } from 'node:fs/promises';
import { afterEach, expect, it } from 'vitest';
import { GENESIS, migrate, readMigrations, sealEntry } from '../../ledger/index.ts';
import { databaseFolder, ensureDatabase } from '../../ledger/pglite/folder.ts';
import { openPglite } from '../../ledger/pglite/store.ts';
import { readActs } from '../../ledger/projection/act.ts';
import { actRow } from '../../ledger/projection/rows.ts';
import { draftOf, markOf, T0, temporaryFolder } from '../support/ledger.ts';

let dataDir: string;
afterEach(() => rm(dataDir, { recursive: true, force: true }));

it('are read from the entries themselves, whatever people wrote into these', async () => {
  dataDir = await temporaryFolder();
  await ensureDatabase(dataDir);
  const store = await openPglite(databaseFolder(dataDir));
  try {
    const migrations = await readMigrations();
    await migrate(store, migrations.slice(0, 4), T0);
    const caseNo = 'YC-2026-JY-0001';
    const first = draftOf({ case: caseNo, seq: 1, type: 'capture' });
    const words = { text: 'NUL \0, half \ud83d, \\u0000 written out, "row":"36"', from: 'closed', row: '99' };
    const drafts = [{ ...first, body: { ...first.body, payload: words } }, markOf({ case: caseNo, seq: 2 })];
    let prev = GENESIS;
    for (const draft of drafts) {
      const e = sealEntry(draft, prev, 'ab'.repeat(32));
      await store.query('insert into entries (case_no, seq, hash, header, body) values ($1, $2, $3, $4, $5)', [e.case, e.seq, e.hash, e.header, e.body]);
      prev = e.hash;
    }
    await migrate(store, migrations, T0);
    const found = await readActs(store, [caseNo]);
    expect(found.map(({ caseNo: case_no, seq, type, row: fired, outcome, from: from_stage, to: to_stage, at }) => ({ case_no, seq, type, fired, outcome, from_stage, to_stage, at }))).toEqual(drafts.map((d) => actRow(d, d.body)));
  } finally {
    await store.close();
  }
});
