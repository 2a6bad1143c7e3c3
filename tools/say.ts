/**
 * Progress on standard error, so that standard output stays clean for `--json`.
 * On a terminal one line is rewritten in place; in a pipe only steps and results are printed, and a tick now and then.
 */
export type Progress = {
  /** A new step begins (one line, zh then en). */
  step(text: string): void;
  /** The step goes on; cheap to call often. */
  tick(text: string): void;
  /** The step is over. */
  done(text: string): void;
};

type Stream = { isTTY?: boolean | undefined; columns?: number; write(text: string): unknown };

const pipeTickEveryMs = 20_000;

export const silent: Progress = { step: () => undefined, tick: () => undefined, done: () => undefined };

export function createProgress(stream: Stream = process.stderr): Progress {
  return stream.isTTY === true ? onTerminal(stream) : inPipe(stream);
}

function onTerminal(stream: Stream): Progress {
  const clear = '\r\x1b[2K';
  const line = (text: string) => stream.write(`${clear}${fit(text, (stream.columns ?? 100) - 1)}`);
  return {
    step: (text) => void line(`· ${text}`),
    tick: (text) => void line(`· ${text}`),
    done: (text) => void stream.write(`${clear}✓ ${text}\n`),
  };
}

function inPipe(stream: Stream): Progress {
  let last = 0;
  const plain = (text: string) => {
    last = Date.now();
    stream.write(`${text}\n`);
  };
  return {
    step: plain,
    tick: (text) => {
      if (Date.now() - last >= pipeTickEveryMs) plain(text);
    },
    done: plain,
  };
}

/** Cuts a line to a number of columns; a CJK character takes two. */
export function fit(text: string, columns: number): string {
  let used = 0;
  let out = '';
  for (const char of text) {
    used += /[\u2e80-\uffef]/.test(char) ? 2 : 1;
    if (used > columns) return out;
    out += char;
  }
  return out;
}
