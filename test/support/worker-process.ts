import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type WorkerProcess = {
  lines: string[];
  process: ChildProcess;
  ended: Promise<unknown>;
  stop: () => Promise<void>;
  kill: () => Promise<void>;
};

/** test/workflow/worker-child.ts in a process of its own, once it polls. */
export async function startWorkerProcess(address: string, taskQueue: string, dataDir: string, seamFile: string, only: '' | 'cases' | 'uncached' = ''): Promise<WorkerProcess> {
  const script = fileURLToPath(new URL('../workflow/worker-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, address, taskQueue, dataDir, seamFile, only], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => void lines.push(line));
  const ended = once(child, 'exit');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  while (!lines.includes('ready')) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('the worker process ended before it polled');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { lines, process: child, ended, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
