/** The `xiaohao` program as a user runs it: real processes, real folders, nothing of this environment that would change the answer. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './source.ts';

export type Ran = { code: number | null; stdout: string; stderr: string };
export const program = join(root, 'bin', 'xiaohao.mjs');

/** Without the variables by which a command would leave its folder. */
export function cleanEnv(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { TEMPORAL_ADDRESS: _a, DATABASE_URL: _d, XIAOHAO_DATA: _x, XIAOHAO_SEAL_SECRET: _s, FORCE_COLOR: _f, ...rest } = process.env;
  return { ...rest, NO_COLOR: '1', ...more };
}

export function collect(child: ChildProcess): { ran: Promise<Ran>; said: () => string } {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const ran = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { ran, said: () => stdout + stderr };
}

/** Runs one command line to its end. */
export const xiaohao = (dataDir: string, words: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
  collect(spawn(process.execPath, [program, ...words], { cwd: root, env: cleanEnv({ XIAOHAO_DATA: dataDir, ...env }), stdio: ['ignore', 'pipe', 'pipe'] })).ran;

/** Types lines into a shell, in the folder of the repository. */
export const shell = (dataDir: string, script: string): Promise<Ran> =>
  collect(spawn('bash', ['-euo', 'pipefail', '-c', script], { cwd: root, env: cleanEnv({ XIAOHAO_DATA: dataDir }), stdio: ['ignore', 'pipe', 'pipe'] })).ran;

export type Started = { child: ChildProcess; ended: Promise<Ran>; said: () => string; stop: (signal?: NodeJS.Signals) => Promise<Ran> };

/** `xiaohao start`, once it says that it runs, or `until` something else. @throws what it said instead, when it ends before */
export async function start(dataDir: string, words: readonly string[] = [], env: Record<string, string> = {}, until = 'Ctrl-C 停止'): Promise<Started> {
  const child = spawn(process.execPath, [program, 'start', ...words], { cwd: root, env: cleanEnv({ XIAOHAO_DATA: dataDir, ...env }), stdio: ['ignore', 'pipe', 'pipe'] });
  const { ran, said } = collect(child);
  const up = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', () => {
        if (said().includes(until)) resolve();
      });
  });
  await Promise.race([up, ran.then(({ stdout, stderr }) => Promise.reject(new Error(`start ended: ${stdout}${stderr}`)))]);
  const stop = (signal: NodeJS.Signals = 'SIGINT'): Promise<Ran> => {
    child.kill(signal);
    return ran;
  };
  return { child, ended: ran, said, stop };
}

/** A folder for data below the temporary one, removed by the caller. */
export const dataFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'xiaohao-cli-'));
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** Exactly one JSON document and its newline, and nothing else on standard output. */
export function oneDocument(stdout: string): unknown {
  const lines = stdout.split('\n');
  if (lines.length !== 2 || lines[1] !== '') throw new Error(`not one document: ${stdout}`);
  return JSON.parse(lines[0] ?? '');
}
