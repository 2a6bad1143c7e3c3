/** PostgreSQL text holds neither NUL nor half a surrogate pair; projections show U+FFFD instead. Entry bytes never hold either. */
export const plain = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

/** A JSON parameter for `$1::json`, every string in it storable. */
export const asJson = (value: unknown): string => JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? plain(inner) : inner));

/** The SQLSTATE of a driver's error, e.g. `23505`; undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** A page's size: within 1 and 1,000. */
export const pageSize = (limit: number | undefined, usual: number): number => Math.max(1, Math.min(limit ?? usual, 1000));

/** A column that may be null. */
export const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value as string));
export const numberOf = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
