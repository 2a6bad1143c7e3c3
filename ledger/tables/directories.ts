import { badInput, canonical, CaseError, checkDays, Directory } from '../../schemas/index.ts';
import type { Queries } from '../sql-store.ts';

/** Imports wait for each other, so that versions are dense. */
const LOCK = 7_216_003;

/** A new version of the 人员目录, within its transaction; what is in force already stays the same version. @throws BAD-INPUT */
export async function importDirectory(tx: Queries, directory: Directory, at: number): Promise<{ version: number }> {
  const parsed = Directory.safeParse(directory);
  if (!parsed.success) throw new CaseError(badInput(parsed.error, 'directory'));
  checkDays(Directory, parsed.data, 'directory');
  await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
  const content = canonical(parsed.data);
  const [newest] = await tx.query('select version, content from directories order by version desc limit 1');
  const version = Number(newest?.['version'] ?? 0);
  if (newest?.['content'] === content) return { version };
  await tx.query('insert into directories (version, content, imported_at) values ($1, $2, $3)', [version + 1, content, at]);
  return { version: version + 1 };
}

/** The newest version. */
export async function readDirectory(db: Queries): Promise<{ version: number; directory: Directory } | null> {
  const [row] = await db.query('select version, content from directories order by version desc limit 1');
  return row ? { version: Number(row['version']), directory: Directory.parse(JSON.parse(String(row['content']))) } : null;
}
