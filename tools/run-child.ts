import { spawn } from 'node:child_process';
import { tieToThisProcess } from './lifeline.ts';

export type ChildResult = { code: number | null; output: string; timedOut: boolean };

export type ChildOptions = {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** The child is killed after so many milliseconds. */
  timeoutMs?: number;
  onLine?: (line: string) => void;
  uid?: number;
  gid?: number;
  /** Aborting kills the child. */
  signal?: AbortSignal;
  /** For long work: the child and its children die when this process dies, however it dies. */
  tied?: boolean;
};

const keep = 64 * 1024;

/**
 * Runs a program to its end and gives back its exit code and the last 64 KB of what it printed (both streams).
 * A program that cannot be started has code null and the reason as its output. Never throws.
 */
export function runChild(file: string, args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  const { timeoutMs, onLine, tied = false, ...rest } = options;
  return new Promise((resolve) => {
    let output = '';
    let timedOut = false;
    const child = spawn(file, args, { ...rest, detached: tied, stdio: ['ignore', 'pipe', 'pipe'] });
    const untie = tied && child.pid !== undefined ? tieToThisProcess(-child.pid) : () => undefined;
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => kill(), timeoutMs);
    const kill = () => {
      timedOut = true;
      child.kill('SIGKILL');
      // A grandchild may hold the pipes open: the answer does not wait for it.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const take = (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      output = (output + text).slice(-keep);
      if (onLine !== undefined) for (const line of text.split('\n')) if (line.trim() !== '') onLine(line.trim());
    };
    const end = (code: number | null) => {
      clearTimeout(timer);
      untie();
      resolve({ code, output: output.trim(), timedOut });
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => {
      output += error.message;
      end(null);
    });
    child.on('close', end);
  });
}

/** The file that the shell would run for this name, or undefined. */
export async function whichProgram(name: string, env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const { access, constants, stat } = await import('node:fs/promises');
  const { join } = await import('node:path');
  for (const folder of (env['PATH'] ?? '').split(':')) {
    if (folder === '') continue;
    const file = join(folder, name);
    const found = await access(file, constants.X_OK)
      .then(
        () => stat(file),
        () => undefined,
      )
      .catch(() => undefined);
    if (found?.isFile() === true) return file;
  }
  return undefined;
}
