import { badInput, canonical, CaseError, Pack } from '../../schemas/index.ts';
import type { Queries, Row } from '../sql-store.ts';
import { sameOrRefuse } from './once.ts';

type Names = { policy: string; calendar: string };

/** Keeps both halves under their hashes, in force for nobody by that, within its transaction. @throws BAD-INPUT */
export async function keepPack(tx: Queries, pack: Pack, names: Names, at: number): Promise<Pack> {
  const parsed = Pack.safeParse(pack);
  if (!parsed.success) throw new CaseError(badInput(parsed.error, 'pack'));
  const { policy, calendar } = parsed.data;
  await keepCompiled(tx, 'policies', { hash: policy.hash, name: names.policy, content: canonical(policy), at });
  await keepCompiled(tx, 'calendars', { hash: calendar.hash, name: names.calendar, content: canonical(calendar), at });
  return parsed.data;
}

/** As `keepPack`, and makes the pack the one for new cases. @throws BAD-INPUT */
export async function savePack(tx: Queries, pack: Pack, names: Names, at: number): Promise<void> {
  const { policy, calendar } = await keepPack(tx, pack, names, at);
  await tx.query(
    `insert into current_pack (policy, calendar, since) values ($1, $2, $3)
     on conflict (one) do update set policy = excluded.policy, calendar = excluded.calendar, since = excluded.since`,
    [policy.hash, calendar.hash, at],
  );
}

/** Under its hash, once. @throws BAD-INPUT when other content stands there */
export async function keepCompiled(tx: Queries, table: 'policies' | 'calendars', row: { hash: string; name: string; content: string; at: number }): Promise<void> {
  const saved = await tx.query(`insert into ${table} (hash, name, content, saved_at) values ($1, $2, $3, $4) on conflict (hash) do nothing returning hash`, [row.hash, row.name, row.content, row.at]);
  if (saved.length > 0) return;
  const [first] = await tx.query(`select content from ${table} where hash = $1`, [row.hash]);
  sameOrRefuse(`${table} ${row.hash}`, JSON.parse(String(first?.['content'])), JSON.parse(row.content));
}

const select = 'select p.content as policy, c.content as calendar from policies p, calendars c';
const packOf = (row: Row): Pack => Pack.parse({ policy: JSON.parse(String(row['policy'])), calendar: JSON.parse(String(row['calendar'])) });

/** What a case is judged by, by the hashes that it pins. */
export async function readPack(db: Queries, hashes: { policy: string; calendar: string }): Promise<Pack | null> {
  const [row] = await db.query(`${select} where p.hash = $1 and c.hash = $2`, [hashes.policy, hashes.calendar]);
  return row ? packOf(row) : null;
}

/** The pack for new cases: the one saved last. */
export async function readCurrentPack(db: Queries): Promise<Pack | null> {
  const [row] = await db.query(`${select}, current_pack n where p.hash = n.policy and c.hash = n.calendar`);
  return row ? packOf(row) : null;
}
