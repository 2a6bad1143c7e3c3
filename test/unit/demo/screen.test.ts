/** What people see of the demonstration: plain lines in a pipe, a table redrawn in place on a terminal, never a colour without its word. */
import { describe, expect, it } from 'vitest';
import { Edition, compileCalendar } from '../../../cases/index.ts';
import type { Note } from '../../../demo/driver.ts';
import { type Out, createScreen } from '../../../demo/screen.ts';
import { alertOf, colourOf, countdownOf } from '../../../demo/words.ts';
import type { Board } from '../../../schemas/index.ts';
import edition from '../../../data/calendar-cn.json' with { type: 'json' };

/** Monday 2026-03-02, 09:00 in Shanghai; a civil day lasts half a second. */
const monday = Date.UTC(2026, 2, 2, 1);
const calendar = compileCalendar(Edition.parse(edition), { realEpoch: 1_000_000, civilEpoch: monday, msPerDay: 500 });

const paper = (isTTY: boolean): Out & { text: string } => {
  const out = { text: '', isTTY, columns: 200, write: (t: string) => (out.text += t) };
  return out;
};
const refused: Note = {
  kind: 'refused',
  story: 1,
  caseNo: 'YC-2026-JY-0001',
  who: '某人',
  act: '销号审批',
  code: 'SIGN-LEVEL',
  zh: '蓝色整改办主任',
  why: '越级',
};
const step = (stage: string): Note => ({
  kind: 'step',
  story: 1,
  caseNo: 'YC-2026-JY-0001',
  who: '某人',
  act: '签收',
  stage,
  outcome: 'done',
});
const board = {
  caseNo: 'YC-2026-JY-0001',
  matter: '入学',
  stage: 'immediate',
  colour: 'red',
  ordinary: false,
  alert: 'yellow',
  kind: 'open',
  due: 1_000_000 + 2000,
} as Board;

describe('the screen of the demonstration', () => {
  it('in a pipe tells a stage once, and every refusal with its rule and reason', () => {
    const out = paper(false);
    const screen = createScreen(out, calendar, () => 1_000_000);
    for (const note of [step('整改中'), step('整改中'), refused, step('已销号')]) screen.note(note);
    const lines = out.text.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('SIGN-LEVEL 蓝色整改办主任');
    expect(lines[0]).toContain('2026-03-02');
  });

  it('says what time did by itself', () => {
    const out = paper(false);
    createScreen(out, calendar, () => 1_000_000).note({ kind: 'time', story: 7, caseNo: 'YC-2026-JT-0001', act: '逾期' });
    expect(out.text).toContain('by time alone: 逾期');
  });

  it('on a terminal redraws the table where it stands, and says that the dates are scaled', () => {
    const out = paper(true);
    const screen = createScreen(out, calendar, () => 1_000_000);
    screen.table([board]);
    screen.table([board]);
    expect(out.text).toContain('\u001b[3A\u001b[0J');
    expect(out.text).toContain('scaled demonstration calendar');
    expect(out.text).toContain('红·急事急办');
  });

  it('never draws more lines than the terminal has, open cases before settled ones, and says how many are left out', () => {
    const out = Object.assign(paper(true), { rows: 8 });
    const screen = createScreen(out, calendar, () => 1_000_000);
    const boards = Array.from(
      { length: 12 },
      (_, i) => ({ ...board, caseNo: `YC-2026-JY-00${10 + i}`, kind: i < 10 ? 'settled' : 'open' }) as Board,
    );
    screen.table(boards);
    screen.table(boards);
    const frame = out.text.split('\u001b[0J').at(-1) ?? '';
    expect(frame.trimEnd().split('\n')).toHaveLength(7);
    expect(out.text).toContain('\u001b[7A');
    expect(frame).toContain('YC-2026-JY-0020');
    expect(frame).toContain('YC-2026-JY-0021');
    expect(frame).toContain('另有 8 件');
  });

  it('draws all of it on a terminal that does not say how large it is', () => {
    const out = Object.assign(paper(true), { rows: 0, columns: 0 });
    createScreen(out, calendar, () => 1_000_000).table([board]);
    expect(out.text).toContain('YC-2026-JY-0001');
    expect(out.text).toContain('剩 4 个工作日');
  });

  it('counts down in working days and says when it is overdue', () => {
    // Four civil days after Monday morning is Friday.
    expect(countdownOf(board, calendar, 1_000_000)).toBe('剩 4 个工作日');
    expect(countdownOf(board, calendar, 1_000_000 + 7 * 500)).toBe('已逾期 1 个工作日');
    expect(countdownOf({ ...board, kind: 'settled' }, calendar, 1_000_000)).toBe('—');
  });

  it('keeps the two blues and the two meanings of a colour apart', () => {
    expect(colourOf({ colour: 'blue', ordinary: true })).not.toBe(colourOf({ colour: 'blue', ordinary: false }));
    expect(colourOf({ colour: 'red', ordinary: false })).not.toBe(alertOf({ alert: 'red' }));
  });
});
