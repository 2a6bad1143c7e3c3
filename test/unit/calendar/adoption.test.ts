/** What another calendar would do to the dates of a case, told before anything is done. */
import { describe, expect, it } from 'vitest';
import { compileCalendar, datesUnder, deadlinesOf, dueBy, dueDateAt, epochDay, packWith, type DateChange, toInstant } from '../../../cases/index.ts';
import { Edition } from '../../../schemas/index.ts';
import calendarCn from '../../../data/calendar-cn.json' with { type: 'json' };
import { go, hub, toRegistered, toTriaged } from '../../support/scenarios/build.ts';
import { World, day, monday, pack } from '../../support/world.ts';

const edition = Edition.parse(calendarCn);
const [year] = edition.years;
if (!year) throw new Error('the edition has a year');
const withOff = (...off: [string, string, string][]) => compileCalendar({ ...edition, id: 'changed', years: [{ ...year, off: [...year.off, ...off] }] });
/** Assigned by the policy's amount: nobody set a date. */
const assigned = (w = new World()): World => {
  toTriaged(w, 'blue', 'immediate');
  go(w, 'assign', hub, { due: undefined });
  return w;
};
const all = (w: World, calendar = withOff(['2026-03-04', '2026-03-05', '停止办公']), at = w.at): DateChange[] => datesUnder(w.state, w.pack, packWith(w.pack, { calendar }), at);
/** Without the limits that are derived from the state and follow by themselves. */
const changes = (...of: Parameters<typeof all>): DateChange[] => all(...of).filter((c) => !c.what.startsWith('limit '));
const total = (of: readonly DateChange[]) => of.filter((c) => c.what === 'totalDue').map(({ change, before, after }) => ({ change, before, after }));

