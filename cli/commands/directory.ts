import type { Command } from 'commander';
import { CaseError, Directory, badInput, caseError, roles } from '../../schemas/index.ts';
import { readJsonFile } from '../input.ts';
import { both, help, label, say } from '../messages.ts';
import { openClient, openLedgerToRead } from '../place.ts';
import { table } from '../table.ts';
import { using, type Act } from './context.ts';

export function addDirectory(program: Command, act: (command: Command) => Act): void {
  const group = program.command('directory').description(both(help.directory));
  const load = group.command('import').description(both(help.directoryImport)).argument('<file>', both(help.file));
  load.action((file: string) =>
    act(load)(async (run) => {
      const directory = directoryOf(await readJsonFile(file));
      return using(openClient(run.place), async ({ ledger }) => {
        const { version } = await ledger.importDirectory(directory, run.now());
        const counts = { version, people: directory.people.length, units: directory.units.length };
        return { json: counts, text: say('imported', counts) };
      });
    }),
  );
  const show = group.command('show').description(both(help.directoryShow));
  show.action(() =>
    act(show)((run) =>
      using(openLedgerToRead(run.place), async (ledger) => {
        const found = await ledger.directory();
        return { json: found, text: found ? page(found) : say('noDirectory') };
      }),
    ),
  );
}

/** @throws BAD-INPUT with the dotted field; also for a term or delegation that points at nothing */
function directoryOf(input: unknown): Directory {
  const parsed = Directory.safeParse(input);
  if (!parsed.success) throw new CaseError(badInput(parsed.error));
  const units = new Set(parsed.data.units.map((u) => u.id));
  const people = new Set(parsed.data.people.map((p) => p.id));
  const nowhere = parsed.data.people.flatMap((p) => p.terms.filter((t) => !units.has(t.unit)).map((t) => `people.${p.id}.terms: ${t.unit}`));
  const nobody = parsed.data.delegations.filter((d) => !people.has(d.from) || !people.has(d.to)).map((d) => `delegations: ${d.from} → ${d.to}`);
  const twice = parsed.data.people.filter((p, i, all) => all.findIndex((x) => x.id === p.id) !== i).map((p) => `people: ${p.id}`);
  const [wrong] = [...nowhere, ...nobody, ...twice];
  if (wrong !== undefined) throw caseError('BAD-INPUT', { field: wrong.split(':')[0] ?? '', zh: wrong, en: wrong });
  return parsed.data;
}

function page({ version, directory }: { version: number; directory: Directory }): string {
  const unit = (id: string): string => directory.units.find((u) => u.id === id)?.name ?? id;
  const rows = directory.people.map((p) => [p.id, p.name, p.terms.map((t) => `${roles[t.role].zh} (${t.role}) ${unit(t.unit)} ${t.from}–${t.to ?? ''}`).join('; ')]);
  const heading = say('imported', { version, people: directory.people.length, units: directory.units.length });
  return `${directory.name}\n${heading}\n\n${table(['id', label('person'), label('terms')], rows)}`;
}
