import { describe, expect, it } from 'vitest';
import { boardPage, dueRows } from '../../../cli/board-page.ts';
import { inkFor } from '../../../cli/output.ts';
import type { Paper } from '../../../cli/page.ts';
import type { Board, Deadline } from '../../../schemas/index.ts';
import { boardOf } from '../../../cases/index.ts';
import { testDirectory } from '../../support/directory.ts';
import { World, day, hour, monday, pack } from '../../support/world.ts';

const paper: Paper = { directory: testDirectory, calendar: pack.calendar, now: monday, ink: inkFor({ write: () => undefined }, {}) };
const endOf = (days: number): number => monday + 14 * hour + days * day;
const deadline: Deadline = { id: 'total', row: 'due', role: 'UH', unit: 'U1', person: null, since: monday - 20 * day, due: endOf(2), original: null, provisional: false, paused: false, amount: null, anchor: null, side: 'unit', cycle: '', countedFrom: monday - 20 * day, spent: 0 };
const board = (caseNo: string, deadlines: Deadline[], more: Partial<Board> = {}): Board => ({ ...boardOf(new World(caseNo).state, pack), caseNo, matter: '入学材料', colour: 'red', alert: 'yellow', deadlines, ...more });

const boards = [
  board('YC-2026-JY-0001', [deadline, { ...deadline, id: 'task:T1', role: 'UO', person: 'ren', due: endOf(-3) }]),
  board('YC-2026-JY-0002', [{ ...deadline, due: endOf(9), original: endOf(2), provisional: true }, { ...deadline, id: 'stage', due: endOf(-5), paused: true }], { colour: null, alert: 'none' }),
];

const rules = () => ({ calendar: pack.calendar, edition: 'cn-2026', cite: () => [{ id: 'x', title: '济南市12345条例', article: '第二十四条' }] });

describe('the board of deadlines', () => {
  const rows = dueRows(boards, rules, monday);

  it('puts first what is overdue longest, and last what stands still', () => {
    expect(rows.map((r) => `${r.caseNo.slice(-1)} ${r.id} ${r.standing} ${r.left}`)).toEqual(['1 task:T1 overdue -2', '1 total soon 2', '2 total running 7', '2 stage paused -4']);
  });

  it('says in words what is due, by whom, how long, and every colour', () => {
    const page = boardPage(rows, boards.length, paper);
    for (const words of ['还剩2个工作日', '逾期2个工作日', '红色', '黄·滞后', '任务 T1', '整改总期限', '济南市12345条例第二十四条', '教育局 任责任', '教育局 第一责任人', '暂停计时 · suspended', '暂定', '原为 2026-03-04', '2 件, 4 项期限: 逾期超三倍 0, 逾期 1, 将到期 1, 在期内 1, 暂停 1']) expect(page).toContain(words);
    expect(page).not.toContain('\u001b');
    expect(boardPage([], 0, paper)).toContain('没有到期事项');
  });

  it('has nothing that stands still among what is due until a date', () => {
    expect(dueRows(boards, rules, monday, { due: { before: endOf(60) } }).map((r) => r.paused)).toEqual([false, false, false]);
  });

  it('counts down nothing that stands still', () => {
    expect(boardPage(rows, 2, paper).split('\n').find((l) => l.includes('暂停计时'))).not.toMatch(/还剩|逾期\d/);
  });

  it('shows only what is overdue, or due until then, or is not due from somebody else', () => {
    const ids = (wish: Parameters<typeof dueRows>[3]): string[] => dueRows(boards, rules, monday, wish).map((r) => `${r.caseNo.slice(-1)} ${r.id}`);
    expect(ids({ due: 'overdue' })).toEqual(['1 task:T1']);
    expect(ids({ due: { before: endOf(2) + 1 } })).toEqual(['1 task:T1', '1 total']);
    expect(ids({ mine: (_, d) => d.person === 'ren' })).toEqual(['1 task:T1']);
  });
});
