/** What does an idle cached case cost? Measured without a server, in the SDK's own reusable sandbox with hand-made activations. */
import { setFlagsFromString } from 'node:v8';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { Sandbox, type SandboxRun, activityDone, startOf, updateOf } from '../test/support/sandbox.ts';
import { workflowBundle } from '../worker/index.ts';
import { caseWorkflowId, caseWorkflowType } from '../workflows/messages.ts';
import type { Row } from './row.ts';
import { type Script, scriptOf } from './script.ts';

const warmUp = 30;
const count = 200;

export async function idleCases(): Promise<Row[]> {
  const ours = await measure(await workflowBundle(), caseWorkflowType);
  const bare = await measure(await workflowBundle({ workflowsPath: fileURLToPath(new URL('./compare-workflows.ts', import.meta.url)) }), 'bareWorkflow');
  const note = `${count} cases in the SDK's sandbox, no server`;
  return [
    { zh: '每件空闲案件内存', question: 'memory of a cached idle case, captured and drained', measured: ours.kb, unit: 'KB', aim: { atMost: 60 }, note },
    { zh: '裸流程内存', question: 'memory of a bare workflow that took one Update', measured: bare.kb, unit: 'KB', note },
    { zh: '每件案件建立用时', question: 'CPU to start a case', measured: ours.startMs, unit: 'ms', aim: { atMost: 5 }, note },
    { zh: '裸流程建立用时', question: 'CPU to start a bare workflow', measured: bare.startMs, unit: 'ms', note },
    { zh: '登记并入账用时', question: 'CPU to capture and drain a case', measured: ours.updateMs, unit: 'ms', note },
    { zh: '裸流程操作用时', question: 'CPU of an Update to a bare workflow', measured: bare.updateMs, unit: 'ms', note },
  ];
}

type Cost = { kb: number; startMs: number; updateMs: number };

async function measure(codePath: string, workflowType: string): Promise<Cost> {
  const sandbox = await Sandbox.open(codePath);
  await many(sandbox, Array.from({ length: warmUp }, () => jobsOf(scriptOf(0), workflowType)));
  const made = Array.from({ length: count }, () => jobsOf(scriptOf(0), workflowType));
  const heapBefore = heapUsed();
  const { startMs, updateMs } = await many(sandbox, made);
  // The jobs stay referenced until here, so that they count on neither side.
  const kb = (heapUsed() - heapBefore) / made.length / 1024;
  await sandbox.close();
  return { kb, startMs, updateMs };
}

async function many(sandbox: Sandbox, made: readonly Jobs[]): Promise<{ startMs: number; updateMs: number }> {
  const cached: SandboxRun[] = [];
  const begun = process.cpuUsage();
  for (const { workflowType, workflowId, start } of made) {
    const run = await sandbox.create({ workflowType, workflowId });
    await activated(run, [start]);
    cached.push(run);
  }
  const starting = process.cpuUsage(begun);
  const between = process.cpuUsage();
  for (const [n, { updates }] of made.entries()) await activated(cached[n], updates);
  const updating = process.cpuUsage(between);
  const ms = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / made.length / 1000;
  return { startMs: ms(starting), updateMs: ms(updating) };
}

async function activated(run: SandboxRun | undefined, jobs: readonly Job[]): Promise<void> {
  if (run === undefined) throw new Error('there is no such case');
  for (const job of jobs) {
    await run.activate([job]);
    await run.sinkCalls();
  }
}

type Job = ReturnType<typeof startOf>;
/** `updates`: the capture, and the ledger's answer to the first batch where there is one. */
type Jobs = { workflowType: string; workflowId: string; start: Job; updates: Job[] };

function jobsOf({ caseNo, input, envelopes }: Script, workflowType: string): Jobs {
  const [capture] = envelopes;
  if (capture === undefined) throw new Error('the script is empty');
  const workflowId = caseWorkflowId(caseNo);
  const captured = updateOf(capture);
  const drained = activityDone(1, { seq: 1, hash: '0'.repeat(64) });
  return { workflowType, workflowId, start: startOf({ workflowType, workflowId, args: [input] }), updates: workflowType === caseWorkflowType ? [captured, drained] : [captured] };
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let n = 0; n < 4; n += 1) collect();
  return process.memoryUsage().heapUsed;
}
