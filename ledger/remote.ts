import { connect, type Socket } from 'node:net';
import { caseError } from '../schemas/index.ts';
import { doorPath } from './door.ts';
import { readFrames, writeFrame } from './frame.ts';
import type { Ledger } from './ledger.ts';
import { pendingCalls } from './pending.ts';
import { proxy, type Reply } from './wire.ts';

/** What a process that does not own the ledger may do with it: everything but append. */
export type RemoteLedger = Omit<Ledger, 'append'>;

/**
 * The ledger that another process of this user has open. A call whose connection breaks fails with UNAVAILABLE (it may have been
 * done); the next one connects again. @throws NOT-RUNNING
 */
export async function connectRemote(dataDir: string): Promise<RemoteLedger> {
  const pending = pendingCalls();
  let line: Promise<Socket> | null = null;
  let closed = false;

  const open = async (): Promise<Socket> => {
    const socket = await connectTo(await doorPath(dataDir));
    readFrames(socket, (message) => pending.settle(message as Reply));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      line = null;
      pending.fail(caseError('UNAVAILABLE', { zh: '与台账的连接已断', en: 'the connection to the ledger broke' }));
    });
    return socket;
  };
  const current = (): Promise<Socket> => {
    if (closed) return Promise.reject(caseError('UNAVAILABLE', { zh: '连接已关闭', en: 'this connection is closed' }));
    line ??= open().catch((error: unknown) => {
      line = null;
      throw error;
    });
    return line;
  };
  const call = async (method: string, args: unknown[]): Promise<unknown> => {
    const socket = await current();
    return pending.ask(method, args, (one) => void writeFrame(socket, one));
  };
  const close = async (): Promise<void> => {
    const socket = await line?.catch(() => null);
    closed = true;
    socket?.destroy();
  };

  await current();
  return remoteOf(call, close);
}

/** The proxy has every method but `append` (checked where the methods are listed), so this cast holds. */
const remoteOf = (call: (method: string, args: unknown[]) => Promise<unknown>, close: () => Promise<void>): RemoteLedger => ({ ...proxy(call, 'door'), close }) as unknown as RemoteLedger;

function connectTo(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const absent = error.code === 'ENOENT' || error.code === 'ECONNREFUSED' || error.code === 'ENOTSOCK';
      reject(absent ? caseError('NOT-RUNNING', { zh: path, en: path }) : error);
    });
  });
}
