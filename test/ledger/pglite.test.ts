import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rm } from 'node:fs/promises';
import { openLedger, type Ledger } from '../../ledger/index.ts';
import { databaseFolder } from '../../ledger/pglite/folder.ts';
import { batchFrom, secret, temporaryDataDir, temporaryLedger } from '../support/ledger.ts';
import { appendOnly } from './append-only.ts';
import { behaves } from './behaviour.ts';

describe('the embedded ledger', () => {
  let open: Awaited<ReturnType<typeof temporaryLedger>>;
  beforeAll(async () => {
    open = await temporaryLedger();
  });
  afterAll(() => open.remove());

  behaves(() => ({ ledger: open.ledger, append: open.ledger.append }));

  it('says that it survives a killed process and no more', async () => {
    expect(await open.ledger.durability()).toMatchObject({ store: 'pglite', survives: 'process-crash' });
  });
});

describe('the entries of the embedded ledger', () => {
  let dataDir: string;
  let database: PGlite;
  beforeAll(async () => {
    dataDir = await temporaryDataDir();
    const ledger: Ledger = await openLedger({ dataDir, sealSecret: secret });
    await ledger.append(batchFrom('YC-2026-JY-0001', 1, 3));
    await ledger.close();
    database = await PGlite.create(databaseFolder(dataDir));
  });
  afterAll(async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  appendOnly(async (sql) => (await database.query(sql)).rows);
});
