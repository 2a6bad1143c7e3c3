import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, type WorkflowClient } from '@temporalio/client';
import { type CaseClient, caseSearchAttributes, createClient, defaultTaskQueue, liveState } from '../client/index.ts';
import { type Ledger, openLedger, sealSecretOf } from '../ledger/index.ts';
import { caseError, type CaseState } from '../schemas/index.ts';
import { createProgress } from '../tools/say.ts';
import { findTemporalCli, startDevServer } from '../tools/temporal-server.ts';
import { runWorker } from '../worker/index.ts';
import { caseWorkflowId } from '../workflows/messages.ts';
import type { Out } from './screen.ts';

/** Everything the demonstration runs on. */
export type Stack = {
  readonly client: CaseClient;
  readonly ledger: Ledger;
  /** For what only the engine knows, such as the history of a case. */
  readonly temporal: WorkflowClient;
  /** What the workflow of a case says that the case is, now. */
  readonly live: (caseNo: string) => Promise<CaseState>;
  /** Settles when something that should go on running ends by itself. */
  readonly broken: Promise<never>;
  readonly stop: () => Promise<void>;
};
export type StackOptions = { log: Out; dataDir?: string };

/** What was opened, closed in the opposite order; one that fails does not keep the others open. */
type Closing = () => Promise<unknown>;
const closeAll = async (opened: Closing[]): Promise<void> => {
  for (const close of opened.reverse()) await close().catch((error: unknown) => void process.stderr.write(`${String(error)}\n`));
};

/**
 * A stack of its own: a dev server that remembers nothing, an embedded ledger in a fresh folder, one worker, one client. It never
 * touches a cluster or a ledger that is in use for anything else. @throws SetUpError when no server can be had
 */
export async function openStack({ log, dataDir }: StackOptions): Promise<Stack> {
  const opened: Closing[] = [];
  try {
    return await open(await freshFolder(dataDir, opened), log, opened);
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function open(folder: string, log: Out, opened: Closing[]): Promise<Stack> {
  const cli = await findTemporalCli({ progress: createProgress(log) });
  const server = await startDevServer({ cli, searchAttributes: caseSearchAttributes });
  opened.push(server.stop);
  const sealSecret = await sealSecretOf(folder);
  const ledger = await openLedger({ dataDir: folder, sealSecret });
  opened.push(ledger.close);
  const { broken } = await startWorker(server.address, ledger, folder, opened);
  const connection = await Connection.connect({ address: server.address });
  opened.push(() => connection.close());
  const temporal = new Client({ connection }).workflow;
  const client = createClient({ temporal, ledger, sealSecret });
  return { client, ledger, temporal, live: (caseNo) => liveState(temporal.getHandle(caseWorkflowId(caseNo)), Date.now()), broken, stop: () => closeAll(opened) };
}

/** Returns when the worker polls; `broken` rejects when it ends although nobody stopped it. */
async function startWorker(address: string, ledger: Ledger, dataDir: string, opened: Closing[]): Promise<{ broken: Promise<never> }> {
  const stopping = new AbortController();
  let ready: () => void = () => undefined;
  const polls = new Promise<void>((resolve) => (ready = resolve));
  const running = runWorker({ address, taskQueue: defaultTaskQueue, ledger, dataDir, onReady: () => ready(), signal: stopping.signal });
  opened.push(async () => {
    stopping.abort();
    await running;
  });
  const broken = running.then(() => Promise.reject(caseError('UNAVAILABLE', { zh: '工作进程已停止', en: 'the worker has stopped' })));
  broken.catch(() => undefined);
  await Promise.race([polls, broken]);
  return { broken };
}

const mark = 'demo-folder';
/** A temporary folder that goes again, or the one that was named: emptied first if an earlier demonstration made it, else refused. */
async function freshFolder(dataDir: string | undefined, opened: Closing[]): Promise<string> {
  if (dataDir === undefined) {
    const folder = await mkdtemp(join(tmpdir(), 'xiaohao-demo-'));
    opened.push(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }
  const found: string[] = await readdir(dataDir).catch(() => []);
  if (found.length > 0 && !found.includes(mark))
    throw caseError('BAD-INPUT', { field: 'dataDir', zh: `${dataDir} 不是演示目录`, en: `${dataDir} holds something else` });
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(join(dataDir, mark), '');
  return dataDir;
}
