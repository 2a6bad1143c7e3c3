import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTestServer } from '../../tools/test-server.ts';
import { environment, program, temporaryFolder } from '../support/fake-programs.ts';

const offline = () => Promise.resolve('dns error: no such host');

/** Puts one jar where Maven is told to. */
const copiesOneJar = `for word in "$@"; do
  case "$word" in -DoutputDirectory=*) printf 'a jar' > "\${word#-DoutputDirectory=}/server.jar" ;; esac
done`;

function machine(): { folder: string; env: NodeJS.ProcessEnv } {
  const folder = temporaryFolder();
  program(join(folder, 'bin', 'java'), 'exit 0');
  program(join(folder, 'bin', 'mvn'), copiesOneJar);
  return { folder, env: environment(folder) };
}

describe('the time-skipping server is looked for in order', () => {
  it('TEMPORAL_TEST_SERVER is taken, and an error when it is no program', async () => {
    const { folder, env } = machine();
    const path = program(join(folder, 'my-server'), 'exit 0');
    expect(await findTestServer({ env: { ...env, TEMPORAL_TEST_SERVER: path } })).toEqual({ path, from: 'TEMPORAL_TEST_SERVER' });
    await expect(findTestServer({ env: { ...env, TEMPORAL_TEST_SERVER: join(folder, 'gone') } })).rejects.toThrow('gone');
  });

  it('Maven fetches it once; afterwards it is in the cache', async () => {
    const { env } = machine();
    expect(await findTestServer({ env, download: offline })).toMatchObject({ from: 'maven' });
    expect(await findTestServer({ env, download: offline })).toMatchObject({ from: 'cache' });
  });

  it('a jar that was cut off is noticed, and all are fetched again', async () => {
    const { folder, env } = machine();
    await findTestServer({ env, download: offline });
    truncateSync(join(folder, 'cache', 'test-server-1.32.0', 'lib', 'server.jar'), 2);
    expect(await findTestServer({ env, download: offline })).toMatchObject({ from: 'maven' });
    expect(await findTestServer({ env, download: offline })).toMatchObject({ from: 'cache' });
  });

  it('when it cannot be had the error names everything that was tried', async () => {
    const { folder, env } = machine();
    program(join(folder, 'bin', 'mvn'), 'echo "[ERROR] no such host"; exit 1');
    const message = await findTestServer({ env, download: offline }).then(
      () => '',
      (reason: Error) => reason.message,
    );
    for (const part of ['TEMPORAL_TEST_SERVER', 'test-server-1.32.0', 'dns error', '[ERROR] no such host', '请这样做', 'To do']) {
      expect(message).toContain(part);
    }
    const bare = environment(temporaryFolder());
    await expect(findTestServer({ env: bare, download: offline })).rejects.toThrow('没有 mvn / no mvn on the PATH');
  });
});
