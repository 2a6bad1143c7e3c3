/** Ctrl-C, SIGTERM and SIGHUP ask for an orderly end, once; a second Ctrl-C ends at once. */
export function untilStopped(): { stopped: Promise<void>; release(): void } {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  let onSignal: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    let asked = false;
    onSignal = () => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    for (const signal of signals) process.on(signal, onSignal);
  });
  return { stopped, release: () => signals.forEach((signal) => process.off(signal, onSignal)) };
}
