/** Time: applied before every command and query, driven by one wake-up, ended by `retire`. On a scaled calendar: a day lasts 25 ms. */
import { describe, expect, it } from 'vitest';
import { Header } from '../../schemas/index.ts';
import { nextDue } from '../../cases/index.ts';
import { caseWorkflowType, caseStartOptions } from '../../workflows/messages.ts';
import { lookAt } from '../../client/look.ts';
import { LiveCase, refusalOf, routeOutAndArchive, scaledPack } from '../support/case.ts';
import { onServer } from '../support/on-server.ts';
import { startTimeSkipping } from '../support/servers.ts';
import { startBench, startWorker, until } from '../support/worker.ts';
import { actor } from '../support/world.ts';

const on = onServer();

describe('time', () => {
  it('is applied to a copy for whoever looks, who sees what a case is at an instant that nobody has woken for', async () => {
    const one = on.newCase({ pack: scaledPack(100) });
    await routeOutAndArchive(one);
    const due = nextDue(await one.look(), one.input.pack) ?? 0;
    const at = (now: number) => lookAt(one.handle, { of: 'state', now });
    expect([(await at(due - 1)).stage, (await at(due)).stage]).toEqual(['archived', 'retired']);
    expect((await lookAt(one.handle, { of: 'view', reader: actor('HUB'), now: due })).stageZh).toContain('封存');
    expect((await one.look()).stage).toBe('archived');
  });

  it('wakes the case at its due instant and not before; what is recorded dates from the instant itself; then it retires', async () => {
    const one = on.newCase({ pack: scaledPack(25) });
    await routeOutAndArchive(one);
    const due = nextDue(await one.look(), one.input.pack);
    expect(await one.handle.result()).toEqual({ caseNo: one.caseNo, ended: 'retired' });
    const headers = (await on.bench.ledger.entries(one.caseNo)).map((e) => Header.parse(JSON.parse(e.header)));
    const retired = headers.find((h) => h.type === 'retire');
    expect(retired?.effectiveAt).toBe(due);
    expect(retired?.at).toBeGreaterThanOrEqual(due ?? Number.POSITIVE_INFINITY);
    // The last act keeps the run's own history, and the entry that says so is the last.
    expect(headers.at(-1)?.type).toBe('keepRun');
    expect(await on.bench.ledger.runs(one.caseNo)).toHaveLength(1);
  });

  it('that has passed while no worker ran is applied before the command that comes after it', async () => {
    const { nativeConnection: connection, namespace } = on.server;
    const taskQueue = `${on.server.taskQueue}-pause`;
    const bench = await startBench({ nativeConnection: connection, namespace, taskQueue });
    const one = new LiveCase({ client: bench.client, taskQueue, pack: scaledPack(25) });
    await routeOutAndArchive(one);
    const due = nextDue(await one.look(), one.input.pack) ?? 0;
    const late = one.envelope('rebound', actor('INTAKE'));
    await bench.worker.stop();
    await until(() => Date.now() > due + 200, 'the due instant');
    const answer = one.send(late);
    const worker = await startWorker({ connection, namespace, taskQueue, ledger: bench.ledger, dataDir: bench.dataDir });
    expect((await refusalOf(answer)).code).toBe('CASE-ENDED');
    await one.handle.result();
    await worker.stop();
    await bench.stop();
  });
});

describe('a workflow that took no case in', () => {
  it('ends by itself after a minute; a refused first command opens nothing', async () => {
    const env = await startTimeSkipping();
    try {
      const bench = await startBench({ nativeConnection: env.nativeConnection, namespace: 'default', taskQueue: 'uncaptured' });
      const one = new LiveCase({ client: bench.client, taskQueue: 'uncaptured' });
      const { workflowIdConflictPolicy: _policy, ...options } = caseStartOptions(one.input, 'uncaptured');
      await bench.client.start(caseWorkflowType, options);
      expect((await refusalOf(one.do('verifyStart', actor('VERIFIER')))).code).toBe('NOT-IN-THIS-STATE');
      // This client lets the minute pass while it waits.
      expect(await env.client.workflow.getHandle(options.workflowId).result()).toEqual({ caseNo: one.caseNo, ended: 'uncaptured' });
      expect(await bench.ledger.head(one.caseNo)).toBeNull();
      await bench.stop();
    } finally {
      await env.teardown();
    }
  });
});
