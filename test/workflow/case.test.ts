import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../ledger/index.ts';
import { caseSearchAttributes } from '../../workflows/messages.ts';
import { LiveCase, refusalOf } from '../support/case.ts';
import { withDevServer } from '../support/servers.ts';
import { type Bench, quiet, startBench, until } from '../support/worker.ts';
import { actor } from '../support/world.ts';

quiet();
const server = withDevServer({ ownNamespace: true, searchAttributes: caseSearchAttributes });
let bench: Bench;
beforeAll(async () => {
  bench = await startBench(server);
});
afterAll(() => bench.stop());
const newCase = (): LiveCase => new LiveCase({ client: bench.client, taskQueue: server.taskQueue });

describe('a case on a real server', () => {
  it('is captured, refuses a stranger by code, and drains into the ledger', async () => {
    const one = newCase();
    const { receipt, view, recorded } = await one.open();
    expect([receipt?.seq, view.stage, recorded]).toEqual([1, 'captured', false]);
    expect((await refusalOf(one.do('verifyStart', actor('INTAKE')))).code).toBe('ROLE-NOT-ALLOWED');
    await one.do('verifyStart', actor('VERIFIER'));
    const head = await until(async () => ((await bench.ledger.head(one.caseNo))?.seq === 2 ? bench.ledger.head(one.caseNo) : null), 'two entries');
    expect(head.seq).toBe(2);
    expect((await bench.ledger.problem(one.caseNo))?.stage).toBe('verifying');
    const [refusal] = await bench.ledger.refusals({ case: one.caseNo });
    expect(refusal).toMatchObject({ code: 'ROLE-NOT-ALLOWED', by: 'validator', person: 'INTAKE-1', count: 1 });
    expect(verifyChain(await bench.ledger.entries(one.caseNo))).toMatchObject({ ok: true });
  });
});
