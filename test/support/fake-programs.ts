/** Folders and small shell programs for tests of the set-up: what is tested is the finder, not what it finds. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'xiaohao-set-up-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes an executable shell script. @returns its path */
export function program(path: string, body: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

export const answersVersion = 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"';

/** An environment of only these folders and the system's own programs; nothing of the developer's is found. */
export function environment(folder: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv & { XIAOHAO_CACHE: string } {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  return { PATH: join(folder, 'bin'), HOME: folder, XIAOHAO_CACHE: join(folder, 'cache'), ...more };
}

/** A `go` that puts a working `temporal` into GOBIN. Absolute paths: the environment above has no PATH to speak of. */
export const compilesTemporal = `/bin/mkdir -p "$GOBIN"
printf '#!/bin/sh\\n%s\\n' '${answersVersion}' > "$GOBIN/temporal"
/bin/chmod 755 "$GOBIN/temporal"`;
