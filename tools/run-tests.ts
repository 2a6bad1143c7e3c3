import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countOf } from './count.ts';
import { setUpServers } from './set-up.ts';

export type RunTests = {
  /** For vitest: files, names, projects. */
  args: readonly string[];
  runProgram: (name: string, words: readonly string[]) => Promise<number>;
  env?: NodeJS.ProcessEnv;
};

/**
 * Gets the servers, runs vitest and prints `N passed, N failed, N skipped` as the last line.
 * The line is also written to the file named by XIAOHAO_TEST_COUNT.
 * @returns the exit code: 0 only when at least one test passed, none failed and vitest itself was content
 */
export async function runTests({ args, runProgram, env = process.env }: RunTests): Promise<number> {
  const target = env['XIAOHAO_TEST_COUNT'];
  // A test that runs tests must not write there.
  delete process.env['XIAOHAO_TEST_COUNT'];
  const folder = await mkdtemp(join(tmpdir(), 'xiaohao-test-'));
  const file = join(folder, 'report.json');
  try {
    await setUpServers();
    const exit = await runProgram('vitest/vitest.mjs', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...args,
    ]);
    const count = countOf(await readFile(file, 'utf8').catch(() => ''), exit);
    const line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
    process.stdout.write(`${line}\n`);
    if (target !== undefined && target !== '') await writeFile(target, `${line}\n`);
    return exit !== 0 ? exit : count.passed > 0 && count.failed === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
