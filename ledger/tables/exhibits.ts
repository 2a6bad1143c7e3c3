import { badInput, canonical, CaseError, Exhibit } from '../../schemas/index.ts';
import type { Queries } from '../sql-store.ts';
import { sameOrRefuse } from './once.ts';

/** Puts a 凭据 on record at server time `at`. The same id and content again gives the first one back. @throws BAD-INPUT */
export async function registerExhibit(db: Queries, exhibit: Omit<Exhibit, 'registeredAt'>, at: number): Promise<Exhibit> {
  const parsed = Exhibit.safeParse({ ...exhibit, registeredAt: at });
  if (!parsed.success) throw new CaseError(badInput(parsed.error, 'exhibit'));
  const e = parsed.data;
  const saved = await db.query('insert into exhibits (id, case_no, sha256, content, registered_at) values ($1, $2, $3, $4, $5) on conflict (id) do nothing returning id', [e.id, e.caseNo, e.sha256, canonical(e), at]);
  if (saved.length > 0) return e;
  const [first] = await readExhibits(db, [e.id]);
  sameOrRefuse(e.id, first, { ...e, registeredAt: first?.registeredAt });
  return first ?? e;
}

/** Those on record, in the order asked for; unknown ids are left out. */
export async function readExhibits(db: Queries, ids: readonly string[]): Promise<Exhibit[]> {
  if (ids.length === 0) return [];
  const rows = await db.query('select id, content from exhibits where id = any($1::text[])', [ids]);
  const found = new Map(rows.map((row) => [String(row['id']), Exhibit.parse(JSON.parse(String(row['content'])))]));
  return [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
}
