/** A client as impatient callers use it: every command sent one to three times at once, by several clients, and asked until it is known. */
import type { CaseClient, CommandOptions } from '../../client/client.ts';
import { type Answer, type CommandType, type Payload, caseError, codeOf, hashOf, payloads } from '../../schemas/index.ts';
import type { Dice } from './dice.ts';
import type { ClientLog, Sent } from './log.ts';

const mayPass = new Set(['UNAVAILABLE', 'NOT-RUNNING', 'LEDGER-BEHIND', 'INTERNAL']);
/** Longer than any outage of the plan; a command that is unknown after it is lost, and that is a failure. */
const patienceMs = 150_000;
const lapse = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

type Result = { ok: Answer & { caseNo?: string } } | { refused: unknown };
type Ask = (client: CaseClient) => Promise<Answer & { caseNo?: string }>;
export type Repeating = { clients: readonly CaseClient[]; dice: Dice; log: ClientLog; key: string };

/** The interface of the public client, for one case. What has no outcome to lose (reading, exhibits by id) is only asked again. */
export function repeatingClient({ clients, dice, log, key }: Repeating): CaseClient {
  const any = (): CaseClient => dice.pick(clients);
  const patiently = <T>(ask: (client: CaseClient) => Promise<T>): Promise<T> => askUntilKnown(() => ask(any()), dice, () => undefined);
  let count = 0;
  const nextId = (what: string): string => `${key}-${what}-${(count += 1)}`;

  /** One copy, from its first attempt to its outcome. */
  const copy = async (sent: Omit<Sent, 'op' | 'key'>, caseNo: string, ask: Ask): Promise<Result> => {
    const op = log.nextOp();
    log.write({ t: 'invoke', op, key, ...sent });
    try {
      const ok = await askUntilKnown(() => ask(any()), dice, (why) => log.write({ t: 'unknown', op, why }));
      log.write({ t: 'ok', op, caseNo: ok.caseNo ?? caseNo, receipt: ok.receipt });
      return { ok };
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined || mayPass.has(code)) log.write({ t: 'lost', op, why: String(error) });
      else log.write({ t: 'refused', op, caseNo, code });
      return { refused: error };
    }
  };

  const command = async <T extends CommandType>(caseNo: string, type: T, payload: Payload<T>, options: CommandOptions): Promise<Answer> => {
    const commandId = options.commandId ?? nextId('c');
    const send = (body: unknown): Promise<Result> =>
      copy({ commandId, type, body: bodyHash(type, body) }, caseNo, (client) => client.command(caseNo, type, body as Payload<T>, { ...options, commandId }));
    const bodies: unknown[] = Array.from({ length: dice.int(1, 3) }, () => payload);
    const other = reworded(payload);
    // The same id with another body: whichever comes first stands, the other is refused.
    if (other !== undefined && dice.chance(0.2)) bodies.push(other);
    const answer = accepted(await Promise.all(bodies.map(send)));
    if (other !== undefined && dice.chance(0.1)) await send(dice.chance(0.5) ? other : payload);
    return answer;
  };

  return {
    openCase: async (feedback, options) => {
      const commandId = options.commandId ?? nextId('o');
      const ask: Ask = (client) => client.openCase(feedback, { ...options, commandId });
      const copies = Array.from({ length: dice.int(1, 3) }, () => copy({ commandId, type: 'capture', body: hashOf(feedback) }, '', ask));
      return accepted(await Promise.all(copies)) as Answer & { caseNo: string };
    },
    command,
    tick: (caseNo, type, options) => patiently((client) => client.tick(caseNo, type, { commandId: nextId('t'), ...options })),
    view: (caseNo, as) => patiently((client) => client.view(caseNo, as)),
    allowed: (caseNo, as) => patiently((client) => client.allowed(caseNo, as)),
    history: (caseNo, as) => patiently((client) => client.history(caseNo, as)),
    recorded: (caseNo, commandId, timeoutMs) => patiently((client) => client.recorded(caseNo, commandId, timeoutMs)),
    exhibit: (caseNo, exhibit, as) => {
      const id = exhibit.id ?? nextId('x');
      return patiently((client) => client.exhibit(caseNo, { ...exhibit, id }, as));
    },
    contact: (caseNo, as) => patiently((client) => client.contact(caseNo, as)),
    feedback: (caseNo, as) => patiently((client) => client.feedback(caseNo, as)),
    commitDraw: (batch, as) => patiently((client) => client.commitDraw(batch, as)),
    problems: (query, as) => patiently((client) => client.problems(query, as)),
    renew: (caseNo) => patiently((client) => client.renew(caseNo)),
    close: async () => undefined,
  };
}

/** The answer that stands. Which body won when two were sent at once is for the case to say. */
function accepted(results: readonly Result[]): Answer {
  for (const result of results) if ('ok' in result) return result.ok;
  const [first] = results;
  throw first !== undefined && 'refused' in first && first.refused instanceof Error ? first.refused : caseError('INTERNAL');
}

/** Asks the same until there is an outcome; `unknown` hears of every attempt that had none. */
async function askUntilKnown<T>(ask: () => Promise<T>, dice: Dice, unknown: (why: string) => void): Promise<T> {
  for (const until = Date.now() + patienceMs; ; ) {
    try {
      return await ask();
    } catch (error) {
      const code = codeOf(error);
      if ((code !== undefined && !mayPass.has(code)) || Date.now() > until) throw error;
      unknown(`${code ?? ''} ${error instanceof Error ? error.message : String(error)}`.trim());
      await lapse(dice.int(50, 400));
    }
  }
}

/** Of the payload as its schema reads it, which is what an entry holds. */
export const bodyHash = (type: CommandType, payload: unknown): string => hashOf(JSON.parse(JSON.stringify(payloads[type].parse(payload)))).slice(0, 16);

const words = new Set(['opinion', 'summary', 'text', 'facts', 'report']);
/** The same payload with another wording somewhere; undefined where nothing is worded. */
export function reworded<T>(payload: T): T | undefined {
  let done = false;
  const walk = (value: unknown, name: string): unknown => {
    if (!done && typeof value === 'string' && words.has(name)) {
      done = true;
      return `${value}（另稿）`;
    }
    if (Array.isArray(value)) return value.map((item: unknown) => walk(item, name));
    if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v, k)]));
    return value;
  };
  const changed = walk(payload, '') as T;
  return done ? changed : undefined;
}
