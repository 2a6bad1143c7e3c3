import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    const count = countOf(await readFile(file, 'utf8').catch(() => ''));
    const line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
    process.stdout.write(`${line}\n`);
    if (target !== undefined && target !== '') await writeFile(target, `${line}\n`);
    return exit !== 0 ? exit : count.passed > 0 && count.failed === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export type Count = { passed: number; failed: number; skipped: number };

/**
 * Counts vitest's JSON report. A file that failed as a whole (it could not be loaded) counts as one failure,
 * and so does a report that is not there: a crash must not look like an empty success.
 */
export function countOf(report: string): Count {
  const value = parse(report);
  if (value === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const brokenFiles = value.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed)).length;
  const skipped = value.numPendingTests + value.numTodoTests;
  const failed = value.numFailedTests + brokenFiles;
  return { passed: value.numPassedTests, failed: failed === 0 && !value.success ? 1 : failed, skipped };
}

type Report = {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

function isFailed(result: { status: string }): boolean {
  return result.status === 'failed';
}

function parse(report: string): Report | undefined {
  try {
    const value = JSON.parse(report) as Report;
    return Array.isArray(value.testResults) ? value : undefined;
  } catch {
    return undefined;
  }
}
