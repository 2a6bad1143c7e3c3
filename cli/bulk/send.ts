import type { As, CaseClient } from '../../client/index.ts';
import { type CommandType, type Refusal, zhOf } from '../../schemas/index.ts';
import { exitCodeOf, failureOf } from '../exit.ts';
import type { BulkItem, BulkRow } from './item.ts';

/**
 * What became of one row. `failed`: its outcome is unknown or something broke; later rows of its case are then not sent (`skipped`), so
 * that nothing overtakes it. `later`: a dry run cannot judge what depends on the rows before it.
 */
export type Outcome = 'done' | 'proposed' | 'approved' | 'refused' | 'bad' | 'failed' | 'skipped' | 'allowed' | 'later';
export type ItemResult = { row: number; caseNo: string | null; command: string | null; commandId: string | null; outcome: Outcome; stage?: string; code?: string; zh?: string; en?: string };
export type BulkReport = { dryRun: boolean; counts: Record<string, number>; items: ItemResult[] };

/** Cases that are worked on at a time; the rows of one case follow each other in the order of the file. */
const lanes = 4;
type Good = Extract<BulkRow, { item: BulkItem }>;
type Judge = (row: Good, before: readonly ItemResult[]) => Promise<ItemResult>;
type Bulk = { client: Pick<CaseClient, 'command' | 'allowed'>; by: (item: BulkItem) => As; onItem?: (done: number) => void };

/** Sends every row, each with an outcome of its own; a refusal stops nothing. */
export const sendAll = (rows: readonly BulkRow[], bulk: Bulk): Promise<BulkReport> => runAll(rows, bulk, false, (row, before) => send(row, before, bulk));

/** Asks for every row whether its actor may do this now. Sends nothing. */
export const judgeAll = (rows: readonly BulkRow[], bulk: Bulk): Promise<BulkReport> => runAll(rows, bulk, true, (row, before) => judge(row, before, bulk));

async function runAll(rows: readonly BulkRow[], { onItem = () => undefined }: Bulk, dryRun: boolean, one: Judge): Promise<BulkReport> {
  const results = new Map<number, ItemResult>();
  for (const row of rows) if ('bad' in row) results.set(row.row, { row: row.row, caseNo: null, command: null, commandId: null, outcome: 'bad', code: 'BAD-INPUT', zh: row.bad, en: row.bad });
  const queue = byCase(rows.filter((r): r is Good => 'item' in r));
  const lane = async (): Promise<void> => {
    for (let ofCase = queue.shift(); ofCase !== undefined; ofCase = queue.shift()) {
      const before: ItemResult[] = [];
      for (const row of ofCase) {
        before.push(await one(row, before));
        results.set(row.row, before.at(-1) as ItemResult);
        onItem(results.size);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const items = rows.flatMap((row) => results.get(row.row) ?? []);
  return { dryRun, counts: countsOf(items), items };
}

function byCase(rows: readonly Good[]): Good[][] {
  const cases = new Map<string, Good[]>();
  for (const row of rows) cases.set(row.item.caseNo, [...(cases.get(row.item.caseNo) ?? []), row]);
  return [...cases.values()];
}

const frame = ({ row, item, commandId }: Good): Pick<ItemResult, 'row' | 'caseNo' | 'command' | 'commandId'> => ({ row, caseNo: item.caseNo, command: item.command, commandId });

async function send(row: Good, before: readonly ItemResult[], { client, by }: Bulk): Promise<ItemResult> {
  if (before.some((r) => r.outcome === 'failed')) return { ...frame(row), outcome: 'skipped' };
  const { caseNo, command, data, revision } = row.item;
  try {
    const options = { ...by(row.item), commandId: row.commandId, ...(revision === undefined ? {} : { expectedRevision: revision }) };
    const { receipt, view } = await client.command(caseNo, command, data as never, options);
    return { ...frame(row), outcome: receipt?.outcome ?? 'done', stage: view.stageZh };
  } catch (error) {
    return { ...frame(row), ...faultOf(error) };
  }
}

async function judge(row: Good, before: readonly ItemResult[], { client, by }: Bulk): Promise<ItemResult> {
  if (before.length > 0) return { ...frame(row), outcome: 'later' };
  try {
    const all = (await client.allowed(row.item.caseNo, by(row.item))).filter((a) => a.command === row.item.command);
    if (all.some((a) => a.enabled)) return { ...frame(row), outcome: 'allowed' };
    return { ...frame(row), outcome: 'refused', ...reasonOf(all.find((a) => a.refusal)?.refusal, row.item.command) };
  } catch (error) {
    return { ...frame(row), ...faultOf(error) };
  }
}

const reasonOf = (refusal: Refusal | undefined, command: CommandType): Pick<ItemResult, 'code' | 'zh' | 'en'> =>
  refusal ? { code: refusal.code, zh: refusal.zh, en: refusal.en } : { code: 'ROLE-NOT-ALLOWED', zh: zhOf(command), en: command };

/** Refused by a rule, unreadable, or broken: by what the exit code of a single command would be. */
function faultOf(error: unknown): Pick<ItemResult, 'outcome' | 'code' | 'zh' | 'en'> {
  const failure = failureOf(error);
  if (failure === null) throw error;
  const { code, zh, en } = failure.refusal;
  const exit = exitCodeOf(code);
  return { outcome: exit === 3 ? 'refused' : exit === 2 ? 'bad' : 'failed', code, zh, en };
}

const countsOf = (items: readonly ItemResult[]): Record<string, number> => {
  const counts: Record<string, number> = { all: items.length };
  for (const { outcome } of items) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

/** 0 all done, 3 when some were refused, 2 when some rows could not be read, 1 when something broke. The worst counts. */
export function exitOf({ counts }: BulkReport): 0 | 1 | 2 | 3 {
  if (counts['failed'] || counts['skipped']) return 1;
  return counts['bad'] ? 2 : counts['refused'] ? 3 : 0;
}
