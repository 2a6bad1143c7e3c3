import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openLedger, readMigrations, type Ledger, type OpenOptions } from '../../ledger/index.ts';
import { secret } from './ledger-drafts.ts';

export * from './ledger-drafts.ts';

/** A fresh folder below the system's temporary one. */
export const temporaryFolder = (name = 'xiaohao-test-'): Promise<string> => mkdtemp(join(tmpdir(), name));

/**
 * A data folder with an empty, migrated ledger: a copy of one that is made once for these migrations, because making costs 3 s and
 * 600 MB. The caller removes it.
 */
export async function temporaryDataDir(): Promise<string> {
  const folder = await temporaryFolder('xiaohao-data-');
  // Node's own recursive copy takes a second and more for a thousand files.
  await promisify(execFile)('cp', ['-R', `${await template()}/.`, folder]);
  return folder;
}

/** An open embedded ledger in a folder of its own; `remove` closes it and deletes the folder. */
export async function temporaryLedger(more: Partial<OpenOptions> = {}): Promise<{ ledger: Ledger; dataDir: string; remove: () => Promise<void> }> {
  const dataDir = await temporaryDataDir();
  const ledger = await openLedger({ dataDir, sealSecret: secret, ...more });
  const remove = async (): Promise<void> => {
    await ledger.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ledger, dataDir, remove };
}

async function template(): Promise<string> {
  const version = createHash('sha256').update((await readMigrations()).map((m) => m.sha256).join()).digest('hex').slice(0, 12);
  const place = join(tmpdir(), `xiaohao-template-${userInfo().uid}-${version}`);
  if (await stat(place).then(() => true, () => false)) return place;
  const fresh = `${place}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  await (await openLedger({ dataDir: fresh, sealSecret: secret })).close();
  await rename(fresh, place).catch(() => rm(fresh, { recursive: true, force: true }));
  return place;
}
