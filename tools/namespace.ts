import type { Connection } from '@temporalio/client';

/** Temporal's numbers for the types of search attributes (IndexedValueType). */
const indexedValueType = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 } as const;
export type SearchAttributeKind = keyof typeof indexedValueType;

export type NamespaceWish = {
  namespace: string;
  /** Days that an ended workflow stays readable. */
  retentionDays: number;
  searchAttributes?: Readonly<Record<string, SearchAttributeKind>>;
};

const grpc = { notFound: 5, alreadyExists: 6 } as const;

/**
 * Brings a namespace to what is wished: registered, with this retention, with these search attributes. May be repeated; removes nothing.
 * Works against the dev server and against a cluster. Waits until the server knows the namespace everywhere (its caches lag by seconds).
 */
export async function ensureNamespace(connection: Connection, wish: NamespaceWish): Promise<void> {
  const { namespace, searchAttributes } = wish;
  const retention = { seconds: wish.retentionDays * 86_400 };
  const isNew = await isMissing(connection, namespace);
  if (isNew) {
    const request = { namespace, workflowExecutionRetentionPeriod: retention };
    await unless(grpc.alreadyExists, () => connection.workflowService.registerNamespace(request as never));
  } else {
    const request = { namespace, config: { workflowExecutionRetentionTtl: retention } };
    await connection.workflowService.updateNamespace(request as never);
  }
  if (searchAttributes !== undefined) await ensureSearchAttributes(connection, namespace, searchAttributes);
  if (isNew) await untilServed(connection, namespace);
}

/** What of a wish is not there, by name: the namespace, or search attributes of it. Changes nothing. */
export async function missingOf(connection: Connection, { namespace, searchAttributes = {} }: Omit<NamespaceWish, 'retentionDays'>): Promise<string[]> {
  if (await isMissing(connection, namespace)) return [namespace];
  const known = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.keys(searchAttributes).filter((name) => known.customAttributes?.[name] === undefined);
}

async function isMissing(connection: Connection, namespace: string): Promise<boolean> {
  const found = await unless(grpc.notFound, () => connection.workflowService.describeNamespace({ namespace }));
  return found === undefined;
}

/** The operator service only adds: what exists already is left out, because repeating it is an error on some servers. */
async function ensureSearchAttributes(
  connection: Connection,
  namespace: string,
  wish: NonNullable<NamespaceWish['searchAttributes']>,
): Promise<void> {
  const known = await retryWhile(grpc.notFound, () => connection.operatorService.listSearchAttributes({ namespace }));
  const missing = Object.entries(wish).filter(([name]) => known.customAttributes?.[name] === undefined);
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map(([name, kind]) => [name, indexedValueType[kind]]));
  await unless(grpc.alreadyExists, () => connection.operatorService.addSearchAttributes({ namespace, searchAttributes }));
}

/** A namespace just registered is unknown to the front end's cache for up to ten seconds. */
async function untilServed(connection: Connection, namespace: string): Promise<void> {
  await retryWhile(grpc.notFound, () => connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 }));
}

async function retryWhile<T>(code: number, call: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (codeOf(error) !== code || attempt >= 120) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

async function unless<T>(code: number, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (codeOf(error) === code) return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
