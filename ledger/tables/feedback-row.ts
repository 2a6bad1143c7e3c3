import { canonical, Feedback, isSecret, splitPersonal, type PersonalPart } from '../../schemas/index.ts';
import type { Recognise } from './keys.ts';
import type { SealedText } from './sealed.ts';

/** A row of `feedback`, by the names of its columns in JSON; what it holds may be shown to whoever may read the record. */
export type FeedbackColumns = {
  id: string;
  content: string;
  print: string;
  kind: string;
  level: number | null;
  channel: string;
  field: string;
  matter: string;
  unit: string | null;
  place: string | null;
  saidAt: number | null;
  receivedAt: number;
  acceptedAt: number | null;
  terminal: string | null;
  isDefault: boolean;
  secret: boolean;
  rater: string | null;
  at: number | null;
};

export const refOf = (feedbackId: string): string => `feedback:${feedbackId}`;

/** 反馈 in its two parts. `at` is when it was taken in from a file. */
export function partsOf(f: Feedback, recognise: Recognise, at: number | null): { row: FeedbackColumns; sealed: SealedText } {
  const { open, personal } = splitPersonal(Feedback, f);
  const row = {
    id: f.feedbackId, content: canonical(fitting(open)), print: printOf(f, recognise), kind: f.kind, level: f.level ?? null, channel: f.channel, field: f.field,
    matter: f.matter.code, unit: f.ratedUnit ?? null, place: f.place ?? null, saidAt: f.saidAt ?? null, receivedAt: f.receivedAt,
    acceptedAt: f.service?.acceptedAt ?? null, terminal: f.service?.terminal ?? null, isDefault: f.isDefault ?? false, secret: isSecret(f),
    rater: raterKeyOf(f, recognise), at,
  };
  return { row, sealed: { ref: refOf(f.feedbackId), text: canonical(personal satisfies PersonalPart) } };
}

/** Masks may be longer than what they hide; a text stays within its limit. */
const fitting = (open: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  typeof open['text'] === 'string' && open['text'].length > 4000 ? { ...open, text: open['text'].slice(0, 3999).toWellFormed() } : open;

/** By what a repeat is recognised: all of it but when we received it, which is our own time and not part of what was said. */
export function printOf({ receivedAt: _ours, ...said }: Feedback, recognise: Recognise): string {
  return recognise('content', canonical(said));
}

/** The same person under the same number, however it was written; null where there is none, or only a masked one. */
export function raterKeyOf({ rater }: Pick<Feedback, 'rater'>, recognise: Recognise): string | null {
  const number = digitsOf(rater?.phone, 'phone') ?? digitsOf(rater?.idNo, 'idNo');
  return number === null ? null : recognise('rater', number);
}

function digitsOf(text: string | undefined, kind: 'phone' | 'idNo'): string | null {
  const plain = (text ?? '').normalize('NFKC').toUpperCase();
  if (plain.includes('*')) return null;
  const digits = plain.replace(/[^0-9X]/g, '');
  const number = kind === 'phone' ? digits.replace(/^(?:00)?86(?=1\d{10}$)/, '') : digits;
  return number.length < 7 ? null : `${kind}:${number}`;
}
