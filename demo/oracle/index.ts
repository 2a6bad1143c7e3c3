import type { EntryDraft } from '../../schemas/index.ts';
import { type Basis, oracleOf } from './replay.ts';

export { lineOf, type Line } from './line.ts';
export { covered, unmarked } from './deadlines.ts';
export { endOfLimit, instantOf } from './limits.ts';
export { oracleOf, name as nameOfMark, type Adoptable, type Basis, type Oracle, type Seen } from './replay.ts';

/** An entry as it is drafted, or as the ledger gives it back. */
type Recorded = EntryDraft | { header: Omit<EntryDraft, 'body'>; body: EntryDraft['body'] };

/**
 * Every wrong firing of the recorded entries of one case (提醒, 预警, 回头看, 封存), computed and never written down: a line for each that
 * was early, late, twice, not due, or is missing. None: time in this case was right.
 * @param now what should have been recorded by this instant counts as missing; without it the last entry is the end
 */
export const wrongFirings = (entries: readonly Recorded[], basis: Basis, now?: number): string[] => {
  const drafts = entries.map((e): EntryDraft => ('header' in e ? { ...e.header, body: e.body } : e));
  const oracle = oracleOf(basis, drafts[0]?.case);
  const wrong = drafts.flatMap(oracle.next);
  return now === undefined ? wrong : [...wrong, ...oracle.overdue(now)];
};
