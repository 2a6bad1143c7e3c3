import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { currentVersion } from '../cases/index.ts';
import { sealMac } from '../ledger/index.ts';
import {
  type Actor, type Answer, CaseError, type CommandType, type EdgeFacts, type Envelope, type Seal, CommandId, badInput, caseError, checkDays, fingerprintOf, payloads, system,
} from '../schemas/index.ts';
import { type CaseInput, caseStartOptions, caseWorkflowId, caseWorkflowType, commandUpdate, commandUpdateId } from '../workflows/messages.ts';
import type { CommandOptions } from './client.ts';
import { type Context, type Moment, momentOf, runningOf } from './context.ts';
import { resolveActor } from './edge.ts';
import { lookUp } from './facts.ts';
import { answerFromLedger } from './ended.ts';
import { askAgain } from './patience.ts';
import { onRecord, type Attempt } from './refused.ts';
import { stateOf } from './state.ts';

/** A seal outlives every repeat of its command; a validator refuses what arrives after it. */
const sealLifeMs = 10 * 60_000;

type Body = Record<string, unknown>;
/** One command as the edge understood it; `seal` signs it anew for each attempt. */
export type Prepared = {
  caseNo: string; type: CommandType; payload: Body; actor: Actor; facts: EdgeFacts; commandId: string; fingerprint: string; expectedRevision?: number; attempt: Attempt;
};
/** What sending needs to know of it. */
export type Sending = Pick<Prepared, 'caseNo' | 'commandId' | 'fingerprint' | 'actor' | 'attempt'>;
export type Wish = { caseNo: string; type: CommandType; payload: unknown; options: CommandOptions; keyNew?: boolean };

/** The payload as its schema reads it: unknown keys dropped, defaults filled. @throws BAD-INPUT with the dotted field */
export function parsePayload(type: CommandType, payload: unknown): Body {
  const schema = Object.hasOwn(payloads, type) ? payloads[type] : undefined;
  if (!schema) throw caseError('BAD-INPUT', { field: 'type', zh: type, en: `no such command: ${type}` });
  const parsed = schema.safeParse(payload);
  if (!parsed.success) throw new CaseError(badInput(parsed.error));
  checkDays(schema, parsed.data);
  return withoutAbsent(parsed.data);
}
/** As JSON carries it: an absent field is not there at all. */
const withoutAbsent = (data: object): Body => JSON.parse(JSON.stringify(data)) as Body;

const newCommandId = (): string => `c-${randomUUID()}`;
const ofOptions = (options: CommandOptions): string => options.commandId ?? newCommandId();

/** Understands a command: who, what, and the facts it may rely on. What cannot be understood is refused on record. */
export async function prepare(ctx: Context, wish: Wish): Promise<Prepared> {
  const { caseNo, type, options } = wish;
  const commandId = ofOptions(options);
  const attempt: Attempt = { caseNo, type, commandId, as: options };
  const moment = await momentOf(ctx);
  const { payload, actor } = await onRecord(ctx, attempt, () => read(wish, commandId, moment));
  const expectedRevision = options.expectedRevision;
  const fingerprint = fingerprintOf({ case: caseNo, type, payload, person: actor.person, actingUnit: actor.unit, expectedRevision });
  const known = { ...attempt, fingerprint, actor };
  const question = { ledger: ctx.ledger, directory: moment.directory, today: moment.today, caseNo, type, payload, actor, state: () => stateOf(ctx, caseNo) };
  const found = await onRecord(ctx, known, () => lookUp({ ...question, ...(wish.keyNew === undefined ? {} : { keyNew: wish.keyNew }) }));
  return { caseNo, type, payload, ...found, commandId, fingerprint, ...(expectedRevision === undefined ? {} : { expectedRevision }), attempt: known };
}

function read({ type, payload, options }: Wish, commandId: string, moment: Moment): { payload: Body; actor: Actor } {
  if (!CommandId.safeParse(commandId).success) throw caseError('BAD-INPUT', { field: 'commandId', zh: 'commandId', en: 'commandId' });
  const actor = resolveActor(moment.directory, options, moment.today);
  return { payload: parsePayload(type, payload), actor };
}

/** The sealed envelope. Its facts and actor are those of `prepare`; only the expiry is of this attempt. */
export function seal(ctx: Pick<Context, 'sealSecret' | 'now'>, p: Prepared): Envelope {
  const { caseNo, type, payload, actor, facts, commandId, fingerprint, expectedRevision } = p;
  return { commandId, fingerprint, actor, facts, type, payload, ...(expectedRevision === undefined ? {} : { expectedRevision }), seal: sealOf(ctx, { case: caseNo, commandId, fingerprint, actor, facts }) } as Envelope;
}

