import { describe, expect, it } from 'vitest';
import { addWorkingDays, currentVersion, dateOf, endOfDay, epochDay, fold, toCivil, toInstant } from '../../../cases/index.ts';
import { dueText } from '../../../cli/page.ts';
import { type Moment, noticesOf } from '../../../client/notice/compose.ts';
import { dueWords, limitWords } from '../../../client/notice/words.ts';
import { Notice } from '../../../schemas/notice.ts';
import type { Actor, CaseState, Effect } from '../../../schemas/index.ts';
import { testDirectory } from '../../support/directory.ts';
import * as b from '../../support/scenarios/build.ts';
import { World, day, monday, pack } from '../../support/world.ts';

const { calendar } = pack;
const due = endOfDay(calendar, epochDay('2026-03-04'));
const moment = (o: Partial<Moment> = {}): Moment => ({ directory: testDirectory, today: '2026-03-02', now: monday, calendar, machine: currentVersion, board: null, ...o });
const mark = (o: Partial<Effect> = {}): Effect => ({
  key: 'YC-2026-JY-0001:7:nearDue', kind: 'notice', case: 'YC-2026-JY-0001', seq: 7, name: 'nearDue', at: monday,
  to: [{ role: 'UH', unit: 'U1', person: 'wang' }, { role: 'LDR_DEPUTY', unit: null, line: 'superior' }],
  data: { deadline: 'total', mark: 'before1', side: 'unit', holder: 'UH', unit: 'U1', due, row: 'A1', stage: '整改中' }, ...o,
});

describe('a notice of a mark', () => {
  it('says what, which case, which limit, when, and how long is left, in both languages', () => {
    const [own, above] = noticesOf(mark(), moment());
    expect(own?.text).toEqual({
      zh: '【临期】YC-2026-JY-0001 教育局: 整改总期限 2026-03-04 到期, 还剩2个工作日',
      en: '[due soon] YC-2026-JY-0001 教育局: the whole rectification due 2026-03-04, 2 working days left',
    });
    expect([above?.person, above?.text.zh.endsWith('(送其上级)')]).toEqual(['fen', true]);
    expect(noticesOf(mark(), moment()).every((n) => Notice.safeParse(n).success)).toBe(true);
  });

  it('counts at delivery, not when the mark fired', () => {
    const text = (now: number) => noticesOf(mark(), moment({ now }))[0]?.text.zh;
    expect(text(due - 1)).toContain('今日到期');
    expect(text(due)).toContain('已到期, 逾期1个工作日');
    expect(text(due + 7 * day)).toContain('逾期6个工作日');
  });

  it('says that a date is provisional where the board has it so', () => {
    const board = { ratedUnit: 'U1', leadUnit: 'U1', coopUnits: [], deadlines: [{ id: 'total', due, provisional: true }] } as unknown as Moment['board'];
    expect(noticesOf(mark(), moment({ board }))[0]?.text.zh).toContain('暂定');
  });

  it('cites what the pack of the case rests the limit on, while it is in force', () => {
    const board = { ratedUnit: 'U1', leadUnit: 'U1', coopUnits: [], deadlines: [{ id: 'total', due, provisional: false }] } as unknown as Moment['board'];
    const cite = () => [{ id: 'x', title: '济南市12345条例', article: '第二十四条' }];
    expect(noticesOf(mark(), moment({ board, cite }))[0]?.text).toMatchObject({ zh: expect.stringContaining('; 依据 济南市12345条例第二十四条'), en: expect.stringContaining('; by 济南市12345条例第二十四条') });
    expect(noticesOf(mark(), moment({ board: null, cite }))[0]?.text.zh).not.toContain('依据');
  });

  it('counts as the board does, on every day around the due date', () => {
    for (let n = -15; n <= 15; n += 1) {
      const now = toInstant(calendar, addWorkingDays(calendar, toCivil(calendar, due - 1).day, 0).day + n, 10 * 3_600_000);
      const board = dueText(due, false, { calendar, now, ink: (_, text) => text });
      const said = board.slice(board.indexOf('(') + 1, board.indexOf(' ·') > 0 ? board.indexOf(' ·') : board.indexOf(')')).trim();
      expect(dueWords(calendar, { due, provisional: false }, now).zh, dateOf(toCivil(calendar, now).day)).toContain(said.split(' ')[0]);
    }
  });

  it('names the hour of a limit in hours, and no rater', () => {
    expect(dueWords(calendar, { due: monday + 2 * 3_600_000, provisional: false }, monday).zh).toBe('2026-03-02 12:00 到期, 还剩2小时');
    expect(limitWords('callback:r-17')).toEqual({ zh: '回访', en: 'call back' });
    expect(limitWords('reply:A1').zh).toBe('回复督办 A1');
    expect(limitWords('stage', '核验中').zh).toBe('本环节 (核验中)');
    expect(limitWords('act:L3').zh).toBe('发出督办 红牌警示单');
  });
});

describe('a notice of an act', () => {
  it('says what happened in the words of the table, an approval by what was approved', () => {
    const act = mark({ name: 'approveProposal', to: [{ role: 'UH', unit: 'U1' }], data: { row: '24', stage: '整改中' } });
    expect(noticesOf(act, moment())[0]).toMatchObject({ kind: 'act', person: 'wang', text: { zh: '【批准延期】YC-2026-JY-0001' } });
  });

  it('to the rater goes to nobody of the directory, and asks that they be told', () => {
    const [n, ...more] = noticesOf(mark({ name: 'capture', to: [{ role: 'rater', unit: null }], data: { row: '0', stage: '' } }), moment());
    expect([n?.person, n?.role, n?.text.zh, more]).toEqual([null, 'rater', '【登记】YC-2026-JY-0001: 请告知评价人', []]);
  });
});

