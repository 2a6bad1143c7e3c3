import { describe, expect, it } from 'vitest';
import { compileCalendar } from '../../../cases/index.ts';
import { coverage } from '../../../cli/commands/doctor.ts';
import { Edition } from '../../../schemas/index.ts';
import shipped from '../../../data/calendar-cn-2024-2026.json' with { type: 'json' };

const calendar = compileCalendar(Edition.parse(shipped));
const at = (date: string): ReturnType<typeof coverage> => coverage(calendar, Date.parse(`${date}T10:00:00+08:00`));

describe('doctor says of the calendar', () => {
  it('that it covers what is counted; from October of its last year, that the next is to be imported; after it, that it is missing', () => {
    expect(['2026-03-02', '2026-09-30', '2026-10-01', '2026-12-31', '2027-01-01', '2031-06-01'].map((date) => at(date).status)).toEqual(['found', 'found', 'note', 'note', 'missing', 'missing']);
    expect(at('2026-10-01').detail).toContain('2027 年放假安排公布后');
  });
});
