/** A client over a real server, a real ledger and a real worker of its own, for a test file: call it once at the top. */
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { afterAll, beforeAll } from 'vitest';
import { createClient, type CaseClient, type Parts } from '../../client/index.ts';
import { seedPack } from '../../cli/seed.ts';
import type { Ledger } from '../../ledger/index.ts';
import { runWorker } from '../../worker/index.ts';
import { caseSearchAttributes } from '../../workflows/messages.ts';
import { secret, temporaryLedger } from './ledger.ts';
import { withDevServer } from './servers.ts';
import { testDirectory } from './directory.ts';

export type ClientInTest = {
  readonly client: CaseClient;
  readonly ledger: Ledger;
  /** Another client over the same parts. */
  more(parts?: Partial<Parts>): CaseClient;
  startWorker(): Promise<void>;
  /** Ends the worker; cases wait for the next. */
  stopWorker(): Promise<void>;
};

export function withClient(): ClientInTest {
  // Every ledger begins its numbers anew: in a shared namespace two files would mean the same case.
  const server = withDevServer({ ownNamespace: true, searchAttributes: caseSearchAttributes });
  let open: Awaited<ReturnType<typeof temporaryLedger>> | undefined;
  let worker: { stop: AbortController; ended: Promise<void> } | undefined;
  const opened = () => {
    if (open === undefined) throw new Error('ready only inside tests and hooks');
    return open;
  };
  const more = (parts: Partial<Parts> = {}): CaseClient => {
    const temporal = new Client({ connection: server.connection, namespace: server.namespace }).workflow;
    return createClient({ temporal, ledger: opened().ledger, sealSecret: secret, taskQueue: server.taskQueue, ...parts });
  };
  const startWorker = async (): Promise<void> => {
    const stop = new AbortController();
    const { ledger, dataDir } = opened();
    await new Promise<void>((onReady, reject) => {
      const ended = runWorker({ connection: server.nativeConnection, namespace: server.namespace, taskQueue: server.taskQueue, ledger, dataDir: join(dataDir, 'worker'), signal: stop.signal, onReady });
      worker = { stop, ended };
      ended.catch(reject);
    });
  };
  const stopWorker = async (): Promise<void> => {
    worker?.stop.abort();
    await worker?.ended;
    worker = undefined;
  };
  beforeAll(async () => {
    open = await temporaryLedger();
    await seedPack(open.ledger, Date.now());
    await open.ledger.importDirectory(testDirectory, Date.now());
    await startWorker();
  });
  afterAll(async () => {
    await stopWorker();
    await open?.remove();
  });
  return {
    get client() {
      return more();
    },
    get ledger() {
      return opened().ledger;
    },
    more,
    startWorker,
    stopWorker,
  };
}
