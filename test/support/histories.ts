import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const folder = fileURLToPath(new URL('../replay/histories', import.meta.url));
export type RecordedHistory = { workflowId: string; history: { events: { eventType: string }[] } };

/** Every recorded run of the newest version, as Temporal's own tools read it. */
export async function recordedHistories(): Promise<RecordedHistory[]> {
  const newest = (await readdir(folder)).toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))).at(-1) ?? '';
  const names = (await readdir(join(folder, newest))).filter((name) => name.endsWith('.json.gz')).toSorted();
  const read = async (name: string): Promise<RecordedHistory[]> => JSON.parse(gunzipSync(await readFile(join(folder, newest, name))).toString('utf8')) as RecordedHistory[];
  return (await Promise.all(names.map(read))).flat();
}
