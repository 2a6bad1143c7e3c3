import { caseError } from '../schemas/index.ts';

/** @throws BAD-INPUT for anything but a whole number of at least `least` */
export function wholeNumber(field: string, text: string, least: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least) throw caseError('BAD-INPUT', { field, zh: text, en: text });
  return value;
}
