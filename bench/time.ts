/** Time: due dates a second, cases with deadlines a second, what falls due at one instant, a year of waiting. */
import type { WorkflowClient } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { Edition, compileCalendar, deadlinesOf, dueBy, toCivil, toInstant } from '../cases/index.ts';
import edition from '../data/calendar-cn-2024-2026.json' with { type: 'json' };
import { type Amount, Header, type Pack } from '../schemas/index.ts';
import { LiveCase } from '../test/support/case.ts';
import { captureOf, itemOf } from '../test/support/imported.ts';
import { type Bench, startBench, until } from '../test/support/worker.ts';
import { actor, day, pack as worldPack } from '../test/support/world.ts';
import type { Row } from './row.ts';

const taskQueue = 'bench-time';
const calendar = compileCalendar(Edition.parse(edition));

/** Random limits from random instants of three years. */
export async function dueDates(): Promise<Row[]> {
  const limits: Amount[] = [{ amount: 1, unit: 'wd' }, { amount: 15, unit: 'wd' }, { amount: 0.5, unit: 'wd' }, { amount: 30, unit: 'd' }, { amount: 2, unit: 'h' }];
  const from = Date.UTC(2024, 0, 1);
  const began = process.cpuUsage();
  const count = 200_000;
  for (let n = 0; n < count; n += 1) dueBy(calendar, from + ((n * 7_919_993) % (1000 * day)), limits[n % limits.length] as Amount);
  const { user, system } = process.cpuUsage(began);
  return [{ zh: '到期日计算', question: 'due dates a second of CPU', measured: (count * 1e6) / (user + system), unit: '/s' }];
}

/** A calendar whose civil day lasts so many real milliseconds, and which stands at ten in the morning now. */
const scaled = (msPerDay: number): Pack => ({ ...worldPack, calendar: compileCalendar(Edition.parse(edition), { realEpoch: Date.now(), civilEpoch: Date.UTC(2026, 2, 2, 2), msPerDay }) });

export async function timeOnServer(address: string): Promise<Row[]> {
  const connection = await NativeConnection.connect({ address });
  const bench = await startBench({ nativeConnection: connection, namespace: 'default', taskQueue });
  try {
    return [...(await started(bench)), ...(await atRates(bench)), ...(await oneYear(bench))];
  } finally {
    await bench.stop();
    await connection.close();
  }
}

/** An open item with so many tasks, all due on the day on which the whole is due. */
async function takenOver(client: WorkflowClient, { pack, tasks, dueIn }: { pack: Pack; tasks: number; dueIn: number }): Promise<LiveCase> {
  const one = new LiveCase({ client, taskQueue, pack });
  const item = itemOf(one.world, { stage: 'rectifying', dueIn });
  await one.open(actor('INTAKE'), { payload: captureOf({ ...item, tasks: Array.from({ length: tasks }, (_, n) => ({ measure: `措施${n}`, owner: 'UO-1@U1', due: item.due ?? '' })) }) });
  return one;
}

async function inParallel<T>(count: number, atOnce: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  const lane = async (): Promise<void> => {
    while (made.length < count) made.push(await make());
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return made;
}

async function started({ client }: Bench): Promise<Row[]> {
  const began = performance.now();
  const cases = await inParallel(120, 8, () => takenOver(client, { pack: worldPack, tasks: 1, dueIn: 60 }));
  const seconds = (performance.now() - began) / 1000;
  const [first] = cases;
  const deadlines = first ? deadlinesOf(await first.look(), worldPack).length : 0;
  return [{ zh: '带期限立案', question: `cases a second, each with ${deadlines} deadlines`, measured: cases.length / seconds, unit: '/s', note: 'eight clients, PGlite' }];
}

/** The same midnight for few and for many: how far behind a worker falls as more falls due at once. A day is long enough to open the cases in. */
async function atRates(bench: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [marks, msPerDay] of [[250, 15_000], [1000, 30_000], [2000, 60_000]] as const) rows.push(...(await atOneInstant(bench, marks, msPerDay)));
  return rows;
}

/** Every case has one total and seven tasks due at the same midnight: eight marks each. */
async function atOneInstant({ client, ledger }: Bench, marks: number, msPerDay: number): Promise<Row[]> {
  const pack = scaled(msPerDay);
  const cases = await inParallel(marks / 8, 8, () => takenOver(client, { pack, tasks: 7, dueIn: 2 }));
  const instant = toInstant(pack.calendar, toCivil(pack.calendar, cases[0]?.world.at ?? 0).day + 3, 0);
  const lags: number[] = [];
  let [exact, found] = [0, 0];
  for (const one of cases) {
    const headers = await until(async () => {
      const all = (await ledger.entries(one.caseNo, { limit: 500 })).map((e) => Header.parse(JSON.parse(e.header)));
      const due8 = all.filter((h) => h.effectiveAt !== undefined && Math.abs(h.effectiveAt - instant) < 1000 && ['fallBehind', 'fallOverdue'].includes(h.type));
      return due8.length >= 8 ? due8 : null;
    }, 'the marks', 240_000);
    lags.push(...headers.slice(0, 8).map((h) => h.at - (h.effectiveAt ?? 0)));
    exact += headers.filter((h) => h.effectiveAt === instant).length;
    found += headers.length;
  }
  const [longest, total] = [Math.max(...lags), lags.length];
  lags.sort((a, b) => a - b);
  return [
    { zh: '同一瞬间到期', question: `${total} marks of ${cases.length} cases in one instant: dated by it`, measured: exact / found, unit: '', aim: { atLeast: 1 } },
    { zh: '处理滞后', question: `of ${total} at once, until half of them were recorded`, measured: lags[Math.floor(total / 2)] ?? 0, unit: 'ms', note: `the last after ${longest} ms` },
    { zh: '处理速度', question: `of ${total} at once, marks a second from first to last`, measured: (total * 1000) / Math.max(1, longest - (lags[0] ?? 0)), unit: '/s' },
  ];
}

/** A case that nobody touches, from its taking over to long after its due date. */
async function oneYear({ client }: Bench): Promise<Row[]> {
  const pack = scaled(25);
  const one = await takenOver(client, { pack, tasks: 3, dueIn: 180 });
  const before = await one.events();
  await new Promise((resolve) => setTimeout(resolve, 365 * 25));
  const events = (await one.idle()) - before;
  return [{ zh: '闲置一年的事件', question: 'history events of a year in which nobody does anything', measured: events, unit: '', note: 'a total of 180 days, three tasks, progress reports due' }];
}
