/** A process as `xiaohao worker` is one: the SDK's native side warns of the history (first argument) that does not fit the code (second). */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { Worker } from '@temporalio/worker';
import { quietRuntime } from '../../cli/quiet.ts';

const [historyFile = '', codePath = ''] = process.argv.slice(2);
type Recorded = { history: Parameters<typeof Worker.runReplayHistory>[1] };
const [first] = JSON.parse(gunzipSync(await readFile(historyFile)).toString('utf8')) as Recorded[];
quietRuntime();
await Worker.runReplayHistory({ workflowBundle: { codePath } }, first?.history).catch((error: unknown) => console.log((error as Error).name));
// The SDK holds what it logs back for 100 ms, to sort it.
await new Promise((done) => setTimeout(done, 500));
