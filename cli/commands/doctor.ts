import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from '@temporalio/client';
import type { Command } from 'commander';
import { currentVersion, dateAt } from '../../cases/index.ts';
import type { Calendar } from '../../schemas/index.ts';
import { cacheDir } from '../../tools/cache.ts';
import { whichProgram } from '../../tools/run-child.ts';
import { cliVersion } from '../../tools/temporal-cli.ts';
import { missingOf } from '../../tools/temporal-server.ts';
import { both, help, say } from '../messages.ts';
import { checkAnswers, openLedgerToRead, reach, type Place } from '../place.ts';
import { caseSearchAttributes, countNotices, readRunning } from '../../client/index.ts';
import { table } from '../table.ts';
import { using, type Act, type Run } from './context.ts';

/** One thing looked at. `missing` is what should be there and is not; a note is neither good nor bad. */
export type Finding = { what: string; zh: string; status: 'found' | 'missing' | 'note'; detail: string };
const marks = { found: '有 found', missing: '缺 missing', note: '注 note' } as const;

export function addDoctor(program: Command, act: (command: Command) => Act): void {
  const doctor = program.command('doctor').description(both(help.doctor));
  doctor.action(() =>
    act(doctor)(async (run) => {
      const findings = await examine(run);
      if (findings.some((f) => f.status === 'missing')) process.exitCode = 1;
      return { json: { findings }, text: table(['', '检查 check', '', '结果 result'], findings.map((f) => [marks[f.status], f.zh, f.what, f.detail])) };
    }),
  );
}

/** Looks, downloads nothing and starts nothing. */
export async function examine({ place, env, now }: Pick<Run, 'place' | 'env' | 'now'>): Promise<Finding[]> {
  return [
    { what: 'Node.js', zh: '运行环境', status: 'found', detail: process.versions.node },
    { what: 'machine', zh: '规则版本', status: 'found', detail: currentVersion },
    await serverProgram(env),
    await stack(place),
    ...(await namespaceFinding(place)),
    ...(await ledgerFindings(place, now())),
    { what: 'notices', zh: '通知', status: 'note', detail: say('noticesFound', await countNotices(place.dataDir)) },
  ];
}

async function serverProgram(env: NodeJS.ProcessEnv): Promise<Finding> {
  const frame = { what: 'Temporal', zh: 'Temporal 服务程序' };
  const address = env['TEMPORAL_ADDRESS'];
  if (address) return { ...frame, ...(await answers(address)) };
  const places = [env['TEMPORAL_CLI'], await whichProgram('temporal', env), ...['temporal-sdk-1.24.0', `temporal-${cliVersion}`].map((name) => join(cacheDir(env), 'bin', name))];
  for (const path of places) if (path && (await exists(path))) return { ...frame, status: 'found', detail: path };
  return { ...frame, status: 'missing', detail: 'npm run setup 会下载或编译 · npm run setup downloads or compiles it' };
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

async function answers(address: string): Promise<Pick<Finding, 'status' | 'detail'>> {
  try {
    await checkAnswers(address);
    return { status: 'found', detail: `TEMPORAL_ADDRESS ${address}` };
  } catch {
    return { status: 'missing', detail: `TEMPORAL_ADDRESS ${address} 无应答 · does not answer` };
  }
}

async function stack({ dataDir }: Place): Promise<Finding> {
  const running = await readRunning(dataDir);
  const frame = { what: 'stack', zh: '服务' };
  if (!running) return { ...frame, status: 'note', detail: `未启动 · not running (xiaohao start), ${dataDir}` };
  const { status } = await answers(running.address);
  return { ...frame, status, detail: `${running.address}, 进程 process ${running.pid}, ${dataDir}` };
}

/** The namespace of the stack or of the cluster, with its search attributes; nothing where no server is named. */
async function namespaceFinding(place: Place): Promise<Finding[]> {
  const { address, namespace } = (await readRunning(place.dataDir)) ?? place;
  if (address === undefined) return [];
  const frame = { what: 'namespace', zh: '命名空间' };
  try {
    const missing = await withServer(address, (connection) => missingOf(connection, { namespace, searchAttributes: caseSearchAttributes }));
    if (missing.length > 0) return [{ ...frame, status: 'missing', detail: `${missing.join(' ')}; xiaohao cluster init` }];
    return [{ ...frame, status: 'found', detail: `${namespace}, 搜索属性 search attributes ${Object.keys(caseSearchAttributes).join(' ')}` }];
  } catch (error) {
    return [{ ...frame, status: 'missing', detail: error instanceof Error ? error.message : String(error) }];
  }
}

async function withServer<T>(address: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await reach(address);
  return work(connection).finally(() => connection.close());
}

/** The year after a covered one is announced in autumn: from October on somebody should be looking for it. */
const lookFrom = 10;
/** Is the calendar published for what is counted now? Dates beyond it are provisional until somebody imports the next year. */
export function coverage(calendar: Calendar, now: number): Finding {
  const frame = { what: 'calendar', zh: '日历覆盖' };
  const last = Math.max(0, ...Object.entries(calendar.years).flatMap(([year, of]) => (of.provisional ? [] : [Number(year)])));
  const [year = 0, month = 0] = dateAt(calendar, now).split('-').map(Number);
  const soon = year === last && month >= lookFrom;
  const status = year > last ? 'missing' : soon ? 'note' : 'found';
  return { ...frame, status, detail: status === 'found' ? say('coveredTo', { year: last }) : say('coverageEnds', { year: last, next: last + 1 }) };
}

/** Which class of durability is active, and what a ledger must hold before the first case. */
async function ledgerFindings(place: Place, now: number): Promise<Finding[]> {
  const frame = { what: 'ledger', zh: '台账' };
  try {
    return await using(openLedgerToRead(place), async (ledger) => {
      const [durability, directory, pack, counts] = [await ledger.durability(), await ledger.directory(), await ledger.currentPack(), await ledger.counts()];
      const has = (ok: boolean): Finding['status'] => (ok ? 'found' : 'missing');
      return [
        { ...frame, status: 'found', detail: `${durability.store}, ${counts.cases} 件 cases, ${counts.entries} 条 entries, ${counts.refusals} 次拒绝 refusals` },
        { what: 'durability', zh: '耐久等级', status: 'note', detail: `${durability.survives}: ${durability.detail}` },
        { what: 'directory', zh: '人员目录', status: has(directory !== null), detail: directory ? `${directory.directory.name}, 第 ${directory.version} 版 version` : 'xiaohao directory import FILE.json' },
        ...(pack ? [coverage(pack.calendar, now)] : []),
        { what: 'pack', zh: '限时方案和日历', status: has(pack !== null), detail: pack ? `${pack.policy.id}, ${Object.keys(pack.calendar.years).join(' ')}` : 'xiaohao start' },
      ];
    });
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    const message = error instanceof Error ? error.message : String(error);
    return [{ ...frame, status: code === 'NOT-RUNNING' ? 'note' : 'missing', detail: message }];
  }
}
