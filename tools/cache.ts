/**
 * What was downloaded or compiled is kept outside the clone and found again in seconds.
 * Layout: bin/temporal-1.5.1 (compiled), bin/temporal-sdk-1.24.0 (the SDK's download), test-server-1.32.0/ (jars and a script),
 * tmp/<pid>-<random>/ (work in progress). A thing enters its final place by one rename, so a half-made one is never found.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** XIAOHAO_CACHE, else $XDG_CACHE_HOME/xiaohao, else ~/.cache/xiaohao. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  const own = env['XIAOHAO_CACHE'];
  if (own !== undefined && own !== '') return own;
  const xdg = env['XDG_CACHE_HOME'];
  return join(xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.cache'), 'xiaohao');
}

/** Runs `make` with a fresh folder on the cache's own file system; the folder is gone afterwards, whatever happened. */
export async function withWorkFolder<T>(cache: string, make: (folder: string) => Promise<T>): Promise<T> {
  await sweep(cache);
  const folder = join(cache, 'tmp', `${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder, { recursive: true });
  try {
    return await make(folder);
  } finally {
    await removeTree(folder);
  }
}

/** Removes what set-ups that were killed have left. */
async function sweep(cache: string): Promise<void> {
  const left = await readdir(join(cache, 'tmp')).catch(() => []);
  for (const name of left) if (!isAlive(Number.parseInt(name, 10))) await removeTree(join(cache, 'tmp', name));
}

/** Removes a tree and never fails: what stays is swept by the next set-up. */
async function removeTree(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

/** True when a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
