/** A workflow in the SDK's own reusable sandbox, without a server: activations made by hand, and the commands that answer them. */
import { readFile } from 'node:fs/promises';
import { TypedSearchAttributes, defaultPayloadConverter } from '@temporalio/common';
import proto, { type coresdk, type temporal } from '@temporalio/proto';
import { parseWorkflowCode } from '@temporalio/worker/lib/worker.js';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm.js';
import type { Envelope } from '../../schemas/index.ts';
import { commandUpdateId } from '../../workflows/messages.ts';

type Creator = Awaited<ReturnType<typeof ReusableVMWorkflowCreator.create>>;
type SandboxWorkflow = Awaited<ReturnType<Creator['createWorkflow']>>;
export type Command = coresdk.workflow_commands.IWorkflowCommand;
type Job = Record<string, unknown>;

const activities = new Set(['append', 'keepRun', 'deliver', 'noop']);

export type RunWish = { workflowType: string; workflowId: string; args: unknown[] };

/** Runs that share what is preloaded, as those of one worker do. */
export class Sandbox {
  readonly #creator: Creator;
  readonly #runs: SandboxRun[] = [];

  private constructor(creator: Creator) {
    this.#creator = creator;
  }

  /** `edit` changes the bundle's text first: for what only a faulty build would do. */
  static async open(codePath: string, edit: (code: string) => string = (code) => code): Promise<Sandbox> {
    const bundle = parseWorkflowCode(edit(await readFile(codePath, 'utf8')), codePath);
    return new Sandbox(await ReusableVMWorkflowCreator.create(bundle, 10_000, activities));
  }

  async create({ workflowType, workflowId }: Omit<RunWish, 'args'>): Promise<SandboxRun> {
    const runId = `run-${workflowId}`;
    const options = { info: infoOf(runId, workflowId, workflowType), randomnessSeed: [1, 2, 3], now: Date.now(), showStackTraceSources: false };
    const run = new SandboxRun(await this.#creator.createWorkflow(options as never), runId);
    this.#runs.push(run);
    return run;
  }

  /** With its first activation, at an instant. */
  async start(wish: RunWish, at = Date.now()): Promise<{ run: SandboxRun; commands: Command[] }> {
    const run = await this.create(wish);
    run.at = at;
    return { run, commands: await run.activate([startOf(wish)]) };
  }

  async close(): Promise<void> {
    for (const run of this.#runs.splice(0)) await run.dispose();
    await this.#creator.destroy();
  }
}

export const payloadOf = (value: unknown): temporal.api.common.v1.IPayload => defaultPayloadConverter.toPayload(value);
export const valueOf = (payload: temporal.api.common.v1.IPayload | null | undefined): unknown =>
  payload ? defaultPayloadConverter.fromPayload(payload as never) : undefined;

/** One run. Its clock is in the hand of the test; its history grows by five events an activation. */
export class SandboxRun {
  at = Date.now();
  historyLength = 3;
  continueAsNewSuggested = false;
  readonly #workflow: SandboxWorkflow;
  readonly #runId: string;

  constructor(workflow: SandboxWorkflow, runId: string) {
    this.#workflow = workflow;
    this.#runId = runId;
  }

  /** @throws when the task failed */
  async activate(jobs: readonly Job[]): Promise<Command[]> {
    const { at, historyLength, continueAsNewSuggested } = this;
    const timestamp = { seconds: Math.floor(at / 1000), nanos: (at % 1000) * 1_000_000 };
    const activation = proto.coresdk.workflow_activation.WorkflowActivation.fromObject({
      runId: this.#runId, timestamp, isReplaying: false, historyLength, historySizeBytes: 1000, continueAsNewSuggested, jobs,
    });
    const { successful, failed } = await this.#workflow.activate(activation);
    if (failed || !successful) throw new Error(failed?.failure?.message ?? 'the activation failed');
    this.historyLength += 5;
    return successful.commands ?? [];
  }

  /** What went to sinks since the last time. */
  sinkCalls(): ReturnType<SandboxWorkflow['getAndResetSinkCalls']> {
    return this.#workflow.getAndResetSinkCalls();
  }

  dispose(): Promise<void> {
    return this.#workflow.dispose();
  }
}

export const startOf = ({ workflowType, workflowId, args }: RunWish): Job => ({
  initializeWorkflow: { workflowType, workflowId, arguments: args.map(payloadOf), randomnessSeed: 1, attempt: 1, headers: {} },
});

/** An Update as the server delivers it: the validator runs, then the handler. */
export function updateOf(envelope: Envelope, n = 1, name = 'command'): Job {
  const id = commandUpdateId(envelope.commandId, envelope.fingerprint);
  return { doUpdate: { id, protocolInstanceId: String(n), name, input: [payloadOf(envelope)], headers: {}, meta: { updateId: id }, runValidator: true } };
}

export const activityDone = (seq: number | null | undefined, result: unknown): Job => ({ resolveActivity: { seq, result: { completed: { result: payloadOf(result) } } } });
export const timerFired = (seq: number | null | undefined): Job => ({ fireTimer: { seq } });
export const signalOf = (signalName: string, ...args: unknown[]): Job => ({ signalWorkflow: { signalName, input: args.map(payloadOf), headers: {} } });

const infoOf = (runId: string, workflowId: string, workflowType: string) => ({
  workflowId, runId, workflowType, searchAttributes: {}, typedSearchAttributes: new TypedSearchAttributes(), taskQueue: 'sandbox', namespace: 'default', firstExecutionRunId: runId,
  startTime: new Date(), runStartTime: new Date(), taskTimeoutMs: 3000, attempt: 1, historyLength: 3, historySize: 1000, continueAsNewSuggested: false, unsafe: { now: Date.now, isReplaying: false, isReplayingHistoryEvents: false },
});
