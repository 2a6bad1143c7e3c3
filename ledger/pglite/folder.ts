import { randomBytes } from 'node:crypto';
import { access, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Where PGlite keeps its files within a data folder. */
export const databaseFolder = (dataDir: string): string => join(dataDir, 'ledger');

/** Whether a database has been made here. */
export const hasDatabase = (dataDir: string): Promise<boolean> =>
  access(join(databaseFolder(dataDir), 'PG_VERSION')).then(
    () => true,
    () => false,
  );

/**
 * Makes the database when there is none. It is made beside its place and moved there by one rename: a folder that was half made when
 * its maker was killed would never open. Call it under the lock.
 */
export async function ensureDatabase(dataDir: string): Promise<void> {
  await sweep(dataDir);
  if (await hasDatabase(dataDir)) return;
  const fresh = join(dataDir, `ledger.new-${randomBytes(6).toString('hex')}`);
  await makeInWorker(fresh);
  await rename(fresh, databaseFolder(dataDir));
}

async function sweep(dataDir: string): Promise<void> {
  const left = (await readdir(dataDir)).filter((name) => name.startsWith('ledger.new-'));
  await Promise.all(left.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}

/** A thread of its own, because making one takes some 500 MB that only the end of the thread gives back. */
function makeInWorker(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./make-database.mjs', import.meta.url), { workerData: { folder }, execArgv: [], stdout: true, stderr: true });
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the maker of the database ended with ${code}`))));
  });
}
