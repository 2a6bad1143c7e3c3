import type { Command } from 'commander';
import { openLedger } from '../../ledger/index.ts';
import { caseError } from '../../schemas/index.ts';
import { both, help, say, textsOf } from '../messages.ts';
import { note } from '../output.ts';
import { checkAnswers, secretOf } from '../place.ts';
import { untilStopped } from '../signals.ts';
import type { Act, Run } from './context.ts';

/** Everything a lone worker shares with the others comes from the environment; nothing of it is guessed. @throws BAD-INPUT */
function sharedPlace({ place, env }: Run): { address: string; databaseUrl: string } {
  if (place.address === undefined) throw caseError('BAD-INPUT', { field: 'TEMPORAL_ADDRESS', ...textsOf('noAddress') });
  if (place.databaseUrl === undefined) throw caseError('BAD-INPUT', { field: 'DATABASE_URL', ...textsOf('noClusterDatabase') });
  if (place.sealSecret === undefined && env['XIAOHAO_DATA'] === undefined) throw caseError('BAD-INPUT', { field: 'XIAOHAO_SEAL_SECRET', ...textsOf('noSecret') });
  return { address: place.address, databaseUrl: place.databaseUrl };
}

export function addWorker(program: Command, act: (command: Command) => Act): void {
  const worker = program.command('worker').description(both(help.worker));
  worker.action(() =>
    act(worker)(async (run) => {
      const { address, databaseUrl } = sharedPlace(run);
      const [{ runWorker, workerConfig }, { withQuietRuntime }] = await Promise.all([import('../../worker/index.ts'), import('../quiet.ts')]);
      await checkAnswers(address);
      const { namespace, taskQueue, dataDir } = run.place;
      const { stickyQueueScheduleToStartTimeout, maxCachedWorkflows } = workerConfig(run.env);
      const ledger = await openLedger({ databaseUrl, sealSecret: await secretOf(run.place) });
      const signals = untilStopped();
      const aborter = new AbortController();
      void signals.stopped.then(() => aborter.abort());
      const onReady = (): void => note(run.out, say('workerUp', { address, taskQueue }));
      const options = { address, namespace, taskQueue, ledger, dataDir, stickyQueueScheduleToStartTimeout, maxCachedWorkflows, signal: aborter.signal, onReady };
      try {
        await withQuietRuntime(() => runWorker(options));
      } finally {
        signals.release();
        await ledger.close();
      }
      note(run.out, say('stopped'));
      return null;
    }),
  );
}
