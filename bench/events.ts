/** How many history events does a command cost, and a refusal? */
import { type WorkflowClient, WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Envelope } from '../schemas/index.ts';
import { recordedHistories } from '../test/support/histories.ts';
import { startBench, until } from '../test/support/worker.ts';
import { caseStartOptions, caseWorkflowId, caseWorkflowType, commandUpdate, commandUpdateId } from '../workflows/messages.ts';
import type { Row } from './row.ts';
import { type Script, refusedEnvelope, scriptOf } from './script.ts';

const burst = 20;
const refusals = 20;

export async function eventsOfCommands(address: string): Promise<Row[]> {
  const nativeConnection = await NativeConnection.connect({ address });
  const bench = await startBench({ nativeConnection, namespace: 'default', taskQueue: 'bench-events' });
  try {
    const recorded = async (script: Script, seq: number): Promise<void> => void (await until(async () => (await bench.ledger.head(script.caseNo))?.seq === seq, 'the ledger'));
    return [...(await measured(bench.client, recorded)), await ofStories()];
  } finally {
    await bench.stop();
    await nativeConnection.close();
  }
}

async function measured(client: WorkflowClient, recorded: (script: Script, seq: number) => Promise<void>): Promise<Row[]> {
  const script = scriptOf(burst + 1);
  const handle = client.getHandle(caseWorkflowId(script.caseNo));
  const startWorkflowOperation = new WithStartWorkflowOperation(caseWorkflowType, caseStartOptions(script.input, 'bench-events'));
  const [capture, ...rest] = script.envelopes as [Envelope, ...Envelope[]];
  await client.executeUpdateWithStart(commandUpdate, { args: [capture], updateId: idOf(capture), startWorkflowOperation });
  let seq = 1;
  /** Events from rest to rest. */
  const cost = async (envelopes: readonly Envelope[]): Promise<number> => {
    await recorded(script, seq);
    const before = await atRest(handle);
    await Promise.all(envelopes.map((env) => send(handle, env)));
    seq += envelopes.length;
    await recorded(script, seq);
    return (await atRest(handle)) - before;
  };
  for (const env of rest.slice(0, 3)) await cost([env]);
  const moving = await cost(rest.slice(3, 4));
  await cost(rest.slice(4, 5));
  const alone = await cost(rest.slice(5, 6));
  const together = (await cost(rest.slice(6, 6 + burst))) / burst;
  const before = await atRest(handle);
  for (let n = 0; n < refusals; n += 1) await send(handle, refusedEnvelope(script)).catch(() => undefined);
  const refused = ((await atRest(handle)) - before) / refusals;
  return [
    { zh: '单个操作的事件', question: 'events of a command alone', measured: alone, unit: '', aim: { atMost: 11 } },
    { zh: '环节与期限都变', question: 'stage and due move (交办)', measured: moving, unit: '', aim: { atMost: 13 } },
    { zh: `同时 ${burst} 个`, question: `each in a burst of ${burst}`, measured: together, unit: '', aim: { atMost: 7 } },
    { zh: '每次拒绝', question: 'events of a refusal', measured: refused, unit: '', aim: { atMost: 0 } },
  ];
}

const idOf = (env: Envelope): string => commandUpdateId(env.commandId, env.fingerprint);
const send = (handle: WorkflowHandle, env: Envelope): Promise<unknown> => handle.executeUpdate(commandUpdate, { args: [env], updateId: idOf(env) });

/** The length of a history that does not grow any more: nothing is under way. */
async function atRest(handle: WorkflowHandle): Promise<number> {
  for (let last = -1; ; ) {
    const { historyLength, raw } = await handle.describe();
    const idle = (raw.pendingActivities ?? []).length === 0 && !raw.pendingWorkflowTask;
    if (idle && historyLength === last) return historyLength;
    last = historyLength;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Over the recorded histories of the twelve stories: everything that they cost, by the commands that they took. */
async function ofStories(): Promise<Row> {
  const events = (await recordedHistories()).flatMap(({ history }) => history.events);
  const commands = events.filter((event) => event.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED').length;
  return { zh: '十二个故事的平均', question: 'mean of the stories, timers and renewals included', measured: events.length / commands, unit: '', note: `${events.length} events, ${commands} commands` };
}
