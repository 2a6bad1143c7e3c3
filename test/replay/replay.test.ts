/** Every recorded history of every released version replays with the workflows of today. */
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type ReplayResult, Worker } from '@temporalio/worker';
import { expect, it } from 'vitest';
import { workflowBundle } from '../../worker/index.ts';
import { temporaryFolder } from '../support/ledger.ts';
import { quiet } from '../support/worker.ts';

quiet();
const folder = fileURLToPath(new URL('histories', import.meta.url));
const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json.gz')).sort();

type Recorded = { workflowId: string; history: Parameters<typeof Worker.runReplayHistory>[1] };
const read = async (name: string): Promise<Recorded[]> =>
  JSON.parse(gunzipSync(await readFile(join(folder, name))).toString('utf8')) as Recorded[];

async function replay(codePath: string, histories: Recorded[]): Promise<ReplayResult[]> {
  const results: ReplayResult[] = [];
  for await (const result of Worker.runReplayHistories({ workflowBundle: { codePath } }, histories)) results.push(result);
  return results;
}

it.each(files)('%s replays', async (name) => {
  const histories = await read(name);
  const results = await replay(await workflowBundle(), histories);
  expect(results.map(({ workflowId, error }) => [workflowId, error?.message])).toEqual(
    histories.map(({ workflowId }) => [workflowId, undefined]),
  );
});

it('the twelve stories are among them, new runs too', async () => {
  for (const version of ['v1', 'v2']) expect(files.filter((name) => name.startsWith(version)), version).toHaveLength(12);
  const first = await read(files[0] ?? '');
  expect(first.length).toBeGreaterThan(1);
});

it('a history that ends between two tasks replays', async () => {
  const all = await read(files[0] ?? '');
  const cut = all.flatMap(({ workflowId, history }, n) => {
    const { events } = history as { events: { eventType: string }[] };
    const end = events.findLastIndex(({ eventType }) => /(ActivityTaskCompleted|ACTIVITY_TASK_COMPLETED)$/.test(eventType));
    return end < 0 ? [] : [{ workflowId: `${workflowId}-${n}`, history: { ...(history as object), events: events.slice(0, end + 1) } as never }];
  });
  expect(cut.length).toBeGreaterThan(0);
  const results = await replay(await workflowBundle(), cut);
  expect(results.map(({ error }) => error?.message)).toEqual(cut.map(() => undefined));
});

it('a change that breaks them fails: without the drain nothing matches', async () => {
  const code = await readFile(await workflowBundle(), 'utf8');
  const drain = 'void this.#drain();';
  expect(code).toContain(drain);
  const folderOfBroken = await temporaryFolder();
  const broken = join(folderOfBroken, 'broken.js');
  await writeFile(broken, code.replace(drain, ''));
  const results = await replay(broken, await read(files[0] ?? ''));
  expect(results.some(({ error }) => error !== undefined)).toBe(true);
  await rm(folderOfBroken, { recursive: true });
});
