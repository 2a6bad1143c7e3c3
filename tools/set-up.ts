import { fileURLToPath } from 'node:url';
import { hasPostgres } from './postgres.ts';
import { createProgress, type Progress } from './say.ts';
import { findTemporal, findTestServer } from './temporal-server.ts';

/** Gets everything that the tests need. @throws SetUpError when a server cannot be had */
export async function setUpServers(progress: Progress = createProgress()): Promise<void> {
  const temporal = await findTemporal({ progress });
  const where = temporal.kind === 'address' ? temporal.address : `${temporal.path} (${temporal.version})`;
  progress.done(`Temporal: ${where}`);
  const testServer = await findTestServer({ progress });
  progress.done(`Temporal 测试服务器 · test server: ${testServer.path}`);
  const postgres = (await hasPostgres()) ? '有 · found' : '没有，需要它的测试将跳过 · none: the tests that need it are skipped';
  progress.done(`PostgreSQL: ${postgres}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setUpServers();
