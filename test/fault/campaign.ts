/** One run: a stack of real processes, eight clients, a nemesis, and the checker at the end. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { Edition, compileCalendar, compilePolicy } from '../../cases/index.ts';
import { type CaseClient, connect } from '../../client/index.ts';
import calendar from '../../data/calendar-cn.json' with { type: 'json' };
import policy from '../../data/policy-default.json' with { type: 'json' };
import { directory } from '../../demo/directory.ts';
import type { Driver } from '../../demo/driver.ts';
import { openLedger, type RemoteLedger } from '../../ledger/index.ts';
import { type Calendar, type Pack, Policy } from '../../schemas/index.ts';
import { startPostgres } from '../../tools/postgres.ts';
import { findTemporalCli } from '../../tools/temporal-server.ts';
import { faultsOf } from './checker.ts';
import { type Dice, diceOf } from './dice.ts';
import { errand } from './errands.ts';
import { allCases, inspect, liveStates } from './inspect.ts';
import { ClientLog } from './log.ts';
import { type FaultKind, type Victims, harass } from './nemesis.ts';
import { type WorkerProcess, temporalProcess, workerProcess } from './processes.ts';
import { repeatingClient } from './repeating.ts';
import { type Report, countsOf, longestWaits } from './report.ts';

/** Progress of the load, as the plan of faults and the end of the load see it. */
export type Progress = { readonly opened: number; readonly done: number; readonly startedAt: number };
export type Plan = {
  seed: number;
  clients: number;
  /** Is another case to be opened? */
  more: (progress: Progress) => boolean;
  faults: Iterable<FaultKind>;
  /** May the next fault fire yet? Asked again and again; `never` ends the nemesis. */
  due: (index: number, progress: Progress) => boolean | 'never';
  onProgress?: (progress: Progress) => void;
  /** Keep the client log and the servers' files also when all is well. */
  keepLog?: boolean;
};
const workers = 2;
/** A civil day in this time, so that reminders and due dates pass by during the run without ending anything. */
const msPerDay = 30_000;
/** Monday 2026-03-02, 09:00 in Shanghai. */
const civilEpoch = Date.UTC(2026, 2, 2, 1);
const lapse = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

type Closing = () => Promise<unknown>;
type Bench = { victims: Victims; clients: CaseClient[]; ledger: RemoteLedger; temporal: Client['workflow']; pack: Pack };

/** Runs a plan. @returns what was found; the log stays on disk only when something was */
export async function campaign(plan: Plan): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'xiaohao-fault-'));
  const log = new ClientLog(join(folder, 'clients.jsonl'));
  const opened: Closing[] = [];
  let report: Report | undefined;
  try {
    report = await run(plan, await open(plan, folder, opened), log);
    return report;
  } finally {
    for (const close of opened.reverse()) await close().catch((error: unknown) => void process.stderr.write(`${String(error)}\n`));
    if (report?.faults.length === 0 && plan.keepLog !== true) await rm(folder, { recursive: true, force: true });
    else process.stderr.write(`${log.file}\n`);
  }
}

async function open({ clients: wanted }: Plan, folder: string, opened: Closing[]): Promise<Bench> {
  const postgres = await startPostgres();
  opened.push(postgres.stop);
  const temporal = await temporalProcess(await findTemporalCli(), folder);
  opened.push(temporal.stop);
  const sealSecret = randomBytes(16).toString('hex');
  const place = { address: temporal.address, databaseUrl: postgres.url, sealSecret };
  const { ledger, pack } = await seeded(place);
  opened.push(ledger.close);
  const all: WorkerProcess[] = Array.from({ length: workers }, (_, i) => workerProcess({ ...place, dataDir: join(folder, `worker-${i + 1}`) }));
  for (const worker of all) opened.push(worker.stop);
  await Promise.all(all.map((worker) => worker.start()));
  const clients = await Promise.all(Array.from({ length: wanted }, () => connect(place)));
  opened.push(() => Promise.all(clients.map((client) => client.close())));
  const connection = await Connection.connect({ address: temporal.address });
  opened.push(() => connection.close());
  return { victims: { workers: all, temporal, postgres }, clients, ledger, temporal: new Client({ connection }).workflow, pack };
}

