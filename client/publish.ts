import { dateAt, dueDateAt, epochDay, toInstant, plainWeekdays } from '../cases/index.ts';
import type { RemoteLedger } from '../ledger/index.ts';
import { type Calendar, type Directory, caseError, maskText } from '../schemas/index.ts';

/** 公示: what anybody may see at an instant. It knows no reader: there is nothing in it that depends on one. */
export type PublicNotice = { caseNo: string; text: string; from: string; until: string };
/** 月度汇总: blue cases of the short track that were closed without a window of their own. `text` is the notice, where there is one. */
export type Monthly = { month: string; items: { caseNo: string; text: string | null; closed: string }[] };
export type PublicView = { at: number; date: string; items: PublicNotice[]; contact: Directory['objectionContact'] | null; monthly: Monthly | null };

type PublicLedger = Pick<RemoteLedger, 'publications' | 'monthly' | 'directory' | 'currentPack'>;

/** Texts were masked when they were written, and are masked once more on the way out. @throws BAD-INPUT for what is no month */
export async function publicView(ledger: PublicLedger, { at, month }: { at: number; month?: string }): Promise<PublicView> {
  const [found, pack] = await Promise.all([ledger.directory(), ledger.currentPack()]);
  const calendar = pack?.calendar ?? plainWeekdays;
  const notices = await ledger.publications(at);
  return {
    at,
    date: dateAt(calendar, at),
    items: notices.map((n) => ({ caseNo: n.caseNo, text: maskText(n.text), from: dateAt(calendar, n.from), until: dueDateAt(calendar, n.until) })),
    contact: found?.directory.objectionContact ?? null,
    monthly: month === undefined ? null : { month, items: await monthly(ledger, calendar, month) },
  };
}

async function monthly(ledger: PublicLedger, calendar: Calendar, month: string): Promise<Monthly['items']> {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || number === undefined) throw caseError('BAD-INPUT', { field: 'month', zh: month, en: `${month}: 2026-03` });
  const next = number === '12' ? `${Number(year) + 1}-01` : `${year}-${String(Number(number) + 1).padStart(2, '0')}`;
  const startOf = (of: string): number => toInstant(calendar, epochDay(`${of}-01`), 0);
  const closed = await ledger.monthly({ from: startOf(month), until: startOf(next) });
  return closed.map((c) => ({ caseNo: c.caseNo, text: c.text === null ? null : maskText(c.text), closed: dateAt(calendar, c.closedAt) }));
}
