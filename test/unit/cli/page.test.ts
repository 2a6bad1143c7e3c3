import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { boardOf } from '../../../cases/index.ts';
import { exitCodeOf, explain, failureOf } from '../../../cli/exit.ts';
import { mermaid } from '../../../cli/chart.ts';
import { casePage, dueText, listPage, type Paper } from '../../../cli/page.ts';
import { inkFor } from '../../../cli/output.ts';
import { facts, table } from '../../../cli/table.ts';
import { type Board, type View, ErrorCode, caseError } from '../../../schemas/index.ts';
import { testDirectory } from '../../support/directory.ts';
import { World, day, hour, monday, pack } from '../../support/world.ts';

const plain = inkFor({ write: () => undefined }, {});
const paper: Paper = { directory: testDirectory, calendar: pack.calendar, now: monday, ink: plain };
/** Monday 2026-03-02, 10:00 in Shanghai; its day ends 14 hours later. */
const endOf = (days: number): number => monday + 14 * hour + days * day;
const view: View = {
  caseNo: 'YC-2026-JY-0001', stage: 'rectifying', stageZh: '整改中', revision: 9, round: 1, colour: 'red', ordinary: false, track: 'list', alert: 'yellow', officeAlert: null, matter: '入学材料', place: '东湖区',
  leadUnit: 'U1', coopUnits: ['U2'], due: endOf(4), dueProvisional: false, overdue: false, publicUntil: null, halted: null, imported: null,
  tasks: [{ taskId: 'T1', measure: '改指南', unit: 'U1', owner: 'ren', due: '2026-03-05', state: 'doing', rework: true }],
  proposals: [{ proposalId: 'P3', command: 'closeTask', by: 'bai', at: monday }],
  acts: [{ act: 'L2-1', code: 'L2', answered: false }],
};

