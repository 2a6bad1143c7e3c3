/** `npm run bench [-- --json]`: one table, what was aimed at beside what was measured. Nothing here fails for being slow. */
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createProgress } from '../tools/say.ts';
import { findTemporalCli, startDevServer } from '../tools/temporal-server.ts';
import { caseSearchAttributes } from '../workflows/messages.ts';
import { eventsOfCommands } from './events.ts';
import { importFile } from './import.ts';
import { idleCases } from './idle.ts';
import { refoldEntries } from './refold.ts';
import { type Row, tableOf } from './row.ts';
import { startArguments } from './size.ts';
import { throughput } from './throughput.ts';
import { dueDates, timeOnServer } from './time.ts';

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });
const json = process.argv.includes('--json');
const screen = createProgress();
const rows: Row[] = [];
const ask = async (what: string, bench: () => Promise<Row[]>): Promise<void> => {
  screen.step(what);
  rows.push(...(await bench()));
  screen.done(what);
};

// First, while the heap is small and nothing else runs here.
await ask('空闲案件 · idle cases', idleCases);
await ask('重放 · refold', refoldEntries);
await ask('到期日 · due dates', dueDates);
await ask('案件大小 · size of a case', startArguments);
const server = await startDevServer({ cli: await findTemporalCli({ progress: screen }), searchAttributes: caseSearchAttributes });
try {
  await ask('历史事件 · history events', () => eventsOfCommands(server.address));
  await ask('计时 · time', () => timeOnServer(server.address));
  await ask('吞吐 · throughput', () => throughput(server.address));
} finally {
  await server.stop();
}
await ask('导入 · import', importFile);
process.stdout.write(`${json ? JSON.stringify(rows) : tableOf(rows)}\n`);
