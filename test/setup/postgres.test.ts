import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasPostgres, startPostgres } from '../../tools/postgres.ts';

async function rows(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe.skipIf(!(await hasPostgres()))('a PostgreSQL for tests, as root or not', () => {
  it('starts durable and empty, keeps its data through an immediate stop, and gives each caller a database', async () => {
    const server = await startPostgres();
    onTestFinished(() => server.stop());
    expect(
      await rows(
        server.url,
        "select current_setting('server_encoding') as encoding, count(*)::int as tables from pg_tables where schemaname = 'public'",
      ),
    ).toEqual([{ encoding: 'UTF8', tables: 0 }]);
    await rows(server.url, 'create table kept as select 1 as one');
    if (server.canStop) {
      await server.stopImmediate();
      await expect(rows(server.url, 'select 1')).rejects.toThrow();
      await server.start();
    }
    expect(await rows(server.url, 'select * from kept')).toEqual([{ one: 1 }]);
    const other = await server.createDatabase();
    await expect(rows(other, 'select * from kept')).rejects.toThrow('does not exist');
  });

  it('a server given by XIAOHAO_TEST_PG_URL is used, may not be stopped, and is left as it was', async () => {
    const server = await startPostgres();
    onTestFinished(() => server.stop());
    const count = 'select count(*)::int as databases from pg_database';
    const before = await rows(server.url, count);
    const given = await startPostgres({ XIAOHAO_TEST_PG_URL: server.url });
    expect(await rows(given.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(given.canStop).toBe(false);
    await expect(given.stopImmediate()).rejects.toThrow('XIAOHAO_TEST_PG_URL');
    await given.stop();
    expect(await rows(server.url, count)).toEqual(before);
  });
});
