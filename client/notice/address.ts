import { dateAt, plainWeekdays } from '../../cases/index.ts';
import type { LedgerReader } from '../../ledger/index.ts';
import { type Calendar, type Directory, type Effect, Header } from '../../schemas/index.ts';
import type { Notice } from '../../schemas/notice.ts';
import { sourcesBy } from '../rules-of.ts';
import { isMark, noticesOf } from './compose.ts';

type Readable = Pick<LedgerReader, 'directory' | 'problem' | 'head' | 'entries' | 'pack' | 'policyText'>;

const nobody: Directory = { name: '', fictional: false, prefix: 'XX', units: [], people: [], delegations: [], conflicts: [] };

/**
 * 通知送谁: by the directory, the board and the calendar as they are when an effect is handed over, not when it arose. Without a
 * directory there is nobody to tell, which the notices themselves say.
 */
export const noticesBy =
  (ledger: Readable, now: () => number) =>
  async (effect: Effect): Promise<Notice[]> => {
    const at = now();
    const [found, board, own] = await Promise.all([ledger.directory(), ledger.problem(effect.case), ownRules(ledger, effect.case)]);
    const cite = board === null || !isMark(effect) ? undefined : (await sourcesBy(ledger)(board)).of;
    return noticesOf(effect, { directory: found?.directory ?? nobody, board, ...own, now: at, today: dateAt(own.calendar, at), ...(cite === undefined ? {} : { cite }) });
  };

/** Calendar and machine that the case's newest entry names. */
async function ownRules(ledger: Readable, caseNo: string): Promise<{ calendar: Calendar; machine: string }> {
  const head = await ledger.head(caseNo);
  const [newest] = head === null ? [] : await ledger.entries(caseNo, { after: head.seq - 1, limit: 1 });
  if (newest === undefined) return { calendar: plainWeekdays, machine: '' };
  const { policy, calendar, machine } = Header.parse(JSON.parse(newest.header));
  const pack = await ledger.pack({ policy, calendar });
  return { calendar: pack?.calendar ?? plainWeekdays, machine };
}
