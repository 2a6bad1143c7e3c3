/** Refusals: refused before anything happens, on record, and without history. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importLateRefusals } from '../../worker/refusals.ts';
import { refusalOf } from '../support/case.ts';
import { onServer } from '../support/on-server.ts';
import { Gate, until } from '../support/worker.ts';
import { actor } from '../support/world.ts';

const gate = new Gate();
// A task that a busy machine takes up late is given to another queue, and that is an event: here only refusals are counted.
const on = onServer({ wrap: gate.wrap, stickyQueueScheduleToStartTimeout: 30_000 });

describe('a refusal', () => {
  it('500 in a row leave no event on an idle cached case, and are on record once for each cause, counted', async () => {
    const one = on.newCase();
    await one.open();
    const before = await one.idle();
    const causes = [
      one.envelope('confirmValid', actor('VERIFIER')),
      one.envelope('verifyStart', actor('INTAKE')),
      one.envelope('retire', actor('HUB')),
      one.envelope('verifyStart', actor('VERIFIER'), { expectedRevision: 9 }),
    ];
    const codes = ['NOT-IN-THIS-STATE', 'ROLE-NOT-ALLOWED', 'SYS-ONLY', 'STALE-REVISION'];
    const refuseSome = async (env: (typeof causes)[number], code: string): Promise<void> => {
      for (let n = 0; n < 125; n += 1) expect((await refusalOf(one.send(env))).code).toBe(code);
    };
    await Promise.all(causes.map((env, n) => refuseSome(env, codes[n] ?? '')));
    const { events } = await one.handle.fetchHistory();
    expect(events?.slice(before).map((event) => event.eventType)).toEqual([]);
    const rows = await on.bench.ledger.refusals({ case: one.caseNo });
    expect(
      rows.map(({ code, count, by, revision }) => ({ code, count, by, revision })).sort((a, b) => a.code.localeCompare(b.code)),
    ).toEqual(codes.toSorted((a, b) => a.localeCompare(b)).map((code) => ({ code, count: 125, by: 'validator', revision: 1 })));
    expect((await one.look()).seq).toBe(1);
  });

  it('names the rule, in both languages, and who could do it; it carries no body on record', async () => {
    const one = on.newCase();
    await one.open();
    const refusal = await refusalOf(one.do('verifyStart', actor('INTAKE')));
    expect(refusal).toMatchObject({ code: 'ROLE-NOT-ALLOWED', who: ['VERIFIER'] });
    expect(refusal.zh).toMatch(/[\u4e00-\u9fff]/);
    const [row] = await on.bench.ledger.refusals({ case: one.caseNo });
    expect(Object.keys(row ?? {}).sort()).toEqual([
      'at',
      'by',
      'case',
      'code',
      'commandId',
      'count',
      'fingerprint',
      'lastAt',
      'person',
      'revision',
      'role',
      'type',
      'unit',
    ]);
  });

  it('of what is no envelope is on record too', async () => {
    const one = on.newCase();
    await one.open();
    await refusalOf(one.handle.executeUpdate('command', { args: [{ type: 'closeNow', commandId: 'x-1', actor: { person: 'MALLORY' } }] }));
    expect(await on.bench.ledger.refusals({ case: one.caseNo })).toMatchObject([
      { code: 'BAD-INPUT', type: 'closeNow', commandId: 'x-1', person: 'MALLORY' },
    ]);
  });

  it('leaves in time when the ledger hangs or refuses, is kept in a synced file, and is imported once', async () => {
    const one = on.newCase();
    await one.open();
    const folder = on.bench.dataDir;
    await until(async () => (await on.bench.ledger.head(one.caseNo))?.seq === 1, 'the first entry');
    for (const mode of ['hang', 'refuse'] as const) {
      gate.mode = mode;
      const asked = Date.now();
      expect((await refusalOf(one.do('confirmValid', actor('VERIFIER'), { commandId: `late-${mode}` }))).code).toBe('NOT-IN-THIS-STATE');
      // Half a second for the ledger; the rest is a busy machine's.
      expect(Date.now() - asked).toBeLessThan(5000);
    }
    expect(await on.bench.ledger.refusals({ case: one.caseNo })).toEqual([]);
    expect((await readFile(join(folder, 'refusals-late.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(2);
    gate.open();
    expect(await importLateRefusals(on.bench.ledger, folder)).toBe(2);
    expect(await importLateRefusals(on.bench.ledger, folder)).toBe(0);
    const rows = await on.bench.ledger.refusals({ case: one.caseNo });
    expect(Object.fromEntries(rows.map(({ commandId, count }) => [commandId, count]))).toEqual({ 'late-hang': 1, 'late-refuse': 1 });
    expect((await readdir(folder)).filter((name) => name.startsWith('refusals-late'))).toEqual([]);
  });
});
