import { PGlite } from '@electric-sql/pglite';
import type { Queries, Row, SqlStore } from '../sql-store.ts';

type Runner = { query(sql: string, params?: unknown[]): Promise<{ rows: unknown[] }>; exec(sql: string): Promise<unknown> };

/** The database in this folder, in this thread. Statements and transactions wait for each other: there is one session. */
export async function openPglite(folder: string): Promise<SqlStore> {
  const database = await PGlite.create(folder);
  return {
    ...queries(database),
    transaction: (work) => database.transaction((tx) => work({ ...queries(tx), script: async (sql) => void (await tx.exec(sql)) })),
    close: () => database.close(),
  };
}

const queries = (on: Runner): Queries => ({ query: async (sql, params = []) => (await on.query(sql, [...params])).rows as Row[] });
