/** One way that was tried, and how it ended. */
export type Attempt = { way: string; result: string };

/**
 * Something that the product needs from outside could not be had. The message says, in Chinese and English,
 * exactly what was tried and the one thing to do. Recognise it by `code`, never by instanceof.
 */
export class SetUpError extends Error {
  readonly code = 'SET-UP';
  readonly tried: readonly Attempt[];
  constructor(what: { zh: string; en: string; tried: readonly Attempt[]; todo: { zh: string; en: string } }) {
    super(explain(what));
    this.name = 'SetUpError';
    this.tried = what.tried;
  }
}

function explain(what: { zh: string; en: string; tried: readonly Attempt[]; todo: { zh: string; en: string } }): string {
  const tried = what.tried.map((attempt, index) => `  ${index + 1}. ${attempt.way}: ${attempt.result}`);
  return [
    `${what.zh}`,
    `${what.en}`,
    ...(tried.length > 0 ? ['已经尝试 / tried:', ...tried] : []),
    `请这样做: ${what.todo.zh}`,
    `To do: ${what.todo.en}`,
  ].join('\n');
}

/** First line of an error, short enough for a list. */
export function brief(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split('\n').find((part) => part.trim() !== '') ?? text;
  return line.length > 240 ? `${line.slice(0, 237)}...` : line;
}
