/**
 * Two hundred days on a real server in which time skips, workers killed between the sleeps: every mark fires once, none before its
 * instant, each dated by it. XIAOHAO_STORM_MARKS asks for more than the usual number (15000 takes some minutes).
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkflowClient } from '@temporalio/client';
import { expect, it } from 'vitest';
import { fold, marksOf } from '../../cases/index.ts';
import { type RemoteLedger, connectRemote } from '../../ledger/index.ts';
import { type CaseState, Header } from '../../schemas/index.ts';
import { caseStartOptions, caseWorkflowType } from '../../workflows/messages.ts';
import { LiveCase } from '../support/case.ts';
import { captureOf, itemOf } from '../support/imported.ts';
import { temporaryDataDir } from '../support/ledger.ts';
import { withTimeSkipping } from '../support/servers.ts';
import { random } from '../support/walk.ts';
import { type WorkerProcess, startWorkerProcess } from '../support/worker-process.ts';
import { actor, day } from '../support/world.ts';

const wanted = Number(process.env['XIAOHAO_STORM_MARKS'] ?? 300);
const horizon = 200;
const sleeps = 4;
const seed = 20260302;

/** An open item of another ledger: one command, and it has a total and twenty tasks with dates of their own, up to the horizon. */
async function takeOver(client: WorkflowClient, one: LiveCase, rnd: () => number): Promise<void> {
  const inDays = (n: number): number => Math.floor(rnd() * n) + 2;
  const item = itemOf(one.world, { stage: 'rectifying', dueIn: inDays(horizon - 10) });
  const dated = (n: number) => ({ measure: `措施${n}`, owner: 'UO-1@U1', due: itemOf(one.world, { stage: 'rectifying', dueIn: inDays(horizon - 10) }).due ?? '' });
  // This server knows no update-with-start.
  const { workflowIdConflictPolicy: _policy, ...options } = caseStartOptions(one.input, 'storm');
  await client.start(caseWorkflowType, options);
  await one.send(one.envelope('capture', actor('INTAKE'), { payload: captureOf({ ...item, tasks: Array.from({ length: 20 }, (_, n) => dated(n)) }) }));
}

type Told = { type: string; effectiveAt: number | undefined };
/** What the pure core says that time will do, from the state that the case has. */
const foretold = (state: CaseState, one: LiveCase, until: number): Told[] => fold(state, until, one.input.pack).entries.map(({ type, effectiveAt }) => ({ type, effectiveAt }));

async function recorded(ledger: RemoteLedger, caseNo: string): Promise<Header[]> {
  return (await ledger.entries(caseNo, { limit: 500 })).map((e) => Header.parse(JSON.parse(e.header)));
}

it('every mark of two hundred days fires once, none early, dated by its own instant, whoever is killed meanwhile', async () => {
  const dataDir = await temporaryDataDir();
  await withTimeSkipping(async (env) => {
    const rnd = random(seed);
    const start = (): Promise<WorkerProcess> => startWorkerProcess(env.address, 'storm', dataDir, join(dataDir, 'no-seam'), 'cases');
    const client = new WorkflowClient({ connection: env.connection, namespace: env.namespace ?? 'default' });
    let worker = await start();
    const cases: LiveCase[] = [];
    const plan = new Map<string, Told[]>();
    for (let marks = 0; marks < wanted; ) {
      const batch = Array.from({ length: 8 }, () => new LiveCase({ client, taskQueue: 'storm' }));
      await Promise.all(batch.map((one) => takeOver(client, one, rnd)));
      for (const one of batch) {
        const state = await one.look();
        plan.set(one.caseNo, foretold(state, one, Date.now() + horizon * day));
        marks += plan.get(one.caseNo)?.length ?? 0;
      }
      cases.push(...batch);
    }
    const began = performance.now();
    for (let n = 0; n < sleeps; n += 1) {
      await env.sleep((horizon * day) / sleeps);
      await worker.kill();
      worker = await start();
    }
    await env.sleep(day);
    const ledger = await connectRemote(dataDir);
    const [faults, fired] = [[] as string[], { count: 0, early: 0 }];
    for (const one of cases) {
      const state = await one.look();
      const headers = (await recorded(ledger, one.caseNo)).filter((h) => h.effectiveAt !== undefined);
      const expected = plan.get(one.caseNo) ?? [];
      // The last day may have begun what the plan does not reach; up to the horizon they are the same.
      const found = headers.map(({ type, effectiveAt }) => ({ type, effectiveAt }));
      if (JSON.stringify(found.slice(0, expected.length)) !== JSON.stringify(expected)) faults.push(`${one.caseNo}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
      fired.count += headers.length;
      fired.early += headers.filter((h) => h.at < (h.effectiveAt ?? 0)).length;
      expect(marksOf(state, one.input.pack).every((m) => m.at > lastFired(headers))).toBe(true);
    }
    await ledger.close();
    await worker.stop();
    console.log(`storm: ${cases.length} cases, ${fired.count} marks over ${horizon} days in ${((performance.now() - began) / 1000).toFixed(0)} s, ${sleeps} workers killed, wrong firings ${faults.length + fired.early}`);
    expect([faults, fired.early]).toEqual([[], 0]);
    expect(fired.count).toBeGreaterThanOrEqual(wanted);
  });
  await rm(dataDir, { recursive: true, force: true });
}, 15 * 60_000);

const lastFired = (headers: readonly Header[]): number => Math.max(0, ...headers.map((h) => h.effectiveAt ?? 0));
