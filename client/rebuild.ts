import { setTimeout as wait } from 'node:timers/promises';
import { boardOf, refold, type Recorded } from '../cases/index.ts';
import { keyOf, projectionRows, tableNames, verifyChain, type LiveProjections, type ProjectionRow, type Projections, type ProjectionTable, type RemoteLedger } from '../ledger/index.ts';
import { packsOf } from './packs.ts';
import { type Board, Body, type Effect, Header, type StoredEntry, canonical } from '../schemas/index.ts';

/** 重建投影: every projection from entries alone, by the rules of the core, compared with the live ones and put right. */

/** A row of a projection that is not what the entries say. `columns` of a row that differs; what belongs to nobody is `strange`. */
export type Difference = { caseNo: string; table: string; row: string; what: 'missing' | 'strange' | 'differs'; columns: string[] };
/** A case whose entries cannot be trusted: the chain or the replay does not hold. Nothing of it is changed. */
export type CaseFault = { caseNo: string; seq: number; what: string };
export type RebuildReport = { cases: number; equal: number; differing: string[]; repaired: string[]; orphans: string[]; differences: Difference[]; faults: CaseFault[] };
export type RebuildOptions = { check: boolean; onCase?: (done: number) => void };

type RebuildLedger = Pick<RemoteLedger, 'entries' | 'pack' | 'caseNos' | 'projections' | 'orphans' | 'rebuild' | 'removeOrphan'>;
type Judged = { caseNo: string; differences: Difference[]; repaired: boolean; fault?: CaseFault };

export async function rebuildProjections(ledger: RebuildLedger, { check, onCase = () => undefined }: RebuildOptions): Promise<RebuildReport> {
  const judged: Judged[] = [];
  let cases = 0;
  for (let page = await ledger.caseNos(); page.length > 0; page = await ledger.caseNos(page.at(-1))) {
    for (const caseNo of page) {
      const one = await rebuildOne(ledger, caseNo, check);
      if (one.differences.length > 0 || one.fault) judged.push(one);
      onCase((cases += 1));
    }
  }
  return reportOf(cases, judged, await orphansOf(ledger, check));
}

function reportOf(cases: number, judged: readonly Judged[], orphans: readonly Difference[]): RebuildReport {
  const faults = judged.flatMap((j) => (j.fault ? [j.fault] : []));
  return {
    cases,
    equal: cases - judged.length,
    differing: judged.filter((j) => !j.fault).map((j) => j.caseNo),
    repaired: judged.filter((j) => j.repaired).map((j) => j.caseNo),
    orphans: [...new Set(orphans.map((o) => o.caseNo))],
    differences: [...judged.flatMap((j) => j.differences), ...orphans],
    faults,
  };
}

/** A case at work is ahead of what was read of it, and is read again; it rests sooner or later. */
const mostTries = 40;
/** A board may be ahead of its entries while a long outbox drains; one that stays ahead is wrong. */
const triesBehind = 10;
const isAhead = ({ head, tables }: LiveProjections): boolean => Number(tables.problems[0]?.['seq'] ?? 0) > (head?.seq ?? 0);

async function rebuildOne(ledger: RebuildLedger, caseNo: string, check: boolean): Promise<Judged> {
  for (let tries = 1; ; tries += 1) {
    const live = await ledger.projections(caseNo);
    const entries = await entriesOf(ledger, caseNo);
    const told = await tell(ledger, entries, live);
    if ('what' in told) {
      if (tries >= mostTries || !told.moving) return { caseNo, differences: [], repaired: false, fault: { caseNo, seq: told.seq, what: told.what } };
    } else {
      const differences = differencesOf(caseNo, projectionRows(entries, told.board, told.effects), live.tables);
      const settled = differences.length === 0 || !isAhead(live) || tries >= triesBehind;
      if (settled && (differences.length === 0 || check)) return { caseNo, differences, repaired: false };
      if (settled && (await ledger.rebuild(caseNo, entries.length, told))) return { caseNo, differences, repaired: true };
    }
    await wait(Math.min(25 * tries, 500));
  }
}

type Told = { board: Board; effects: Effect[] } | { seq: number; what: string; moving: boolean };

/** What the entries say that the case is. `moving`: the store was read between two appends, or holds the first half of a fold. */
async function tell(ledger: RebuildLedger, entries: readonly StoredEntry[], { head }: LiveProjections): Promise<Told> {
  if (head === null || head.seq < entries.length) return { seq: entries.length, what: 'the chain goes on behind its head', moving: true };
  const chain = verifyChain(entries, { head });
  if (!chain.ok) return { seq: chain.seq, what: `${chain.fault}: ${chain.detail}`, moving: false };
  const recorded = entries.map((e): Recorded => ({ header: Header.parse(JSON.parse(e.header)), body: Body.parse(JSON.parse(e.body)) }));
  const { state, divergence, effects, pack } = refold(recorded, await packsOf(ledger, recorded));
  if (!state || !pack || divergence) return { seq: divergence?.seq ?? 0, what: divergence?.what ?? 'nothing was recorded', moving: (divergence?.seq ?? 0) > entries.length };
  return { board: boardOf(state, pack), effects };
}

async function entriesOf(ledger: Pick<RemoteLedger, 'entries'>, caseNo: string): Promise<StoredEntry[]> {
  const all: StoredEntry[] = [];
  for (;;) {
    const page = await ledger.entries(caseNo, { after: all.length, limit: 500 });
    all.push(...page);
    if (page.length < 500) return all;
  }
}

/** Compared by canonical bytes, row by row under the same key. */
export function differencesOf(caseNo: string, expected: Projections, live: Projections): Difference[] {
  return tableNames.flatMap((table) => {
    const [should, is] = [byKey(table, expected[table]), byKey(table, live[table])];
    const rows = [...new Set([...should.keys(), ...is.keys()])].sort();
    return rows.flatMap((row) => compare({ caseNo, table, row }, should.get(row), is.get(row)));
  });
}

const byKey = (table: ProjectionTable, rows: readonly ProjectionRow[]): Map<string, ProjectionRow> => new Map(rows.map((row) => [keyOf(table, row), row]));

function compare(at: Pick<Difference, 'caseNo' | 'table' | 'row'>, should: ProjectionRow | undefined, is: ProjectionRow | undefined): Difference[] {
  if (should === undefined) return [{ ...at, what: 'strange', columns: [] }];
  if (is === undefined) return [{ ...at, what: 'missing', columns: [] }];
  const columns = unequal(should, is);
  return columns.length === 0 ? [] : [{ ...at, what: 'differs', columns }];
}

/** Columns that differ; of the board, its fields. */
const unequal = (a: ProjectionRow, b: ProjectionRow): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((column) => canonical(a[column] ?? null) !== canonical(b[column] ?? null))
    .flatMap((column) => (column === 'board' ? unequal(a['board'] as ProjectionRow, (b['board'] ?? {}) as ProjectionRow).map((field) => `board.${field}`) : [column]));

async function orphansOf(ledger: RebuildLedger, check: boolean): Promise<Difference[]> {
  const all: Difference[] = [];
  for (let orphans = await ledger.orphans(); orphans.length > 0; orphans = check ? [] : await ledger.orphans()) {
    if (!check) for (const { caseNo } of orphans) await ledger.removeOrphan(caseNo);
    all.push(...orphans.flatMap(({ caseNo, tables }) => tables.map((table): Difference => ({ caseNo, table, row: '', what: 'strange', columns: [] }))));
  }
  return all;
}
