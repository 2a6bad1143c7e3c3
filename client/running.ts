import { access, constants, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
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

const formOf = (dataDir: string): string => join(dataDir, 'folder.json');

/**
 * The form of a folder that may be used; null when it has none yet. Touches nothing.
 * @throws LEDGER-NEWER when a later version wrote it, BAD-INPUT when this user cannot use it
 */
export async function checkFolder(dataDir: string): Promise<number | null> {
  const absent = (error: NodeJS.ErrnoException): null => (error.code === 'ENOENT' ? null : unusable(dataDir, error));
  await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK).catch(absent);
  const text = await readFile(formOf(dataDir), 'utf8').catch(absent);
  const form = text === null ? null : Form.safeParse(readJson(text));
  if (!form?.success) return null;
  if (form.data.form > folderForm) throw caseError('LEDGER-NEWER', { zh: `${dataDir} (格式 ${form.data.form})`, en: `${dataDir} has form ${form.data.form}, this program knows ${folderForm}` });
  return form.data.form;
}

function unusable(dataDir: string, error: NodeJS.ErrnoException): never {
  const why = `${dataDir} (${error.code ?? error.message})`;
  throw caseError('BAD-INPUT', { field: 'XIAOHAO_DATA', zh: `数据目录不能使用: ${why}`, en: `the data folder of XIAOHAO_DATA cannot be used: ${why}` });
}

/** Makes the folder, or refuses it before anything in it is touched. @throws as `checkFolder` */
export async function prepareFolder(dataDir: string): Promise<void> {
  if ((await checkFolder(dataDir)) !== null) return;
  const failed = (error: NodeJS.ErrnoException): never => unusable(dataDir, error);
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch(failed);
  await writeFile(formOf(dataDir), `${JSON.stringify({ form: folderForm })}\n`).catch(failed);
}
