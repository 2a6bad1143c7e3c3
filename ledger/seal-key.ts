import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The secret with which the edge signs and the append verifies: 64 hex digits in `seal.key` (0600), made once by whoever comes first.
 * Several machines share one through XIAOHAO_SEAL_SECRET instead, which callers read.
 */
export async function sealSecretOf(dataDir: string): Promise<string> {
  const path = join(dataDir, 'seal.key');
  const found = await readKey(path);
  if (found !== null) return found;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await makeKey(path);
  return (await readKey(path)) ?? Promise.reject(new Error(`cannot read ${path}`));
}

async function readKey(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : Promise.reject(error)));
  if (text === null) return null;
  const key = text.trim();
  if (!/^[0-9a-f]{64}$/.test(key)) throw new Error(`${path} does not hold a key of 64 hex digits`);
  return key;
}

/** Whole or not at all, and never over one that is there: a link fails where a rename would replace. */
async function makeKey(path: string): Promise<void> {
  const fresh = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(fresh, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
  await link(fresh, path).catch((error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? undefined : Promise.reject(error)));
  await rm(fresh, { force: true });
}
