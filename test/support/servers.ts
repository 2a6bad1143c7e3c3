import { randomBytes } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { InternalConnectionOptionsSymbol } from '@temporalio/client/lib/connection.js';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, inject } from 'vitest';
import { caseSearchAttributes } from '../../workflows/messages.ts';
import { ensureNamespace, findTestServer, type SearchAttributeKind } from '../../tools/temporal-server.ts';

export type DevServerWish = {
  /** A namespace of this file's own, e.g. to count workflows; else `default` is shared. */
  ownNamespace?: boolean;
  searchAttributes?: Readonly<Record<string, SearchAttributeKind>>;
};

/** Filled before the first test of the file runs; reading it earlier is an error. */
export type DevServerInTest = {
  readonly address: string;
  readonly namespace: string;
  /** Nobody else's. */
  readonly taskQueue: string;
  readonly connection: Connection;
  readonly nativeConnection: NativeConnection;
};

/**
 * The run's shared dev server, for a test file: call it once at the top of the file or of a describe.
 * Each file has its own task queue; connections are closed after its last test.
 */
export function withDevServer(wish: DevServerWish = {}): DevServerInTest {
  let open: { connection: Connection; nativeConnection: NativeConnection } | undefined;
  const address = inject('temporalAddress');
  const unique = randomBytes(5).toString('hex');
  const namespace = wish.ownNamespace === true ? `test-${unique}` : 'default';
  beforeAll(async () => {
    open = { connection: await Connection.connect({ address }), nativeConnection: await NativeConnection.connect({ address }) };
    const searchAttributes = wish.searchAttributes === undefined ? {} : { searchAttributes: wish.searchAttributes };
    await ensureNamespace(open.connection, { namespace, retentionDays: 30, ...searchAttributes });
  }, 60_000);
  afterAll(async () => {
    await open?.connection.close();
    await open?.nativeConnection.close();
  });
  const opened = () => {
    if (open === undefined) throw new Error('the dev server is ready only inside tests and hooks');
    return open;
  };
  return {
    address,
    namespace,
    taskQueue: `test-${unique}`,
    get connection() {
      return opened().connection;
    },
    get nativeConnection() {
      return opened().nativeConnection;
    },
  };
}

/**
 * Runs `body` with a time-skipping server of its own and stops it afterwards. Time stands still until the SDK sleeps
 * (`env.sleep`) or waits for a result; it does not skip while a worker is down.
 */
export async function withTimeSkipping<T>(body: (env: TestWorkflowEnvironment) => Promise<T>): Promise<T> {
  const env = await startTimeSkipping();
  try {
    return await body(env);
  } finally {
    await env.teardown();
  }
}

/** For files that keep one server for several tests: they stop it with `teardown()`. Our search attributes are known there. */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const env = await createTimeSkipping();
  const searchAttributes = Object.fromEntries(Object.entries(caseSearchAttributes).map(([name, kind]) => [name, kind === 'Datetime' ? 6 : 2]));
  await env.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  return env;
}

/** The SDK's connection pings twice a minute; this server takes that for a nuisance and hangs up, also in the middle of a long sleep. */
export const withoutPings = ({ address }: TestWorkflowEnvironment): Promise<Connection> => {
  const channelArgs = { 'grpc.keepalive_permit_without_calls': 0, 'grpc.keepalive_time_ms': 3_600_000 };
  const options = { address, channelArgs, [InternalConnectionOptionsSymbol]: { supportsTestService: true } };
  return Connection.connect(options);
};

async function createTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const { path } = await findTestServer();
  // The SDK waits five seconds for the Java program, which a busy machine may exceed.
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
    } catch (error) {
      if (attempt >= 3) throw error;
    }
  }
}
