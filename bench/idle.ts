/** What does an idle cached case cost? Measured without a server, in the SDK's own reusable sandbox with hand-made activations. */
import { setFlagsFromString } from 'node:v8';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { TypedSearchAttributes, defaultPayloadConverter } from '@temporalio/common';
import proto, { type coresdk } from '@temporalio/proto';
import { parseWorkflowCode } from '@temporalio/worker/lib/worker.js';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm.js';
import { workflowBundle } from '../worker/index.ts';
import { caseWorkflowId, caseWorkflowType, commandUpdateId } from '../workflows/messages.ts';
import type { Row } from './row.ts';
import { type Script, scriptOf } from './script.ts';

const warmUp = 30;
const count = 200;
type Sandbox = Awaited<ReturnType<typeof ReusableVMWorkflowCreator.create>>;
type Cached = Awaited<ReturnType<Sandbox['createWorkflow']>>;

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
  const bundle = parseWorkflowCode(await readFile(codePath, 'utf8'), codePath);
  const sandbox = await ReusableVMWorkflowCreator.create(bundle, 10_000, new Set(['append', 'keepRun', 'deliver', 'noop']));
  const warm = await many(sandbox, Array.from({ length: warmUp }, () => activationsOf(scriptOf(0), workflowType)));
  const made = Array.from({ length: count }, () => activationsOf(scriptOf(0), workflowType));
  const heapBefore = heapUsed();
  const { cached, startMs, updateMs } = await many(sandbox, made);
  // The activations stay referenced until here, so that they count on neither side.
  const kb = (heapUsed() - heapBefore) / made.length / 1024;
  for (const workflow of [...warm.cached, ...cached]) await workflow.dispose();
  await sandbox.destroy();
  return { kb, startMs, updateMs };
}

async function many(sandbox: Sandbox, made: readonly Activations[]): Promise<{ cached: Cached[]; startMs: number; updateMs: number }> {
  const cached: Cached[] = [];
  const begun = process.cpuUsage();
  for (const activations of made) cached.push(await started(sandbox, activations));
  const starting = process.cpuUsage(begun);
  const between = process.cpuUsage();
  for (const [n, { updates }] of made.entries()) await activated(cached[n], updates);
  const updating = process.cpuUsage(between);
  const ms = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / made.length / 1000;
  return { cached, startMs: ms(starting), updateMs: ms(updating) };
}

async function started(sandbox: Sandbox, { runId, workflowId, workflowType, start }: Activations): Promise<Cached> {
  const workflow = await sandbox.createWorkflow({ info: infoOf(runId, workflowId, workflowType), randomnessSeed: [1, 2, 3], now: Date.now(), showStackTraceSources: false } as never);
  await activated(workflow, [start]);
  return workflow;
}

async function activated(workflow: Cached | undefined, activations: readonly Activation[]): Promise<void> {
  if (workflow === undefined) throw new Error('there is no such case');
  for (const activation of activations) {
    const { successful, failed } = await workflow.activate(activation);
    if (failed || !successful) throw new Error(failed?.failure?.message ?? 'the activation failed');
    await workflow.getAndResetSinkCalls();
  }
}

type Activation = coresdk.workflow_activation.WorkflowActivation;
/** `updates`: the capture, and the ledger's answer to the first batch where there is one. */
type Activations = { runId: string; workflowId: string; workflowType: string; start: Activation; updates: Activation[] };

function activationsOf({ caseNo, input, envelopes }: Script, workflowType: string): Activations {
  const [capture] = envelopes;
  if (capture === undefined) throw new Error('the script is empty');
  const runId = `run-${caseNo}`;
  const workflowId = caseWorkflowId(caseNo);
  const payload = (value: unknown) => defaultPayloadConverter.toPayload(value);
  const activation = (historyLength: number, jobs: object[]) =>
    proto.coresdk.workflow_activation.WorkflowActivation.fromObject({ runId, timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 }, isReplaying: false, historyLength, historySizeBytes: 1000, jobs });
  const updateId = commandUpdateId(capture.commandId, capture.fingerprint);
  const captured = activation(5, [{ doUpdate: { id: updateId, protocolInstanceId: '1', name: 'command', input: [payload(capture)], headers: {}, meta: { updateId }, runValidator: true } }]);
  const drained = activation(11, [{ resolveActivity: { seq: 1, result: { completed: { result: payload({ seq: 1, hash: '0'.repeat(64) }) } } } }]);
  return {
    runId,
    workflowId,
    workflowType,
    start: activation(3, [
      { initializeWorkflow: { workflowType, workflowId, arguments: [payload(input)], randomnessSeed: 1, attempt: 1, headers: {} } },
    ]),
    updates: workflowType === caseWorkflowType ? [captured, drained] : [captured],
  };
}

const infoOf = (runId: string, workflowId: string, workflowType: string) => ({
  workflowId, runId, workflowType, searchAttributes: {}, typedSearchAttributes: new TypedSearchAttributes(), taskQueue: 'bench', namespace: 'default', firstExecutionRunId: runId,
  startTime: new Date(), runStartTime: new Date(), taskTimeoutMs: 3000, attempt: 1, historyLength: 3, historySize: 1000, continueAsNewSuggested: false, unsafe: { now: Date.now, isReplaying: false, isReplayingHistoryEvents: false },
});

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let n = 0; n < 4; n += 1) collect();
  return process.memoryUsage().heapUsed;
}