async function seeded({ databaseUrl, sealSecret }: { databaseUrl: string; sealSecret: string }): Promise<{ ledger: RemoteLedger; pack: Pack }> {
  const pack: Pack = {
    policy: compilePolicy(Policy.omit({ hash: true }).parse(policy)),
    calendar: compileCalendar(Edition.parse(calendar), { realEpoch: Date.now(), civilEpoch, msPerDay }),
  };
  const ledger = await openLedger({ databaseUrl, sealSecret });
  await ledger.importDirectory(directory, Date.now());
  await ledger.savePack(pack, { policy: policy.id, calendar: calendar.id }, Date.now());
  return { ledger, pack };
}

async function run(plan: Plan, bench: Bench, log: ClientLog): Promise<Report> {
  const dice = diceOf(plan.seed);
  const progress = { opened: 0, done: 0, startedAt: Date.now(), loadOver: false };
  const failures: string[] = [];
  const load = Promise.all(bench.clients.map(() => lane(plan, bench, log, progress, failures))).finally(() => (progress.loadOver = true));
  const [fired] = await Promise.all([harass(plan.faults, turns(plan, progress), bench.victims, dice.split('nemesis'), log), load]);
  const found = await examine(bench, log);
  const faults = [...failures, ...faultsOf(log.lines, found)];
  const entries = found.reduce((sum, c) => sum + c.entries.length, 0);
  return { seed: plan.seed, cases: found.length, entries, fired, counts: countsOf(log.lines), longestWaitMs: longestWaits(log.lines), faults, logFile: log.file };
}

type Running = { opened: number; done: number; readonly startedAt: number; loadOver: boolean };

/** Waits for the turn of the next fault; with the load over there is nothing left to hit. */
const turns = ({ due }: Plan, progress: Running) => async (index: number): Promise<boolean> => {
  for (;;) {
    const answer = due(index, progress);
    if (answer === true) return true;
    if (answer === 'never' || progress.loadOver) return false;
    await lapse(20);
  }
};

/** One client: case after case, for as long as the plan wants more. */
async function lane(plan: Plan, { clients, pack }: Bench, log: ClientLog, progress: Running, failures: string[]): Promise<void> {
  while (plan.more(progress)) {
    progress.opened += 1;
    const key = `K${progress.opened}`;
    const dice = diceOf(plan.seed).split(key);
    const client = repeatingClient({ clients, dice: dice.split('copies'), log, key });
    await errand(driverOf(client, pack.calendar), key, dice).catch((error: unknown) => failures.push(`${key}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`));
    progress.done += 1;
    plan.onProgress?.(progress);
  }
}

const driverOf = (client: CaseClient, of: Calendar): Driver => ({
  client,
  calendar: of,
  now: Date.now,
  waitUntil: (instant) => lapse(Math.max(0, instant - Date.now()) + 5),
  note: () => undefined,
});

/**
 * Everything comes to rest, what was accepted last and is on its way to the ledger too; then the workers are killed once more, so that
 * what is asked next has to be replayed. @throws when an accepted case does not get there
 */
async function examine({ victims, ledger, temporal }: Bench, log: ClientLog): ReturnType<typeof inspect> {
  await liveStates({ ledger, temporal }, log.accepted());
  const cases = await allCases(ledger);
  const live = await liveStates({ ledger, temporal }, cases);
  await Promise.all(victims.workers.map((worker) => worker.kill9()));
  await Promise.all(victims.workers.map((worker) => worker.start()));
  const again = await liveStates({ ledger, temporal }, cases);
  return inspect({ ledger, temporal }, live, again);
}

/** Fault number `index` of `count` fires when this share of the cases is done: early ones too, none after the load. */
export function sharesOf(count: number, dice: Dice): number[] {
  return Array.from({ length: count }, () => dice.next() * 0.85).sort((a, b) => a - b);
}