describe('a page', () => {
  it('lines its columns up, a Chinese character being two wide', () => {
    const lines = table(['编号', 'b', '最后'], [['1', '中文字', 'x'], ['长长的编号', 'ab', 'y']]).split('\n');
    expect(lines.map((line) => stringWidth(line.slice(0, line.search(/(最后|x|y)$/))))).toEqual([20, 20, 20]);
    expect(facts([['环节', '整改中'], ['stage of it', 'x'], ['none', null]])).toBe('环节         整改中\nstage of it  x');
  });

  it('counts down in working days, to the end of the last', () => {
    expect(dueText(endOf(0), false, paper)).toBe('2026-03-02 (今日到期 · due today)');
    expect(dueText(endOf(7), false, paper)).toBe('2026-03-09 (还剩5个工作日 · 5 working days left)');
    // Saturday 2026-02-28 is worked (调休): it counts, the Sunday does not.
    expect(dueText(endOf(-3), false, paper)).toBe('2026-02-27 (逾期2个工作日 · 2 working days late)');
    expect(dueText(endOf(1), true, paper)).toContain('暂定: 该年日历未公布');
  });

  it('counts nothing down at the head of a case that is suspended, applied for or over, whoever reads it', () => {
    const head = (stage: string, due: number): string => casePage({ ...view, stage, due }, [], paper).split('\n').find((l) => l.startsWith('期限 due')) ?? '';
    expect(head('rectifying', endOf(-3))).toMatch(/2026-02-27 \(逾期2个工作日/);
    for (const stage of ['suspended', 'prelimReview', 'publicizing.open', 'closed', '暂缓办理', '核验中', '已申请销号', '公示中']) expect(head(stage, endOf(-3)), stage).toMatch(/2026-02-27$/);
  });

  it('shows both dates of an extended case in the list', () => {
    const board = { ...boardOf(new World().state, pack), kind: 'open' as const, stage: 'rectifying', due: endOf(7), originalDue: endOf(2) };
    const line = (b: Board): string => listPage([{ board: b, calendar: pack.calendar, cite: [] }], paper).split('\n')[1] ?? '';
    expect(line(board)).toContain('2026-03-09 (还剩5个工作日 · 5 working days left); 原为 2026-03-04');
    expect(line({ ...board, originalDue: endOf(7) })).not.toContain('原为');
  });

  it('names units and people, and says colours in words', () => {
    const page = casePage(view, [{ command: 'applyClosure', row: '27', zh: '申请销号', enabled: true, payloadRules: [] }], paper);
    for (const words of ['红色', '黄·滞后', '教育局', '卫健委', '任责任', '改指南 (返工 rework)', '进行中', '任务销号', '督办函', '待回复', 'applyClosure', '申请销号']) expect(page).toContain(words);
    expect(page).not.toContain('\u001b');
    expect(casePage(view, [], { ...paper, ink: inkFor({ isTTY: true, write: () => undefined }, {}) })).toContain('\u001b[31m红色\u001b[0m');
    expect(inkFor({ isTTY: true, write: () => undefined }, { NO_COLOR: '1' })('red', '红色')).toBe('红色');
  });

  it('says of an item of another ledger what nobody knows', () => {
    const page = casePage({ ...view, imported: { originalNo: '17', unknown: ['unitHead', 'verification'] }, proposals: [{ proposalId: 'P1', command: 'takenOver', by: 'bai', at: monday }] }, [], paper);
    expect(page).toContain('承接台账 taken over');
    expect(page).toContain('原编号 17; 未知: 第一责任人、核实情况 · no. 17 there; not known: head of the unit, verification');
    expect(page).toContain('承接台账补签');
    expect(casePage(view, [], paper)).not.toContain('承接台账');
  });

  it('stops counting when the case is settled, also under the name that a unit knows', () => {
    for (const stage of ['closed', '已销号']) expect(casePage({ ...view, stage }, [], paper)).toMatch(/期限 due +2026-03-06\n/);
  });
});

describe('an exit code', () => {
  it('is there for every error code', () => {
    const codes = [0, 1, 2, 3].map((exit) => ErrorCode.options.filter((code) => exitCodeOf(code) === exit));
    expect(codes[2]).toEqual(['BAD-INPUT', 'UNKNOWN-CASE', 'UNKNOWN-EXHIBIT']);
    expect(codes[3]).toEqual(expect.arrayContaining(['NO-TASKS', 'CASE-ENDED', 'NOT-FOR-YOU', 'UNKNOWN-PERSON']));
    expect(codes[1]).toEqual(expect.arrayContaining(['NOT-RUNNING', 'LEDGER-LOCKED', 'PORT-TAKEN', 'UNAVAILABLE', 'INTERNAL']));
  });

  it('comes with words in both languages, or with what a set-up error says itself', () => {
    const failure = failureOf(caseError('NO-TASKS'));
    expect(failure && explain(failure)).toBe('NO-TASKS\n  至少 1 项措施或任务\n  at least one measure or task in this round');
    const setUp = Object.assign(new Error('端口 7233 已被占用。\nPort 7233 is taken.'), { code: 'SET-UP' });
    expect(failureOf(setUp)).toMatchObject({ exit: 1, refusal: { code: 'PORT-TAKEN' }, explained: setUp.message });
    expect(failureOf(new TypeError('bug'))).toMatchObject({ exit: 1, refusal: { code: 'INTERNAL' } });
  });
});

describe('the chart', () => {
  it('has every stage, one beginning and one end', () => {
    const lines = mermaid().split('\n');
    expect(lines[0]).toBe('stateDiagram-v2');
    expect(lines.filter((l) => l.includes('[*] -->'))).toEqual(['  [*] --> captured : 登记']);
    expect(lines.filter((l) => l.includes('--> [*]'))).toEqual(['  retired --> [*]']);
    expect(lines.filter((l) => l.includes('--> closed '))).toEqual(['  signoff --> closed : 销号审批', '  publicizing_open --> closed : 确认销号', '  lookback --> closed : 未反弹']);
  });
});
