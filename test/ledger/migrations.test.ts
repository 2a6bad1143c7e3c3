import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockOwner, migrate, migration, openLedger, readMigrations, type Migration } from '../../ledger/index.ts';
import { databaseFolder } from '../../ledger/pglite/folder.ts';
import { openPglite } from '../../ledger/pglite/store.ts';
import type { SqlStore } from '../../ledger/sql-store.ts';
import { secret, T0, temporaryDataDir } from '../support/ledger.ts';

describe('migrations', () => {
  let dataDir: string;
  let store: SqlStore;
  let known: Migration[];
  beforeAll(async () => {
    dataDir = await temporaryDataDir();
    store = await openPglite(databaseFolder(dataDir));
    known = await readMigrations();
  });
  afterAll(async () => {
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const applied = async (): Promise<unknown[]> => (await store.query('select id from migrations order by id')).map((row) => row['id']);
  const next = (sql: string): Migration => migration(`${String(known.length + 1).padStart(4, '0')}_next.sql`, sql);

  it('are numbered from one without a gap and applied once', async () => {
    expect(known.map((m) => m.id)).toEqual(known.map((_, i) => i + 1));
    await migrate(store, known, T0);
    expect(await applied()).toEqual(known.map((m) => m.id));
  });

  it('refuse to run when an applied one was edited', async () => {
    for (const at of known.keys()) {
      const edited = known.map((m, i) => (i === at ? migration(m.name, `${m.sql}-- one more line`) : m));
      await expect(migrate(store, edited, T0)).rejects.toMatchObject({ code: 'MIGRATION-EDITED', message: expect.stringContaining(known[at]?.name ?? '') });
    }
  });

  it('do not call other line ends an edit', async () => {
    await migrate(store, known.map((m) => migration(m.name, m.sql.replaceAll('\n', '\r\n'))), T0);
  });

  it('refuse a database that has more of them', async () => {
    await expect(migrate(store, known.slice(0, -1), T0)).rejects.toMatchObject({ code: 'LEDGER-NEWER' });
  });

  it('are applied all or not at all', async () => {
    const broken = [...known, next('create table half (x int); select nonsense')];
    await expect(migrate(store, broken, T0)).rejects.toThrow(/nonsense/);
    expect(await applied()).toEqual(known.map((m) => m.id));
    await migrate(store, [...known, next('create table half (x int)')], T0);
    expect(await applied()).toEqual([...known.map((m) => m.id), known.length + 1]);
  });

  it('keep an older version out of a newer data folder, which is then free for others', async () => {
    await store.close();
    await expect(openLedger({ dataDir, sealSecret: secret })).rejects.toMatchObject({ code: 'LEDGER-NEWER' });
    expect(await lockOwner(dataDir)).toBeNull();
    store = await openPglite(databaseFolder(dataDir));
    await store.query('delete from migrations where id > $1', [known.length]);
  });
});
