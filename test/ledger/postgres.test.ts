import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLedger, verifyChain, type Ledger } from '../../ledger/index.ts';
import { hasPostgres, startPostgres, type Postgres } from '../../tools/postgres.ts';
import { batchFrom, secret } from '../support/ledger.ts';
import { appendOnly, changes } from './append-only.ts';
import { behaves } from './behaviour.ts';

const found = await hasPostgres();

describe.skipIf(!found)('the ledger in PostgreSQL', () => {
  let server: Postgres;
  let ledger: Ledger;
  beforeAll(async () => {
    server = await startPostgres();
    ledger = await openLedger({ databaseUrl: server.url, sealSecret: secret });
  });
  afterAll(async () => {
    await ledger?.close();
    await server?.stop();
  });

  behaves(() => ({ ledger, append: ledger.append }));

  it('says whether it survives a power cut', async () => {
    expect(await ledger.durability()).toMatchObject({ store: 'postgres', detail: expect.stringMatching(/fsync=/) });
  });

  it('opens for several processes at once: both append to one case and one chain comes out', async () => {
    const databaseUrl = await server.createDatabase();
    const both = await Promise.all([openLedger({ databaseUrl, sealSecret: secret }), openLedger({ databaseUrl, sealSecret: secret })]);
    const no = 'YC-2026-JY-0001';
    for (let seq = 1; seq <= 30; seq += 3) await Promise.all(both.map((one) => one.append(batchFrom(no, seq, seq + 2))));
    await Promise.all(both.map((one) => Promise.all(Array.from({ length: 40 }, (_, i) => one.append(batchFrom(`YC-2026-ZW-${1000 + ((i * 7) % 40)}`, 1, 2))))));
    expect(verifyChain(await both[0].entries(no), { head: await both[1].head(no) })).toMatchObject({ ok: true, head: { seq: 30 } });
    expect(await both[1].counts()).toMatchObject({ cases: 41, entries: 110 });
    await Promise.all(both.map((one) => one.close()));
  });

  it('opens for a login that may make no roles: the right to change entries is taken from the login itself', async () => {
    const databaseUrl = await ownedBy('plain', 'login');
    const one = await openLedger({ databaseUrl, sealSecret: secret });
    await one.append(batchFrom('YC-2026-JY-0001', 1, 3));
    await one.close();
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    for (const change of Object.values(changes)) await expect(client.query(change)).rejects.toThrow(/permission denied/);
    await client.end();
  });

  it('opens for a login that may make roles and is no superuser', async () => {
    const one = await openLedger({ databaseUrl: await ownedBy('maker', 'login createrole'), sealSecret: secret });
    expect(await one.append(batchFrom('YC-2026-JY-0001', 1, 3))).toMatchObject({ seq: 3 });
    await one.close();
  });

  /** A database of its own for a login with these attributes. */
  async function ownedBy(name: string, attributes: string): Promise<string> {
    const url = new URL(await server.createDatabase());
    const admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    await admin.query(`create role ${name} ${attributes} password 'secret-of-a-test'`);
    await admin.query(`alter database ${url.pathname.slice(1)} owner to ${name}`);
    await admin.query(`alter schema public owner to ${name}`);
    await admin.end();
    [url.username, url.password] = [name, 'secret-of-a-test'];
    return url.href;
  }

  it('tells who asks that the database cannot be reached', async () => {
    await expect(openLedger({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', sealSecret: secret })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('gives up on a lock that somebody keeps, well before the caller would, and goes on when it is free', async () => {
    const no = 'YC-2026-YX-0002';
    await ledger.append(batchFrom(no, 1));
    const other = new pg.Client({ connectionString: server.url });
    await other.connect();
    await other.query('begin');
    await other.query('select seq from heads where case_no = $1 for update', [no]);
    await expect(ledger.append(batchFrom(no, 2))).rejects.toThrow(/timeout/);
    await other.end();
    expect(await ledger.append(batchFrom(no, 2))).toMatchObject({ seq: 2 });
  });

  it.skipIf(process.env['XIAOHAO_TEST_PG_URL'])('keeps what it acknowledged when the server falls, and goes on when it is back', async () => {
    const no = 'YC-2026-YX-0001';
    await ledger.append(batchFrom(no, 1, 3));
    await server.stopImmediate();
    await expect(ledger.append(batchFrom(no, 4))).rejects.toThrow();
    await server.start();
    expect(await ledger.append(batchFrom(no, 4))).toMatchObject({ seq: 4 });
    expect(verifyChain(await ledger.entries(no), { head: await ledger.head(no) })).toMatchObject({ ok: true, head: { seq: 4 } });
  });
});

describe.skipIf(!found)('the entries in PostgreSQL', () => {
  let server: Postgres;
  let client: pg.Client;
  beforeAll(async () => {
    server = await startPostgres();
    const ledger = await openLedger({ databaseUrl: server.url, sealSecret: secret });
    await ledger.append(batchFrom('YC-2026-JY-0001', 1, 3));
    await ledger.close();
    client = new pg.Client({ connectionString: server.url });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await server?.stop();
  });

  appendOnly(async (sql) => (await client.query(sql)).rows);
});
