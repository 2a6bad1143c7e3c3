/** The drain: everything accepted reaches the ledger, in order, whatever the ledger does meanwhile. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { verifyChain } from '../../ledger/index.ts';
import { type LiveCase, refusalOf } from '../support/case.ts';
import { draftOf, batchOf } from '../support/ledger.ts';
import { onServer } from '../support/on-server.ts';
import { Gate, until } from '../support/worker.ts';
import { actor } from '../support/world.ts';

const gate = new Gate();
const on = onServer({ wrap: gate.wrap });
afterEach(() => gate.open());

const recorded = (one: LiveCase, seq: number): Promise<unknown> =>
  until(async () => (await on.bench.ledger.head(one.caseNo))?.seq === seq, `${seq} entries`);

describe('the drain', () => {
  it("sends at most fifty entries at once, in order, with the board of each batch's own end", async () => {
    const one = on.newCase();
    await one.open();
    await recorded(one, 1);
    gate.mode = 'hang';
    await one.instruct(130);
    gate.sent.length = 0;
    gate.open();
    await recorded(one, 131);
    expect(gate.sent.map((batch) => batch.entries.length).every((n) => n <= 50)).toBe(true);
    expect(gate.sent.flatMap((batch) => batch.entries.map((e) => e.seq))).toEqual(Array.from({ length: 130 }, (_, n) => n + 2));
    expect(gate.sent.map((batch) => batch.board.seq)).toEqual(gate.sent.map((batch) => batch.entries.at(-1)?.seq));
    expect(verifyChain(await on.bench.ledger.entries(one.caseNo, { limit: 1000 }))).toMatchObject({ ok: true, head: { seq: 131 } });
  });

  it('refuses commands with LEDGER-BEHIND above 512 KB, answers what it knows, and takes more when the ledger is back', async () => {
    const one = on.newCase();
    await one.open();
    await recorded(one, 1);
    gate.mode = 'refuse';
    const known = one.envelope('verifyStart', actor('VERIFIER'));
    const first = await one.send(known);
    const full = await until(
      () =>
        one.instruct(1, { text: '督'.repeat(3000) }).then(
          () => null,
          (error: unknown) => error,
        ),
      'LEDGER-BEHIND',
    );
    expect(await refusalOf(Promise.reject(full))).toMatchObject({ code: 'LEDGER-BEHIND' });
    expect((await one.handle.executeUpdate('command', { args: [known], updateId: 'again' })) as unknown).toMatchObject({
      receipt: first.receipt,
    });
    const { seq } = await one.look();
    gate.open();
    await recorded(one, seq);
    await one.do('confirmValid', actor('VERIFIER'));
    await recorded(one, seq + 1);
  });
});

describe('a case is stopped, with an alarm,', () => {
  const alarms = async (): Promise<string> => readFile(join(on.bench.dataDir, 'alarms.jsonl'), 'utf8');

  it('by LEDGER-FORK when the ledger holds other bytes: no more commands, known receipts still answered', async () => {
    const one = on.newCase();
    const captured = one.envelope('capture', actor('INTAKE'));
    const { receipt } = await one.openWith(captured);
    await recorded(one, 1);
    await on.bench.ledger.append(batchOf([draftOf({ case: one.caseNo, seq: 2, commandId: 'of-somebody-else' })]));
    await one.do('verifyStart', actor('VERIFIER'));
    await until(async () => (await one.look()).halted?.code === 'LEDGER-FORK', 'the stop');
    expect((await refusalOf(one.do('confirmValid', actor('VERIFIER')))).code).toBe('CASE-HALTED');
    const again = (await one.handle.executeUpdate('command', { args: [captured], updateId: 'again' })) as unknown;
    expect(again).toMatchObject({ receipt, view: { halted: 'LEDGER-FORK' } });
    expect(await alarms()).toContain(`"code":"LEDGER-FORK","case":"${one.caseNo}"`);
    expect((await on.bench.ledger.head(one.caseNo))?.seq).toBe(2);
  });

  it('by ACTOR-FORGED when the seal on an actor is false', async () => {
    const one = on.newCase();
    await one.open();
    await recorded(one, 1);
    await one.do('verifyStart', actor('VERIFIER'), { secret: 'not the secret of the edge' });
    await until(async () => (await one.look()).halted?.code === 'ACTOR-FORGED', 'the stop');
    expect((await refusalOf(one.do('confirmValid', actor('VERIFIER')))).code).toBe('CASE-HALTED');
    expect(await alarms()).toContain(`"code":"ACTOR-FORGED","case":"${one.caseNo}"`);
    expect((await on.bench.ledger.head(one.caseNo))?.seq).toBe(1);
  });
});
