/**
 * One owner for a data folder (PGlite has no lock of its own, and two openers lose data).
 *
 * `lock/<pid>-<nonce>` is a claim: {pid, started, boot, space, host}, made by one rename, so that it is never half-written. Whoever
 * wants the folder puts a claim and then looks at the others: alone among the living it owns, otherwise it takes its claim back.
 * Of two at once, the one that claimed second sees the first; so two can never both own, whatever the order, and a dead owner's
 * claim is a file of its own that can be removed without touching anybody else's. `lock/owner` names the claim that won.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { caseError } from '../../schemas/index.ts';
import { isAlive, thisProcess, type ProcessMark } from './process-mark.ts';

export type Lock = { release(): Promise<void> };
type Claim = { name: string; mark: ProcessMark };

/** Contenders that meet give way and come again this often. */
const ROUNDS = 25;

/** @throws LEDGER-LOCKED while another process, or another opener in this one, has the folder; nothing but a claim was touched then. */
export async function takeLock(dataDir: string): Promise<Lock> {
  const folder = join(dataDir, 'lock');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (let round = 0; round < ROUNDS; round++) {
    await refuseOwned(folder);
    const lock = await claim(folder);
    if (lock) return lock;
    await wait(10 + Math.random() * 20 * (round + 1));
  }
  throw caseError('LEDGER-LOCKED', { zh: dataDir, en: dataDir });
}

/** Who has the folder now: the process id, or null. Asks only. */
export async function lockOwner(dataDir: string): Promise<number | null> {
  const owner = await livingOwner(join(dataDir, 'lock')).catch(() => null);
  return owner?.mark.pid ?? null;
}

async function refuseOwned(folder: string): Promise<void> {
  const owner = await livingOwner(folder);
  if (owner) throw caseError('LEDGER-LOCKED', { zh: `进程 ${owner.mark.pid} (${join(folder, owner.name)})`, en: `by process ${owner.mark.pid}, see ${join(folder, owner.name)}` });
}

async function livingOwner(folder: string): Promise<Claim | null> {
  const name = await readFile(join(folder, 'owner'), 'utf8').catch(() => '');
  const mark = isClaim(name) ? await readMark(folder, name) : null;
  return mark && (await isAlive(mark)) ? { name, mark } : null;
}

/** @returns null when another claim lives. */
async function claim(folder: string): Promise<Lock | null> {
  const name = `${process.pid}-${randomBytes(6).toString('hex')}`;
  await place(folder, name, JSON.stringify(await thisProcess()));
  if (!(await aloneAmongLiving(folder, name))) {
    await rm(join(folder, name), { force: true });
    return null;
  }
  await place(folder, 'owner', name);
  return { release: () => rm(join(folder, name), { force: true }) };
}

async function aloneAmongLiving(folder: string, own: string): Promise<boolean> {
  const others = (await readdir(folder)).filter((name) => isClaim(name) && name !== own);
  for (const name of others) {
    const mark = await readMark(folder, name);
    if (mark && (await isAlive(mark))) return false;
    await rm(join(folder, name), { force: true });
  }
  return true;
}

const isClaim = (name: string): boolean => /^\d+-[0-9a-f]{12}$/.test(name);

/** null when the claim has gone meanwhile, or is empty: a rename is whole for every process, but a power cut may keep the name alone. */
async function readMark(folder: string, name: string): Promise<ProcessMark | null> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => '');
  return text === '' ? null : (JSON.parse(text) as ProcessMark);
}

async function place(folder: string, name: string, text: string): Promise<void> {
  const fresh = join(folder, `new-${process.pid}-${randomBytes(6).toString('hex')}`);
  await writeFile(fresh, text, { flag: 'wx', mode: 0o600 });
  await rename(fresh, join(folder, name));
}
