/** Real processes, killed at the worst moment: the ledger has committed, and Temporal does not know it yet. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection, WorkflowClient } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectRemote, verifyChain } from '../../ledger/index.ts';
import { Body, Header, type Envelope } from '../../schemas/index.ts';
import { refold } from '../../cases/index.ts';
import { type DevServer, findTemporalCli, startDevServer } from '../../tools/temporal-server.ts';
import { caseSearchAttributes } from '../../workflows/messages.ts';
import { LiveCase } from '../support/case.ts';
import { temporaryDataDir } from '../support/ledger.ts';
import { startWorkerProcess } from '../support/worker-process.ts';
import { until } from '../support/worker.ts';
import { actor } from '../support/world.ts';

let dataDir: string;
let server: DevServer;
let seam: string;
const start = async (port?: number): Promise<DevServer> =>
  startDevServer({
    cli: await findTemporalCli(),
    dbFile: join(dataDir, 'temporal.db'),
    searchAttributes: caseSearchAttributes,
    ...(port === undefined ? {} : { port }),
  });

beforeAll(async () => {
  dataDir = await temporaryDataDir();
  seam = join(dataDir, 'seam');
  server = await start();
});
afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** As a client does: the same command again until its outcome is known. */
const insist = (one: LiveCase, env: Envelope) => until(() => one.send(env).catch(() => null), 'the answer');

describe('just after the append', () => {
  it.each(['the worker', 'the worker and the Temporal server'])(
    '%s killed: state and ledger agree, the repeat is byte-identical, and nothing is recorded that was not accepted',
    async (who) => {
      const taskQueue = `kill-${who.length}`;
      const first = await startWorkerProcess(server.address, taskQueue, dataDir, seam);
      const connection = await Connection.connect({ address: server.address });
      const one = new LiveCase({ client: new WorkflowClient({ connection }), taskQueue });
      await one.open();
      await until(() => ledgerSeq(one, 1), 'the first entry');
      await one.look();
      const env = one.envelope('verifyStart', actor('VERIFIER'));
      await writeFile(seam, who === 'the worker' ? '' : `${server.pid}\n`);
      const answered = one.send(env).catch(() => null);
      await first.ended;
      await rm(seam);
      if (who !== 'the worker') {
        const { port } = server;
        await server.kill9();
        server = await start(port);
      }
      const second = await startWorkerProcess(server.address, taskQueue, dataDir, seam);
      const told = [await answered, await insist(one, env)].filter((answer) => answer !== null);
      for (const answer of told) expect(answer.receipt).toMatchObject({ seq: 2, outcome: 'done' });
      await one.do('confirmValid', actor('VERIFIER'));
      await until(() => ledgerSeq(one, 3), 'the third entry');
      await agree(one);
      const repeats = [...first.lines, ...second.lines].filter((line) => line.startsWith(`append ${one.caseNo} 2 `));
      expect(repeats).toHaveLength(2);
      expect(new Set(repeats).size).toBe(1);
      await second.stop();
      await connection.close();
    },
  );
});

const ledgerSeq = async (one: LiveCase, seq: number): Promise<boolean> => {
  const ledger = await connectRemote(dataDir);
  const head = await ledger.head(one.caseNo).finally(() => ledger.close());
  return head?.seq === seq;
};

/** Live, recorded and refolded are one; every recorded command is one that the case knows. */
async function agree(one: LiveCase): Promise<void> {
  const ledger = await connectRemote(dataDir);
  const entries = await ledger.entries(one.caseNo).finally(() => ledger.close());
  const state = await one.look();
  expect(verifyChain(entries)).toMatchObject({ ok: true, head: { seq: state.seq } });
  const recorded = entries.map((e) => ({ header: Header.parse(JSON.parse(e.header)), body: Body.parse(JSON.parse(e.body)) }));
  expect(refold(recorded, one.input.pack)).toMatchObject({ divergence: null, state });
  expect(recorded.flatMap(({ header }) => header.commandId ?? [])).toEqual(Object.keys(state.commands));
  expect(state.halted).toBeNull();
}
