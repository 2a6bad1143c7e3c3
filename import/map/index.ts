import { fitOf } from './header.ts';
import { hotline } from './hotline.ts';
import type { FeedbackKind, SheetKind } from './kind.ts';
import { ledgerColumns, mapLedgerRow } from './ledger.ts';
import type { Kind } from './map-file.ts';
import { rating } from './rating.ts';
import { visit } from './visit.ts';

const feedback = (kind: FeedbackKind): SheetKind => ({
  ...kind,
  map: (row, binding, ctx) => {
    const read = kind.map(row, binding, ctx);
    if ('errors' in read) return read;
    return { key: read.item.feedbackId, item: { feedback: read.item }, explained: read.item.feedbackId };
  },
});

export const kinds: Readonly<Record<Kind, SheetKind>> = {
  rating: feedback(rating),
  hotline: feedback(hotline),
  visit: feedback(visit),
  ledger: { columns: ledgerColumns, needs: ['no', 'what'], map: mapLedgerRow },
};

/** The kind whose columns fit a sheet best, among those whose needed columns are all there; null when none is. */
export function kindOfSheet(headers: readonly string[]): Kind | null {
  const fits = (Object.entries(kinds) as [Kind, SheetKind][]).flatMap(([kind, of]) => {
    const needed = Object.fromEntries(of.needs.map((key) => [key, of.columns[key] ?? { headers: [] }]));
    return fitOf(needed, headers) === of.needs.length ? [{ kind, fit: fitOf(of.columns, headers) }] : [];
  });
  return fits.toSorted((a, b) => b.fit - a.fit)[0]?.kind ?? null;
}
