import { describe, expect, it } from 'vitest';
import { dueDateAt } from '../../../cases/index.ts';
import { dueOf } from '../../../cli/due.ts';
import { codeOf } from '../../../schemas/index.ts';
import { monday, pack } from '../../support/world.ts';

const until = (text: string, now = monday): string => {
  const due = dueOf(text, now, pack.calendar);
  return due === 'overdue' ? due : dueDateAt(pack.calendar, due.before - 1);
};
const fault = (text: string): unknown => {
  try {
    return dueOf(text, monday, pack.calendar);
  } catch (error) {
    return codeOf(error);
  }
};

describe('--due', () => {
  it('counts natural and working days from today, the last one included', () => {
    expect(['0d', '3d', '3wd', '5wd', '2026-12-01', 'overdue'].map((text) => until(text))).toEqual(['2026-03-02', '2026-03-05', '2026-03-05', '2026-03-09', '2026-12-01', 'overdue']);
    // From Friday 2026-02-13: Saturday the 14th is worked, the Spring Festival is off until the 23rd.
    expect(until('3wd', Date.UTC(2026, 1, 13, 2))).toBe('2026-02-25');
  });

  it('is refused for what is no day', () => {
    for (const text of ['', 'soon', '3', '3 d', '-3d', '9999d', '2026-02-30', '2026-13-01', '3wdd']) expect([text, fault(text)]).toEqual([text, 'BAD-INPUT']);
  });
});
