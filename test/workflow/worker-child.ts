/**
 * A worker to be killed. `node --import tsx worker-child.ts ADDRESS TASK_QUEUE DATA_DIR SEAM_FILE [cases|uncached]`, with either without dispatchers
 * Says `ready` when it polls and `append CASE SEQ SHA256` for every batch it is given. While SEAM_FILE exists, the instant after a commit
 * of the ledger kills the processes whose ids stand in the file, and then this one.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { openLedger } from '../../ledger/index.ts';
import { runWorker } from '../../worker/index.ts';
import { secret } from '../support/ledger-drafts.ts';
import { quiet } from '../support/worker.ts';

const [address = '', taskQueue = '', dataDir = '', seam = '', only = ''] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function afterCommit(): void {
  if (!existsSync(seam)) return;
  for (const pid of readFileSync(seam, 'utf8').split('\n').filter(Boolean)) process.kill(Number(pid), 'SIGKILL');
  process.kill(process.pid, 'SIGKILL');
}

quiet();
const ledger = await openLedger({ dataDir, sealSecret: secret, hooks: { afterCommit } });
const append: typeof ledger.append = (batch) => {
  say(`append ${batch.case} ${batch.entries[0]?.seq} ${createHash('sha256').update(JSON.stringify(batch)).digest('hex')}`);
  return ledger.append(batch);
};
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
await runWorker({ address, taskQueue, ledger: { ...ledger, append }, dataDir, dispatch: only === '', ...(only === 'uncached' ? { maxCachedWorkflows: 0 } : {}), signal: stop.signal, onReady: () => say('ready') });
await ledger.close();
