/** A case on a real server, driven as the edge drives it: facts looked up in a small world, sealed, sent as Updates. */
import { randomBytes } from 'node:crypto';
import { type WorkflowClient, WithStartWorkflowOperation, type WorkflowHandle, WorkflowUpdateFailedError } from '@temporalio/client';
import { Edition, compileCalendar, currentVersion } from '../../cases/index.ts';
import edition from '../../data/calendar-cn.json' with { type: 'json' };
import { sealMac } from '../../ledger/index.ts';
import {
  type Actor,
  type Answer,
  type CaseState,
  type CommandType,
  type EdgeFacts,
  type Envelope,
  type Pack,
  Refusal,
  noFacts,
  payloads,
} from '../../schemas/index.ts';
import {
  type CaseInput,
  caseStartOptions,
  caseWorkflowId,
  caseWorkflowType,
  commandUpdate,
  commandUpdateId,
} from '../../workflows/messages.ts';
import { liveState } from '../../client/look.ts';
import { secret } from './ledger.ts';
import { goodPayload } from './payloads.ts';
import { World, actor, monday, pack as worldPack } from './world.ts';

export type CaseOptions = { client: WorkflowClient; taskQueue: string; caseNo?: string; pack?: Pack; machine?: string; };
export type Sending = {
  payload?: unknown;
  commandId?: string;
  expectedRevision?: number;
  secret?: string;
  expiresAt?: number;
  facts?: EdgeFacts;
};

/** A number that nobody else uses. */
export const freshCaseNo = (): string => `YC-2026-JY-${String(randomBytes(4).readUInt32BE() % 100_000_000).padStart(8, '0')}`;

export class LiveCase {
  readonly caseNo: string;
  readonly world: World;
  readonly input: CaseInput;
  readonly handle: WorkflowHandle;
  readonly #client: WorkflowClient;
  readonly #taskQueue: string;

  constructor({ client, taskQueue, caseNo = freshCaseNo(), pack = worldPack, machine = currentVersion }: CaseOptions) {
    this.caseNo = caseNo;
    this.world = new World(caseNo, Date.now(), pack);
    this.input = { caseNo, machine, pack };
    this.handle = client.getHandle(caseWorkflowId(caseNo));
    this.#client = client;
    this.#taskQueue = taskQueue;
  }

  /** A sealed envelope for the case as the world knows it now. The payload is a good one when none is given. */
  envelope(
    type: CommandType,
    by: Actor,
    { payload, commandId, expectedRevision, secret: key = secret, expiresAt, facts }: Sending = {},
  ): Envelope {
    this.world.at = Date.now();
    const wanted = payload ?? goodPayload[type](this.world, by, () => 0);
    const parsed = JSON.parse(JSON.stringify(payloads[type].parse(wanted))) as unknown;
    const more = {
      commandId: commandId ?? `c-${randomBytes(6).toString('hex')}`,
      ...(expectedRevision === undefined ? {} : { expectedRevision }),
    };
    const env = JSON.parse(JSON.stringify(this.world.envelope(type, by, parsed, more))) as Envelope;
    return sealed(this.caseNo, { ...env, facts: facts ?? env.facts }, key, expiresAt ?? Date.now() + 600_000);
  }

  /** Starts the workflow and takes the case in, in one call. */
  open(by: Actor = actor('INTAKE'), sending: Sending = {}): Promise<Answer> {
    return this.openWith(this.envelope('capture', by, sending));
  }

