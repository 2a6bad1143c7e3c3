import type { Command } from 'commander';
import { caseSearchAttributes } from '../../client/index.ts';
import { openLedger } from '../../ledger/index.ts';
import { caseError } from '../../schemas/index.ts';
import { ensureNamespace } from '../../tools/temporal-server.ts';
import { both, help, say, textsOf } from '../messages.ts';
import { reach, secretOf, type Place } from '../place.ts';
import { seedPack } from '../seed.ts';
import type { Act } from './context.ts';

/** Days that Temporal keeps an ended workflow; the ledger keeps its history for good. */
const retentionDays = 30;

export function addCluster(program: Command, act: (command: Command) => Act): void {
  const group = program.command('cluster').description(both(help.cluster));
  const init = group.command('init').description(both(help.clusterInit)).option('--namespace <name>', both(help.namespace));
  init.action((o: { namespace?: string }) =>
    act(init)(async ({ place, now }) => {
      if (place.address === undefined) throw caseError('BAD-INPUT', { field: 'TEMPORAL_ADDRESS', ...textsOf('noAddress') });
      const namespace = o.namespace ?? place.namespace;
      await prepareNamespace(place.address, namespace);
      const tables = await prepareTables(place, now());
      const json = { address: place.address, namespace, retentionDays, searchAttributes: Object.keys(caseSearchAttributes), tables };
      return { json, text: [say('clusterReady', { address: place.address, namespace }), ...(tables ? [say('tablesReady')] : [])].join('\n') };
    }),
  );
}

async function prepareNamespace(address: string, namespace: string): Promise<void> {
  const connection = await reach(address);
  try {
    await ensureNamespace(connection, { namespace, retentionDays, searchAttributes: caseSearchAttributes });
  } finally {
    await connection.close();
  }
}

/** Tables and the default pack, where PostgreSQL is given. */
async function prepareTables(place: Place, at: number): Promise<boolean> {
  if (place.databaseUrl === undefined) return false;
  const ledger = await openLedger({ databaseUrl: place.databaseUrl, sealSecret: await secretOf(place) });
  try {
    await seedPack(ledger, at);
    return true;
  } finally {
    await ledger.close();
  }
}
