import type { Command } from 'commander';
import { everyProblem, sourcesBy } from '../../client/index.ts';
import { exportKinds, exportLedger, sheetNames, type ExportKind, type Exported } from '../../export/index.ts';
import { type Directory, caseError, sideOf } from '../../schemas/index.ts';
import { both, help, say } from '../messages.ts';
import { progressOn } from '../output.ts';
import { personName } from '../page.ts';
import type { Open } from '../place.ts';
import { reading } from './case.ts';
import { asOf, type Act, type AsOptions } from './context.ts';
import { queryOf, withFilters, type Filters } from './filters.ts';
import { withActor } from './sending.ts';
import { citeWords, plainWeekdays } from '../../cases/index.ts';

type Options = AsOptions & Omit<Filters, 'kind'> & { kind: string; caseKind?: string; out: string };

export function addExport(group: Command, act: (command: Command) => Act): void {
  const command = withFilters(withActor(group.command('export').description(both(help.ledgerExport))), '--case-kind')
    .requiredOption('--kind <list>', both(help.exportKind))
    .requiredOption('--out <file>', both(help.out));
  command.action((o: Options) =>
    act(command)((run) =>
      reading(run, async ({ client, ledger }, paper) => {
        const kind = kindOf(o.kind);
        const { kind: _list, caseKind, ...filters } = o;
        const query = queryOf({ ...filters, ...(caseKind === undefined ? {} : { kind: caseKind }) }, paper);
        // Asked once before a file is begun: who may not read gets none.
        await client.problems({ ...query, limit: 1 }, asOf(o));
        const [progress, sourcesOf] = [progressOn(run.out), sourcesBy(ledger)];
        const about = { who: whoIs(o, paper.directory), at: run.now(), filter: wordsFor(query), ...(await entriesFor(o, paper.directory, ledger)) };
        const exported = await exportLedger({
          kind,
          path: o.out,
          boards: everyProblem((q) => client.problems(q, asOf(o)), query),
          citeOf: async (board) => citeWords((await sourcesOf(board)).total),
          names: { directory: paper.directory, calendar: paper.calendar ?? plainWeekdays },
          about,
          onRow: (n) => progress.show(say('rowsDone', { n })),
        }).finally(() => progress.end());
        return { json: exported, text: textOf(exported) };
      }),
    ),
  );
}

/** @throws BAD-INPUT */
function kindOf(text: string): ExportKind {
  const kind = exportKinds.find((k) => k === text);
  if (kind === undefined) throw caseError('BAD-INPUT', { field: 'kind', zh: text, en: `${text}; one of ${exportKinds.join(', ')}` });
  return kind;
}

const whoIs = (o: AsOptions, directory: Directory | null): string => `${personName(o.as, directory)} (${o.as}${o.role === undefined ? '' : `, ${o.role}`})`;
const wordsFor = (query: object): string => Object.entries(query).map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(' ') || '全部 all';
const textOf = ({ kind, cases, rows, path }: Exported): string => say('exported', { list: sheetNames[kind], cases, rows, path });

/** How much is on record is not a unit's to know: it would tell of what goes on behind 核验中. */
async function entriesFor(o: AsOptions, directory: Directory | null, ledger: Open['ledger']): Promise<{ entriesBefore: number | null; entriesAfter: () => Promise<number | null> }> {
  const roles = directory?.people.find((p) => p.id === o.as)?.terms.map((t) => t.role) ?? [];
  if (roles.some((role) => ['unit', 'coop'].includes(sideOf(role)))) return { entriesBefore: null, entriesAfter: () => Promise.resolve(null) };
  const entries = async (): Promise<number> => (await ledger.counts()).entries;
  return { entriesBefore: await entries(), entriesAfter: entries };
}
