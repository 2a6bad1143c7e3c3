/** A worker in this process, over a ledger of its own, for a test file or one test. */
import { rm } from 'node:fs/promises';
import { WorkflowClient } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Ledger } from '../../ledger/index.ts';
import type { Batch } from '../../schemas/index.ts';
import { type RunWorkerOptions, runWorker } from '../../worker/index.ts';
import { temporaryFolder, temporaryLedger } from './ledger.ts';

export type TestWorker = { stop: () => Promise<void> };

/** Starts a worker and waits until it polls. */
export async function startWorker(options: RunWorkerOptions): Promise<TestWorker> {
  const abort = new AbortController();
  let ended: Promise<void> | undefined;
  await new Promise<void>((ready, failed) => {
    ended = runWorker({ ...options, signal: abort.signal, onReady: ready });
    ended.catch(failed);
  });
  const stop = async (): Promise<void> => {
    abort.abort();
    await ended;
  };
  return { stop };
}

/** The SDK says only what is an error. Once for each process, before anything else of it. */
export function quiet(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });
  } catch {
    // Installed by another file of this process.
  }
}

export type Bench = { ledger: Ledger; dataDir: string; worker: TestWorker; client: WorkflowClient; stop: () => Promise<void> };
export type ServerOfTest = { readonly nativeConnection: NativeConnection; readonly namespace: string; readonly taskQueue: string };

export type BenchOptions = Partial<RunWorkerOptions> & { /** Stands between worker and ledger. */ wrap?: (ledger: Ledger) => Ledger };

/** Ledger, worker and client together. */
export async function startBench(server: ServerOfTest, { wrap = (ledger) => ledger, ...more }: BenchOptions = {}): Promise<Bench> {
  const { ledger: own, remove } = await temporaryLedger();
  const ledger = wrap(own);
  const dataDir = more.dataDir ?? (await temporaryFolder('xiaohao-worker-'));
  const { nativeConnection: connection, namespace, taskQueue } = server;
  const worker = await startWorker({ connection, namespace, taskQueue, ledger, dataDir, ...more });
  const client = new WorkflowClient({ connection, namespace });
  const stop = async (): Promise<void> => {
    await worker.stop();
    await remove();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ledger, dataDir, worker, client, stop };
}

/** The ledger's troubles, at the turn of a switch: it answers, refuses connections, or never answers. */
export class Gate {
  mode: 'open' | 'refuse' | 'hang' = 'open';
  readonly sent: Batch[] = [];
  #hanging: ((error: Error) => void)[] = [];

  readonly wrap = (ledger: Ledger): Ledger => ({
    ...ledger,
    append: async (batch) => {
      await this.#pass();
      this.sent.push(batch);
      return ledger.append(batch);
    },
    refuse: (record) => this.#pass().then(() => ledger.refuse(record)),
    keepRun: (run) => this.#pass().then(() => ledger.keepRun(run)),
  });

  /** Answers again; whoever was left hanging is told that the connection broke. */
  open(): void {
    this.mode = 'open';
    for (const broken of this.#hanging.splice(0)) broken(new Error('connection reset'));
  }

  #pass(): Promise<void> {
    if (this.mode === 'refuse') return Promise.reject(new Error('connection refused'));
    return this.mode === 'open' ? Promise.resolve() : new Promise((_, broken) => void this.#hanging.push(broken));
  }
}

/** Waits until `look` gives something, for at most a minute: for a hang, not a measure. */
export async function until<T>(
  look: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  what = 'it',
  ms = 60_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
