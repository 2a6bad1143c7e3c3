/** A PostgreSQL that refuses connections for a minute, and one that hangs for a minute: commands go on as if nothing were. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ledger, openLedger, verifyChain } from '../../ledger/index.ts';
import { type Postgres, hasPostgres, startPostgres } from '../../tools/postgres.ts';
import { caseSearchAttributes } from '../../workflows/messages.ts';
import { LiveCase, refusalOf } from '../support/case.ts';
import { secret, temporaryFolder } from '../support/ledger.ts';
import { withDevServer } from '../support/servers.ts';
import { TcpGate } from '../support/tcp-gate.ts';
import { type TestWorker, quiet, startWorker, until } from '../support/worker.ts';
import { WorkflowClient } from '@temporalio/client';
import { actor } from '../support/world.ts';

const outageMs = 60_000;
/** As many at once, and as long, as before the outage: what is compared is alike. */
const burst = 150;
const lapse = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
const p99 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;

const there = await hasPostgres();
/** One test file for each mode: both wait a minute. */
export const outage = (mode: 'refuse' | 'hang') => describe.skipIf(!there)('a ledger in PostgreSQL', () => {
  quiet();
  const server = withDevServer({ searchAttributes: caseSearchAttributes });
  let postgres: Postgres;
  let gate: TcpGate;
  let ledger: Ledger;
  let dataDir: string;
  let worker: TestWorker;

  beforeAll(async () => {
    postgres = await startPostgres();
    const url = new URL(postgres.url);
    gate = await TcpGate.before({ host: url.hostname, port: Number(url.port || 5432) });
    url.hostname = '127.0.0.1';
    url.port = String(gate.port);
    ledger = await openLedger({ databaseUrl: url.href, sealSecret: secret });
    dataDir = await temporaryFolder('xiaohao-outage-');
    const { nativeConnection: connection, namespace, taskQueue } = server;
    worker = await startWorker({ connection, namespace, taskQueue, ledger, dataDir });
  });
  afterAll(async () => {
    await worker?.stop();
    await ledger?.close();
    await gate?.close();
    await postgres?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const head = (one: LiveCase) => ledger.head(one.caseNo).catch(() => null);
  const recorded = (one: LiveCase, seq: number): Promise<unknown> => until(async () => (await head(one))?.seq === seq, `${seq} entries`, 120_000);

  it(
    `that will ${mode} for a minute holds no command up: p99 <= 5x the healthy one, history <= 5.5 events a command, nothing lost`,
    async () => {
      const client = new WorkflowClient({ connection: server.connection, namespace: server.namespace });
      const one = new LiveCase({ client, taskQueue: server.taskQueue });
      await one.open();
      await one.instruct(20);
      const healthy = await one.instruct(burst);
      await recorded(one, 171);
      const before = await one.idle();
      await gate[mode]();
      const end = Date.now() + outageMs;
      const during = await one.instruct(burst);
      // Few enough to stay within the outbox.
      while (Date.now() < end) {
        during.push(...(await one.instruct(1)));
        await lapse(300);
      }
      const refusedIn = Date.now();
      expect((await refusalOf(one.do('confirmValid', actor('VERIFIER')))).code).toBe('NOT-IN-THIS-STATE');
      expect(Date.now() - refusedIn).toBeLessThan(5000);
      const perCommand = ((await one.events()) - before) / during.length;
      const { seq } = await one.look();
      expect(seq).toBe(171 + during.length);
      console.log(
        `${mode}: healthy p99 ${p99(healthy).toFixed(0)} ms, p99 of ${during.length} commands in the outage ${p99(during).toFixed(0)} ms, ${perCommand.toFixed(2)} events a command`,
      );
      await gate.open();
      await recorded(one, seq);
      expect(verifyChain(await ledger.entries(one.caseNo, { limit: 1000 }))).toMatchObject({ ok: true, head: { seq } });
      expect((await one.look()).halted).toBeNull();
      expect(p99(during)).toBeLessThanOrEqual(5 * p99(healthy));
      expect(perCommand).toBeLessThanOrEqual(5.5);
    },
    5 * 60_000,
  );
});
