import { describe, expect, it } from 'vitest';
import { countOf } from '../../tools/count.ts';

const report = (change: object = {}) =>
  JSON.stringify({
    success: true,
    numPassedTests: 4,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
    ...change,
  });

describe('the count of a test run', () => {
  it('is what the report says, with todo counted as skipped', () => {
    expect(countOf(report(), 0)).toEqual({ passed: 4, failed: 0, skipped: 2 });
  });

  it('a file that could not be loaded is one failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ];
    expect(countOf(report({ success: false, numFailedTests: 1, testResults }), 1)).toEqual({ passed: 4, failed: 2, skipped: 2 });
  });

  it('no report, half a report and an exit code that nothing explains are failures', () => {
    expect(countOf('', 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countOf(report().slice(0, 20), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countOf(report(), 1)).toEqual({ passed: 4, failed: 1, skipped: 2 });
    expect(countOf(report({ success: false }), 0)).toMatchObject({ failed: 1 });
  });
});
