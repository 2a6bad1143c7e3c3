import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

/** What tells a process from a later one with the same number. Parts that this system does not tell are ''. */
export type ProcessMark = { pid: number; started: string; boot: string; space: string; host: string };

/** The mark of this process. */
export async function thisProcess(): Promise<ProcessMark> {
  return { pid: process.pid, ...(await machine()), started: (await look(process.pid)).started };
}

/**
 * Whether the marked process lives. Dead: the machine was started anew, the number is free, a zombie, or another process has it now.
 * A process of another machine or container cannot be seen and counts as alive: its claim must be removed by hand.
 */
export async function isAlive(mark: ProcessMark): Promise<boolean> {
  const here = await machine();
  if (mark.boot !== here.boot) return mark.host !== here.host;
  if (mark.space !== here.space) return true;
  const { gone, started } = await look(mark.pid);
  return !gone && (started === '' || mark.started === '' || started === mark.started);
}

async function machine(): Promise<{ boot: string; space: string; host: string }> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const space = await readlink('/proc/self/ns/pid').catch(() => '');
  return { boot: boot.trim(), space, host: hostname() };
}

async function look(pid: number): Promise<{ gone: boolean; started: string }> {
  if (!answers(pid)) return { gone: true, started: '' };
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat === null ? { gone: false, started: await startedByPs(pid) } : parseStat(stat);
}

/** `pid (name) state ppid ... starttime`: the name may hold blanks and brackets, so count from its end. */
function parseStat(stat: string): { gone: boolean; started: string } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { gone: fields[0] === 'Z' || fields[0] === 'X', started: fields[19] ?? '' };
}

/** A signal that does nothing; a process of another user lives as well. */
function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function startedByPs(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim();
}
