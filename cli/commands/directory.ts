import type { Command } from 'commander';
import { everyProblem, openDuties, type OpenDuty } from '../../client/index.ts';
import { dateAt } from '../../cases/index.ts';
import { type RowError, contextOf, faultsOf, openTable, readDirectory } from '../../import/index.ts';
import type { RemoteLedger } from '../../ledger/index.ts';
import { CaseError, Directory, badInput, caseError, roles } from '../../schemas/index.ts';
import { readJsonFile } from '../input.ts';
import { both, help, label, say, textsOf } from '../messages.ts';
import { openClient, openLedgerToRead, openReader } from '../place.ts';
import { table } from '../table.ts';
import { withActor } from './sending.ts';
import { asOf, using, type Act, type AsOptions } from './context.ts';

export function addDirectory(program: Command, act: (command: Command) => Act): void {
  const group = program.command('directory').description(both(help.directory));
  const load = group.command('import').description(both(help.directoryImport)).argument('<file>', both(help.directoryFile));
  load.action((file: string) =>
    act(load)((run) =>
      using(openClient(run.place), async ({ ledger }) => {
        const directory = checked(await directoryIn(file, ledger, run.now()));
        const { version } = await ledger.importDirectory(directory, run.now());
        const open = await dutiesToday(ledger, directory, run.now());
        const counts = { version, people: directory.people.length, units: directory.units.length };
        const duties = open.length === 0 ? say('allHeld') : `${say('handedOver', { n: open.length })}\n${dutiesTable(open, directory)}`;
        return { json: { ...counts, handovers: open }, text: `${say('imported', counts)}\n${duties}` };
      }),
    ),
  );
  addShow(group, act);
  const handover = withActor(group.command('handover').description(both(help.handover)));
  handover.action((o: AsOptions) =>
    act(handover)((run) =>
      using(openReader(run.place), async ({ client, ledger }) => {
        const open = await client.handovers(asOf(o));
        const directory = (await ledger.directory())?.directory ?? null;
        return { json: open, text: open.length === 0 ? say('allHeld') : dutiesTable(open, directory) };
      }),
    ),
  );
}

function addShow(group: Command, act: (command: Command) => Act): void {
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

/** A directory in JSON, or a workbook with the sheets 单位, 人员, 委托, 回避, 设置. @throws BAD-INPUT */
async function directoryIn(path: string, ledger: RemoteLedger, now: number): Promise<Directory> {
  if (/\.json$/i.test(path)) return parsed(await readJsonFile(path));
  const [inForce, pack] = await Promise.all([ledger.directory(), ledger.currentPack()]);
  if (!pack) throw caseError('NOT-RUNNING', textsOf('noDirectory'));
  const base: Directory = inForce?.directory ?? { name: '', prefix: 'XX', fictional: false, units: [], people: [], delegations: [], conflicts: [] };
  const file = await openTable(path);
  try {
    const read = await readDirectory(file, contextOf({ directory: base, calendar: pack.calendar, now }));
    const [first] = read.errors;
    if (first) throw wrongCells(read.errors);
    return parsed(read.directory);
  } finally {
    await file.close();
  }
}

/** Every wrong cell at once: a directory comes in whole or not at all. */
function wrongCells(errors: readonly RowError[]): CaseError {
  const lines = errors.slice(0, 50).map((e) => ({ at: `${e.sheet ?? ''} ${e.row} ${e.column ?? ''}`.trim(), ...e }));
  const text = (lang: 'zh' | 'en'): string => `${say('notImported', { n: errors.length })}\n${lines.map((l) => `    ${l.at}: ${l[lang]} ${l.value}`.trimEnd()).join('\n')}`;
  return caseError('BAD-INPUT', { field: lines[0]?.at ?? 'file', zh: text('zh'), en: text('en') });
}

function parsed(input: unknown): Directory {
  const read = Directory.safeParse(input);
  if (!read.success) throw new CaseError(badInput(read.error));
  return read.data;
}

/** @throws BAD-INPUT with everything that is wrong with the directory as a whole */
function checked(directory: Directory): Directory {
  const faults = faultsOf(directory);
  const [first] = faults;
  if (first) throw caseError('BAD-INPUT', { field: first.path, zh: faults.map((f) => f.zh).join('\n    '), en: faults.map((f) => f.en).join('\n    ') });
  return directory;
}

/** 事事有人抓: what the new directory leaves without a holder is shown the same day. */
async function dutiesToday(ledger: RemoteLedger, directory: Directory, now: number): Promise<OpenDuty[]> {
  const pack = await ledger.currentPack();
  if (!pack) return [];
  const today = dateAt(pack.calendar, now);
  const open: OpenDuty[] = [];
  for await (const board of everyProblem((query) => ledger.problems(query), { kind: 'open' })) open.push(...openDuties(board, directory, today));
  return open;
}

const dutyNames: Readonly<Record<OpenDuty['duty'], string>> = { leadUnit: '牵头单位', coopUnit: '配合单位', unitHead: '第一责任人', dutyLeader: '责任领导', owner: '责任人', liaison: '联络员', caseLeader: '包案领导', task: '任务责任人' };

function dutiesTable(open: readonly OpenDuty[], directory: Directory | null): string {
  const name = (id: string): string => directory?.people.find((p) => p.id === id)?.name ?? directory?.units.find((u) => u.id === id)?.name ?? id;
  const rows = open.map((d) => [d.caseNo, `${dutyNames[d.duty]} ${d.taskId ?? ''}`.trim(), `${name(d.holder)} (${d.holder})`, d.since ?? '—', d.suggested.map((s) => `${name(s)} (${s})`).join('、') || '—']);
  return table([label('caseNo'), label('duty'), label('holder'), label('since'), label('suggested')], rows);
}

function page({ version, directory }: { version: number; directory: Directory }): string {
  const unit = (id: string): string => directory.units.find((u) => u.id === id)?.name ?? id;
  const units = directory.units.map((u) => [u.id, u.name, u.uscc ?? '—', u.parent === undefined ? '—' : unit(u.parent), u.until === undefined ? '' : `${u.until} → ${u.mergedInto ?? '—'}`]);
  const people = directory.people.map((p) => [p.id, p.name, p.terms.map((t) => `${roles[t.role].zh} (${t.role}) ${unit(t.unit)}${t.title === undefined ? '' : ` ${t.title}`} ${t.from}–${t.to ?? ''}`).join('; ')]);
  const heading = say('imported', { version, people: directory.people.length, units: directory.units.length });
  return `${directory.name}\n${heading}\n\n${table(['id', label('unit'), label('uscc'), label('parent'), ''], units)}\n\n${table(['id', label('person'), label('terms')], people)}`;
}
