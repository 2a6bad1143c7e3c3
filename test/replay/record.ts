/**
 * Records the histories that every later version must replay: the twelve stories on a real server, each case renewed at its end so that
 * a continue-as-new stands among them. `node --import tsx test/replay/record.ts v1` writes test/replay/histories/v1/. A released
 * recording is never made again; a new version adds a folder.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { runDemo } from '../../demo/main.ts';
import { caseWorkflowId, renewSignal } from '../../workflows/messages.ts';

type Stack = Parameters<NonNullable<NonNullable<Parameters<typeof runDemo>[0]>['afterwards']>>[0];

const version = process.argv[2] ?? '';
if (!/^v\d+$/.test(version)) throw new Error('say which version, as v1');
const folder = fileURLToPath(new URL(`histories/${version}`, import.meta.url));

/** Both runs of a case; one alone when it ended before. */
async function runsOf({ temporal }: Stack, caseNo: string): Promise<string[]> {
  const handle = temporal.getHandle(caseWorkflowId(caseNo));
  const { runId, status } = await handle.describe();
  if (status.name !== 'RUNNING') return [runId];
  await handle.signal(renewSignal);
  for (;;) {
    const now = await handle.describe();
    if (now.runId !== runId && Number(now.historyLength) > 10) return [runId, now.runId];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const code = await runDemo({
  json: true,
  afterwards: async (stack, told) => {
    await mkdir(folder, { recursive: true });
    for (const { story, cases } of told) {
      const recorded: { workflowId: string; history: unknown }[] = [];
      for (const caseNo of cases)
        for (const runId of await runsOf(stack, caseNo)) {
          const workflowId = caseWorkflowId(caseNo);
          const text = historyToJSON(await stack.temporal.getHandle(workflowId, runId).fetchHistory());
          recorded.push({ workflowId, history: JSON.parse(text) as unknown });
        }
      await writeFile(join(folder, `story-${String(story).padStart(2, '0')}.json.gz`), gzipSync(JSON.stringify(recorded), { level: 9 }));
    }
  },
});
process.exitCode = code;
