/** What does an idle cached case cost? Measured without a server, in the SDK's own reusable sandbox with hand-made activations. */
import { setFlagsFromString } from 'node:v8';
import { readFile } from 'node:fs/promises';
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
  const codePath = await workflowBundle();
  const bundle = parseWorkflowCode(await readFile(codePath, 'utf8'), codePath);
  const sandbox = await ReusableVMWorkflowCreator.create(bundle, 10_000, new Set(['append', 'keepRun', 'deliver']));
  const warm: Cached[] = [];
  for (let n = 0; n < warmUp; n += 1) warm.push(await cachedCase(sandbox, activationsOf(scriptOf(0))));
  const made = Array.from({ length: count }, () => activationsOf(scriptOf(0)));
  const cached: Cached[] = [];
  const before = { heap: heapUsed(), cpu: process.cpuUsage() };
  for (const activations of made) cached.push(await cachedCase(sandbox, activations));
  const cpu = process.cpuUsage(before.cpu);
  // The activations stay referenced until here, so that they count on neither side.
  const heap = heapUsed() - before.heap;
  if (cached.length !== made.length) throw new Error('not every case was cached');
  for (const workflow of [...warm, ...cached]) await workflow.dispose();
  await sandbox.destroy();
  const note = `${count} cases, captured and drained`;
  return [
    { zh: '每件空闲案件内存', question: 'memory of a cached idle case', measured: heap / count / 1024, unit: 'KB', aim: { atMost: 60 }, note },
    { zh: '每件案件建立用时', question: 'CPU to start and capture a case', measured: (cpu.user + cpu.system) / count / 1000, unit: 'ms', aim: { atMost: 5 }, note },
  ];
}

/** From its start to being idle: started, captured, its first batch taken by the ledger. */
async function cachedCase(sandbox: Sandbox, { runId, workflowId, start, drained }: Activations): Promise<Cached> {
  const workflow = await sandbox.createWorkflow({ info: infoOf(runId, workflowId), randomnessSeed: [1, 2, 3], now: Date.now(), showStackTraceSources: false } as never);
  for (const activation of [start, drained]) {
    const { successful, failed } = await workflow.activate(activation);
    if (failed || !successful) throw new Error(failed?.failure?.message ?? 'the activation failed');
    await workflow.getAndResetSinkCalls();
  }
  return workflow;
}

type Activations = { runId: string; workflowId: string; start: coresdk.workflow_activation.WorkflowActivation; drained: coresdk.workflow_activation.WorkflowActivation };

function activationsOf({ caseNo, input, envelopes }: Script): Activations {
  const [capture] = envelopes;
  if (capture === undefined) throw new Error('the script is empty');
  const runId = `run-${caseNo}`;
  const workflowId = caseWorkflowId(caseNo);
  const payload = (value: unknown) => defaultPayloadConverter.toPayload(value);
  const activation = (historyLength: number, jobs: object[]) =>
    proto.coresdk.workflow_activation.WorkflowActivation.fromObject({ runId, timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 }, isReplaying: false, historyLength, historySizeBytes: 1000, jobs });
  const updateId = commandUpdateId(capture.commandId, capture.fingerprint);
  return {
    runId,
    workflowId,
    start: activation(3, [
      { initializeWorkflow: { workflowType: caseWorkflowType, workflowId, arguments: [payload(input)], randomnessSeed: 1, attempt: 1, headers: {} } },
      { doUpdate: { id: updateId, protocolInstanceId: '1', name: 'command', input: [payload(capture)], headers: {}, meta: { updateId }, runValidator: true } },
    ]),
    drained: activation(11, [{ resolveActivity: { seq: 1, result: { completed: { result: payload({ seq: 1, hash: '0'.repeat(64) }) } } } }]),
  };
}

const infoOf = (runId: string, workflowId: string) => ({
  workflowId, runId, workflowType: caseWorkflowType, searchAttributes: {}, typedSearchAttributes: new TypedSearchAttributes(), taskQueue: 'bench', namespace: 'default', firstExecutionRunId: runId,
  startTime: new Date(), runStartTime: new Date(), taskTimeoutMs: 3000, attempt: 1, historyLength: 3, historySize: 1000, continueAsNewSuggested: false, unsafe: { now: Date.now, isReplaying: false, isReplayingHistoryEvents: false },
});

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let n = 0; n < 4; n += 1) collect();
  return process.memoryUsage().heapUsed;
}
