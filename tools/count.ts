export type Count = { passed: number; failed: number; skipped: number };

/**
 * Counts vitest's JSON report. A file that failed as a whole (it could not be loaded) counts as one failure,
 * and so does a report that is not there or an exit code that nothing in it explains (an error outside tests):
 * a crash must not look like an empty success.
 */
export function countOf(report: string, exit: number): Count {
  const value = parse(report);
  if (value === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const brokenFiles = value.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed)).length;
  const skipped = value.numPendingTests + value.numTodoTests;
  const failed = value.numFailedTests + brokenFiles;
  return { passed: value.numPassedTests, failed: failed === 0 && (exit !== 0 || !value.success) ? 1 : failed, skipped };
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
