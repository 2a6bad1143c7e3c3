import * as z from 'zod';
import { Actor } from './actor.ts';
import { EdgeFacts } from './exhibit.ts';
import { Id, Instant } from './primitive.ts';
import { closure } from './payload/closure.ts';
import { intake } from './payload/intake.ts';
import { supervision } from './payload/supervision.ts';
import { work } from './payload/work.ts';
import { commands } from './vocabulary.ts';

/**
 * The vocabulary of commands (操作), one for each act of the case table: `vocabulary.ts` holds command, rows and 中文, this table
 * the payload. A payload says what the actor decided or states; whether that is so is looked up or computed, never believed:
 * keys that a payload does not know are dropped.
 */
export const payloads = { ...intake, ...work, ...closure, ...supervision } as const;

export type CommandType = keyof typeof payloads;
export type Payload<T extends CommandType = CommandType> = z.infer<(typeof payloads)[T]>;
export const commandTypes = Object.keys(commands) as CommandType[];
export const CommandType = z.enum(commandTypes as [CommandType, ...CommandType[]]);
export const zhOf = (type: CommandType): string => commands[type].zh;

export type Command = { [T in CommandType]: { type: T; payload: Payload<T> } }[CommandType];
const variants = commandTypes.map((type) => z.object({ type: z.literal(type), payload: payloads[type] }));
/** The allow-list: a discriminated union over all command types, no default, no wildcard. */
export const Command = z.discriminatedUnion('type', variants as unknown as [(typeof variants)[number], ...(typeof variants)[number][]]) as unknown as z.ZodType<Command>;

/** 16 hex digits of SHA-256 over {case, type, payload, person, actingUnit, expectedRevision}. */
export const Fingerprint = z.string().regex(/^[0-9a-f]{16}$/);
/** The engine keeps `case:seq:raters` among the ids of a case (并单): a sender who took it beforehand would keep raters out. */
export const CommandId = Id.refine((id) => !id.endsWith(':raters'), 'is kept for the engine');

/** Seal of the edge over case, commandId, fingerprint, actor and facts (HMAC-SHA-256, hex). Verified by the append. */
export const Seal = z.object({ expiresAt: Instant, mac: z.string().regex(/^[0-9a-f]{64}$/) });
export type Seal = z.infer<typeof Seal>;

/** Whatever a command is about: who sends it, vouched for by whom, under which id. */
export const CommandFrame = z.object({
  commandId: CommandId,
  fingerprint: Fingerprint,
  actor: Actor,
  facts: EdgeFacts,
  expectedRevision: z.int().nonnegative().optional(),
  seal: Seal,
});
export type Envelope = z.infer<typeof CommandFrame> & Command;
/** What the one Update carries. */
export const Envelope = z.intersection(CommandFrame, Command) as unknown as z.ZodType<Envelope>;
