import type { Cell } from './cell.ts';

/** 1.2E+3 -> 1200, 5e-7 -> 0.0000005: every digit, no exponent. Null where it is no number. */
export function fullDecimal(text: string): string | null {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === '') return null;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const [left, right] = [padded.slice(0, at).replace(/^0+(?=\d)/, ''), padded.slice(at).replace(/0+$/, '')];
  const value = right === '' ? left : `${left}.${right}`;
  return sign === '-' && value !== '0' ? `-${value}` : value;
}

/**
 * A number as text. Programs keep 15 digits: a longer whole number (证件号, 18 digits) has lost its last ones, or may have; behind the
 * point what is beyond the 15th is the noise of binary fractions, and goes as it does on their screens.
 */
export function numberCell(text: string): Cell | null {
  const decimal = fullDecimal(text);
  if (decimal === null) return null;
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  if (whole.length > 15) return { text: decimal, fault: 'precisionLost' };
  const significant = whole === '0' ? fraction.replace(/^0+/, '').length : whole.length + fraction.length;
  return { text: significant > 15 ? (fullDecimal(Number(decimal).toPrecision(15)) ?? decimal) : decimal };
}
