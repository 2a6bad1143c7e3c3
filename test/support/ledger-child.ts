import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Child = { lines: string[]; process: ChildProcess; said(line: string): Promise<void>; ended: Promise<unknown>; kill(): Promise<void> };

/** Starts test/ledger/child.ts in a process of its own. Kill it, or wait for its end. */
export function startChild(mode: string, dataDir: string): Child {
  const script = fileURLToPath(new URL('../ledger/child.ts', import.meta.url));
  const process_ = spawn(process.execPath, ['--import', 'tsx', script, mode, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: process_.stdout });
  reader.on('line', (line) => void lines.push(line));
  const ended = Promise.all([once(process_, 'exit'), once(reader, 'close')]);
  const said = async (line: string): Promise<void> => {
    while (!lines.includes(line)) {
      if (process_.exitCode !== null || process_.signalCode !== null) throw new Error(`the child ended and never said ${line}: ${lines.join(', ')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const kill = async (): Promise<void> => {
    process_.kill('SIGKILL');
    await ended;
  };
  return { lines, process: process_, said, ended, kill };
}
