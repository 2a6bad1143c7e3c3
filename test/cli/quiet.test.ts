/** What the SDK says beside what we say. */
import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lineOf } from '../../cli/quiet.ts';
import { workflowBundle } from '../../worker/index.ts';
import { taskNotBegun } from '../../workflows/messages.ts';
import { cleanEnv, collect } from '../support/cli.ts';
import { temporaryFolder } from '../support/ledger.ts';
import { root } from '../support/source.ts';

it('a warning of its native side goes to standard error, never into the document on standard output', async () => {
  const folder = await temporaryFolder();
  const broken = join(folder, 'broken.js');
  await writeFile(broken, (await readFile(await workflowBundle(), 'utf8')).replace('void this.#drain();', ''));
  const child = ['--import', 'tsx', 'test/support/warning-child.ts', 'test/replay/histories/v1/story-01.json.gz', broken];
  const { ran } = collect(spawn(process.execPath, child, { cwd: root, env: cleanEnv(), stdio: ['ignore', 'pipe', 'pipe'] }));
  const { stdout, stderr } = await ran;
  expect(stdout).toBe('DeterminismViolationError\n');
  expect(stderr).toMatch(/^WARN Failing workflow task .*TMPRL1100/);
  await rm(folder, { recursive: true });
});

it('is said with its reason; that a case is let go of until its task has begun is not', () => {
  const said = (failure: string) => lineOf({ level: 'WARN', message: 'Failing workflow task', meta: { failure } });
  expect(said('out of memory')).toBe('WARN Failing workflow task out of memory');
  expect(said(`${taskNotBegun}: event 20 has come without its workflow task`)).toBeNull();
});
