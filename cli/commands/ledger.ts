import type { Command } from 'commander';
import { rebuildProjections, type Difference, type RebuildReport } from '../../client/index.ts';
import { both, help, label, say } from '../messages.ts';
import { progressOn } from '../output.ts';
import { openLedgerToRead } from '../place.ts';
import { table } from '../table.ts';
import { using, type Act } from './context.ts';
import { addExport } from './export.ts';

export function addLedger(program: Command, act: (command: Command) => Act): void {
  const group = program.command('ledger').description(both(help.ledger));
  addExport(group, act);
  addRebuild(group, act);
}

function addRebuild(group: Command, act: (command: Command) => Act): void {
  const command = group.command('rebuild').description(both(help.rebuild)).option('--check', both(help.check));
  command.action((o: { check?: boolean }) =>
    act(command)((run) =>
      using(openLedgerToRead(run.place), async (ledger) => {
        const progress = progressOn(run.out);
        const report = await rebuildProjections(ledger, { check: o.check === true, onCase: (n) => progress.show(say('casesDone', { n })) });
        progress.end();
        if (!isGood(report, o.check === true)) process.exitCode = 1;
        return { json: report, text: page(report) };
      }),
    ),
  );
}

/** Equal, or put right. What a check finds is a failure of what was checked. */
const isGood = (r: RebuildReport, check: boolean): boolean => r.faults.length === 0 && (!check || r.differences.length === 0);

const most = 200;
function page(r: RebuildReport): string {
  const summary = say('rebuilt', { cases: r.cases, equal: r.equal, differing: r.differing.length, repaired: r.repaired.length, orphans: r.orphans.length, faults: r.faults.length });
  const shown = r.differences.slice(0, most);
  const differences = table([label('caseNo'), label('projection'), label('row'), label('difference')], shown.map((d) => [d.caseNo, d.table, d.row, wordsFor(d)]));
  const rest = r.differences.length > most ? `\n… ${r.differences.length - most}` : '';
  const faults = r.faults.map((f) => say('caseFault', f)).join('\n');
  return [summary, ...(shown.length > 0 ? [`${differences}${rest}`] : []), ...(faults === '' ? [] : [faults])].join('\n');
}

const words = { missing: '缺失 missing', strange: '多余 strange', differs: '不符 differs' } as const;
const wordsFor = (d: Difference): string => `${words[d.what]}${d.columns.length > 0 ? `: ${d.columns.join(', ')}` : ''}`;
