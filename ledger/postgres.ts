import pg from 'pg';
import { caseError } from '../schemas/index.ts';
import { splitOldFeedback } from './carry-over.ts';
import type { Ledger, LedgerReader } from './ledger.ts';
import { migrate, readMigrations } from './migrate.ts';
import { sqlState } from './sql-text.ts';
import { sqlLedger, type SqlLedgerOptions } from './sql.ts';
import type { Queries, Row, SqlStore } from './sql-store.ts';
import { grantWriter } from './writer-role.ts';

/** A statement that takes longer is given up, well before whoever waits for the append gives up; a session that stops in a transaction is ended. */
const limits = { connectionTimeoutMillis: 3_000, statement_timeout: 6_000, query_timeout: 7_000, idle_in_transaction_session_timeout: 10_000 };
const BIGINT = 20;

/** The ledger in a PostgreSQL of its own. Several processes may have it open. @throws UNAVAILABLE, MIGRATION-EDITED, LEDGER-NEWER */
export async function openPostgres(url: string, options: SqlLedgerOptions): Promise<Ledger> {
  const role = await prepare(url);
  const pool = poolOf({ connectionString: url, max: 10, ...limits }, role);
  const store = storeOf(pool);
  return sqlLedger(store, () => durability(store), options);
}

/** Migrates in a session without time limits. @returns the role that the others take */
async function prepare(url: string): Promise<string | null> {
  const pool = poolOf({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000 }, null);
  try {
    await pool.query('select 1').catch((error: Error) => Promise.reject(caseError('UNAVAILABLE', { zh: 'PostgreSQL', en: `PostgreSQL: ${error.message}` })));
    const store = storeOf(pool);
    await migrate(store, await readMigrations(), Date.now());
    await splitOldFeedback(store);
    return await grantWriter(store);
  } finally {
    await pool.end();
  }
}

function poolOf(config: pg.PoolConfig, role: string | null): pg.Pool {
  const types = { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === BIGINT ? Number : pg.types.getTypeParser(oid, format)) };
  const pool = new pg.Pool({ application_name: 'xiaohao', keepAlive: true, ...config, types: types as pg.CustomTypesConfig, ...taking(role) });
  // A connection that breaks says so through the query that used it; without listeners it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}

/** Each session takes the role before its first statement: the pool awaits this hook, though its types do not say so. */
function taking(role: string | null): Pick<pg.PoolConfig, 'onConnect'> {
  const take = (client: pg.ClientBase): unknown => client.query(`set role ${role}`);
  return role ? { onConnect: take as (client: pg.ClientBase) => void } : {};
}

const queries = (on: pg.Pool | pg.PoolClient): Queries => ({ query: async (sql, params = []) => (await on.query(sql, [...params])).rows as Row[] });

function storeOf(pool: pg.Pool): SqlStore {
  return {
    ...queries(pool),
    transaction: async (work) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await work({ ...queries(client), script: async (sql) => void (await client.query(sql)) });
        await client.query('commit');
        client.release();
        return result;
      } catch (error) {
        await giveBack(client, error);
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

/** After an error of the server or of ours the session is sound and rolls back; after any other it is thrown away, and rolls back by that. */
async function giveBack(client: pg.PoolClient, error: unknown): Promise<void> {
  const sound = sqlState(error) !== undefined || (error as { refusal?: unknown } | null)?.refusal !== undefined;
  const rolledBack = sound && (await client.query('rollback').then(() => true, () => false));
  client.release(!rolledBack);
}

/** Power loss is survived only with all three settings on. */
async function durability(db: Queries): ReturnType<LedgerReader['durability']> {
  const rows = await db.query("select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') order by name");
  const off = rows.filter((row) => row['setting'] === 'off').map((row) => String(row['name']));
  const detail = rows.map((row) => `${String(row['name'])}=${String(row['setting'])}`).join(' ');
  return { store: 'postgres', survives: off.length === 0 ? 'power-loss' : 'process-crash', detail: `PostgreSQL ${detail}` };
}
