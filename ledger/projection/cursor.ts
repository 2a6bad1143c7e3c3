import * as z from 'zod';
import { caseError, type ProblemQuery, type ProblemSort } from '../../schemas/index.ts';

/** Where a page ended: the sorted value of its last row and the case number. It holds nothing that the page does not show. */
export type Cursor = { value: string | number | null; caseNo: string };
type Order = { sort: ProblemSort; order: 'asc' | 'desc' };

const Written = z.tuple([z.string(), z.string(), z.union([z.string(), z.number(), z.null()]), z.string().max(60)]);

export const orderOf = (q: Pick<ProblemQuery, 'sort' | 'order'>): Order => ({ sort: q.sort ?? 'caseNo', order: q.order ?? 'asc' });

export const writeCursor = ({ sort, order }: Order, { value, caseNo }: Cursor): string => Buffer.from(JSON.stringify([sort, order, value, caseNo])).toString('base64url');

/** @throws BAD-INPUT for what no page of this order gave out */
export function readCursor(text: string, { sort, order }: Order): Cursor {
  const parsed = Written.safeParse(parsedJson(Buffer.from(text, 'base64url').toString('utf8')));
  if (!parsed.success) throw strange();
  const [itsSort, itsOrder, value, caseNo] = parsed.data;
  const fits = sort === 'caseNo' ? value === caseNo : value === null || Number.isSafeInteger(value);
  if (itsSort !== sort || itsOrder !== order || !fits || caseNo.includes('\0')) throw strange();
  return { value, caseNo };
}

const strange = () => caseError('BAD-INPUT', { field: 'cursor', zh: '翻页标记与本次排序不符', en: 'the cursor is not of a page in this order' });

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
