import { describe, expect, it } from 'vitest';
import { feedbackFile } from '../../../demo/feedback/make.ts';
import { sheets, signals } from '../../../demo/feedback/rows.ts';
import { openTable } from '../../../import/index.ts';

describe('the demonstration’s file of feedback', () => {
  it('is what its rows say (else: npm run generate)', async () => {
    const file = await openTable(feedbackFile);
    const found: { name: string | null; headers: readonly string[]; rows: Record<string, string>[] }[] = [];
    for await (const sheet of file.sheets()) {
      const rows: Record<string, string>[] = [];
      for await (const { cells } of sheet.rows()) rows.push({ ...cells });
      found.push({ name: sheet.name, headers: sheet.headers, rows });
    }
    await file.close();
    const present = (row: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(row).filter(([, text]) => text !== ''));
    expect(found).toEqual(sheets.map((s) => ({ name: s.name, headers: [...s.headers], rows: s.rows.map(present) })));
  });
  it('has about sixty rows, and a signal for each story', () => {
    expect(sheets.reduce((n, s) => n + s.rows.length, 0)).toBeGreaterThan(50);
    expect(Object.keys(signals).filter((k) => /^s\d\d$/.test(k))).toHaveLength(12);
  });
});
