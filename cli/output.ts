/**
 * Where words go. A command returns what it found; this file alone prints it: as text, or with `--json` as exactly one document on
 * standard output. Progress and notes go to standard error.
 */
export type Result = { json: unknown; text: string };

type Stream = { isTTY?: boolean; write(text: string): unknown };
export type Output = { stdout: Stream; stderr: Stream; json: boolean };

export function printResult(out: Output, result: Result): void {
  const text = out.json ? JSON.stringify(result.json) : result.text;
  if (text !== '') out.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** A line that is no part of the answer. */
export const note = (out: Pick<Output, 'stderr'>, text: string): void => void out.stderr.write(`${text}\n`);

const ansi = { red: 31, yellow: 33, blue: 34, green: 32, grey: 90, bold: 1 } as const;
export type Ink = (tone: keyof typeof ansi, text: string) => string;

/** Colour only ever repeats what the words say, and only on a terminal that wants it. */
export const inkFor = (stream: Stream, env: NodeJS.ProcessEnv): Ink => {
  const on = stream.isTTY === true && (env['NO_COLOR'] ?? '') === '';
  return (tone, text) => (on ? `\u001b[${ansi[tone]}m${text}\u001b[0m` : text);
};

/** A line that is written over while something long goes on: on a terminal alone, and never with the answer. */
export function progressOn(out: Pick<Output, 'stderr'>): { show(text: string): void; end(): void } {
  if (out.stderr.isTTY !== true) return { show: () => undefined, end: () => undefined };
  let last = 0;
  return {
    show: (text) => {
      if (Date.now() - last < 100) return;
      last = Date.now();
      out.stderr.write(`\r\u001b[K${text}`);
    },
    end: () => void out.stderr.write('\r\u001b[K'),
  };
}
