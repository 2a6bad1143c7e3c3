import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sealSecretOf } from '../../ledger/index.ts';
import { temporaryFolder } from '../support/ledger.ts';

it('the seal secret of a data folder is made once, whoever comes at the same time, and for its owner only', async () => {
  const dataDir = join(await temporaryFolder(), 'new');
  const secrets = await Promise.all(Array.from({ length: 8 }, () => sealSecretOf(dataDir)));
  expect(new Set(secrets).size).toBe(1);
  expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(await sealSecretOf(dataDir)).toBe(secrets[0]);
  expect((await stat(join(dataDir, 'seal.key'))).mode & 0o777).toBe(0o600);
  expect(await readdir(dataDir)).toEqual(['seal.key']);
  await rm(dataDir, { recursive: true });
});

it('a damaged seal secret is an error, never made anew', async () => {
  const dataDir = await temporaryFolder();
  await writeFile(join(dataDir, 'seal.key'), 'half');
  await expect(sealSecretOf(dataDir)).rejects.toThrow(/seal\.key/);
  await rm(dataDir, { recursive: true });
});
