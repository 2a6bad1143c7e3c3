/** Arithmetic on civil dates as text, `2026-02-13`; nothing here knows a zone or a clock. */
export const lastDay = (year: number, month: number): number =>
  [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;

/** @returns undefined for a day that is in no calendar */
export function civilDate(year: number, month: number, day: number): string | undefined {
  if (!(year >= 1000 && year <= 9999) || day < 1 || day > lastDay(year, month)) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export const isCivilDate = (text: string): boolean => {
  const [year = 0, month = 0, day = 0] = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text.split('-').map(Number) : [];
  return civilDate(year, month, day) === text;
};
