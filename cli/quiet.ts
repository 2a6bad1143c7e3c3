import { DefaultLogger, Runtime } from '@temporalio/worker';

/**
 * The SDK's runtime is one for a process: its warnings go to standard error, its progress nowhere. Signals are ours: a worker that
 * stops by itself on Ctrl-C leaves commands under way unanswered.
 */
export function quietRuntime(): void {
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) => {
    process.stderr.write(`${level} ${message}${meta?.['error'] === undefined ? '' : ` ${String(meta['error'])}`}\n`);
  });
  Runtime.install({ logger, shutdownSignals: [] });
}
