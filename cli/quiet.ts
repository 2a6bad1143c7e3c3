import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker';
import { taskNotBegun } from '../client/index.ts';

/**
 * The SDK's runtime is one for a process: its warnings go to standard error, its progress nowhere. Those of its native side too, which
 * would print them on standard output, in the middle of a `--json` document. Signals are ours: a worker that stops by itself on Ctrl-C
 * leaves commands under way unanswered. Shut down whatever happens: a runtime that hands its warnings on keeps the process alive.
 */
export async function withQuietRuntime<T>(work: () => Promise<T>): Promise<T> {
  const logger = new DefaultLogger('WARN', (entry) => {
    const line = lineOf(entry);
    if (line !== null) process.stderr.write(`${line}\n`);
  });
  const runtime = Runtime.install({ logger, shutdownSignals: [], telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } } });
  try {
    return await work();
  } finally {
    await runtime.shutdown();
  }
}

/** @returns null for what is meant to happen: a case that is let go of because its task has not begun (docs/design/workflow.md) */
export function lineOf({ level, message, meta }: Pick<LogEntry, 'level' | 'message' | 'meta'>): string | null {
  const why = meta?.['error'] ?? meta?.['failure'];
  const text = why === undefined ? '' : ` ${String(why)}`;
  return text.includes(taskNotBegun) ? null : `${level} ${message}${text}`;
}
