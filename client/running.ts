import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { caseError } from '../schemas/index.ts';

/**
 * `running.json` in the data folder: where the stack that runs on it is. `folder.json`: which form the folder has.
 * {"pid":1,"address":"127.0.0.1:7233","namespace":"default","taskQueue":"xiaohao","uiUrl":null,"startedAt":1767585600000}
 */
export const Running = z.object({
  pid: z.int().positive(),
  address: z.string(),
  namespace: z.string(),
  taskQueue: z.string(),
  uiUrl: z.string().nullable(),
  startedAt: z.int(),
});
export type Running = z.infer<typeof Running>;

/** Raised when an older program could no longer read a folder. */
export const folderForm = 1;
const Form = z.object({ form: z.int() });

const fileOf = (dataDir: string): string => join(dataDir, 'running.json');

export async function writeRunning(dataDir: string, running: Running): Promise<void> {
  const fresh = `${fileOf(dataDir)}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(running)}\n`, { mode: 0o600 });
  await rename(fresh, fileOf(dataDir));
}

/** Removes it, if it is still ours. */
export async function clearRunning(dataDir: string): Promise<void> {
  const found = await readRunning(dataDir);
  if (found === null || found.pid === process.pid) await rm(fileOf(dataDir), { force: true });
}

/** The stack on this folder; null when none runs, also when one died without a word. */
export async function readRunning(dataDir: string): Promise<Running | null> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => null);
  const parsed = text === null ? null : Running.safeParse(readJson(text));
  return parsed?.success && isAlive(parsed.data.pid) ? parsed.data : null;
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Makes the folder, or refuses one that a later version wrote. @throws LEDGER-NEWER before anything in it is touched */
export async function prepareFolder(dataDir: string): Promise<void> {
  const path = join(dataDir, 'folder.json');
  const text = await readFile(path, 'utf8').catch(() => null);
  const form = text === null ? null : Form.safeParse(readJson(text));
  if (form?.success && form.data.form > folderForm) throw caseError('LEDGER-NEWER', { zh: `${dataDir} (格式 ${form.data.form})`, en: `${dataDir} has form ${form.data.form}, this program knows ${folderForm}` });
  if (form?.success) return;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(path, `${JSON.stringify({ form: folderForm })}\n`);
}
