/**
 * A date as spreadsheets keep it: days since an epoch, the time of day behind the point. The 1900 system believes that 1900 was a leap
 * year: serial 60 is 29 February 1900, which never was, and is given as just that, so that whoever reads dates refuses it.
 */
export type Epoch = 1900 | 1904;

const day = 86_400;
const lastSerial = 2_958_466;

const two = (n: number): string => String(n).padStart(2, '0');
const timeOf = (s: number): string => `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;

function dateOf(days: number, epoch: Epoch): string {
  if (epoch === 1900 && days === 60) return '1900-02-29';
  const first = epoch === 1904 ? Date.UTC(1904, 0, 1) : days < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  return new Date(first + days * day * 1000).toISOString().slice(0, 10);
}

/** 2026-06-30, 2026-06-30 09:30:00, or 09:30:00 where there is no day. Null beyond 9999 and below zero: no program shows a date there. */
export function serialText(serial: number, epoch: Epoch): string | null {
  const seconds = Math.round(serial * day);
  const [days, rest] = [Math.floor(seconds / day), seconds % day];
  if (!(serial >= 0) || serial >= lastSerial) return null;
  if (days === 0 && epoch === 1900) return rest === 0 && serial === 0 ? null : timeOf(rest);
  return rest === 0 ? dateOf(days, epoch) : `${dateOf(days, epoch)} ${timeOf(rest)}`;
}
