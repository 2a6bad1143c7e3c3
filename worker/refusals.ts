import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type InjectedSinks } from '@temporalio/worker';
import * as z from 'zod';
import type { Ledger } from '../ledger/index.ts';
import { RefusalRecord } from '../schemas/index.ts';
import type { RefusalSinks } from '../workflows/case.ts';

type Refuser = Pick<Ledger, 'refuse'>;

/** A refusal waits this long for the ledger before it leaves; then it is on record in the file. */
const budgetMs = 500;
const fileName = 'refusals-late.jsonl';

/**
 * `refusals-late.jsonl`: refusals that the ledger did not take in time, one JSON document a line. `{id, refusal}` says that one is late,
 * `{id, done: true}` that the ledger has it after all. Lines are synced before the refusal leaves.
 */
const Line = z.union([z.object({ id: z.string(), refusal: RefusalRecord }), z.object({ id: z.string(), done: z.literal(true) })]);
type Line = z.infer<typeof Line>;

/** Where validators put refusals on record. The SDK awaits it before the refusal leaves; it never throws for want of a ledger. */
export const refusalSinks = (ledger: Refuser, dataDir: string): InjectedSinks<RefusalSinks> => ({
  refusals: { record: { callDuringReplay: false, fn: (_info, refusal: RefusalRecord) => putOnRecord(ledger, dataDir, refusal) } },
});

async function putOnRecord(ledger: Refuser, dataDir: string, refusal: RefusalRecord): Promise<void> {
  const kept = ledger.refuse(refusal).then(
    () => true,
    () => false,
  );
  if (await Promise.race([kept, lapse(budgetMs)])) return;
  const id = randomBytes(8).toString('hex');
  await write(dataDir, { id, refusal });
  // The ledger may take it yet: then the import must not count it twice.
  void kept.then((late) => (late ? write(dataDir, { id, done: true }) : undefined)).catch(() => undefined);
}

const lapse = (ms: number): Promise<false> => new Promise((resolve) => void setTimeout(() => resolve(false), ms).unref());

async function write(dataDir: string, line: Line): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeLine(join(dataDir, fileName), line);
}

async function writeLine(path: string, line: Line): Promise<void> {
  const file = await open(path, 'a', 0o600);
  try {
    await file.appendFile(`${JSON.stringify(line)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Brings late refusals into the ledger; a worker does so when it starts. The file is set aside first, so that new ones find their own.
 * Killed half-way, it goes on where it was; what the ledger does not take stays in its file for the next time, and never keeps a worker
 * from starting.
 * @returns how many were brought in
 */
export async function importLateRefusals(ledger: Refuser, dataDir: string): Promise<number> {
  const aside = `${fileName}.${randomBytes(4).toString('hex')}.importing`;
  await rename(join(dataDir, fileName), join(dataDir, aside)).catch(() => undefined);
  const names = (await readdir(dataDir).catch(() => [])).filter((name) => name.startsWith(fileName) && name.endsWith('.importing'));
  let count = 0;
  for (const name of names) count += await importFile(ledger, join(dataDir, name));
  return count;
}

async function importFile(ledger: Refuser, path: string): Promise<number> {
  const lines = (await readFile(path, 'utf8')).split('\n').flatMap(parseLine);
  const done = new Set(lines.flatMap((line) => ('done' in line ? [line.id] : [])));
  const late = lines.flatMap((line) => ('refusal' in line && !done.has(line.id) ? [line] : []));
  let count = 0;
  for (const line of late) if (await importLine(ledger, path, line)) count += 1;
  if (count === late.length) await rm(path, { force: true });
  return count;
}

async function importLine(ledger: Refuser, path: string, { id, refusal }: Extract<Line, { refusal: unknown }>): Promise<boolean> {
  const taken = await ledger.refuse(refusal).then(
    () => true,
    () => false,
  );
  if (taken) await writeLine(path, { id, done: true });
  return taken;
}

/** A line cut off by a power failure is none. */
function parseLine(text: string): Line[] {
  try {
    return [Line.parse(JSON.parse(text))];
  } catch {
    return [];
  }
}
