/** 承接台账 on a real server: one item of another ledger, from the stage in which it enters to closed. */
import { describe, expect, it } from 'vitest';
import { refold } from '../../cases/index.ts';
import { verifyChain } from '../../ledger/index.ts';
import { Body, Header } from '../../schemas/index.ts';
import { renewSignal } from '../../workflows/messages.ts';
import { type LiveCase, refusalOf } from '../support/case.ts';
import { captureOf, itemOf } from '../support/imported.ts';
import { onServer } from '../support/on-server.ts';
import { until } from '../support/worker.ts';
import { actor } from '../support/world.ts';

const on = onServer();
const intake = actor('INTAKE');
const codeOf = async (answer: Promise<unknown>): Promise<string> => (await refusalOf(answer)).code;

async function worked(one: LiveCase): Promise<void> {
  for (const task of (await one.look()).tasks) {
    const owner = { ...actor('UO'), person: task.owner };
    await one.do('startTask', owner, { payload: { taskId: task.taskId } });
    await one.do('submitTaskProof', owner);
    await one.do('closeTask', actor('LEAD'), { payload: { taskId: task.taskId } });
    await one.approve(actor('SUP'));
  }
  await one.do('reportDone', actor('UO'));
  await one.approve(actor('UL'));
}

async function checked(one: LiveCase): Promise<void> {
  await one.do('acceptApplication', intake);
  await one.do('passPrelim', actor('SUP', 2));
  await one.do('startReinspection', actor('IL'));
  await one.do('reinspectionPass', actor('IL'));
}

describe('an item of another ledger', () => {
  it('goes its way from 立行立改 to 已销号, through a new run, and refolds from the ledger', async () => {
    const one = on.newCase();
    const answer = await one.open(intake, { payload: captureOf(itemOf(one.world, { stage: 'immediate', dueIn: -10 })) });
    expect([answer.receipt?.seq, answer.view.stage, answer.view.overdue, answer.view.imported?.originalNo]).toEqual([1, 'immediate', true, '17']);
    await worked(one);
    const before = await one.runId();
    await one.handle.signal(renewSignal);
    await until(async () => (await one.runId()) !== before, 'a new run');
    await checked(one);
    expect(await codeOf(one.do('signClosure', actor('HUB')))).toBe('VERIFY-RECORD-MISSING');
    await one.do('confirmValid', actor('VERIFIER'));
    expect(await codeOf(one.do('signClosure', actor('HUB')))).toBe('NOT-RATIFIED');
    await one.approve(actor('HUB'));
    await one.do('signClosure', actor('HUB'));
    const state = await one.look();
    expect([state.stage, state.application?.onTime]).toEqual(['closed', false]);
    await until(async () => (await on.bench.ledger.head(one.caseNo))?.seq === state.seq, 'all entries');
    const entries = await on.bench.ledger.entries(one.caseNo);
    expect(verifyChain(entries)).toMatchObject({ ok: true });
    const recorded = entries.map((e) => ({ header: Header.parse(JSON.parse(e.header)), body: Body.parse(JSON.parse(e.body)) }));
    expect(recorded.slice(0, 2).map((e) => e.header.type)).toEqual(['capture', 'takenOver']);
    expect(refold(recorded, one.input.pack)).toMatchObject({ divergence: null, state });
    expect(await on.bench.ledger.problem(one.caseNo)).toMatchObject({ stage: 'closed', imported: { originalNo: '17' }, extensions: 0, grantedDue: null });
  });

  it('that is refused opens nothing, and the same command may be sent again once it is put right', async () => {
    const one = on.newCase();
    const item = itemOf(one.world, { stage: 'immediate' });
    expect(await codeOf(one.open(intake, { payload: captureOf({ ...item, due: '2026-02-30' }), commandId: 'import:17' }))).toBe('BAD-INPUT');
    expect(await on.bench.ledger.head(one.caseNo)).toBeNull();
    const sent = { payload: captureOf(item), commandId: 'import:17' };
    const first = await one.open(intake, sent);
    const again = await one.do('capture', intake, sent);
    expect(again.receipt).toEqual(first.receipt);
    expect(Object.keys((await one.look()).commands)).toEqual(['import:17']);
  });
});