describe('adopting another calendar', () => {
  it('under the same days moves nothing', () => expect(all(assigned(), compileCalendar(edition))).toEqual([]));

  it('tells of the limits that follow, each once, and of none that has passed', () => {
    const w = assigned();
    const follow = all(w).filter((c) => c.what.startsWith('limit '));
    expect(follow).toMatchObject([{ what: 'limit citizen', before: '2026-03-09', after: '2026-03-11' }]);
    const closed = withOff(['2026-03-03', '2026-03-03', '停止办公']);
    expect(all(w, closed).map((c) => c.what)).toContain('limit stage');
    const due = deadlinesOf(w.state, w.pack).find((d) => d.id === 'stage')?.due ?? 0;
    expect(all(w, closed, due).map((c) => c.what)).not.toContain('limit stage');
  });

  it('moves the total limit by the working days that become off days, and says from when it is counted', () => {
    const [change] = changes(assigned());
    expect(change).toMatchObject({ what: 'totalDue', change: 'moved', before: '2026-03-09', after: '2026-03-11', provisional: false });
    expect(change?.why.zh).toContain('2026-03-02');
  });

  it('leaves a case alone in which nothing is counted yet', () => {
    const w = new World();
    toRegistered(w);
    expect(changes(w)).toEqual([]);
  });

  it('never moves what has passed', () => {
    const w = assigned();
    expect(total(changes(w, undefined, (w.state.clocks.totalDue ?? 0) - 1))).toHaveLength(1);
    expect(changes(w, undefined, w.state.clocks.totalDue ?? 0)).toEqual([]);
  });

  it('asks a person about a date that a decision set, where the days until then change, and nowhere else', () => {
    const w = assigned();
    w.state = { ...w.state, clocks: { ...w.state.clocks, totalDue: (w.state.clocks.totalDue ?? 0) + day } };
    expect(total(changes(w))).toEqual([{ change: 'unclear', before: '2026-03-10', after: null }]);
    expect(total(changes(w, withOff(['2026-03-12', '2026-03-12', '']))) ).toEqual([]);
  });

  it('keeps a granted date and warns where it would fall on an off day', () => {
    const w = assigned();
    const end = toInstant(w.pack.calendar, epochDay('2026-03-12'), 0);
    w.state = { ...w.state, clocks: { ...w.state.clocks, totalDue: end }, extension: { ...w.state.extension, state: 'granted', count: 1, due: '2026-03-11' } };
    expect(total(changes(w))).toEqual([]);
    expect(total(changes(w, withOff(['2026-03-11', '2026-03-11', ''])))).toEqual([{ change: 'offDay', before: '2026-03-11', after: '2026-03-11' }]);
  });

  it('counts the total of a suspended case anew, of which what remains is left on resuming, and tells of the day of resuming', () => {
    const w = assigned();
    const resumeBy = toInstant(w.pack.calendar, epochDay('2026-03-06'), 0);
    w.state = { ...w.state, suspension: { state: 'running', from: 'immediate', since: w.at, resumeBy, remaining: 5 } };
    expect(changes(w).map((c) => [c.what, c.change, c.before])).toEqual([['totalDue', 'moved', '2026-03-09'], ['resumeBy', 'offDay', '2026-03-05']]);
  });

  it('counts anew what else the policy counts: public notice, answers, look-backs', () => {
    const w = assigned();
    const at = (text: string): number => Date.parse(`${text}+08:00`);
    const acts = [{ act: 'A1', code: 'L1' as const, to: { role: 'UH' as const, unit: 'U1' }, servedAt: w.at, replyBy: dueBy(w.pack.calendar, w.at, w.pack.policy.actReply).instant, answeredAt: null }];
    const publicity = { from: w.at, until: dueBy(w.pack.calendar, w.at, w.pack.policy.publicity).instant, text: null, exempt: null };
    const closedAt = at('2025-12-01T10:00:00');
    const plan = w.pack.policy.lookback.blue.map((l) => ({ at: dueBy(w.pack.calendar, closedAt, l).instant, done: false }));
    w.state = { ...w.state, acts, publicity, lookback: { ...w.state.lookback, plan }, clocks: { ...w.state.clocks, totalDue: null, closedAt } };
    const dates = [publicity.until, acts[0]?.replyBy ?? 0, ...plan.map((l) => l.at)].map((instant) => dueDateAt(w.pack.calendar, instant));
    const closed = withOff(...dates.map((date): [string, string, string] => [date, date, '停止办公']));
    expect(changes(w, closed, closedAt).map((c) => [c.what, c.change, c.before])).toEqual(['publicity', 'act A1', ...plan.map((_, i) => `lookback ${i + 1}`)].map((what, i) => [what, 'moved', dates[i]]));
    expect(changes(w, closed, closedAt).every((c) => c.after !== null && c.after > c.before)).toBe(true);
  });

  it('tells of open tasks whose day would be off, and of no others', () => {
    const w = assigned();
    const one = (taskId: string, due: string, state: 'doing' | 'taskClosed' = 'doing') => ({ taskId, state, since: w.at, measure: '', target: '', unit: 'U1', owner: 'UO-1@U1', due, mark: '', rework: false, returnedAt: null, startedAt: null, proofs: [], problem: null, after: [] });
    w.state = { ...w.state, tasks: [one('T1', '2026-03-05'), one('T2', '2026-03-06'), one('T3', '2026-03-05', 'taskClosed')] };
    expect(changes(w).filter((c) => c.what === 'task').map((c) => [c.taskId, c.change, c.before])).toEqual([['T1', 'offDay', '2026-03-05']]);
  });

  it('confirms a date whose year is published at last, unmoved', () => {
    const w = assigned(new World('YC-2026-JY-0001', Date.UTC(2027, 2, 1, 2), { ...pack, calendar: compileCalendar(edition) }));
    expect(w.state.clocks.provisional).toBe(true);
    const published = compileCalendar({ ...edition, years: [year, { year: 2027, provisional: false, off: [['2027-01-01', '2027-01-01', '元旦']], on: [] }] });
    expect(changes(w, published)).toMatchObject([{ what: 'totalDue', change: 'confirmed', before: '2027-03-08', after: '2027-03-08', provisional: false }]);
    const set = { ...w, state: { ...w.state, clocks: { ...w.state.clocks, totalDue: (w.state.clocks.totalDue ?? 0) + day } } } as World;
    expect(total(changes(set, published))).toEqual([{ change: 'confirmed', before: '2027-03-09', after: '2027-03-09' }]);
  });

  it('keeps the pace of a demonstration', () => {
    const scaled = compileCalendar(edition, { realEpoch: monday, civilEpoch: monday, msPerDay: day / 2 });
    const w = new World('YC-2026-JY-0001', monday, { ...pack, calendar: scaled });
    assigned(w);
    expect(total(changes(w))).toEqual([{ change: 'moved', before: '2026-03-09', after: '2026-03-11' }]);
  });
});
