/**
 * Runs as a process of its own: `sdk-download.ts dev|test FOLDER`. Asks Temporal's SDK to get its server into the folder.
 * The SDK offers no download without a start, so the server is started once and stopped.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [kind, downloadDir] = process.argv.slice(2);
if ((kind !== 'dev' && kind !== 'test') || downloadDir === undefined) throw new Error('usage: sdk-download.ts dev|test FOLDER');
const server = { executable: { type: 'cached-download' as const, downloadDir } };

try {
  const environment = await (kind === 'dev'
    ? TestWorkflowEnvironment.createLocal({ server })
    : TestWorkflowEnvironment.createTimeSkipping({ server }));
  await environment.teardown();
  process.exit(0);
} catch (error) {
  // The last line is what the finder shows.
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
