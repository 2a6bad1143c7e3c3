import * as z from 'zod';
import { badInput, CaseError } from '../../schemas/index.ts';
import type { Queries } from '../sql-store.ts';

const letters = z.string().regex(/^[A-Z]{2,6}$/);
const key = z.string().min(1).max(400).regex(/^[^\0]*$/);
export const NumberWish = z.object({ prefix: letters, year: z.int().min(2000).max(9999), field: letters, externalKey: key, commandId: key });
export type NumberWish = z.infer<typeof NumberWish>;

/** Reservations wait for each other: rare, and a number must not be left out. */
const LOCK = 7_216_002;

/**
 * The next 问题编号, `YC-2026-JY-0012`, within its transaction. The same key and command give the same number again; the same key by
 * another command gives the number it stands under and `fresh: false`. @throws BAD-INPUT
 */
export async function reserveCase(tx: Queries, wish: NumberWish): Promise<{ caseNo: string; fresh: boolean }> {
  const parsed = NumberWish.safeParse(wish);
  if (!parsed.success) throw new CaseError(badInput(parsed.error));
  await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
  const [taken] = await tx.query('select case_no, command_id from case_numbers where external_key = $1', [wish.externalKey]);
  if (taken) return { caseNo: String(taken['case_no']), fresh: taken['command_id'] === wish.commandId };
  const [counter] = await tx.query(
    `insert into case_counters (prefix, year, field, last) values ($1, $2, $3, 1)
     on conflict (prefix, year, field) do update set last = case_counters.last + 1 returning last`,
    [wish.prefix, wish.year, wish.field],
  );
  const caseNo = `${wish.prefix}-${wish.year}-${wish.field}-${String(counter?.['last']).padStart(4, '0')}`;
  await tx.query('insert into case_numbers (case_no, external_key, command_id) values ($1, $2, $3)', [caseNo, wish.externalKey, wish.commandId]);
  return { caseNo, fresh: true };
}
