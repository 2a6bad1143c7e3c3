import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { caseError } from '../schemas/index.ts';
import type { SqlStore, Tx } from './sql-store.ts';

export type Migration = { id: number; name: string; sql: string; sha256: string };

/** Any number will do; it is ours for as long as the migrations run. */
const LOCK = 7_216_001;

/** The numbered files, in order. @throws when a number is missing or double: that is a fault of the release. */
export async function readMigrations(folder = new URL('./migrations/', import.meta.url)): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).toSorted();
  const found = await Promise.all(names.map(async (name) => migration(name, await readFile(new URL(name, folder), 'utf8'))));
  for (const [index, { id, name }] of found.entries()) if (id !== index + 1) throw new Error(`migration ${name} should be number ${index + 1}`);
  return found;
}

/** Line ends are evened out first: a checkout on Windows is not an edit. */
export function migration(name: string, text: string): Migration {
  const sql = text.replaceAll('\r\n', '\n');
  return { id: Number(name.slice(0, 4)), name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
}

/** Applies what is missing, all in one transaction, one process at a time. @throws MIGRATION-EDITED, LEDGER-NEWER */
export async function migrate(store: SqlStore, migrations: readonly Migration[], at: number): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await tx.script('create table if not exists migrations (id integer primary key, name text not null, sha256 text not null, applied_at bigint not null)');
    const applied = await tx.query('select id, name, sha256 from migrations order by id');
    refuseStrange(applied as Applied[], migrations);
    for (const next of migrations.slice(applied.length)) await apply(tx, next, at);
  });
}

type Applied = { id: number; name: string; sha256: string };

function refuseStrange(applied: readonly Applied[], known: readonly Migration[]): void {
  const last = applied.at(-1);
  if (last && last.id > known.length) throw caseError('LEDGER-NEWER', { zh: last.name, en: last.name });
  for (const [index, row] of applied.entries())
    if (known[index]?.id !== row.id || known[index]?.sha256 !== row.sha256) throw caseError('MIGRATION-EDITED', { zh: row.name, en: row.name });
}

async function apply(tx: Tx, next: Migration, at: number): Promise<void> {
  await tx.script(next.sql);
  await tx.query('insert into migrations (id, name, sha256, applied_at) values ($1, $2, $3, $4)', [next.id, next.name, next.sha256, at]);
}