describe('a gap in the line', () => {
  const toUl = mark({ to: [{ role: 'UC', unit: 'U2' }, { role: 'UL', unit: 'U2', line: 'superior' }] });
  const all = noticesOf(toUl, moment());
  it('is told to the office by a notice of its own, once for each case and place', () => {
    const gaps = all.filter((n) => n.kind === 'missing-superior');
    expect(gaps.map((n) => `${n.key} ${n.person}`)).toEqual([
      'YC-2026-JY-0001:missing:UL@U2 zhu', 'YC-2026-JY-0001:missing:UL@U2 shuang', 'YC-2026-JY-0001:missing:UL@U2 fu',
      'YC-2026-JY-0001:missing:UH@U2 zhu', 'YC-2026-JY-0001:missing:UH@U2 shuang', 'YC-2026-JY-0001:missing:UH@U2 fu',
    ]);
    expect(gaps[0]?.text.zh).toContain('卫健委 责任领导(分管)无人担任');
  });

  it('stands in the notice of the office, and not in what the unit gets', () => {
    expect(all.find((n) => n.person === 'wei')?.missing).toBeUndefined();
    expect(all.find((n) => n.person === 'fen')?.missing).toHaveLength(2);
  });

  it('up to the top leaves a notice for nobody, so that it is seen', () => {
    const empty = { ...testDirectory, people: [] };
    const [n, ...gaps] = noticesOf(toUl, moment({ directory: empty }));
    expect([n?.person, n?.kind]).toEqual([null, 'mark']);
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps.every((g) => g.person === null && g.kind === 'missing-superior')).toBe(true);
  });
});

describe('what a unit is not told', () => {
  const effectsOf = (w: World, until: number): Effect[] => fold(w.state, until, w.pack).effects;
  it('is anything about a limit of the office', () => {
    const w = new World();
    b.toVerifying(w);
    const effects = effectsOf(w, w.at + 60 * day);
    expect(effects.filter((e) => e.data['side'] === 'office').length).toBeGreaterThan(0);
    expect(effects.filter((e) => e.data['side'] === 'office').flatMap((e) => e.to).every((t) => t.unit === null)).toBe(true);
  });
});

describe('a proposal that the unit may not know of', () => {
  const returned = (w: World, by: Actor): Effect[] => {
    const s = w.send(w.envelope('returnProposal', by, { ...b.newest(w), reason: '证据不足' }));
    if (!s.ok) throw new Error(s.refusal.en);
    return s.effects;
  };
  it('is returned without a word to it; a plan that is its own business is returned to it', () => {
    const w = new World();
    b.toRectifying(w);
    b.go(w, 'proposeAccountability', b.hub);
    expect(w.state.proposals.at(-1)?.visible).toBe('sealed');
    expect(returned(w, b.chief)).toEqual([]);
    b.go(w, 'suspend', b.uh);
    expect(w.state.proposals.at(-1)?.visible).toBe('case');
    expect(returned(w, b.deputy).flatMap((e) => e.to)).toEqual([{ role: 'UH', unit: 'U1' }]);
  });
});

describe('a mark', () => {
  const state = (): World => {
    const w = new World();
    b.toRectifying(w);
    return w;
  };
  const json = (s: CaseState): CaseState => JSON.parse(JSON.stringify(s)) as CaseState;
  it('makes one effect under one key in a running of its limit, however often time is asked', () => {
    const w = state();
    const all: Effect[] = [];
    let s = w.state;
    for (let n = 0; n < 400; n += 1) {
      const f = fold(s, w.at + n * 6 * 3_600_000, w.pack);
      s = json(f.state);
      all.push(...f.effects);
    }
    const marks = all.filter((e) => typeof e.data['mark'] === 'string');
    expect(marks.length).toBeGreaterThan(5);
    expect(new Set(all.map((e) => e.key)).size).toBe(all.length);
    const running = marks.map((e) => `${String(e.data['deadline'])} ${String(e.data['mark'])} ${String(e.data['due'])}`);
    expect(new Set(running).size).toBe(running.length);
  });

  it('folded again from the same state has the same key: a repeat is the same notice', () => {
    const w = state();
    const keys = () => fold(json(w.state), w.at + 90 * day, w.pack).effects.map((e) => e.key);
    expect(keys()).toEqual(keys());
  });

  it('of two people of one role, each late with a task, is told to both', () => {
    const w = state();
    const [first] = w.state.tasks;
    if (!first) throw new Error('no task');
    const s: CaseState = { ...w.state, tasks: [{ ...first, owner: 'UO-1@U1' }, { ...first, taskId: 'T2', owner: 'UO-2@U1' }] };
    const to = fold(s, w.at + 200 * day, w.pack).effects.flatMap((e) => e.to);
    expect(to.flatMap((t) => (t.role === 'UO' && t.person !== undefined ? [t.person] : [])).toSorted()).toEqual(['UO-1@U1', 'UO-2@U1']);
  });
});
