import { Calendar, CaseError, Edition, badInput, canonical, caseError, hashOf } from '../../schemas/index.ts';
import type { EditionRow, NewEdition } from '../ledger.ts';
import type { Queries } from '../sql-store.ts';
import { keepCompiled } from './packs.ts';

/** Keeps an edition and what it compiles to, within its transaction; the same one again changes nothing. @throws BAD-INPUT */
export async function saveEdition(tx: Queries, given: NewEdition, at: number): Promise<{ hash: string; fresh: boolean }> {
  const [edition, calendar] = [Edition.safeParse(given.edition), Calendar.safeParse(given.calendar)];
  if (!edition.success) throw new CaseError(badInput(edition.error, 'edition'));
  if (!calendar.success) throw new CaseError(badInput(calendar.error, 'calendar'));
  const { id } = edition.data;
  const hash = hashOf(edition.data);
  await keepCompiled(tx, 'calendars', { hash: calendar.data.hash, name: id, content: canonical(calendar.data), at });
  const row = [hash, id, calendar.data.hash, canonical(edition.data), at];
  const saved = await tx.query('insert into editions (hash, id, calendar, content, saved_at) values ($1, $2, $3, $4, $5) on conflict do nothing returning hash', row);
  if (saved.length > 0) return { hash, fresh: true };
  const [first] = await tx.query('select hash from editions where id = $1', [id]);
  if (first?.['hash'] !== hash) throw caseError('BAD-INPUT', { field: 'id', zh: `日历版本 ${id} 已有另一内容, 请另取编号`, en: `edition ${id} is kept with other content; choose another id` });
  return { hash, fresh: false };
}

/** Every edition, the oldest first. */
export async function readEditions(db: Queries): Promise<EditionRow[]> {
  const rows = await db.query('select hash, calendar, content, saved_at from editions order by saved_at, id');
  return rows.map((row) => ({ hash: String(row['hash']), calendar: String(row['calendar']), savedAt: Number(row['saved_at']), edition: Edition.parse(JSON.parse(String(row['content']))) }));
}
