/**
 * Vitest's global set-up: one Temporal server for the whole run, whichever projects ask for it.
 * TEMPORAL_ADDRESS names a running one; else a dev server without a file is started.
 */
import type { TestProject } from 'vitest/node';
import { type DevServer, findTemporal, startDevServer } from '../../tools/temporal-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    temporalAddress: string;
  }
}

type Shared = { users: number; started: Promise<{ address: string; server?: DevServer }> };

/** Each project loads this file anew: what they share hangs on the process. */
const slot = globalThis as typeof globalThis & { xiaohaoSharedServer?: Shared };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  slot.xiaohaoSharedServer ??= { users: 0, started: start() };
  const shared = slot.xiaohaoSharedServer;
  shared.users += 1;
  project.provide('temporalAddress', (await shared.started).address);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete slot.xiaohaoSharedServer;
    await (await shared.started).server?.stop();
  };
}

async function start(): Promise<{ address: string; server?: DevServer }> {
  const source = await findTemporal();
  if (source.kind === 'address') return { address: source.address };
  const server = await startDevServer({ cli: source });
  return { address: server.address, server };
}
