import type { Ledger } from './ledger.ts';
import { openEmbedded } from './pglite/index.ts';
import type { Hooks } from './sql.ts';

/** Give one place: `databaseUrl` wins over `dataDir`. `hooks` are for kill tests alone. */
export type OpenOptions = { dataDir?: string; databaseUrl?: string; sealSecret: string; hooks?: Hooks };

/** Opens the ledger as its owner. @throws LEDGER-LOCKED, LEDGER-NEWER, MIGRATION-EDITED */
export async function openLedger({ dataDir, sealSecret, hooks }: OpenOptions): Promise<Ledger> {
  const options = { sealSecret, ...(hooks ? { hooks } : {}) };
  if (dataDir === undefined) throw new Error('openLedger needs a dataDir or a databaseUrl');
  return openEmbedded(dataDir, options);
}