  openWith(env: Envelope): Promise<Answer> {
    const { workflowId, ...rest } = caseStartOptions(this.input, this.#taskQueue);
    const startWorkflowOperation = new WithStartWorkflowOperation(caseWorkflowType, { workflowId, ...rest });
    return this.#client.executeUpdateWithStart(commandUpdate, {
      args: [env],
      updateId: commandUpdateId(env.commandId, env.fingerprint),
      startWorkflowOperation,
    });
  }

  send(env: Envelope): Promise<Answer> {
    return this.handle.executeUpdate(commandUpdate, { args: [env], updateId: commandUpdateId(env.commandId, env.fingerprint) });
  }

  /** The world learns the case's state, then a good payload is sent. */
  async do(type: CommandType, by: Actor, sending: Sending = {}): Promise<Answer> {
    await this.look();
    return this.send(this.envelope(type, by, sending));
  }

  approve(by: Actor): Promise<Answer> {
    return this.look().then((state) =>
      this.do('approveProposal', by, { payload: { proposalId: state.proposals.at(-1)?.proposalId ?? 'P0' } }),
    );
  }

  async look(): Promise<CaseState> {
    this.world.state = await liveState(this.handle, Date.now());
    return this.world.state;
  }

  /** Commands that move nothing: so many instructions from a leader, `atOnce` at a time. @returns ms each of them took */
  async instruct(count: number, { atOnce = 8, text = '加快办理' }: { atOnce?: number; text?: string } = {}): Promise<number[]> {
    const times: number[] = [];
    const envelopes = Array.from({ length: count }, () =>
      this.envelope('instruct', actor('LDR_DEPUTY'), { payload: { text }, facts: noFacts }),
    );
    const sendAll = async (): Promise<void> => {
      for (let env = envelopes.shift(); env !== undefined; env = envelopes.shift()) {
        const since = performance.now();
        await this.send(env);
        times.push(performance.now() - since);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, sendAll));
    return times;
  }

  /** Events of the present run, once nothing is under way: no task, no activity, and no event more than a moment before. */
  async idle(): Promise<number> {
    for (let before = -1; ; ) {
      const { historyLength, raw } = await this.handle.describe();
      const atRest = (raw.pendingActivities ?? []).length === 0 && !raw.pendingWorkflowTask;
      if (atRest && historyLength === before) return historyLength;
      before = historyLength;
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
  }

  async events(runId?: string): Promise<number> {
    const description = await (runId ? this.#client.getHandle(caseWorkflowId(this.caseNo), runId) : this.handle).describe();
    return Number(description.historyLength);
  }

  runId(): Promise<string> {
    return this.handle.describe().then((d) => d.runId);
  }
}

export function sealed(caseNo: string, env: Envelope, key: string, expiresAt: number): Envelope {
  const { commandId, fingerprint, actor: by, facts } = env;
  return { ...env, seal: { expiresAt, mac: sealMac(key, { case: caseNo, commandId, fingerprint, actor: by, facts, expiresAt }) } };
}

/** The refusal of a command that must be refused. */
export async function refusalOf(answer: Promise<unknown>): Promise<Refusal> {
  const error = await answer.then(
    (value) => Promise.reject(new Error(`was not refused: ${JSON.stringify(value)}`)),
    (reason: unknown) => reason,
  );
  if (!(error instanceof WorkflowUpdateFailedError)) throw error;
  const failure = error.cause as { type?: string; details?: unknown[] };
  const refusal = Refusal.parse(failure.details?.[0]);
  if (refusal.code !== failure.type) throw new Error(`${failure.type} is not ${refusal.code}`);
  return refusal;
}

/** The usual limits on a calendar in which a civil day lasts `msPerDay` real milliseconds, from now, a Monday morning. */
export const scaledPack = (msPerDay: number): Pack => ({
  policy: worldPack.policy,
  calendar: compileCalendar(Edition.parse(edition), { realEpoch: Date.now(), civilEpoch: monday, msPerDay }),
});

/** The shortest way to an end: routed to another channel, archived after the time for appeals. Its last right lapses 60 days after. */
export async function routeOutAndArchive(one: LiveCase, capture = true): Promise<void> {
  if (capture) await one.open();
  await one.do('routeOut', actor('INTAKE'));
  await one.approve(actor('HUB'));
  for (;;) {
    const answer = one.do('archive', actor('ARCH'));
    if (
      await answer.then(
        () => true,
        () => false,
      )
    )
      return;
    const { code } = await refusalOf(answer);
    if (code !== 'APPEAL-TIME-RUNNING') throw new Error(code);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
