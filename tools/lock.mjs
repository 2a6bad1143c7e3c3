/**
 * A lock between processes of one machine: a file with the owner's process id. A dead owner's lock is taken over.
 * Plain JavaScript, because it is needed before anything is installed.
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `body` while holding the lock `file`; waits for a living owner (`onWait` is told his id once).
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} body
 * @param {(owner: number) => void} [onWait]
 * @returns {Promise<T>}
 */
export async function withLock(file, body, onWait = () => undefined) {
  let told = false;
  while (!take(file)) {
    const owner = ownerOf(file);
    // Between creating a lock and writing into it nobody's name is in it yet.
    if (!told && owner !== undefined) {
      told = true;
      onWait(owner);
    }
    await sleep(200);
  }
  try {
    return await body();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  if (create(file)) return true;
  const owner = ownerOf(file);
  if (owner !== undefined && isAlive(owner)) return false;
  // Empty: its owner is between creating and writing, or died there.
  if (owner === undefined && ageMs(file) < 5000) return false;
  return takeOver(file, owner);
}

/** Only one process at a time may judge and remove a dead owner's lock: a folder guards that, for milliseconds. */
function takeOver(file, owner) {
  const guard = `${file}.taking`;
  if (ageMs(guard) > 10_000) rmSync(guard, { recursive: true, force: true });
  try {
    mkdirSync(guard);
  } catch {
    return false;
  }
  try {
    if (ownerOf(file) === owner) rmSync(file, { force: true });
    return create(file);
  } finally {
    rmSync(guard, { recursive: true, force: true });
  }
}

function create(file) {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function ownerOf(file) {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