/** A seal of this instant. */
export function sealOf(ctx: Pick<Context, 'sealSecret' | 'now'>, what: Omit<Parameters<typeof sealMac>[1], 'expiresAt'>): Seal {
  const expiresAt = ctx.now() + sealLifeMs;
  return { expiresAt, mac: sealMac(ctx.sealSecret, { ...what, expiresAt }) };
}

/** Sends a prepared command until its outcome is known. */
export const send = (ctx: Context, p: Prepared, deliver: (envelope: Envelope, updateId: string) => Promise<Answer>): Promise<Answer> =>
  sendUntilKnown(ctx, p, (updateId) => deliver(seal(ctx, p), updateId));

/** Delivers, with the same id, until the outcome is known; an ended case answers from the ledger. */
export async function sendUntilKnown(ctx: Context, p: Sending, deliver: (updateId: string) => Promise<Answer>): Promise<Answer> {
  const asked = await askAgain(runningOf(ctx), ctx.patience, () => deliver(commandUpdateId(p.commandId, p.fingerprint)));
  if ('answer' in asked) return withReceipt(ctx, p, asked.answer);
  const { failed } = asked;
  if (failed.kind !== 'gone') throw failed.error;
  return onRecord(ctx, p.attempt, () => answerFromLedger(ctx, p));
}

/** The state of a case keeps its last receipts; an older one is in the ledger, and is the same. */
async function withReceipt(ctx: Context, { caseNo, commandId }: Sending, answer: Answer): Promise<Answer> {
  if (answer.receipt !== null) return answer;
  const known = await ctx.ledger.recall(caseNo, commandId);
  return { ...answer, receipt: known?.receipt ?? null };
}

/** To a case that runs. */
const toCase = (ctx: Context, caseNo: string) => (envelope: Envelope, updateId: string): Promise<Answer> =>
  runningOf(ctx).getHandle(caseWorkflowId(caseNo)).executeUpdate(commandUpdate, { args: [envelope], updateId });

/**
 * To a case that this very command may start: started once, whatever is repeated. The caller has seen that the ledger has no such case;
 * what may have run under the number was never captured, so that it may start again.
 */
const toNewCase = (ctx: Context, input: CaseInput) => (envelope: Envelope, updateId: string): Promise<Answer> => {
  const options = { ...caseStartOptions(input, ctx.taskQueue), workflowIdReusePolicy: 'ALLOW_DUPLICATE' } as const;
  const startWorkflowOperation = new WithStartWorkflowOperation(caseWorkflowType, options);
  return runningOf(ctx).executeUpdateWithStart(commandUpdate, { args: [envelope], updateId, startWorkflowOperation });
};

/** One command on a case that exists. @throws CaseError with the rule that refused */
export async function command(ctx: Context, wish: Wish): Promise<Answer> {
  const p = await prepare(ctx, wish);
  return send(ctx, p, toCase(ctx, wish.caseNo));
}

/** The first command of a case: starts its workflow and captures it in one call. */
export async function captureCase(ctx: Context, wish: Wish): Promise<Answer> {
  const moment = await momentOf(ctx);
  const p = await prepare(ctx, wish);
  return send(ctx, p, toNewCase(ctx, { caseNo: wish.caseNo, machine: currentVersion, pack: moment.pack }));
}

/** An act in the name of time, sealed by the operator's edge. It is refused, always: time acts by itself, and decides nothing. */
export async function tick(ctx: Context, caseNo: string, type: CommandType, options: { commandId?: string; payload?: unknown } = {}): Promise<Answer> {
  const commandId = options.commandId ?? newCommandId();
  const attempt: Attempt = { caseNo, type, commandId, as: { as: system.person, role: 'SYS', unit: system.unit }, actor: system };
  const payload = await onRecord(ctx, attempt, () => parsePayload(type, options.payload ?? {}));
  const fingerprint = fingerprintOf({ case: caseNo, type, payload, person: system.person, actingUnit: system.unit });
  const facts: EdgeFacts = { exhibits: {}, people: {}, units: [], proofSeen: {} };
  return send(ctx, { caseNo, type, payload, actor: system, facts, commandId, fingerprint, attempt: { ...attempt, fingerprint } }, toCase(ctx, caseNo));
}

