/** The ledger's own thread: PGlite and all that is done to an entry (hashes, seals) run here, so that they never stall the engine. */
import { parentPort, workerData } from 'node:worker_threads';
import { splitOldFeedback } from '../carry-over.ts';
import type { LedgerReader } from '../ledger.ts';
import { migrate, readMigrations } from '../migrate.ts';
import { sqlLedger, type Hooks } from '../sql.ts';
import { answerCall, toFault } from '../wire.ts';
import { restrict } from '../writer-role.ts';
import { openPglite } from './store.ts';
import type { FromThread, ThreadData, ToThread } from './thread.ts';

const port = parentPort;
if (!port) throw new Error('this is the start of a thread');
const { folder, sealSecret, hooked } = workerData as ThreadData;
const tell = (message: FromThread): void => port.postMessage(message);

/** A hook runs in the parent; the transaction waits for it. */
const passed = new Map<number, () => void>();
let points = 0;
const hook = (point: keyof Hooks) => (cases: string[]) =>
  new Promise<void>((resolve) => {
    const id = ++points;
    passed.set(id, resolve);
    tell({ kind: 'hook', id, point, cases });
  });
const hooks = Object.fromEntries(hooked.map((point) => [point, hook(point)])) as Hooks;

function pass(id: number): void {
  passed.get(id)?.();
  passed.delete(id);
}

try {
  const store = await openPglite(folder);
  await migrate(store, await readMigrations(), Date.now());
  await splitOldFeedback(store);
  await restrict(store);
  const ledger = sqlLedger(store, durability, { sealSecret, hooks });
  port.on('message', (message: ToThread) => {
    if (message.kind === 'call') void answerCall(ledger, message.call, 'thread').then((reply) => tell({ kind: 'reply', reply }));
    else if (message.kind === 'hooked') pass(message.id);
    else void ledger.close().then(() => process.exit(0));
  });
  tell({ kind: 'ready' });
} catch (error) {
  tell({ kind: 'failed', fault: toFault(error) });
}

async function durability(): ReturnType<LedgerReader['durability']> {
  return { store: 'pglite', survives: 'process-crash', detail: 'PGlite 不做 fsync: 进程被杀不丢, 断电可能丢 (no fsync: a killed process loses nothing, a power cut may)' };
}

