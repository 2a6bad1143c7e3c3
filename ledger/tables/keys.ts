import { createHmac, randomBytes } from 'node:crypto';
import type { Queries } from '../sql-store.ts';

/** Makes what is given recognisable to this ledger alone: HMAC-SHA-256 (hex) under its own random key, with a name for what it is. */
export type Recognise = (what: 'rater' | 'content', text: string) => string;

/** The ledger's own key, made by whoever needs it first. */
export async function recogniser(db: Queries): Promise<Recognise> {
  const key = (await readKey(db)) ?? (await makeKey(db));
  return (what, text) => createHmac('sha256', key).update(`${what}\n${text}`).digest('hex');
}

async function readKey(db: Queries): Promise<Buffer | null> {
  const [row] = await db.query("select key from ledger_keys where name = 'recognise'");
  return row ? Buffer.from(String(row['key']), 'hex') : null;
}

async function makeKey(db: Queries): Promise<Buffer> {
  await db.query("insert into ledger_keys (name, key) values ('recognise', $1) on conflict (name) do nothing", [randomBytes(32).toString('hex')]);
  return (await readKey(db)) ?? Promise.reject(new Error('the ledger has no key of its own'));
}
