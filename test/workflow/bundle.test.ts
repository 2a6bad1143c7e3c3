/** The bundle: built once, production XState, and one copy of core and schemas for all cases of a worker. */
import { readFile, readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { WorkflowClient } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { expect, it } from 'vitest';
import { workflowBundle } from '../../worker/index.ts';
import { temporaryFolder } from '../support/ledger.ts';
import { withDevServer } from '../support/servers.ts';
import { quiet } from '../support/worker.ts';

quiet();
const server = withDevServer();
const support = (name: string): string => fileURLToPath(new URL(`../support/workflows/${name}`, import.meta.url));

it("is built once for the same sources, whoever asks, and holds XState's production build", async () => {
  const cacheDir = await temporaryFolder();
  const [one, two] = await Promise.all([workflowBundle({ cacheDir }), workflowBundle({ cacheDir })]);
  expect([one, await workflowBundle({ cacheDir })]).toEqual([two, two]);
  expect(await readdir(cacheDir)).toHaveLength(1);
  const code = await readFile(one, 'utf8');
  expect(code).toContain('xstate/dist/xstate.esm.js');
  expect(code).not.toContain('xstate/dist/xstate.development');
  await rm(cacheDir, { recursive: true });
});

it('shares core and schemas among all workflows of a worker, while each has its own copy of everything else', async () => {
  const codePath = await workflowBundle({ workflowsPath: support('probe.ts'), preload: [support('preloaded-counter.ts')] });
  const { nativeConnection: connection, namespace, taskQueue } = server;
  const worker = await Worker.create({ connection, namespace, taskQueue, workflowBundle: { codePath } });
  const client = new WorkflowClient({ connection, namespace });
  const probe = (n: number) => client.execute('probeWorkflow', { workflowId: `${taskQueue}-probe-${n}`, taskQueue });
  const found = await worker.runUntil(async () => [await probe(1), await probe(2), await probe(3)]);
  expect(found).toEqual([
    { core: 1, schemas: 1, own: 1, parses: false },
    { core: 2, schemas: 2, own: 1, parses: false },
    { core: 3, schemas: 3, own: 1, parses: false },
  ]);
});
