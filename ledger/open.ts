import { setTimeout as wait } from 'node:timers/promises';
import { caseError, codeOf } from '../schemas/index.ts';
import { serveDoor } from './door.ts';
import type { Ledger, LedgerReader } from './ledger.ts';
import { hasDatabase } from './pglite/folder.ts';
import { openEmbedded } from './pglite/index.ts';
import { connectRemote, type RemoteLedger } from './remote.ts';
import type { Hooks, SqlLedgerOptions } from './sql.ts';

/** Where the ledger is: PostgreSQL when there is a URL, else the embedded one of the data folder. */
export type Place = { dataDir?: string | undefined; databaseUrl?: string | undefined };
/** `hooks` are for kill tests alone. `door: false` leaves other processes outside. */
export type OpenOptions = Place & { sealSecret: string; hooks?: Hooks; door?: boolean };
export type OpenReader = LedgerReader & { close(): Promise<void> };

/**
 * Opens the ledger to append to it. The embedded one is locked, made when absent, and served to other processes through its door.
 * @throws LEDGER-LOCKED, LEDGER-NEWER, MIGRATION-EDITED; UNAVAILABLE when PostgreSQL does not answer
 */
export async function openLedger({ dataDir, databaseUrl, sealSecret, hooks, door = true }: OpenOptions): Promise<Ledger> {
  if (sealSecret.length < 16) throw caseError('BAD-INPUT', { field: 'sealSecret', zh: '签章密钥太短', en: 'the seal secret has fewer than 16 characters' });
  const options = { sealSecret, ...(hooks ? { hooks } : {}) };
  if (databaseUrl) return inPostgres(databaseUrl, options);
  const ledger = await openEmbedded(folderOf(dataDir), options);
  return door ? withDoor(ledger, folderOf(dataDir)) : ledger;
}

/**
 * Opens the ledger for a process beside the owner, to do everything but append: through the door, or PostgreSQL itself.
 * @throws NOT-RUNNING when nobody serves the folder
 */
export async function openForClient({ dataDir, databaseUrl }: Place): Promise<RemoteLedger> {
  return databaseUrl ? withoutAppend(await inPostgres(databaseUrl, { sealSecret: '' })) : connectRemote(folderOf(dataDir));
}

/** Its driver is loaded by those alone who have a server. */
const inPostgres = async (url: string, options: SqlLedgerOptions): Promise<Ledger> => (await import('./postgres.ts')).openPostgres(url, options);

/**
 * Opens the ledger to read: as `openForClient`, and with nobody running the folder itself, under its lock.
 * @throws NOT-RUNNING when there is no ledger yet; LEDGER-LOCKED while an owner starts or stops for longer than some seconds
 */
export async function openForReading(place: Place): Promise<OpenReader> {
  if (place.databaseUrl) return openForClient(place);
  const dataDir = folderOf(place.dataDir);
  for (let tries = 1; ; tries++) {
    try {
      return await byDoorOrFolder(dataDir);
    } catch (error) {
      if (codeOf(error) !== 'LEDGER-LOCKED' || tries >= 20) throw error;
      await wait(250);
    }
  }
}

async function byDoorOrFolder(dataDir: string): Promise<OpenReader> {
  const remote = await connectRemote(dataDir).catch((error: unknown) => (codeOf(error) === 'NOT-RUNNING' ? null : Promise.reject(error)));
  if (remote) return remote;
  if (!(await hasDatabase(dataDir))) throw caseError('NOT-RUNNING', { zh: dataDir, en: dataDir });
  return withoutAppend(await openEmbedded(dataDir, { sealSecret: '' }));
}

/** Whoever opened it without the secret cannot tell a true seal from a false one, so must not append. */
function withoutAppend({ append: _append, ...rest }: Ledger): RemoteLedger {
  return rest;
}

async function withDoor(ledger: Ledger, dataDir: string): Promise<Ledger> {
  const door = await serveDoor(ledger, dataDir).catch((error: unknown) => ledger.close().then(() => Promise.reject(error)));
  return { ...ledger, close: () => door.close().then(ledger.close) };
}

function folderOf(dataDir: string | undefined): string {
  if (!dataDir) throw caseError('BAD-INPUT', { field: 'dataDir', zh: '缺少数据目录', en: 'neither a data folder nor a database' });
  return dataDir;
}
