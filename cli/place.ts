import { resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { checkFolder, createClient, defaultTaskQueue, readRunning, type OfficeClient } from '../client/index.ts';
import { openForClient, openForReading, sealSecretOf, type RemoteLedger } from '../ledger/index.ts';
import { caseError } from '../schemas/index.ts';
import { textsOf } from './messages.ts';

/** Everything that the environment says, read here and nowhere else. */
export type Place = {
  dataDir: string;
  databaseUrl: string | undefined;
  /** Set when the operator names a cluster; else the stack of the data folder is used. */
  address: string | undefined;
  namespace: string;
  taskQueue: string;
  sealSecret: string | undefined;
};

const given = (value: string | undefined): string | undefined => (value === undefined || value.trim() === '' ? undefined : value.trim());

export function placeOf(env: NodeJS.ProcessEnv): Place {
  return {
    dataDir: resolve(given(env['XIAOHAO_DATA']) ?? '.xiaohao'),
    databaseUrl: given(env['DATABASE_URL']),
    address: given(env['TEMPORAL_ADDRESS']),
    namespace: given(env['TEMPORAL_NAMESPACE']) ?? 'default',
    taskQueue: given(env['XIAOHAO_TASK_QUEUE']) ?? defaultTaskQueue,
    sealSecret: given(env['XIAOHAO_SEAL_SECRET']),
  };
}

/** The secret under which edge and append agree. @throws BAD-INPUT: several machines must share one, a folder has its own */
export function secretOf(place: Place): Promise<string> {
  if (place.sealSecret !== undefined) {
    if (place.sealSecret.length < 16) throw caseError('BAD-INPUT', { field: 'XIAOHAO_SEAL_SECRET', ...textsOf('noSecret') });
    return Promise.resolve(place.sealSecret);
  }
  return sealSecretOf(place.dataDir);
}

export type Open = { client: OfficeClient; ledger: RemoteLedger; running: boolean; close(): Promise<void> };
type Where = { address: string; namespace: string; taskQueue: string };

/** The stack to talk to: the one of the data folder, else the cluster that the environment names. */
async function whereOf(place: Place): Promise<Where | null> {
  await checkFolder(place.dataDir);
  const running = await readRunning(place.dataDir);
  if (running) return running;
  if (place.databaseUrl !== undefined && place.address !== undefined) return { address: place.address, namespace: place.namespace, taskQueue: place.taskQueue };
  return null;
}

/** A client of what runs. @throws NOT-RUNNING, UNAVAILABLE */
export async function openClient(place: Place, now = Date.now): Promise<Open> {
  const where = await whereOf(place);
  if (!where) throw caseError('NOT-RUNNING', { zh: place.dataDir, en: place.dataDir });
  const ledger = await openForClient({ dataDir: place.dataDir, databaseUrl: place.databaseUrl });
  try {
    const connection = await reach(where.address);
    const temporal = new Client({ connection, namespace: where.namespace }).workflow;
    const client = createClient({ temporal, ledger, sealSecret: await secretOf(place), taskQueue: where.taskQueue, now });
    return { client, ledger, running: true, close: async () => void (await Promise.all([connection.close(), ledger.close()])) };
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

/** As `openClient`; with nothing running the folder itself, in which cases stand as the ledger has them. */
export async function openReader(place: Place, now = Date.now): Promise<Open> {
  if (await whereOf(place)) return openClient(place, now);
  const ledger = await openLedgerToRead(place);
  const client = createClient({ temporal: null, ledger, sealSecret: '', taskQueue: place.taskQueue, now });
  return { client, ledger, running: false, close: () => ledger.close() };
}

/** What opens a folder to read can also put refusals on record: nothing but `append` is missing. */
export async function openLedgerToRead({ dataDir, databaseUrl }: Pick<Place, 'dataDir' | 'databaseUrl'>): Promise<RemoteLedger> {
  await checkFolder(dataDir);
  return (await openForReading({ dataDir, databaseUrl })) as RemoteLedger;
}

/** @throws UNAVAILABLE; the SDK's worker would say it in words of its own */
export const checkAnswers = async (address: string): Promise<void> => (await reach(address)).close();

export const reach = (address: string): Promise<Connection> =>
  Connection.connect({ address, connectTimeout: 5_000 }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw caseError('UNAVAILABLE', { zh: `连不上 Temporal ${address}`, en: `Temporal does not answer at ${address}: ${why}` });
  });
