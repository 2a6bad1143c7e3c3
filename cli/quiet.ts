import { DefaultLogger, Runtime } from '@temporalio/worker';

/** The SDK's runtime is one for a process: its warnings go to standard error, its progress nowhere. */
export function quietRuntime(): void {
  Runtime.install({ logger: new DefaultLogger('WARN', ({ level, message, meta }) => void process.stderr.write(`${level} ${message}${meta?.['error'] === undefined ? '' : ` ${String(meta['error'])}`}\n`)) });
}
