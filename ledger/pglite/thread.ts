import { Worker } from 'node:worker_threads';
import type { Ledger } from '../ledger.ts';
import { pendingCalls } from '../pending.ts';
import type { Hooks } from '../sql.ts';
import { fromFault, proxy, type Call, type Fault, type Reply } from '../wire.ts';

export type ThreadData = { folder: string; sealSecret: string; hooked: (keyof Hooks)[] };
export type ToThread = { kind: 'call'; call: Call } | { kind: 'hooked'; id: number } | { kind: 'close' };
export type FromThread = { kind: 'ready' } | { kind: 'failed'; fault: Fault } | { kind: 'reply'; reply: Reply } | { kind: 'hook'; id: number; point: keyof Hooks; cases: string[] };

/** Starts the ledger's thread over a database folder and waits until it is open. @throws MIGRATION-EDITED, LEDGER-NEWER */
export async function startThread(folder: string, sealSecret: string, hooks: Hooks = {}): Promise<Ledger> {
  const data: ThreadData = { folder, sealSecret, hooked: Object.keys(hooks) as (keyof Hooks)[] };
  const worker = new Worker(new URL('./thread.mjs', import.meta.url), { workerData: data, execArgv: [] });
  const pending = pendingCalls();
  const send = (message: ToThread): void => worker.postMessage(message);
  const ended = new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
  let open = true;
  const shut = (why: string): void => {
    open = false;
    pending.fail(new Error(why));
  };

  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'reply') pending.settle(message.reply);
      else if (message.kind === 'hook') void Promise.resolve(hooks[message.point]?.(message.cases)).then(() => send({ kind: 'hooked', id: message.id }));
      else void worker.terminate().then(() => reject(fromFault(message.fault)));
    });
    worker.once('error', (error) => {
      shut(`the ledger's thread failed: ${error.message}`);
      reject(error);
    });
    void ended.then(() => shut('the ledger is closed'));
  });

  const call = (method: string, args: unknown[]): Promise<unknown> =>
    open ? pending.ask(method, args, (one) => send({ kind: 'call', call: one })) : Promise.reject(new Error('the ledger is closed'));
  const close = async (): Promise<void> => {
    if (open) send({ kind: 'close' });
    await ended;
  };
  return ledgerOf(call, close);
}

/** The proxy has every method of the interface (checked where the methods are listed), so this cast holds. */
const ledgerOf = (call: (method: string, args: unknown[]) => Promise<unknown>, close: () => Promise<void>): Ledger => ({ ...proxy(call, 'thread'), close }) as unknown as Ledger;
