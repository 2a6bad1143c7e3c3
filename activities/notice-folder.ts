import { createHash, randomBytes } from 'node:crypto';
import { appendFile, link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Effect } from '../schemas/index.ts';
import type { Notice } from '../schemas/notice.ts';
import type { Deliver } from './notify.ts';

/**
 * 通知 into a folder, one for each person, ever: `notices/PERSON/KEY.json`, and a line in `notices.jsonl`.
 *
 *   PERSON      the id in the directory; `_rater` 评价人, `_nobody` where nobody could be told (no id begins so)
 *   KEY         of the effect, `YC-2026-JY-0001%3A7%3AnearDue`; for a gap in the line `YC-…%3Amissing%3AUL%40U1`. What a file name
 *               should not hold is written as %XX; a name that would be too long ends in a hash of the whole
 *
 * The file is what counts. It is written beside (`KEY.json.part`), synced, and linked to its name, which only one can; then comes the
 * line, then `.part` goes. Whoever finds both files finds a crash between the two, and writes the line that lacks.
 */
export type FolderDeps = {
  readonly dataDir: string;
  /** Whom an effect is for, as of now. */
  readonly address: (effect: Effect) => Promise<readonly Notice[]>;
  /** Told after each write, so that a test may die there. */
  readonly after?: (step: 'part' | 'file' | 'line') => void;
};

export function noticeFolder(deps: FolderDeps): Deliver {
  const putOnce = oneAtATime((file: string, notice: Notice) => put(deps, file, notice));
  return async (effect) => {
    const notices = await deps.address(effect);
    const done = await Promise.allSettled(notices.map((notice) => putOnce(fileOf(deps, notice), notice)));
    // One that cannot be reached keeps the effect pending, and nobody else from being told.
    const failed = done.find((d) => d.status === 'rejected');
    if (failed) throw failed.reason;
  };
}

/** One file at a time in one process; several processes share the folder by what the file system does at once. */
function oneAtATime<T>(work: (file: string, item: T) => Promise<void>): (file: string, item: T) => Promise<void> {
  const busy = new Map<string, Promise<void>>();
  return (file, item) => {
    const mine = (busy.get(file) ?? Promise.resolve()).then(() => work(file, item));
    const settled = mine.catch(() => undefined).then(() => void (busy.get(file) === settled && busy.delete(file)));
    busy.set(file, settled);
    return mine;
  };
}

const fileOf = ({ dataDir }: FolderDeps, notice: Notice): string => join(dataDir, 'notices', boxOf(notice), `${fileName(notice.key)}.json`);

async function put(deps: FolderDeps, file: string, notice: Notice): Promise<void> {
  const part = `${file}.part`;
  if (await exists(file)) return (await exists(part)) ? finish(deps, notice, part) : undefined;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeWhole(part, `${JSON.stringify(notice, null, 2)}\n`);
  deps.after?.('part');
  if (!(await linked(part, file))) return;
  deps.after?.('file');
  await writeLine(deps, notice);
  await rm(part, { force: true });
}

/** By way of a name of its own, so that two at once never write into one file. */
async function writeWhole(part: string, text: string): Promise<void> {
  const own = `${part}.${randomBytes(4).toString('hex')}`;
  const file = await open(own, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(own, part);
}

/** False when another was first, or has already finished and taken the part away. */
const linked = (part: string, file: string): Promise<boolean> =>
  link(part, file).then(
    () => true,
    async (error: unknown) => {
      const code = (error as { code?: unknown }).code;
      if (code === 'EEXIST' || (code === 'ENOENT' && (await exists(file)))) return false;
      throw error;
    },
  );

const logOf = ({ dataDir }: FolderDeps): string => join(dataDir, 'notices.jsonl');

async function writeLine(deps: FolderDeps, notice: Notice): Promise<void> {
  await appendFile(logOf(deps), `${JSON.stringify(notice)}\n`, { mode: 0o600 });
  deps.after?.('line');
}

/** After a crash: the line, unless it was written, then the rest. */
async function finish(deps: FolderDeps, notice: Notice, part: string): Promise<void> {
  const log = await readFile(logOf(deps), 'utf8').catch(() => '');
  // A line cut off by a crash is none, and the next one starts afresh.
  if (log !== '' && !log.endsWith('\n')) await appendFile(logOf(deps), '\n');
  if (!log.split('\n').some((line) => isLineOf(line, notice))) await writeLine(deps, notice);
  await rm(part, { force: true });
}

function isLineOf(line: string, { key, person, role }: Notice): boolean {
  if (!line.includes(JSON.stringify(key))) return false;
  try {
    const of = JSON.parse(line) as Notice;
    return of.key === key && of.person === person && (person !== null || of.role === role);
  } catch {
    return false;
  }
}

const boxOf = ({ person, role }: Notice): string => (person === null ? (role === 'rater' ? '_rater' : '_nobody') : fileName(person));

const exists = (file: string): Promise<boolean> => stat(file).then(() => true, () => false);

const mostBytes = 180;
/** Different texts give different names. */
export function fileName(text: string): string {
  const safe = text.replaceAll(/[^\p{L}\p{N}._-]/gu, (c) => [...Buffer.from(c)].map((b) => `%${b.toString(16).toUpperCase().padStart(2, '0')}`).join(''));
  if (Buffer.byteLength(safe) <= mostBytes) return safe;
  return `${[...safe].slice(0, 40).join('')}~${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
