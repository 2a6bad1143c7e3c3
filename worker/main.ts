import { WorkflowClient } from '@temporalio/client';
import { type NativeConnection, NativeConnection as Connection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createActivities, noticeFolder, ratersTo } from '../activities/index.ts';
import { noticesBy } from '../client/notice/address.ts';
import type { Ledger } from '../ledger/index.ts';
import { caseError } from '../schemas/index.ts';
import { caseSearchAttributes, caseWorkflowId, ratersSignal } from '../workflows/messages.ts';
import { alarmFile } from './alarm.ts';
import { workflowBundle } from './bundle.ts';
import { dispatcherWake, ensureDispatchers } from './dispatchers.ts';
import { importLateRefusals, refusalSinks } from './refusals.ts';

export type RunWorkerOptions = {
  /** An open connection, which stays open; else an address. */
  connection?: NativeConnection;
  address?: string;
  namespace?: string;
  taskQueue: string;
  /** Opened by the caller and closed by the caller, after this has returned. */
  ledger: Ledger;
  /** Notices, late refusals and alarms go here. */
  dataDir: string;
  /** A workflow bundle; the usual one when not given. */
  bundlePath?: string;
  /** False: other workers hand effects over (派发), this one runs cases alone. */
  dispatch?: boolean;
  /** Ms until a task that a dead worker was to take goes to another worker. */
  stickyQueueScheduleToStartTimeout?: number;
  maxCachedWorkflows?: number;
  /** Called once when it polls. */
  onReady?: () => void;
  /** Ends the worker in order: tasks in hand are finished, nothing new is taken. */
  signal?: AbortSignal;
  /** How long activities in hand may go on when it ends. */
  shutdownGraceMs?: number;
  /** More for the SDK, in tests. */
  more?: Partial<WorkerOptions>;
};

/**
 * Runs a worker until `signal` says stop, then ends in order: what was accepted stays with Temporal and the next worker drains it.
 * @throws UNAVAILABLE when the namespace lacks our search attributes: a case would be stuck at its first step
 */
export async function runWorker(options: RunWorkerOptions): Promise<void> {
  const { namespace = 'default', ledger, dataDir } = options;
  const connection = options.connection ?? (await Connection.connect(options.address ? { address: options.address } : {}));
  try {
    await checkSearchAttributes(connection, namespace);
    const temporal = new WorkflowClient({ connection, namespace });
    await importLateRefusals(ledger, dataDir);
    const worker = await createWorker({ ...options, namespace, connection }, temporal);
    if (options.dispatch !== false) await ensureDispatchers(temporal, options.taskQueue);
    await runUntil(worker, options);
  } finally {
    if (!options.connection) await connection.close();
  }
}

async function createWorker(
  options: RunWorkerOptions & { connection: NativeConnection; namespace: string },
  temporal: WorkflowClient,
): Promise<Worker> {
  const { connection, namespace, taskQueue, ledger, dataDir } = options;
  const now = (): number => Date.now();
  const activities = createActivities({
    ledger,
    temporal,
    now,
    alarm: alarmFile(dataDir),
    wake: dispatcherWake(temporal, taskQueue),
    receivers: {
      notice: noticeFolder({ dataDir, address: noticesBy(ledger, now) }),
      raters: ratersTo((caseNo, move) => temporal.getHandle(caseWorkflowId(caseNo)).signal(ratersSignal, move)),
    },
  });
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    activities,
    workflowBundle: { codePath: options.bundlePath ?? (await workflowBundle()) },
    sinks: refusalSinks(ledger, dataDir),
    stickyQueueScheduleToStartTimeout: options.stickyQueueScheduleToStartTimeout ?? 1000,
    maxCachedWorkflows: options.maxCachedWorkflows ?? 2000,
    shutdownGraceTime: options.shutdownGraceMs ?? 5000,
    ...options.more,
  });
}

async function runUntil(worker: Worker, { signal, onReady }: RunWorkerOptions): Promise<void> {
  if (signal?.aborted) return;
  const running = worker.run();
  const stop = (): void => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  signal?.addEventListener('abort', stop, { once: true });
  onReady?.();
  try {
    await running;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

async function checkSearchAttributes(connection: NativeConnection, namespace: string): Promise<void> {
  const known = await connection.operatorService.listSearchAttributes({ namespace }).catch(() => undefined);
  const missing = known ? Object.keys(caseSearchAttributes).filter((name) => known.customAttributes?.[name] === undefined) : [];
  if (missing.length === 0) return;
  const names = missing.join(', ');
  throw caseError('UNAVAILABLE', {
    zh: `名字空间 ${namespace} 缺少检索属性 ${names}, 请先运行 xiaohao cluster init`,
    en: `namespace ${namespace} lacks ${names}: run xiaohao cluster init`,
  });
}
