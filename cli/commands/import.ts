import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { yearOf, toCivil } from '../../cases/index.ts';
import type { OfficeClient } from '../../client/index.ts';
import { type ImportDeps, type ImportSummary, Kind, type MapFile, type RowError, type Taken, contextOf, importFile, kindOfSheet, openTable, readMapFile } from '../../import/index.ts';
import { BadRows, jsonReport, writeCopy } from '../../import/report/index.ts';
import type { RemoteLedger } from '../../ledger/index.ts';
import { caseError } from '../../schemas/index.ts';
import { both, help, label, say, textsOf } from '../messages.ts';
import { type Output, progressOn } from '../output.ts';
import { openClient, openReader } from '../place.ts';
import { table } from '../table.ts';
import { withActor } from './sending.ts';
import { asOf, using, type Act, type AsOptions } from './context.ts';

type Options = AsOptions & { kind?: string; map?: string; dryRun?: boolean; report?: string };

export function addImport(program: Command, act: (command: Command) => Act): void {
  const command = withActor(program.command('import').description(both(help.import)).argument('<file>', both(help.importFile)))
    .option('--kind <kind>', both(help.importKind))
    .option('--map <file>', both(help.importMap))
    .option('--dry-run', both(help.dryRun))
    .option('--report <prefix>', both(help.report));
  command.action((file: string, o: Options) =>
    act(command)(async (run) => {
      const kind = kindOf(o.kind);
      const map = o.map === undefined ? {} : readMapFile(await mapText(o.map));
      const opening = o.dryRun === true ? openReader(run.place) : openClient(run.place);
      return using(opening, async ({ client, ledger }) => {
        const deps = await depsOf({ client, ledger, map, document: basename(file), now: run.now }, o);
        const result = await takeFile(file, deps, { ...(kind === undefined ? {} : { kind }), dryRun: o.dryRun === true, prefix: o.report ?? file, out: run.out });
        // Good rows are in; the code says that some stayed out.
        if (result.summary.counts.rejected > 0) process.exitCode = 2;
        return { json: { ...result.summary, reports: result.reports, ...(o.dryRun === true ? { rows: result.rows } : {}) }, text: pageOf(result) };
      });
    }),
  );
}

/** @throws BAD-INPUT */
function kindOf(text: string | undefined): Kind | undefined {
  const kind = Kind.optional().safeParse(text);
  if (!kind.success) throw caseError('BAD-INPUT', { field: 'kind', zh: text ?? '', en: `${text}; one of ${Kind.options.join(', ')}` });
  return kind.data;
}

const mapText = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => Promise.reject(caseError('BAD-INPUT', { field: 'map', ...textsOf('noFile', { what: path }) })));

type Parts = { client: OfficeClient; ledger: RemoteLedger; map: MapFile; document: string; now: () => number };

/** What a file is taken in with, for somebody who may. @throws ROLE-NOT-ALLOWED, UNKNOWN-PERSON, NOT-RUNNING */
async function depsOf({ client, ledger, map, document, now }: Parts, o: AsOptions): Promise<ImportDeps> {
  await client.mayTakeIn(asOf(o));
  const [found, pack] = await Promise.all([ledger.directory(), ledger.currentPack()]);
  if (!found || !pack) throw caseError('UNKNOWN-PERSON', textsOf('noDirectory'));
  const context = contextOf({ directory: found.directory, calendar: pack.calendar, now: now(), map, document });
  const year = yearOf(toCivil(pack.calendar, now()).day);
  return { client, ledger, as: asOf(o), context, numbering: { prefix: found.directory.prefix, year }, now };
}

type Taking = { kind?: Kind; dryRun: boolean; prefix: string; out: Output };
export type Result = { summary: ImportSummary; reports: { json: string; copy: string } | null; rows: Row[]; errors: RowError[]; more: number };
type Row = { sheet: string | null; row: number; outcome: string; key: string; explained: string; caseNo: string | null };

/** So many errors, and rows of a rehearsal, are shown; all of them are in the reports. */
const shown = 50;
const mostRows = 5_000;

/** Titles may stand above a header: it is the row by which a kind is known. */
const isHeader = (cells: readonly string[]): boolean => kindOfSheet(cells) !== null;

async function takeFile(path: string, deps: ImportDeps, { prefix, out, dryRun, ...more }: Taking): Promise<Result> {
  const file = await openTable(path, { isHeader });
  const progress = progressOn(out);
  const bad = new BadRows();
  const json = await jsonReport(`${prefix}.errors.json`, { file: basename(path) });
  const errors: RowError[] = [];
  const rows: Row[] = [];
  let count = 0;
  try {
    const finish = async ({ counts }: ImportSummary): Promise<string> => {
      await json.finish(counts);
      return writeCopy(path, `${prefix}.errors`, bad, { isHeader });
    };
    const onError = async (error: RowError): Promise<void> => {
      count += 1;
      if (errors.length < shown) errors.push(error);
      bad.add(error);
      await json.add(error);
    };
    const onRow = (t: Taken): void => void (rows.length < mostRows && rows.push({ ...t.row, outcome: t.outcome, key: t.key, explained: t.explained, caseNo: t.caseNo }));
    const summary = await importFile(deps, file, { ...more, dryRun, onError, onRow, onProgress: (c) => progress.show(say('rowsRead', { ...c })) });
    const reports = count === 0 ? await json.abandon().then(() => null) : { json: `${prefix}.errors.json`, copy: await finish(summary) };
    return { summary, reports, rows: dryRun ? rows : [], errors, more: count - errors.length };
  } catch (error) {
    await json.abandon();
    throw error;
  } finally {
    progress.end();
    await file.close();
  }
}

function pageOf({ summary, reports, errors, more, rows }: Result): string {
  const { counts, opened, sheets } = summary;
  const parts = [
    say(summary.dryRun ? 'rehearsed' : 'takenIn', { ...counts, opened }),
    table([label('sheet'), label('kind'), label('read'), label('accepted'), label('duplicate'), label('rejected')], sheets.map((s) => [s.sheet ?? '—', s.kind, ...[s.counts.read, s.counts.accepted, s.counts.duplicate, s.counts.rejected].map(String)])),
  ];
  const unknown = [...new Set(sheets.flatMap((s) => s.unknownColumns))];
  if (unknown.length > 0) parts.push(say('keptAside', { columns: unknown.join('、') }));
  if (rows.length > 0) parts.push(table([label('row'), label('result'), label('key'), label('reason')], rows.map((r) => [`${r.sheet ?? ''} ${r.row}`.trim(), r.outcome, r.key, r.explained])));
  if (errors.length > 0) parts.push(table([label('row'), label('column'), label('value'), label('reason')], errors.map((e) => [`${e.sheet ?? ''} ${e.row}`.trim(), e.column ?? '—', e.value, `${e.rule} ${e.zh} · ${e.en}`])));
  if (more > 0) parts.push(`… ${more}`);
  if (reports) parts.push(say('reportsAt', reports));
  return parts.join('\n');
}
