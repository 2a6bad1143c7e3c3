import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program, temporaryFolder } from '../support/fake-programs.ts';
import { root } from '../support/source.ts';

/** Runs the real .ci/run in a folder whose `npm test` is the given shell text. */
function ci(npmTest: string): { status: number | null; last: string | undefined } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '.ci'));
  cpSync(join(root, '.ci', 'run'), join(folder, '.ci', 'run'));
  writeFileSync(join(folder, 'package.json'), '{}');
  program(join(folder, 'path', 'npm'), `[ "$1" = test ] || exit 99\n${npmTest}`);
  const env = { ...process.env, PATH: `${join(folder, 'path')}:${process.env['PATH'] ?? ''}` };
  const result = spawnSync(join(folder, '.ci', 'run'), { cwd: '/', env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return { status: result.status, last: result.stdout.trimEnd().split('\n').at(-1) };
}

describe('.ci/run', () => {
  it('prints the count as its very last line and passes', () => {
    const npm = 'echo "12 passed, 0 failed, 1 skipped" > "$XIAOHAO_TEST_COUNT"; echo "something later"';
    expect(ci(npm)).toEqual({ status: 0, last: '12 passed, 0 failed, 1 skipped' });
  });

  it('fails with the exit code of the tests', () => {
    expect(ci('echo "12 passed, 3 failed, 0 skipped" > "$XIAOHAO_TEST_COUNT"; exit 5')).toEqual({
      status: 5,
      last: '12 passed, 3 failed, 0 skipped',
    });
  });

  it('a run that ends before it can count is a failure, whatever its exit code says', () => {
    expect(ci('exit 1')).toEqual({ status: 1, last: '0 passed, 1 failed, 0 skipped' });
    expect(ci('exit 0')).toEqual({ status: 1, last: '0 passed, 1 failed, 0 skipped' });
  });
});
