import { chmod, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withWorkFolder } from './cache.ts';
import { runChild } from './run-child.ts';
import type { Progress } from './say.ts';

const noConnectionMs = 20_000;
const stalledMs = 60_000;

/**
 * Lets Temporal's SDK download its own server (`dev`: the CLI, `test`: the time-skipping server) and moves the file to `to`.
 * Offline it fails within a second; a connection that hangs is given up after 20 s, a download without progress after 60 s.
 * @returns undefined when done, else the reason in one line
 */
export async function downloadBySdk(kind: 'dev' | 'test', to: string, cache: string, progress: Progress): Promise<string | undefined> {
  return withWorkFolder(cache, async (folder) => {
    const watch = watchFolder(folder, progress);
    const abort = new AbortController();
    const tsx = import.meta.resolve('tsx');
    const script = fileURLToPath(new URL('./sdk-download.ts', import.meta.url));
    const run = runChild(process.execPath, ['--import', tsx, script, kind, folder], { timeoutMs: 15 * 60_000, signal: abort.signal, tied: true });
    const result = await Promise.race([run, watch.stalled]).finally(() => watch.stop());
    abort.abort();
    if (typeof result === 'string') return result;
    const file = (await readdir(folder)).find((name) => !name.endsWith('.downloading'));
    if (file === undefined) return result.output.split('\n').at(-1) ?? `exit code ${result.code}`;
    await mkdir(dirname(to), { recursive: true });
    await chmod(join(folder, file), 0o755);
    await rename(join(folder, file), to);
    return undefined;
  });
}

/** Follows the size of what arrives in a folder. `stalled` resolves to a reason when nothing arrives any more. */
function watchFolder(folder: string, progress: Progress): { stalled: Promise<string>; stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<string>((resolve) => {
    let bytes = 0;
    let moved = Date.now();
    const look = async () => {
      const now = await folderBytes(folder);
      if (now > bytes) moved = Date.now();
      bytes = Math.max(bytes, now);
      if (bytes > 0) progress.tick(`正在下载 · downloading: ${Math.round(bytes / 1e6)} MB`);
      const limit = bytes === 0 ? noConnectionMs : stalledMs;
      if (Date.now() - moved > limit) resolve(`no data for ${limit / 1000} s`);
    };
    timer = setInterval(() => void look(), 500);
  });
  return { stalled, stop: () => clearInterval(timer) };
}

async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (file) => file.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
