import type { Command } from 'commander';
import { chartRows, chartTable, currentMachine, mermaid } from '../chart.ts';
import { both, help } from '../messages.ts';
import type { Act } from './context.ts';

export function addChart(program: Command, act: (command: Command) => Act): void {
  const chart = program.command('chart').description(both(help.chart)).option('--mermaid', both(help.mermaid)).option('--table', both(help.table));
  chart.action((o: { mermaid?: true; table?: true }) =>
    act(chart)(async () => {
      const text = o.table ? [chartTable(), ...(o.mermaid ? ['', mermaid()] : [])].join('\n') : mermaid();
      return { json: { version: currentMachine().version, rows: chartRows(), mermaid: mermaid() }, text };
    }),
  );
}
