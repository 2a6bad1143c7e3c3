import { Client, Connection, type WorkflowClient } from '@temporalio/client';
import { openForClient, sealSecretOf, type RemoteLedger } from '../ledger/index.ts';
import { caseError } from '../schemas/index.ts';
import { caseWorkflowId, renewSignal } from '../workflows/messages.ts';
import { adopt } from './adopt.ts';
import { adoptEverywhere } from './adoption.ts';
import type { OfficeClient } from './client.ts';
import { command, tick } from './command.ts';
import { contact } from './contact.ts';
import { runningOf, type Context } from './context.ts';
import { deadlines } from './deadlines.ts';
import { duplicates, feedback, feedbacks, suspicions } from './feedback.ts';
import { history } from './history.ts';
import { openCase } from './open-case.ts';
import { planOfCase } from './plans.ts';
import { problems } from './problems.ts';
import { allowed, view } from './reading.ts';
import { readRunning } from './running.ts';
import { commitDraw, exhibit, recorded } from './records.ts';
import { handovers } from './handover.ts';
import { statistics } from './statistics.ts';
import { mayTakeIn } from './taking-in.ts';

/** What a client is made of; whoever made a part closes it. */
export type Parts = { temporal: WorkflowClient | null; ledger: RemoteLedger; sealSecret: string; taskQueue?: string; now?: () => number; patience?: number };

export const defaultTaskQueue = 'xiaohao';
/** Longer than a worker's restart; a caller that gives up may ask again with the same command id. */
const defaultPatience = 60_000;

/** A client over parts that are open already: embedding, demonstration and tests. `close` leaves them open. */
export function createClient(parts: Parts): OfficeClient {
  const ctx: Context = {
    temporal: parts.temporal, ledger: parts.ledger, sealSecret: parts.sealSecret, taskQueue: parts.taskQueue ?? defaultTaskQueue, now: parts.now ?? Date.now,
    patience: parts.patience ?? defaultPatience,
  };
  return {
    openCase: (feedback, options) => openCase(ctx, feedback, options),
    command: (caseNo, type, payload, options) => command(ctx, { caseNo, type, payload, options }),
    tick: (caseNo, type, options) => tick(ctx, caseNo, type, options),
    view: (caseNo, as) => view(ctx, caseNo, as),
    allowed: (caseNo, as) => allowed(ctx, caseNo, as),
    history: (caseNo, as) => history(ctx, caseNo, as),
    recorded: (caseNo, commandId, timeoutMs) => recorded(ctx, caseNo, commandId, timeoutMs),
    exhibit: (caseNo, wish, as) => exhibit(ctx, caseNo, wish, as),
    contact: (caseNo, as) => contact(ctx, caseNo, as),
    feedback: (caseNo, as) => feedback(ctx, caseNo, as),
    commitDraw: (batch, as) => commitDraw(ctx, batch, as),
    problems: (query, as) => problems(ctx, query, as),
    statistics: (by, as) => statistics(ctx, by, as),
    handovers: (as) => handovers(ctx, as),
    feedbacks: (query, as) => feedbacks(ctx, query, as),
    suspicions: (query, as) => suspicions(ctx, query, as),
    duplicates: (query, as) => duplicates(ctx, query, as),
    plan: (caseNo, as, draft) => planOfCase(ctx, caseNo, as, draft),
    deadlines: (caseNo, as) => deadlines(ctx, caseNo, as),
    adopt: (caseNo, adopted, as) => adopt(ctx, caseNo, adopted, as),
    adoptEverywhere: (adopted, as, onCase) => adoptEverywhere(ctx, adopted, as, onCase),
    mayTakeIn: (as) => mayTakeIn(ctx, as),
    renew: (caseNo) => runningOf(ctx).getHandle(caseWorkflowId(caseNo)).signal(renewSignal),
    close: async () => undefined,
  };
}

/**
 * Where things are. With `dataDir` alone: the stack that runs on that folder, and its ledger through the door of the process that has
 * it. With `databaseUrl`: that PostgreSQL, and the Temporal at `address`.
 */
export type Connecting = { address?: string; namespace?: string; taskQueue?: string; dataDir?: string; databaseUrl?: string; sealSecret?: string; patience?: number };

/** Opens Temporal and the ledger and closes both with the client. @throws NOT-RUNNING, UNAVAILABLE */
export async function connect(to: Connecting): Promise<OfficeClient> {
  const sealSecret = to.sealSecret ?? (to.dataDir === undefined ? undefined : await sealSecretOf(to.dataDir));
  if (sealSecret === undefined) throw caseError('BAD-INPUT', { field: 'sealSecret', zh: '须给出签章密钥或数据目录', en: 'a seal secret or a data folder is needed' });
  const ledger = await openForClient({ dataDir: to.dataDir, databaseUrl: to.databaseUrl });
  const running = to.address === undefined && to.dataDir !== undefined ? await readRunning(to.dataDir) : null;
  const connection = await reach(to.address ?? running?.address ?? '127.0.0.1:7233').catch((error: unknown) => ledger.close().then(() => Promise.reject(error)));
  const temporal = new Client({ connection, namespace: to.namespace ?? running?.namespace ?? 'default' }).workflow;
  const taskQueue = to.taskQueue ?? running?.taskQueue;
  const { patience } = to;
  const client = createClient({ temporal, ledger, sealSecret, ...(taskQueue === undefined ? {} : { taskQueue }), ...(patience === undefined ? {} : { patience }) });
  return { ...client, close: async () => void (await Promise.all([connection.close(), ledger.close()])) };
}

const reach = (address: string): Promise<Connection> =>
  Connection.connect({ address, connectTimeout: 5_000 }).catch((error: unknown) => {
    throw caseError('UNAVAILABLE', { zh: `连不上 Temporal ${address}`, en: `Temporal does not answer at ${address}: ${error instanceof Error ? error.message : String(error)}` });
  });
