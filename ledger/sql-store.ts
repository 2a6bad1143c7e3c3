/** A row as the drivers give it: bigint as number, jsonb as parsed JSON, bytea as bytes. */
export type Row = Record<string, unknown>;

export interface Queries {
  /** One statement with `$1` parameters. JSON goes in as text with a cast, never as an object. */
  query(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** A transaction in progress; it ends with the function that it was given to. */
export interface Tx extends Queries {
  /** Several statements without parameters. */
  script(sql: string): Promise<void>;
}

/** The port behind which PGlite and PostgreSQL look the same. */
export interface SqlStore extends Queries {
  /** Commits when `work` returns, rolls back when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
