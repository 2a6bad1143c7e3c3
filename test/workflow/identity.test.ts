/** Identity of a command: its id and its fingerprint. */
import { describe, expect, it } from 'vitest';
import { caseWorkflowId, commandUpdate, renewSignal } from '../../workflows/messages.ts';
import { type LiveCase, freshCaseNo, refusalOf, routeOutAndArchive, scaledPack, sealed } from '../support/case.ts';
import { secret } from '../support/ledger.ts';
import { onServer } from '../support/on-server.ts';
import { until } from '../support/worker.ts';
import { actor } from '../support/world.ts';

const on = onServer();

/** A new run of the case has begun. */
async function renewed(one: LiveCase): Promise<void> {
  const before = await one.runId();
  await one.handle.signal(renewSignal);
  await until(async () => (await one.runId()) !== before, 'a new run');
}

describe('the same command again', () => {
  it('with the same body gives the same receipt, and nothing steps', async () => {
    const one = on.newCase();
    await one.open();
    const env = one.envelope('verifyStart', actor('VERIFIER'));
    const first = await one.send(env);
    await one.do('confirmValid', actor('VERIFIER'));
    const again = await one.send(env);
    expect(again.receipt).toEqual(first.receipt);
    expect((await one.look()).seq).toBe(3);
  });

  it("sealed anew, or past the server's own memory of the Update, still gives that receipt", async () => {
    const one = on.newCase();
    await one.open();
    const env = one.envelope('verifyStart', actor('VERIFIER'));
    const first = await one.send(env);
    const anew = sealed(one.caseNo, env, secret, Date.now() + 900_000);
    const again = await one.handle.executeUpdate(commandUpdate, { args: [anew], updateId: 'another-update-id' });
    expect(again.receipt).toEqual(first.receipt);
    expect(again.view.stage).toBe('verifying');
  });

  it('with another body is COMMAND-ID-REUSED, before and after a new run', async () => {
    const one = on.newCase();
    await one.open();
    const env = one.envelope('verifyStart', actor('VERIFIER'));
    await one.send(env);
    const other = one.envelope('verifyStart', actor('VERIFIER', 2), { commandId: env.commandId });
    expect((await refusalOf(one.send(other))).code).toBe('COMMAND-ID-REUSED');
    await renewed(one);
    expect((await refusalOf(one.send(other))).code).toBe('COMMAND-ID-REUSED');
  });

  it('gives the same receipt after continue-as-new', async () => {
    const one = on.newCase();
    const captured = one.envelope('capture', actor('INTAKE'));
    const first = await one.openWith(captured);
    await renewed(one);
    expect((await one.send(captured)).receipt).toEqual(first.receipt);
    expect((await one.openWith(captured)).receipt).toEqual(first.receipt);
    await until(async () => (await one.look()).seq === 2, 'the note about the run');
  });

  it('is accepted in every stage, also of an archived case, and says that it is recorded', async () => {
    const one = on.newCase({ pack: scaledPack(200) });
    const captured = one.envelope('capture', actor('INTAKE'));
    const first = await one.openWith(captured);
    await routeOutAndArchive(one, false);
    const { stage, seq } = await one.look();
    expect(stage).toBe('archived');
    await until(async () => (await on.bench.ledger.head(one.caseNo))?.seq === seq, 'the record');
    // Under an id that the server does not know, the case itself answers.
    const again = await one.handle.executeUpdate(commandUpdate, { args: [captured], updateId: 'asked-again' });
    expect(again).toMatchObject({ receipt: first.receipt, recorded: true, view: { stage: 'archived' } });
    expect((await refusalOf(one.do('verifyStart', actor('VERIFIER')))).code).toBe('NOT-IN-THIS-STATE');
  });

  it('after the end finds its receipt in the ledger, and a number is never started again', async () => {
    const one = on.newCase({ pack: scaledPack(25) });
    await routeOutAndArchive(one);
    const { commands } = await one.look();
    expect(await one.handle.result()).toEqual({ caseNo: one.caseNo, ended: 'retired' });
    for (const [commandId, { fingerprint, seq }] of Object.entries(commands))
      expect(await on.bench.ledger.recall(one.caseNo, commandId)).toMatchObject({ fingerprint, seq });
    const again = await one.open(actor('INTAKE'), { commandId: 'c-another' }).then(
      () => 'started',
      (error: Error) => error.name,
    );
    expect(again).toBe('WorkflowExecutionAlreadyStartedError');
    expect((await on.bench.client.getHandle(caseWorkflowId(one.caseNo)).describe()).status.name).toBe('COMPLETED');
  });
});

describe('a refusal', () => {
  it('is not remembered: tried again later, the same command may pass', async () => {
    const one = on.newCase();
    await one.open();
    const env = one.envelope('confirmValid', actor('VERIFIER'));
    expect((await refusalOf(one.send(env))).code).toBe('NOT-IN-THIS-STATE');
    await one.do('verifyStart', actor('VERIFIER'));
    expect((await one.send(env)).receipt?.seq).toBe(3);
  });

  it('of a stale revision names the present one', async () => {
    const one = on.newCase();
    await one.open();
    const { code, en } = await refusalOf(one.do('verifyStart', actor('VERIFIER'), { expectedRevision: 7 }));
    expect([code, en]).toEqual(['STALE-REVISION', expect.stringContaining('1')]);
  });

  it('of an expired seal, and of what is no envelope at all, is BAD-INPUT with its field', async () => {
    const one = on.newCase();
    await one.open();
    expect(await refusalOf(one.do('verifyStart', actor('VERIFIER'), { expiresAt: Date.now() - 1000 }))).toMatchObject({
      code: 'BAD-INPUT',
      field: 'seal.expiresAt',
    });
    const raw = (args: unknown) => one.handle.executeUpdate('command', { args: [args] });
    expect((await refusalOf(raw({ type: 'xstate.after.1000' }))).code).toBe('BAD-INPUT');
    expect((await refusalOf(raw(null))).code).toBe('BAD-INPUT');
    expect((await one.look()).seq).toBe(1);
  });

  it('of a command to another case than it was made for changes neither', async () => {
    const [one, other] = [on.newCase(), on.newCase({ caseNo: freshCaseNo() })];
    await Promise.all([one.open(), other.open()]);
    expect(await refusalOf(other.send(one.envelope('verifyStart', actor('VERIFIER'))))).toMatchObject({
      code: 'BAD-INPUT',
      field: 'fingerprint',
    });
  });
});
