/** A process as `xiaohao worker` is one: the SDK's native side warns of the history (first argument) that does not fit the code (second). */
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { Worker } from '@temporalio/worker';
import { withQuietRuntime } from '../../cli/quiet.ts';

const [historyFile = '', codePath = ''] = process.argv.slice(2);
type Recorded = { workflowId: string; history: Parameters<typeof Worker.runReplayHistory>[1] };
const histories = JSON.parse(gunzipSync(await readFile(historyFile)).toString('utf8')) as Recorded[];
await withQuietRuntime(async () => {
  for await (const { error } of Worker.runReplayHistories({ workflowBundle: { codePath } }, histories.slice(0, 1))) {
    console.log(error?.name);
    // It is held back for 100 ms, to be sorted, and lost if the last worker ends before.
    await wait(500);
  }
});
