import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Ledger } from './ledger.ts';
import { readFrames, writeFrame } from './frame.ts';
import { answerCall, type Call } from './wire.ts';

export type Door = { path: string; close(): Promise<void> };

/** The system's limit for the path of a socket is 104 or 108 bytes. */
const LONGEST_PATH = 100;
const pointerOf = (dataDir: string): string => join(resolve(dataDir), 'door.path');
const usualPath = (dataDir: string): string => join(resolve(dataDir), 'door.sock');

/** Where the door of a data folder is, whether open or not. */
export const doorPath = (dataDir: string): Promise<string> => readFile(pointerOf(dataDir), 'utf8').catch(() => usualPath(dataDir));

/**
 * Serves the ledger, without `append`, to processes of the same user. Call it as the owner of the folder's lock: a socket that is
 * there already is a dead owner's.
 */
export async function serveDoor(ledger: Ledger, dataDir: string): Promise<Door> {
  await closeBehind(dataDir);
  const path = await freshPath(dataDir);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    readFrames(socket, (message) => void answerOn(socket, ledger, message as Call));
  });
  await listenPrivately(server, path);
  return { path, close: () => closeServer(server, sockets).then(() => closeBehind(dataDir)) };
}

async function answerOn(socket: Socket, ledger: Ledger, call: Call): Promise<void> {
  const args = Array.isArray(call.args) ? call.args : [];
  const reply = await answerCall(ledger, { id: Number(call.id), method: String(call.method), args }, 'door');
  if (socket.writable) writeFrame(socket, reply);
}

/** A folder too deep for a socket gets one below the temporary folder, and a file that says where. */
async function freshPath(dataDir: string): Promise<string> {
  const usual = usualPath(dataDir);
  if (Buffer.byteLength(usual) <= LONGEST_PATH) return usual;
  const path = join(await mkdtemp(join(tmpdir(), 'xiaohao-')), 'door.sock');
  await writeFile(pointerOf(dataDir), path, { mode: 0o600 });
  return path;
}

/** The socket is bound within `listen`, so it has its mode from the first moment. */
async function listenPrivately(server: Server, path: string): Promise<void> {
  const listening = new Promise<void>((done, fail) => {
    server.once('listening', done);
    server.once('error', fail);
  });
  const before = process.umask(0o177);
  server.listen(path);
  process.umask(before);
  await listening;
  await chmod(path, 0o600);
}

async function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((done) => void server.close(() => done()));
  for (const socket of sockets) socket.destroy();
  await closed;
}

/** Removes the socket, and its folder and pointer when it has them. */
async function closeBehind(dataDir: string): Promise<void> {
  const path = await doorPath(dataDir);
  if (path === usualPath(dataDir)) return rm(path, { force: true });
  await rm(dirname(path), { recursive: true, force: true });
  await rm(pointerOf(dataDir), { force: true });
}
