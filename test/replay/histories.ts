/** Recorded histories: one gzipped JSON document for each run, as Temporal's own tools read it, with the workflow id beside it. */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

const folder = fileURLToPath(new URL('./histories/', import.meta.url));

/** `story` is 1 to 12; `history` has the form of `temporal workflow show --output json`. */
export type Recorded = { story: number; workflowId: string; history: { events: unknown[] } };

export async function recordedHistories(): Promise<{ name: string; recorded: Recorded }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json.gz')).toSorted();
  return Promise.all(names.map(async (name) => ({ name, recorded: JSON.parse(gunzipSync(await readFile(join(folder, name))).toString('utf8')) as Recorded })));
}

export async function forgetHistories(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

/** @returns bytes written */
export async function recordHistory(story: number, handle: WorkflowHandle, label: string): Promise<number> {
  const history = plain(historyToJSON(await handle.fetchHistory()));
  const bytes = gzipSync(JSON.stringify({ story, workflowId: handle.workflowId, history }), { level: 9 });
  await writeFile(join(folder, `${String(story).padStart(2, '0')}-${label}.json.gz`), bytes);
  return bytes.length;
}

/** An object, whether the SDK gives the text or the object. */
const plain = (json: unknown): unknown => (typeof json === 'string' ? (JSON.parse(json) as unknown) : json);
