import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Notice } from '../../schemas/notice.ts';

export type NoticeQuery = { readonly person?: string; readonly case?: string };

/** Who was told what, in the order in which it was sent: the log of a data folder. What a crash cut off is no line, what it doubled is one. */
export async function readNotices(dataDir: string, query: NoticeQuery = {}): Promise<Notice[]> {
  const all = new Map<string, Notice>();
  for await (const line of linesOf(join(dataDir, 'notices.jsonl'))) {
    const n = parsed(line);
    if (n === undefined || (query.person !== undefined && n.person !== query.person) || (query.case !== undefined && n.case !== query.case)) continue;
    const id = JSON.stringify([n.key, n.person, n.person === null ? n.role : '']);
    if (!all.has(id)) all.set(id, n);
  }
  return [...all.values()];
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await open(path).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return;
  try {
    yield* file.readLines();
  } finally {
    await file.close();
  }
}

function parsed(line: string): Notice | undefined {
  try {
    return Notice.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

export type NoticeSums = { readonly notices: number; /** 责任链空缺: cases and places. */ readonly gaps: number; /** Kept for nobody: no one could be told. */ readonly nobody: number };

export async function countNotices(dataDir: string): Promise<NoticeSums> {
  const all = await readNotices(dataDir);
  return {
    notices: all.length,
    gaps: new Set(all.flatMap((n) => (n.kind === 'missing-superior' ? [n.key] : []))).size,
    nobody: all.filter((n) => n.person === null && n.role !== 'rater').length,
  };
}
