import { asJson } from '../sql-text.ts';
import type { Queries } from '../sql-store.ts';
import { vault, vaultFor } from '../vault.ts';

export type SealedText = { ref: string; text: string };

/** Puts texts away under their refs. @throws 23505 for a ref that is taken: what is sealed is never replaced */
export async function seal(db: Queries, texts: readonly SealedText[]): Promise<void> {
  if (texts.length === 0) return;
  await db.query(
    `insert into sealed (ref, alg, content)
     select r.ref, $2, decode(r.content, 'base64') from json_to_recordset($1::json) as r(ref text, content text)`,
    [asJson(await Promise.all(texts.map(bytesOf))), vault.alg],
  );
}

/** Puts other bytes in the place of those that an older version left there. */
export async function reseal(db: Queries, texts: readonly SealedText[]): Promise<void> {
  await db.query(
    `update sealed set alg = $2, content = decode(r.content, 'base64') from json_to_recordset($1::json) as r(ref text, content text)
     where sealed.ref = r.ref`,
    [asJson(await Promise.all(texts.map(bytesOf))), vault.alg],
  );
}

/** Opens them. Refs that are not there are left out: their text was erased. */
export async function unseal(db: Queries, refs: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query('select ref, alg, content from sealed where ref = any($1::text[])', [refs]);
  const opened = await Promise.all(rows.map(async (row) => [String(row['ref']), await vaultFor(String(row['alg'])).open(String(row['ref']), row['content'] as Uint8Array)] as const));
  return new Map(opened);
}

const bytesOf = async ({ ref, text }: SealedText): Promise<{ ref: string; content: string }> => ({ ref, content: Buffer.from(await vault.seal(ref, text)).toString('base64') });
