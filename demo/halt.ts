/** Stopping in the middle: nothing new is begun, what is under way is waited for, and only then the stack is taken from under it. */
import { setTimeout as wait } from 'node:timers/promises';

/** The same object, which begins nothing any more once the signal has been given: every story then ends at its next step. */
export const haltable = <T extends object>(on: T, halted: AbortSignal): T =>
  new Proxy(on, {
    get: (target, key) => {
      halted.throwIfAborted();
      return Reflect.get(target, key, target) as unknown;
    },
  });

/** Waits for what is under way, but not for ever: a server that has gone answers nobody. */
export const settled = (underWay: Promise<unknown>, atMostMs = 5_000): Promise<unknown> => {
  const enough = new AbortController();
  const done = underWay.catch(() => undefined).finally(() => enough.abort());
  return Promise.race([done, wait(atMostMs, undefined, { signal: enough.signal }).catch(() => undefined)]);
};
