/**
 * Two hundred days on a real server in which time skips: every mark fires once, none before its instant, each dated by it, also when
 * workers are killed between the sleeps. XIAOHAO_STORM_SERVER_MARKS and
 * XIAOHAO_STORM_KILLED_MARKS ask for more than the usual numbers (15000 takes some minutes; with kills, where no worker keeps a case, far more).
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkflowClient } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { expect, it } from 'vitest';
import { fold } from '../../cases/index.ts';
import { wrongFirings } from '../../demo/oracle/index.ts';
import { shippedPolicy } from '../../import/index.ts';
import { type RemoteLedger, connectRemote } from '../../ledger/index.ts';
import { Body, type CaseState, Edition, Header } from '../../schemas/index.ts';
import published from '../../data/calendar-cn.json' with { type: 'json' };
import { caseStartOptions, caseWorkflowType } from '../../workflows/messages.ts';
import { LiveCase } from '../support/case.ts';
import { captureOf, itemOf, tasksDue } from '../support/imported.ts';
import { temporaryDataDir } from '../support/ledger.ts';
import { withTimeSkipping, withoutPings } from '../support/servers.ts';
import { random } from '../support/walk.ts';
import { type WorkerProcess, startWorkerProcess } from '../support/worker-process.ts';
import { actor, day } from '../support/world.ts';

const basis = { policyText: await shippedPolicy('default'), edition: Edition.parse(published) };
const many = Number(process.env['XIAOHAO_STORM_SERVER_MARKS'] ?? 500);
const few = Number(process.env['XIAOHAO_STORM_KILLED_MARKS'] ?? 40);
const horizon = 200;
const sleeps = 4;
const seed = 20260302;

/** An open item of another ledger: one command, and it has a total and twenty tasks with dates of their own, up to the horizon. */
async function takeOver(client: WorkflowClient, one: LiveCase, rnd: () => number): Promise<void> {
  const inDays = (n: number): number => Math.floor(rnd() * n) + 2;
  const item = itemOf(one.world, { stage: 'rectifying', dueIn: inDays(horizon - 10) });
  const tasks = tasksDue(one.world, Array.from({ length: 20 }, () => inDays(horizon - 10)));
  // This server knows no update-with-start.
  const { workflowIdConflictPolicy: _policy, ...options } = caseStartOptions(one.input, 'storm');
  await client.start(caseWorkflowType, options);
  await one.send(one.envelope('capture', actor('INTAKE'), { payload: captureOf({ ...item, tasks }) }));
}

type Told = { seq: number; type: string; effectiveAt: number | undefined };
/** What the pure core says that time will do, from the state that the case has. */
const foretold = (state: CaseState, one: LiveCase, until: number): Told[] => fold(state, until, one.input.pack).entries.map(({ seq, type, effectiveAt }) => ({ seq, type, effectiveAt }));

type Kept = { header: Header; body: Body };
async function recorded(ledger: RemoteLedger, caseNo: string): Promise<Kept[]> {
  return (await ledger.entries(caseNo, { limit: 500 })).map((e) => ({ header: Header.parse(JSON.parse(e.header)), body: Body.parse(JSON.parse(e.body)) }));
}

/** Batches of cases until the core foretells enough marks. */
async function setOut(client: WorkflowClient, wanted: number): Promise<Map<LiveCase, Told[]>> {
  const rnd = random(seed);
  const plan = new Map<LiveCase, Told[]>();
  for (let marks = 0; marks < wanted; ) {
    const batch = Array.from({ length: Math.min(8, Math.ceil(wanted / 30)) }, () => new LiveCase({ client, taskQueue: 'storm' }));
    await Promise.all(batch.map((one) => takeOver(client, one, rnd)));
    for (const one of batch) {
      const told = foretold(await one.look(), one, Date.now() + horizon * day);
      plan.set(one, told);
      marks += told.length;
    }
  }
  return plan;
}

/** What was recorded beside what was foretold, and beside what the oracle reads from the entries. */
function faultsOf(caseNo: string, entries: readonly Kept[], plan: readonly Told[]): string[] {
  const fired = entries.map((e) => e.header).filter((h) => h.effectiveAt !== undefined);
  const first = plan[0]?.seq ?? 0;
  const found = fired.filter((h) => h.seq >= first).map(({ seq, type, effectiveAt }) => ({ seq, type, effectiveAt }));
  // The last day may have begun what the plan does not reach; up to the horizon they are the same.
  const same = JSON.stringify(found.slice(0, plan.length)) === JSON.stringify(plan);
  const early = fired.filter((h) => h.at < (h.effectiveAt ?? 0)).map((h) => `${caseNo} ${h.seq} was early`);
  return [...(same ? [] : [`${caseNo}: ${JSON.stringify(found)} instead of ${JSON.stringify(plan)}`]), ...early, ...wrongFirings(entries, basis)];
}

/** @param kill kills the worker after every sleep. This server waits for a dead worker's own queue for ever, so such a worker keeps no case. */
async function storm(wanted: number, kill: boolean): Promise<{ count: number; faults: string[] }> {
  const dataDir = await temporaryDataDir();
  const found = { count: 0, faults: [] as string[] };
  await withTimeSkipping(async (env) => {
    const start = (): Promise<WorkerProcess> => startWorkerProcess(env.address, 'storm', dataDir, join(dataDir, 'no-seam'), kill ? 'uncached' : 'cases');
    let worker = await start();
    const connection = await withoutPings(env);
    const sleep = (ms: number) => connection.testService?.unlockTimeSkippingWithSleep({ duration: msToTs(ms) });
    const plan = await setOut(new WorkflowClient({ connection, namespace: env.namespace ?? 'default' }), wanted);
    const began = performance.now();
    for (let n = 0; n < sleeps; n += 1) {
      await sleep((horizon * day) / sleeps);
      if (!kill) continue;
      await worker.kill();
      worker = await start();
    }
    await sleep(day);
    const seconds = (performance.now() - began) / 1000;
    const ledger = await connectRemote(dataDir);
    for (const [one, told] of plan) {
      const entries = await recorded(ledger, one.caseNo);
      found.count += entries.filter((e) => e.header.effectiveAt !== undefined).length;
      found.faults.push(...faultsOf(one.caseNo, entries, told));
    }
    await ledger.close();
    await worker.stop();
    await connection.close();
    console.log(`storm: ${plan.size} cases, ${found.count} marks over ${horizon} days in ${seconds.toFixed(0)} s, ${kill ? sleeps : 0} workers killed, wrong firings ${found.faults.length}`);
  });
  await rm(dataDir, { recursive: true, force: true });
  return found;
}

it('every mark of two hundred days fires once, none early, dated by its own instant', async () => {
  const { count, faults } = await storm(many, false);
  expect(faults).toEqual([]);
  expect(count).toBeGreaterThanOrEqual(many);
}, 30 * 60_000);

it('and so it does when the worker is killed after every sleep', async () => {
  const { count, faults } = await storm(few, true);
  expect(faults).toEqual([]);
  expect(count).toBeGreaterThanOrEqual(few);
}, 30 * 60_000);
