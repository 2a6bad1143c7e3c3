import { DefaultLogger, Runtime } from '@temporalio/worker';

/**
 * The SDK's runtime is one for a process: its warnings go to standard error, its progress nowhere. Signals are ours: the SDK would
 * take a Ctrl-C that comes before there is a worker, and do nothing.
 */
export function quietRuntime(): void {
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('WARN', ({ level, message, meta }) => void process.stderr.write(`${level} ${message}${meta?.['error'] === undefined ? '' : ` ${String(meta['error'])}`}\n`)) });
}
