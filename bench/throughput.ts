/** How many commands a second are accepted, ours beside workflows that decide nothing: one server, one process, turn about. */
import { fileURLToPath } from 'node:url';
import { WithStartWorkflowOperation, WorkflowClient } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { type Ledger, openLedger } from '../ledger/index.ts';
import { secret, temporaryFolder, temporaryLedger } from '../test/support/ledger.ts';
import { startWorker } from '../test/support/worker.ts';
import { startPostgres } from '../tools/postgres.ts';
import { workflowBundle } from '../worker/index.ts';
import { caseStartOptions, caseWorkflowId, caseWorkflowType, commandUpdate, commandUpdateId } from '../workflows/messages.ts';
import type { Row } from './row.ts';
import { scriptOf } from './script.ts';

const clients = 8;
const measures = 10;
const warmUpMs = 1000;
const turnMs = 3500;
const turns = 2;

type Stop = () => Promise<unknown>;
type Rival = { name: string; workflowType: string; taskQueue: string; /** More cases than it gets through in a turn. */ cases: number; accepted: number; ms: number; latencies: number[] };

export async function throughput(address: string): Promise<Row[]> {
  const stops: Stop[] = [];
  try {
    const connection = await NativeConnection.connect({ address });
    stops.push(() => connection.close());
    const rivals = await startAll(connection, stops);
    const client = new WorkflowClient({ connection });
    for (const rival of rivals) await turn(client, rival, warmUpMs, false);
    for (let n = 0; n < turns; n += 1) for (const rival of rivals) await turn(client, rival, turnMs, true);
    return rowsOf(rivals);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function startAll(connection: NativeConnection, stops: Stop[]): Promise<Rival[]> {
  const rival = (name: string, workflowType: string, cases: number): Rival => ({ name, workflowType, taskQueue: `bench-${name}`, cases, accepted: 0, ms: 0, latencies: [] });
  const compared = [rival('bare', 'bareWorkflow', 60), rival('noop', 'noopWorkflow', 40)];
  const codePath = await workflowBundle({ workflowsPath: fileURLToPath(new URL('./compare-workflows.ts', import.meta.url)) });
  for (const { taskQueue } of compared) await startCompared(connection, codePath, taskQueue, stops);
  const embedded = await temporaryLedger();
  stops.push(embedded.remove);
  const postgres = await startPostgres();
  stops.push(postgres.stop);
  const remote = await openLedger({ databaseUrl: postgres.url, sealSecret: secret });
  stops.push(remote.close);
  const ours = [rival('pglite', caseWorkflowType, 25), rival('postgres', caseWorkflowType, 25)];
  for (const [n, ledger] of [embedded.ledger, remote].entries()) await startOurs(connection, ledger, ours[n]?.taskQueue ?? '', stops);
  return [...compared, ...ours];
}

async function startCompared(connection: NativeConnection, codePath: string, taskQueue: string, stops: Stop[]): Promise<void> {
  const worker = await Worker.create({ connection, taskQueue, workflowBundle: { codePath }, activities: { noop: async () => undefined }, maxCachedWorkflows: 2000 });
  const running = worker.run();
  stops.push(async () => {
    worker.shutdown();
    await running;
  });
}

async function startOurs(connection: NativeConnection, ledger: Ledger, taskQueue: string, stops: Stop[]): Promise<void> {
  const worker = await startWorker({ connection, namespace: 'default', taskQueue, ledger, dataDir: await temporaryFolder('xiaohao-bench-') });
  stops.push(worker.stop);
}

/** Eight clients, each case after case, command after command, until time is up. The cases are written before the clock starts. */
async function turn(client: WorkflowClient, rival: Rival, ms: number, counted: boolean): Promise<void> {
  const scripts = Array.from({ length: counted ? rival.cases : clients }, () => scriptOf(measures));
  const begun = performance.now();
  const goOn = (): boolean => performance.now() - begun < ms;
  const lane = async (): Promise<void> => {
    while (goOn()) await oneCase(client, rival, scripts.pop() ?? scriptOf(measures), goOn, counted);
  };
  await Promise.all(Array.from({ length: clients }, lane));
  if (counted) rival.ms += performance.now() - begun;
}

async function oneCase(client: WorkflowClient, rival: Rival, { caseNo, input, envelopes }: ReturnType<typeof scriptOf>, goOn: () => boolean, counted: boolean): Promise<void> {
  const handle = client.getHandle(caseWorkflowId(caseNo));
  for (const [n, env] of envelopes.entries()) {
    if (!goOn()) return;
    const updateId = commandUpdateId(env.commandId, env.fingerprint);
    const sent = performance.now();
    if (n > 0) await handle.executeUpdate(commandUpdate, { args: [env], updateId });
    else {
      const startWorkflowOperation = new WithStartWorkflowOperation(rival.workflowType, caseStartOptions(input, rival.taskQueue));
      await client.executeUpdateWithStart(commandUpdate, { args: [env], updateId, startWorkflowOperation });
    }
    if (!counted) continue;
    rival.accepted += 1;
    rival.latencies.push(performance.now() - sent);
  }
}

const rate = ({ accepted, ms }: Rival): number => (accepted * 1000) / ms;
const quantile = (of: readonly number[], q: number): number => of.toSorted((a, b) => a - b)[Math.min(of.length - 1, Math.floor(of.length * q))] ?? 0;

function rowsOf(rivals: readonly Rival[]): Row[] {
  const [bare, noop, pglite, postgres] = rivals;
  if (!bare || !noop || !pglite || !postgres) throw new Error('a rival is missing');
  const perSecond = (zh: string, question: string, of: Rival): Row => ({ zh, question, measured: rate(of), unit: '/s', note: `p50 ${Math.round(quantile(of.latencies, 0.5))} ms, p99 ${Math.round(quantile(of.latencies, 0.99))} ms, ${of.accepted} commands` });
  const ratio = (zh: string, question: string, of: Rival, to: Rival, aim?: Row['aim']): Row => ({ zh, question, measured: rate(of) / rate(to), unit: '', ...(aim === undefined ? {} : { aim }) });
  return [
    perSecond('裸流程', `bare workflow, ${clients} clients`, bare),
    perSecond('每操作一个空活动', 'a no-op activity for each command', noop),
    perSecond('本系统, PGlite', 'ours on PGlite', pglite),
    perSecond('本系统, PostgreSQL', 'ours on PostgreSQL', postgres),
    ratio('PGlite 比空活动', 'PGlite to no-op', pglite, noop, { atLeast: 0.85 }),
    ratio('PostgreSQL 比空活动', 'PostgreSQL to no-op', postgres, noop, { atLeast: 0.85 }),
    ratio('PGlite 比裸流程', 'PGlite to bare', pglite, bare),
    ratio('PostgreSQL 比裸流程', 'PostgreSQL to bare', postgres, bare),
    { zh: '中位时延', question: 'p50 of a command, PGlite', measured: quantile(pglite.latencies, 0.5), unit: 'ms' },
    { zh: '末位时延', question: 'p99 of a command, PGlite', measured: quantile(pglite.latencies, 0.99), unit: 'ms' },
  ];
}
