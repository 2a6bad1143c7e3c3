import { parseDate } from '../../schemas/index.ts';

/** 完成时限: a last day, or the words that stand for one. */
export type Due = { readonly date: string | undefined; readonly words: 'immediate' | 'longTerm' | null };

/** 立行立改 or 长期坚持 in the place of a date. */
export function dueWords(text: string | undefined): Due['words'] {
  if (text === undefined) return null;
  const read = parseDate(text, { reference: '2000-01-01' });
  return read.kind === 'immediate' || read.kind === 'longTerm' ? read.kind : null;
}
