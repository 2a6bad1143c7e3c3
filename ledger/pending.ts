import { fromFault, type Call, type Reply } from './wire.ts';

type Waiting = { resolve: (value: unknown) => void; reject: (error: unknown) => void };
export type Pending = { ask(method: string, args: unknown[], send: (call: Call) => void): Promise<unknown>; settle(reply: Reply): void; fail(error: Error): void };

/** Calls on their way over a channel that mixes them; a channel that breaks fails all of them. */
export function pendingCalls(): Pending {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  return {
    ask: (method, args, send) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, { resolve, reject });
        send({ id, method, args });
      }),
    settle: (reply) => {
      const one = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.ok) one?.resolve(reply.value);
      else one?.reject(fromFault(reply.fault));
    },
    fail: (error) => {
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
    },
  };
}
