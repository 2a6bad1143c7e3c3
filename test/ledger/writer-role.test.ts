import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, readMigrations } from '../../ledger/index.ts';
import type { Row, SqlStore } from '../../ledger/sql-store.ts';
import { grantWriter, WRITER } from '../../ledger/writer-role.ts';
import { T0 } from '../support/ledger.ts';

/** From version 16 on, whoever makes a role is its member but may not take it until that is granted, too. */
describe('the role of the ledger, made by a login that may make roles and is no superuser', () => {
  let database: PGlite;
  let store: SqlStore;
  beforeAll(async () => {
    database = await PGlite.create();
    await database.exec('create role maker login createrole; grant all on schema public to maker; set session authorization maker');
    const query = async (sql: string, params: readonly unknown[] = []): Promise<Row[]> => (await database.query(sql, [...params])).rows as Row[];
    store = { query, transaction: (work) => database.transaction((tx) => work({ query: async (sql, params = []) => (await tx.query(sql, [...params])).rows as Row[], script: async (sql) => void (await tx.exec(sql)) })), close: () => database.close() };
    await migrate(store, await readMigrations(), T0);
  });
  afterAll(() => database.close());

  it('can be taken, now and when it is there already', async () => {
    expect(Number((await store.query('show server_version_num'))[0]?.['server_version_num'])).toBeGreaterThanOrEqual(160_000);
    for (const time of ['first', 'second']) {
      expect([time, await grantWriter(store)]).toEqual([time, WRITER]);
      await store.query(`set role ${WRITER}`);
      await expect(store.query("update entries set body = ''")).rejects.toThrow(/permission denied/);
      await store.query('reset role');
    }
  });
});
