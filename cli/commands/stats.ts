import type { Command } from 'commander';
import { type By, type Metric, leastForRank, metrics } from '../../cases/index.ts';
import type { Statistics } from '../../client/index.ts';
import { type Directory, caseError, fields } from '../../schemas/index.ts';
import { both, help, label, say } from '../messages.ts';
import { openReader } from '../place.ts';
import { table } from '../table.ts';
import { withActor } from './sending.ts';
import { asOf, using, type Act, type AsOptions } from './context.ts';

const ways: readonly By[] = ['unit', 'field', 'month'];

export function addStats(program: Command, act: (command: Command) => Act): void {
  const command = withActor(program.command('stats').description(both(help.stats))).option('--by <what>', both(help.by));
  command.action((o: AsOptions & { by?: string }) =>
    act(command)((run) => {
      const by = ways.find((w) => w === o.by) ?? null;
      if (o.by !== undefined && by === null) throw caseError('BAD-INPUT', { field: 'by', zh: o.by, en: `${o.by}; one of ${ways.join(', ')}` });
      return using(openReader(run.place), async ({ client, ledger }) => {
        const found = await client.statistics(by, asOf(o));
        return { json: found, text: pageOf(found, (await ledger.directory())?.directory ?? null) };
      });
    }),
  );
}

const percent = (x: number): string => `${(x * 100).toFixed(1)}%`;
/** 无分母 where there is none; the interval beside the share, so that nobody reads three cases as a verdict. */
const share = (m: Metric): string => (m.denominator === null ? say('noDenominator') : m.rate === null || m.interval === null ? '—' : `${percent(m.rate)} (${percent(m.interval.low)}–${percent(m.interval.high)})`);
const parts = (m: Metric): string => `${m.numerator}/${m.denominator ?? '?'}`;
const left = (m: Metric): string => m.leftOut.map((l) => `${l.zh} ${l.en} ${l.n}`).join('; ');

function pageOf(s: Statistics, directory: Directory | null): string {
  const heading = [label('metric'), label('share'), label('parts'), label('formula'), label('leftOut')];
  const all = table(heading, s.all.map((m) => [`${metrics[m.id].zh} ${metrics[m.id].en}`, share(m), parts(m), metrics[m.id].formula, left(m)]));
  const groups = s.groups.map((g) => {
    const rows = g.metrics.filter((m) => m.denominator !== 0).map((m) => [metrics[m.id].zh, share(m), parts(m), m.rank === null ? say('noRank', { n: leastForRank }) : String(m.rank), left(m)]);
    return `\n${nameOf(s.by, g.key, directory)} (${g.cases})\n${table([label('metric'), label('share'), label('parts'), label('rank'), label('leftOut')], rows)}`;
  });
  return [say('counted', { cases: s.cases, ratings: s.ratings }), all, ...groups].join('\n');
}

const nameOf = (by: By | null, key: string, directory: Directory | null): string =>
  by === 'unit' ? (directory?.units.find((u) => u.id === key)?.name ?? key) : by === 'field' && Object.hasOwn(fields, key) ? fields[key as keyof typeof fields] : key;
