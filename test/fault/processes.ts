/** The programs that are killed: a worker as operators start it, a Temporal server with its file, a PostgreSQL. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tieToThisProcess } from '../../tools/lifeline.ts';
import { type DevServer, type DevServerOptions, startDevServer } from '../../tools/temporal-server.ts';
import { caseSearchAttributes } from '../../workflows/messages.ts';

const program = fileURLToPath(new URL('../../bin/xiaohao.mjs', import.meta.url));
const readyWithinMs = 90_000;

export type WorkerPlace = { address: string; databaseUrl: string; sealSecret: string; dataDir: string };
export type WorkerProcess = { start(): Promise<void>; kill9(): Promise<void>; stop(): Promise<void>; output(): string };

/** `xiaohao worker` as a process of its own, with a sticky time-out of one second. */
export function workerProcess(place: WorkerPlace): WorkerProcess {
  let running: { child: ChildProcess; untie: () => void } | undefined;
  let output = '';
  const env = {
    ...process.env,
    TEMPORAL_ADDRESS: place.address,
    DATABASE_URL: place.databaseUrl,
    XIAOHAO_SEAL_SECRET: place.sealSecret,
    XIAOHAO_DATA: place.dataDir,
    XIAOHAO_STICKY_SECONDS: '1',
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = running;
    running = undefined;
    if (ended === undefined) return;
    const { child, untie } = ended;
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    }
    untie();
  };
  /** A worker that finds its servers down ends by itself: its operator starts it again, and so do we. */
  const start = async (): Promise<void> => {
    await mkdir(place.dataDir, { recursive: true });
    for (const until = Date.now() + readyWithinMs; ; ) {
      const child = spawn(process.execPath, [program, 'worker'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
      running = { child, untie: child.pid === undefined ? () => undefined : tieToThisProcess(child.pid) };
      if (await ready(child, (text) => (output = (output + text).slice(-16_384)))) return;
      await end('SIGKILL');
      if (Date.now() > until) throw new Error(`the worker does not come up:\n${output}`);
    }
  };
  return { start, kill9: () => end('SIGKILL'), stop: () => end('SIGTERM'), output: () => output };
}

/** @returns false when it ended before it polled */
function ready(child: ChildProcess, heard: (text: string) => void): Promise<boolean> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve(false));
    child.once('error', (error) => {
      heard(error.message);
      resolve(false);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      heard(chunk.toString('utf8'));
      if (chunk.toString('utf8').includes('worker is running')) resolve(true);
    });
  });
}

export type TemporalProcess = { readonly address: string; kill9(): Promise<void>; start(): Promise<void>; stop(): Promise<void> };

/** A dev server on one file and one port, as often as it is started. */
export async function temporalProcess(cli: DevServerOptions['cli'], folder: string): Promise<TemporalProcess> {
  const options = { cli, dbFile: join(folder, 'temporal.db'), logFile: join(folder, 'temporal.log'), searchAttributes: caseSearchAttributes };
  let server: DevServer = await startDevServer(options);
  const { address, port } = server;
  return {
    address,
    kill9: () => server.kill9(),
    start: async () => {
      server = await startDevServer({ ...options, port });
    },
    stop: () => server.stop(),
  };
}
