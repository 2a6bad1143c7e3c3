import { basename } from 'node:path';
import { compileCalendar, Edition, faultsOfEdition, unscaled } from '../cases/index.ts';
import { type EditionMeta, openTable, readEditionTable } from '../import/index.ts';
import type { RemoteLedger } from '../ledger/index.ts';
import { type Calendar, CaseError, badInput, caseError, codeOf } from '../schemas/index.ts';
import { readJsonFile } from './input.ts';
import { textsOf } from './messages.ts';
import { type Place, openLedgerToRead } from './place.ts';
import { newestEdition, shippedEditions } from './seed.ts';

/** A calendar to count by, and the edition it was compiled from where that is known. */
export type Known = { calendar: Calendar; edition: Edition | null; id: string };
const known = (edition: Edition): Known => ({ calendar: compileCalendar(edition), edition, id: edition.id });

/** What a folder without a ledger says: what is shipped is then in force. */
const noLedger = (error: unknown): null => {
  if (codeOf(error) === 'NOT-RUNNING') return null;
  throw error;
};

/** Runs `work` with the ledger of the place, or with null where there is none yet. */
async function withLedger<T>(place: Place, work: (ledger: RemoteLedger | null) => Promise<T>): Promise<T> {
  const ledger = await openLedgerToRead(place).catch(noLedger);
  try {
    return await work(ledger);
  } finally {
    await ledger?.close();
  }
}

const kept = async (ledger: RemoteLedger | null): Promise<Edition[]> => [...((await ledger?.editions()) ?? []).map((row) => row.edition), ...(await shippedEditions())];

/** The edition for new cases: that of the pack in force, at the pace of the world; without a ledger the newest that is shipped. */
async function inForceOf(ledger: RemoteLedger | null): Promise<Known> {
  const pack = (await ledger?.currentPack()) ?? null;
  if (!pack) return known(await newestEdition());
  const calendar = unscaled(pack.calendar);
  const edition = (await kept(ledger)).find((e) => compileCalendar(e).hash === calendar.hash) ?? null;
  return { calendar, edition, id: edition?.id ?? calendar.hash };
}

/** By its name: an edition in JSON may come from anywhere, also from a pipe. */
const isTable = (path: string): boolean => /\.(csv|tsv|txt|xlsx)$/i.test(path);

/** What a list of dates is called that is only counted by, and not kept: its file. */
const nameless = (path: string): EditionMeta => ({ id: basename(path), source: basename(path), provisional: false });

/** By id, or from a file; the one in force when nothing is named. `metaOf`: for a list of dates that is kept. @throws BAD-INPUT */
export const editionNamed = (place: Place, name: string | undefined, metaOf: (path: string) => EditionMeta = nameless): Promise<Known> =>
  withLedger(place, async (ledger) => {
    if (name === undefined) return inForceOf(ledger);
    const byId = (await kept(ledger)).find((e) => e.id === name);
    if (byId) return known(byId);
    if (!/[./\\]/.test(name)) throw caseError('BAD-INPUT', { field: 'edition', ...textsOf('noSuchEdition', { what: name }) });
    return known(await editionIn(ledger, name, metaOf));
  });

/** An edition in JSON, or a list of dates that is laid over the edition in force. @throws BAD-INPUT with everything that is wrong with it */
export async function editionIn(ledger: RemoteLedger | null, path: string, metaOf: (path: string) => EditionMeta): Promise<Edition> {
  const edition = parsed(!isTable(path) ? await readJsonFile(path) : await fromTable(path, { base: (await inForceOf(ledger)).edition ?? (await newestEdition()), meta: metaOf(path) }));
  const faults = faultsOfEdition(edition);
  const [first] = faults;
  if (first) throw caseError('BAD-INPUT', { field: first.path, zh: faults.map((f) => f.zh).join('\n    '), en: faults.map((f) => `${f.path}: ${f.en}`).join('\n    ') });
  return edition;
}

async function fromTable(path: string, { base, meta }: { base: Edition; meta: EditionMeta }): Promise<Edition> {
  const file = await openTable(path);
  try {
    return await readEditionTable(file, base, meta);
  } finally {
    await file.close();
  }
}

function parsed(input: unknown): Edition {
  const read = Edition.safeParse(input);
  if (!read.success) throw new CaseError(badInput(read.error));
  return read.data;
}
