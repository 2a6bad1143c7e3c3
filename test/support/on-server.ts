/** For a workflow test file: the shared dev server, one ledger, one worker, and cases by the dozen. */
import { afterAll, beforeAll } from 'vitest';
import { caseSearchAttributes } from '../../workflows/messages.ts';
import { LiveCase, type CaseOptions } from './case.ts';
import { type DevServerInTest, withDevServer } from './servers.ts';
import { type Bench, type BenchOptions, quiet, startBench } from './worker.ts';

export type OnServer = { readonly server: DevServerInTest; readonly bench: Bench; newCase: (more?: Partial<CaseOptions>) => LiveCase };

export function onServer(more: BenchOptions = {}): OnServer {
  quiet();
  const server = withDevServer({ searchAttributes: caseSearchAttributes });
  let bench: Bench | undefined;
  beforeAll(async () => {
    bench = await startBench(server, more);
  });
  afterAll(() => bench?.stop());
  const opened = (): Bench => {
    if (bench === undefined) throw new Error('the worker is ready only inside tests and hooks');
    return bench;
  };
  return {
    server,
    get bench() {
      return opened();
    },
    newCase: (options = {}) => new LiveCase({ client: opened().client, taskQueue: server.taskQueue, ...options }),
  };
}
