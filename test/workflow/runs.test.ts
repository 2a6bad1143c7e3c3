/** New runs: when they begin, what crosses, and what is kept of the run before. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Worker } from '@temporalio/worker';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../ledger/index.ts';
import { Header } from '../../schemas/index.ts';
import { workflowBundle } from '../../worker/index.ts';
import { caseWorkflowId, renewSignal } from '../../workflows/messages.ts';
import { LiveCase } from '../support/case.ts';
import { onServer } from '../support/on-server.ts';
import { Gate, startBench, startWorker, until } from '../support/worker.ts';
import { actor } from '../support/world.ts';

const gate = new Gate();
const on = onServer({ wrap: gate.wrap });

async function renew(one: LiveCase): Promise<string> {
  const before = await one.runId();
  await one.handle.signal(renewSignal);
  await until(async () => (await one.runId()) !== before, 'a new run');
  return before;
}

describe('a new run', () => {
  it('carries the case over, keeps the history of the run before beside the ledger, and notes its hash', async () => {
    const one = on.newCase();
    await one.open();
    await one.do('verifyStart', actor('VERIFIER'));
    await one.idle();
    const before = await one.look();
    const first = await renew(one);
    await until(async () => (await on.bench.ledger.head(one.caseNo))?.seq === 3, 'the note');
    const after = await one.look();
    expect({ ...after, seq: 0, revision: 0, unitRevision: 0, stateHash: '' }).toEqual({
      ...before,
      seq: 0,
      revision: 0,
      unitRevision: 0,
      stateHash: '',
    });
    const kept = await on.bench.ledger.run(one.caseNo, first);
    const text = gunzipSync(kept?.bytes ?? new Uint8Array()).toString('utf8');
    expect(createHash('sha256').update(text).digest('hex')).toBe(kept?.sha256);
    const last = (await on.bench.ledger.entries(one.caseNo)).at(-1);
    expect(Header.parse(JSON.parse(last?.header ?? '{}')).type).toBe('keepRun');
    expect(JSON.parse(last?.body ?? '{}').payload).toEqual({ runId: first, sha256: kept?.sha256 });
    // What was kept replays, without the server.
    await Worker.runReplayHistory({ workflowBundle: { codePath: await workflowBundle() } }, JSON.parse(text), caseWorkflowId(one.caseNo));
  });

  it('takes along what the ledger does not have yet, and sends the same bytes', async () => {
    const one = on.newCase();
    await one.open();
    await until(async () => (await on.bench.ledger.head(one.caseNo))?.seq === 1, 'the first entry');
    gate.mode = 'hang';
    await one.instruct(60);
    await renew(one);
    await one.do('verifyStart', actor('VERIFIER'));
    gate.open();
    await until(async () => (await on.bench.ledger.head(one.caseNo))?.seq === 63, 'everything');
    expect(verifyChain(await on.bench.ledger.entries(one.caseNo, { limit: 100 }))).toMatchObject({ ok: true });
    expect((await one.look()).halted).toBeNull();
  });

  it('begins by itself when the server suggests it or Updates are many; under load nothing is lost or doubled', async () => {
    const one = on.newCase();
    await one.open();
    const first = await one.runId();
    let sent = 1;
    while ((await one.runId()) === first && sent < 1900) {
      await one.instruct(100);
      sent += 100;
    }
    const { seq } = await until(async () => {
      const state = await one.look();
      return (await on.bench.ledger.head(one.caseNo))?.seq === state.seq ? state : null;
    }, 'the drain');
    expect(sent).toBeLessThan(1900);
    const types = [];
    for (let after = 0; after < seq; after += 1000)
      for (const e of await on.bench.ledger.entries(one.caseNo, { after, limit: 1000 }))
        types.push(Header.parse(JSON.parse(e.header)).type);
    expect(types.filter((type) => type === 'instruct')).toHaveLength(sent - 1);
    console.log(`a new run began after at most ${sent} Updates`);
  }, 10 * 60_000);
});

describe('a worker without the machine version', () => {
  it('fails the task and not the case; the case goes on when the version comes back', async () => {
    const { nativeConnection: connection, namespace } = on.server;
    const taskQueue = `${on.server.taskQueue}-old`;
    const code = await readFile(await workflowBundle(), 'utf8');
    const old = join(on.bench.dataDir, 'old-bundle.js');
    await writeFile(old, code.replaceAll("'case-2'", "'case-0'").replaceAll('"case-2"', '"case-0"'));
    const bench = await startBench({ nativeConnection: connection, namespace, taskQueue }, { bundlePath: old });
    const one = new LiveCase({ client: bench.client, taskQueue });
    const answer = one.open();
    const history = () => one.handle.fetchHistory().catch(() => ({ events: [] }));
    await until(
      async () => (await history()).events?.some((e) => e.workflowTaskFailedEventAttributes?.failure?.message?.includes('MACHINE-UNKNOWN')),
      'a failed task',
    );
    expect((await one.handle.describe()).status.name).toBe('RUNNING');
    await bench.worker.stop();
    const worker = await startWorker({ connection, namespace, taskQueue, ledger: bench.ledger, dataDir: bench.dataDir });
    expect((await answer).receipt?.seq).toBe(1);
    await worker.stop();
    await bench.stop();
  });
});

describe('a worker that is told to stop', () => {
  it('ends although an activity hangs on its ledger; what was accepted is drained by the next', async () => {
    const { nativeConnection: connection, namespace } = on.server;
    const taskQueue = `${on.server.taskQueue}-stop`;
    const own = new Gate();
    const bench = await startBench({ nativeConnection: connection, namespace, taskQueue }, { wrap: own.wrap, shutdownGraceMs: 500 });
    const one = new LiveCase({ client: bench.client, taskQueue });
    await one.open();
    own.mode = 'hang';
    await one.do('verifyStart', actor('VERIFIER'));
    await bench.worker.stop();
    own.open();
    const worker = await startWorker({ connection, namespace, taskQueue, ledger: bench.ledger, dataDir: bench.dataDir });
    await until(async () => (await bench.ledger.head(one.caseNo))?.seq === 2, 'the drain');
    await worker.stop();
    await bench.stop();
  });
});
