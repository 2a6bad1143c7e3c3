import { join } from 'node:path';
import { caseSearchAttributes, clearRunning, defaultTaskQueue, writeRunning, type Running } from '../client/index.ts';
import { openLedger, type Ledger } from '../ledger/index.ts';
import { caseError } from '../schemas/index.ts';
import { isAlive } from '../tools/cache.ts';
import { isPortFree } from '../tools/port.ts';
import { silent, type Progress } from '../tools/say.ts';
import { type DevServer, findTemporal, startDevServer } from '../tools/temporal-server.ts';
import { runWorker, workflowBundle } from '../worker/index.ts';
import { textsOf } from './messages.ts';
import { checkAnswers } from './place.ts';
import { seedPack } from './seed.ts';

export type StackOptions = {
  dataDir: string;
  sealSecret: string;
  databaseUrl?: string;
  namespace?: string;
  taskQueue?: string;
  /** Given: exactly this one. Not given: a free one, so that two stacks that start together never meet on one. */
  port?: number;
  uiPort?: number;
  progress?: Progress;
  env?: NodeJS.ProcessEnv;
};

export type Stack = {
  running: Running;
  ledger: Ledger;
  /** Settles when a part ends by itself: the worker with an error, or the server. */
  failed: Promise<Error>;
  /** Worker, ledger, server, in this order. May be called twice. */
  stop(): Promise<void>;
};

/** What is to be undone, last first. */
type Undo = (() => Promise<void> | void)[];

/**
 * Brings everything up on one machine: the ledger first, whose lock keeps a second start out before it touches anything, then the
 * Temporal server, then a worker. What was begun is undone when a later step fails.
 * @throws LEDGER-LOCKED, LEDGER-NEWER, PORT-TAKEN, SetUpError
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const undo: Undo = [];
  const stop = once(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });
  try {
    return { ...(await bringUp(options, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUp(o: StackOptions, undo: Undo): Promise<Omit<Stack, 'stop'>> {
  const { dataDir, sealSecret, databaseUrl, progress = silent } = o;
  const ledger = await openLedger({ dataDir, databaseUrl, sealSecret });
  undo.push(() => ledger.close());
  await seedPack(ledger, Date.now());
  const server = await startServer(o, undo);
  progress.step('编译流程代码 · bundling the workflow code');
  const bundlePath = await workflowBundle();
  const where = { address: server.address, namespace: o.namespace ?? 'default', taskQueue: o.taskQueue ?? defaultTaskQueue };
  const worker = await startWorker({ ...where, ledger, dataDir, bundlePath }, undo);
  const failed = Promise.race([worker.failed, server.died]);
  const running: Running = { pid: process.pid, ...where, uiUrl: server.uiUrl ?? null, startedAt: Date.now() };
  await writeRunning(dataDir, running);
  undo.push(() => clearRunning(dataDir));
  return { running, ledger, failed };
}

/** A server of our own on the data folder's file, or the running one that TEMPORAL_ADDRESS names. */
async function startServer(o: StackOptions, undo: Undo): Promise<Pick<DevServer, 'address' | 'uiUrl'> & { died: Promise<Error> }> {
  const { progress = silent, env = process.env } = o;
  const source = await findTemporal({ progress, env });
  if (source.kind === 'address') {
    await checkAnswers(source.address);
    return { address: source.address, died: new Promise(() => undefined) };
  }
  progress.step('启动 Temporal · starting Temporal');
  const server = await startDevServer({
    cli: source,
    dbFile: join(o.dataDir, 'temporal.db'),
    logFile: join(o.dataDir, 'temporal.log'),
    ...(await portsOf(o)),
    ...(o.namespace === undefined || o.namespace === 'default' ? {} : { namespaces: [o.namespace] }),
    searchAttributes: caseSearchAttributes,
  });
  const watch = watchProcess(server.pid);
  undo.push(() => server.stop(), watch.stop);
  return { ...server, died: watch.died };
}

/** A worker waits for its server for ever: somebody must notice that ours is gone. */
function watchProcess(pid: number): { died: Promise<Error>; stop: () => void } {
  let stop: () => void = () => undefined;
  const died = new Promise<Error>((resolve) => {
    const timer = setInterval(() => {
      if (isAlive(pid)) return;
      stop();
      resolve(caseError('UNAVAILABLE', textsOf('serverDied')));
    }, 500);
    stop = () => clearInterval(timer);
  });
  return { died, stop };
}

async function portsOf({ port, uiPort }: StackOptions): Promise<{ port?: number; uiPort?: number }> {
  for (const [asked, taken] of [[port, 'portTaken'], [uiPort, 'uiPortTaken']] as const)
    if (asked !== undefined && !(await isPortFree(asked))) throw caseError('PORT-TAKEN', textsOf(taken, { port: asked }));
  return { ...(port === undefined ? {} : { port }), ...(uiPort === undefined ? {} : { uiPort }) };
}

type Working = { address: string; namespace: string; taskQueue: string; ledger: Ledger; dataDir: string; bundlePath: string };

/** Waits until the worker polls. `failed` is what it ends with, if it ends by itself. */
async function startWorker(o: Working, undo: Undo): Promise<{ failed: Promise<Error> }> {
  const aborter = new AbortController();
  let ended: Promise<Error> = new Promise(() => undefined);
  await new Promise<void>((ready, reject) => {
    const run = runWorker({ ...o, signal: aborter.signal, onReady: ready });
    ended = run.then(
      () => new Error('the worker ended'),
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    run.catch(reject);
  });
  undo.push(async () => {
    aborter.abort();
    await ended;
  });
  return { failed: ended };
}

/** The first call does it, every call waits for it. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
