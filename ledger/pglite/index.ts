import { mkdir } from 'node:fs/promises';
import type { Ledger } from '../ledger.ts';
import type { SqlLedgerOptions } from '../sql.ts';
import { databaseFolder, ensureDatabase } from './folder.ts';
import { takeLock } from './lock.ts';
import { startThread } from './thread.ts';

/** The embedded ledger of a data folder: locked, made when absent, served by its own thread. @throws LEDGER-LOCKED and those of the migrations */
export async function openEmbedded(dataDir: string, options: SqlLedgerOptions): Promise<Ledger> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await takeLock(dataDir);
  try {
    await ensureDatabase(dataDir);
    const ledger = await startThread(databaseFolder(dataDir), options.sealSecret, options.hooks);
    return { ...ledger, close: () => ledger.close().finally(lock.release) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
