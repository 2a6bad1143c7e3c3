import type { Command } from 'commander';
import type { As } from '../../client/index.ts';
import { type CommandType, commandTypes, caseError, zhOf } from '../../schemas/index.ts';
import type { BulkItem } from '../bulk/item.ts';
import { readBulk } from '../bulk/rows.ts';
import { exitOf, judgeAll, sendAll, type BulkReport } from '../bulk/send.ts';
import { readData } from '../input.ts';
import { both, help, label, say, textsOf } from '../messages.ts';
import { progressOn, type Result } from '../output.ts';
import { openClient } from '../place.ts';
import { table } from '../table.ts';
import { asOf, using, type Act, type AsOptions, type Run } from './context.ts';
import { answerText, sendingOf, withSending, type Sending } from './sending.ts';

type Options = Partial<Sending> & { data: string; from?: string; dryRun?: boolean };
const isCommand = (text: string): text is CommandType => (commandTypes as readonly string[]).includes(text);

export function addDo(group: Command, act: (command: Command) => Act): void {
  const command = withSending(group.command('do').description(both(help.do)).argument('[no]', both(help.caseNo)).argument('[command]', both(help.command)), false)
    .option('--data <json>', both(help.payload), '{}')
    .option('--from <file>', both(help.from))
    .option('--dry-run', both(help.dryRun));
  command.action((no: string | undefined, type: string | undefined, o: Options) => act(command)((run) => (o.from === undefined ? doOne(run, no, type, o) : doAll(run, o.from, no, o))));
}

const missing = (field: string): Error => caseError('BAD-INPUT', { field, ...textsOf('missing', { field }) });
const withAs = <T extends Partial<AsOptions>>(o: T): T & { as: string } => {
  if (o.as === undefined) throw missing('--as');
  return { ...o, as: o.as };
};

async function doOne(run: Run, no: string | undefined, type: string | undefined, o: Options): Promise<Result> {
  if (no === undefined || type === undefined) throw missing(no === undefined ? 'no' : 'command');
  if (o.dryRun === true) throw caseError('BAD-INPUT', { field: '--dry-run', ...textsOf('onlyFrom') });
  if (!isCommand(type)) throw caseError('BAD-INPUT', { field: 'command', zh: type, en: `no such command: ${type}` });
  const options = sendingOf(withAs(o));
  const payload = await readData('data', o.data);
  return using(openClient(run.place), async ({ client }) => {
    const answer = await client.command(no, type, payload as never, options);
    return { json: answer, text: answerText(zhOf(type), answer) };
  });
}

async function doAll(run: Run, path: string, no: string | undefined, o: Options): Promise<Result> {
  if (no !== undefined || o.id !== undefined || o.revision !== undefined) throw caseError('BAD-INPUT', { field: '--from', ...textsOf('inRows') });
  const rows = await readBulk(path);
  const by = byOf(o);
  return using(openClient(run.place), async ({ client }) => {
    const progress = progressOn(run.out);
    const bulk = { client, by, onItem: (n: number) => progress.show(say('rowsSent', { n, all: rows.length })) };
    const report = await (o.dryRun === true ? judgeAll : sendAll)(rows, bulk).finally(() => progress.end());
    const code = exitOf(report);
    if (code !== 0) process.exitCode = code;
    return { json: report, text: page(report) };
  });
}

/** Who acts in a row: the person of the row, else the one of the command line in its role and unit. */
const byOf = (o: Options) => (item: BulkItem): As => {
  const role = item.role === undefined ? {} : { role: item.role };
  return item.as === undefined || item.as === o.as ? { ...asOf(withAs(o)), ...role } : { as: item.as, ...role };
};

function page(report: BulkReport): string {
  const rows = report.items.map((i) => [String(i.row), i.caseNo ?? '', i.command ?? '', words[i.outcome], i.code === undefined ? (i.stage ?? '') : `${i.code}: ${both({ zh: i.zh ?? '', en: i.en ?? '' })}`]);
  const counts = Object.entries(report.counts).filter(([name]) => name !== 'all').map(([name, n]) => `${words[name as keyof typeof words]} ${n}`);
  return `${table([label('row'), label('caseNo'), label('command'), label('outcome'), label('reason')], rows)}\n${say('bulkSum', { all: report.counts['all'] ?? 0, counts: counts.join(', ') })}`;
}

const words = {
  done: '已办理 done', proposed: '已提请 proposed', approved: '已同意 approved', refused: '被拒绝 refused', bad: '有误 bad', failed: '失败 failed', skipped: '未发 skipped', allowed: '可办 allowed',
  later: '视前项 depends',
} as const;
