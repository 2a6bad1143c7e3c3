import { runCli } from './run.ts';

const code = await runCli(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr, env: process.env, now: Date.now });
if (code !== 0) process.exitCode = code;
