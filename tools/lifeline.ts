import { spawn } from 'node:child_process';

/**
 * Ties a server process to this one: when this process dies, however it dies, the server gets the signal.
 * A tiny shell waits on a pipe that the operating system closes for us. Returns the function that cuts the tie.
 * A negative id means a whole process group, as in kill(1).
 */
export function tieToThisProcess(pid: number, signal: 'TERM' | 'INT' = 'TERM'): () => void {
  const watcher = spawn('sh', ['-c', 'read -r word || kill -s "$2" -- "$1"', 'lifeline', String(pid), signal], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.on('error', () => undefined);
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  // The pipe alone must not keep this process alive.
  (watcher.stdin as unknown as { unref?: () => void }).unref?.();
  return () => void watcher.stdin.end('over\n');
}
