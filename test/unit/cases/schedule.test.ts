/** 倒排工期 against a crew that works day after day over a random calendar. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, type Schedule, backwardSchedule, dateOf, defaultReserve, epochDay, faultsIn, inOrder, reserveDays, scheduleWords } from '../../../cases/index.ts';
import { axisOf, datesOf } from '../../../cases/schedule/axis.ts';
import type { Calendar } from '../../../schemas/index.ts';
import { type Job, type Site, canFinish, isOff, lastDayOfWork, nextDate, shifted } from '../../support/slow-scheduler.ts';
import { pack } from '../../support/world.ts';

/** Any calendar: each seventh day is worked, so that no stretch of off days is longer than a notice could make it. */
const made = new Map<number, { calendar: Calendar; off: ReadonlySet<string> }>();
const calendarOf = (seed: number): { calendar: Calendar; off: ReadonlySet<string> } => {
  const known = made.get(seed);
  if (known) return known;
  let dice = seed + 1;
  const roll = (): number => (dice = (dice * 48_271) % 2_147_483_647) / 2_147_483_647;
  const off = new Set<string>();
  const years = [2025, 2026, 2027].map((year) => {
    const first = epochDay(`${year}-01-01`);
    const days = Array.from({ length: 368 }, (_, i) => (i < 365 && (i % 7 === 3 || roll() > 0.3) ? 1 : 0));
    for (let i = 0; i < 365; i += 1) if (days[i] === 0) off.add(dateOf(first + i));
    return [String(year), { days: Array.from({ length: 92 }, (_, i) => Number.parseInt(days.slice(i * 4, i * 4 + 4).join(''), 2).toString(16)).join(''), provisional: false }] as const;
  });
  const found = { calendar: { hash: '0'.repeat(64), years: Object.fromEntries(years) }, off };
  made.set(seed, found);
  return found;
};
/** The working day by which something of a date is done: one that is off counts as the day before. */
const on = (calendar: Calendar, date: string | undefined): number | null => (date === undefined ? null : axisOf(calendar, '2026-01-01', [date]).numberOf(date));
const calendars = fc.nat(199);
const today = fc.nat(300).map((n) => shifted('2026-01-01', n));
const reserves = fc.record({ selfCheck: fc.nat(2), reinspection: fc.nat(5), closureReview: fc.nat(2) });

const seldom = (weight: number, dates: fc.Arbitrary<number>): fc.Arbitrary<number | undefined> => fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: dates });
/** Tasks that wait only for earlier ones, in any order of the list; some with a date of their own, some that cannot be moved. */
const plans = fc.tuple(today, fc.integer({ min: 1, max: 12 })).chain(([start, n]) =>
  fc.record({
    start: fc.constant(start),
    tasks: fc
      .tuple(...Array.from({ length: n }, (_, i) => fc.record({
        duration: fc.nat(5),
        after: fc.uniqueArray(fc.nat(Math.max(0, i - 1)), { maxLength: i === 0 ? 0 : 3 }),
        due: seldom(4, fc.integer({ min: -3, max: 80 })),
        fixed: seldom(15, fc.integer({ min: -3, max: 60 })),
      })))
      .map((all) => all.map((t, i): Draft => ({
        taskId: `T${i}`,
        duration: t.duration,
        after: t.after.map((id) => `T${id}`),
        due: t.due === undefined ? undefined : shifted(start, t.due),
        fixed: t.fixed === undefined ? undefined : shifted(start, t.fixed),
      })))
      .chain((all) => fc.shuffledSubarray(all, { minLength: all.length })),
  }),
);
const givens = fc.record({ world: calendars, plan: plans, days: fc.integer({ min: -5, max: 90 }), reserve: reserves });
type Given = typeof givens extends fc.Arbitrary<infer T> ? T : never;

const siteOf = ({ world, plan, days, reserve }: Given): Site => ({ off: calendarOf(world).off, today: plan.start, deadline: shifted(plan.start, days), keptFree: reserveDays(reserve) });
const jobOf = (t: Draft): Job => ({ id: t.taskId, days: t.duration, after: [...t.after], due: t.due, fixed: t.fixed });
const scheduled = (g: Given): Exclude<Schedule, { kind: 'broken' }> => {
  const found = backwardSchedule(calendarOf(g.world).calendar, { tasks: g.plan.tasks, today: g.plan.start, deadline: siteOf(g).deadline, reserve: g.reserve });
  if (found.kind === 'broken') throw new Error('no broken network was made');
  return found;
};
const runs = { numRuns: 1000 };
const feasibleOnly = (g: Given, then: (s: Extract<Schedule, { kind: 'feasible' }>) => void): void => {
  const found = scheduled(g);
  fc.pre(found.kind === 'feasible');
  then(found);
};

describe('a backward schedule, against a crew working day by day', () => {
  it('stands exactly when the crew can finish', () => {
    let stood = 0;
    fc.assert(fc.property(givens, (g) => {
      const expected = canFinish(g.plan.tasks.map(jobOf), siteOf(g));
      stood += Number(expected);
      expect(scheduled(g).kind).toBe(expected ? 'feasible' : 'short');
    }), { numRuns: 4000 });
    // Neither answer is the only one that was tried.
    expect(stood).toBeGreaterThan(300);
    expect(stood).toBeLessThan(3700);
  });

  it('lets every task begin on its latest start, all of them together', () =>
    fc.assert(fc.property(givens, (g) => feasibleOnly(g, (found) => {
      const jobs = g.plan.tasks.map((t) => ({ ...jobOf(t), notBefore: found.tasks.find((x) => x.taskId === t.taskId)?.latestStart }));
      expect(canFinish(jobs, siteOf(g))).toBe(true);
    })), runs));

  it('breaks when any one task begins a working day later', () =>
    fc.assert(fc.property(givens, fc.nat(), (g, pick) => feasibleOnly(g, (found) => {
      const late = found.tasks[pick % found.tasks.length];
      let after = nextDate(late?.latestStart ?? '');
      while (isOff(siteOf(g), after)) after = nextDate(after);
      const jobs = g.plan.tasks.map((t) => ({ ...jobOf(t), ...(t.taskId === late?.taskId ? { notBefore: after } : {}) }));
      expect(canFinish(jobs, siteOf(g))).toBe(false);
    })), runs));

  it('marks as critical the tasks without slack, and there is always one', () =>
    fc.assert(fc.property(givens, (g) => feasibleOnly(g, (found) => {
      expect(found.chain.length).toBeGreaterThan(0);
      for (const t of found.tasks) {
        expect([t.taskId, t.critical]).toEqual([t.taskId, t.slack === 0]);
        expect(t.critical).toBe(found.chain.includes(t.taskId));
        expect(t.slack).toBeGreaterThanOrEqual(0);
        if (t.critical) expect(t.latestStart).toBe(t.earliestStart);
      }
    })), runs));

  it('lacks exactly as many working days as a later deadline must give, and names a chain that takes them', () =>
    fc.assert(fc.property(givens, (g) => {
      const free = { ...g, plan: { ...g.plan, tasks: g.plan.tasks.map(({ taskId, duration, after }) => ({ taskId, duration, after })) } };
      const found = scheduled(free);
      fc.pre(found.kind === 'short');
      const site = siteOf(free);
      const later = (n: number): string => {
        let day = lastDayOfWork(site);
        for (let i = 0; i < n; i += 1) {
          do day = nextDate(day);
          while (isOff(site, day));
        }
        return day;
      };
      const jobs = free.plan.tasks.map(jobOf);
      expect(canFinish(jobs, site, later(found.shortage))).toBe(true);
      expect(canFinish(jobs, site, later(found.shortage - 1))).toBe(false);
      // Without the tasks that are named there is no such shortage.
      const rest = jobs.filter((j) => !found.chain.includes(j.id)).map((j) => ({ ...j, after: j.after.filter((id) => !found.chain.includes(id)) }));
      expect(canFinish(rest, site, later(found.shortage - 1))).toBe(true);
    }), runs));

  it('lets the plan wait for its margin and not a day longer', () =>
    fc.assert(fc.property(givens, (g) => feasibleOnly(g, (found) => {
      const after = (n: number): Site => {
        let day = g.plan.start;
        for (let left = n; left > 0; day = nextDate(day)) if (!isOff(siteOf(g), day)) left -= 1;
        return { ...siteOf(g), today: day };
      };
      const jobs = g.plan.tasks.map(jobOf);
      expect(canFinish(jobs, after(found.margin))).toBe(true);
      expect(canFinish(jobs, after(found.margin + 1))).toBe(false);
    })), runs));
});

const tasks = (...of: [string, number, string[], Partial<Draft>?][]): Draft[] => of.map(([taskId, duration, after, more]) => ({ taskId, duration, after, ...more }));
const spring = { today: '2026-03-02', deadline: '2026-03-31' } as const;

describe('working days numbered from today', () => {
  it('are dated as they are counted, back and forth and far beyond every calendar', () =>
    fc.assert(fc.property(today, fc.array(fc.integer({ min: -2000, max: 20_000 }), { minLength: 1, maxLength: 8 }), (start, numbers) => {
      const axis = axisOf(pack.calendar, start, []);
      const dates = datesOf(pack.calendar, start, numbers);
      for (const n of numbers) {
        expect(dates.get(n)).toBe(axis.dateOf(n));
        expect(axis.numberOf(axis.dateOf(n))).toBe(n);
      }
      expect(axisOf(pack.calendar, start, numbers.map(axis.dateOf)).numberOf(axis.dateOf(numbers[0] ?? 0))).toBe(numbers[0]);
    }), { numRuns: 200 }));
});

describe('a schedule by hand, spring 2026', () => {
  it('goes back from the deadline through review, reinspection, self-check and tasks', () => {
    const found = backwardSchedule(pack.calendar, { ...spring, tasks: tasks(['A', 5, []], ['B', 2, []], ['C', 3, ['A', 'B']]) });
    // Eight working days stay free: 31 and 30 for the review, 27 to 23 for whoever looks, 20 for the self-check.
    expect(found).toMatchObject({
      kind: 'feasible', lastDay: '2026-03-19', margin: 6, chain: ['A', 'C'], provisional: false,
      stages: [
        { stage: 'selfCheck', start: '2026-03-20', finish: '2026-03-20' },
        { stage: 'reinspection', start: '2026-03-23', finish: '2026-03-27' },
        { stage: 'closureReview', start: '2026-03-30', finish: '2026-03-31' },
      ],
      tasks: [
        { taskId: 'A', latestStart: '2026-03-10', latestFinish: '2026-03-16', slack: 0, critical: true },
        { taskId: 'B', latestStart: '2026-03-13', latestFinish: '2026-03-16', slack: 3, critical: false },
        { taskId: 'C', latestStart: '2026-03-17', latestFinish: '2026-03-19', slack: 0, critical: true },
      ],
    });
  });

  it('counts a working weekend (调休) and skips a holiday', () => {
    const found = backwardSchedule(pack.calendar, { today: '2026-02-09', deadline: '2026-03-02', reserve: { selfCheck: 0, reinspection: 0, closureReview: 0 }, tasks: tasks(['A', 4, []]) });
    // Back from Monday 2 March: Saturday 28 February is worked, the Sunday is not.
    expect(found).toMatchObject({ tasks: [{ latestStart: '2026-02-26', latestFinish: '2026-03-02' }] });
  });

  it('says so where a year has no published calendar', () => {
    expect(backwardSchedule(pack.calendar, { today: '2026-12-01', deadline: '2027-01-29', tasks: tasks(['A', 3, []]) })).toMatchObject({ provisional: true });
  });

  it('holds a fixed node on its day: what comes before must be done by then, what follows waits', () => {
    const found = backwardSchedule(pack.calendar, { ...spring, tasks: tasks(['A', 2, []], ['听证', 1, ['A'], { fixed: '2026-03-12' }], ['C', 1, ['听证']]) });
    expect(found).toMatchObject({ kind: 'feasible', tasks: [{ latestFinish: '2026-03-11' }, { taskId: '听证', latestStart: '2026-03-12', latestFinish: '2026-03-12', fixed: true, slack: 0 }, { earliestStart: '2026-03-13' }] });
    const late = backwardSchedule(pack.calendar, { ...spring, tasks: tasks(['A', 9, []], ['听证', 1, ['A'], { fixed: '2026-03-12' }]) });
    expect(late).toMatchObject({ kind: 'short', shortage: 1, chain: ['A', '听证'] });
  });

  it.each<[string, Draft[], object[]]>([
    ['a predecessor that is not there', tasks(['A', 1, ['Z']]), [{ kind: 'unknownPredecessor', taskId: 'A', after: 'Z' }]],
    ['a number that stands twice', tasks(['A', 1, []], ['A', 2, []]), [{ kind: 'duplicate', taskId: 'A' }]],
    ['a task that waits for itself', tasks(['A', 1, ['A']]), [{ kind: 'circle', tasks: ['A'] }]],
    ['tasks that wait for each other', tasks(['X', 1, []], ['A', 1, ['C', 'X']], ['B', 1, ['A']], ['C', 1, ['B']], ['D', 1, ['C']]), [{ kind: 'circle', tasks: ['B', 'C', 'A'] }]],
  ])('refuses %s with a typed reason', (_what, list, faults) => {
    expect(backwardSchedule(pack.calendar, { ...spring, tasks: list })).toEqual({ kind: 'broken', faults });
    expect(faultsIn(pack.calendar, { ...spring, tasks: list })).toEqual(faults);
  });

  it('knows every circle, and names only tasks of it', () =>
    fc.assert(fc.property(fc.array(fc.uniqueArray(fc.nat(7), { maxLength: 3 }), { minLength: 8, maxLength: 8 }), (links) => {
      const list = links.map((after, i) => ({ taskId: `T${i}`, after: after.map((id) => `T${id}`) }));
      const reaches = (from: string, to: string, seen: string[] = []): boolean => (list.find((t) => t.taskId === from)?.after ?? []).some((id) => id === to || (!seen.includes(id) && reaches(id, to, [...seen, id])));
      const found = inOrder(list);
      expect('order' in found).toBe(!list.some((t) => reaches(t.taskId, t.taskId)));
      const [fault] = 'faults' in found ? found.faults : [];
      if (fault?.kind === 'circle') fault.tasks.forEach((id, i) => expect(list.find((t) => t.taskId === fault.tasks[(i + 1) % fault.tasks.length])?.after).toContain(id));
    })));

  it('is bounded: two hundred tasks that each wait for twenty, ten years of durations, dates at the end of time', () => {
    const list = Array.from({ length: 200 }, (_, i): Draft => ({ taskId: `T${i}`, duration: 500, after: Array.from({ length: Math.min(i, 20) }, (_x, n) => `T${i - 1 - n}`), due: '9999-12-31' }));
    const before = process.cpuUsage();
    expect(backwardSchedule(pack.calendar, { today: '2026-03-02', deadline: '9999-12-31', tasks: list }).kind).toBe('feasible');
expect(faultsIn(pack.calendar, { ...spring, tasks: list })[0]).toMatchObject({ kind: 'short', shortage: 100_000 - 14 });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(2);
  });
});

describe('a written schedule', () => {
  const faults = (...list: Draft[]) => faultsIn(pack.calendar, { ...spring, tasks: list });
  it('stands when its dates leave every task its days', () => {
    expect(faults(...tasks(['A', 5, [], { due: '2026-03-06' }], ['B', 3, ['A'], { due: '2026-03-11' }]))).toEqual([]);
  });
  it.each<[string, Draft[], string, string]>([
    ['too little time from today', tasks(['A', 5, [], { due: '2026-03-05' }]), '工期不足 1 个工作日: A', '1 working day short: A'],
    ['too long a chain', tasks(['A', 9, []], ['B', 8, ['A']]), '工期不足 3 个工作日: A → B', '3 working days short: A → B'],
    ['too little time behind its predecessor', tasks(['A', 2, [], { due: '2026-03-10' }], ['B', 3, ['A'], { due: '2026-03-12' }]), '任务 B 的完成时限距前置任务 A 的时限不足其工期, 差 1 个工作日', 'due too soon after A: 1 working day short'],
    ['a date in the days kept free', tasks(['A', 2, [], { due: '2026-03-20' }]), '任务 A 的完成时限超出 2026-03-19 共 1 个工作日', 'task A is due 1 working day after 2026-03-19'],
  ])('is refused for %s, with the working days that are missing', (_what, list, zh, en) => {
    const [first] = faults(...list).map(scheduleWords);
    expect(first?.zh).toContain(zh);
    expect(first?.en).toContain(en);
  });
  it('names every cause: each is too much by itself, and without them all the rest can be done', () =>
    fc.assert(fc.property(givens, (g) => {
      const { calendar } = calendarOf(g.world);
      const site = siteOf(g);
      const found = faultsIn(calendar, { tasks: g.plan.tasks, today: g.plan.start, deadline: site.deadline, reserve: g.reserve }).filter((f) => f.kind === 'short');
      const only = (ids: ReadonlySet<string>): Job[] => g.plan.tasks.filter((t) => ids.has(t.taskId)).map(jobOf).map((j) => ({ ...j, after: j.after.filter((id) => ids.has(id)) }));
      expect(found.length === 0).toBe(canFinish(g.plan.tasks.map(jobOf), site));
      for (const { tasks: named, steps, shortage, bounds } of found) {
        expect(canFinish(only(new Set(named)), site)).toBe(false);
        expect(shortage).toBeGreaterThan(0);
        expect(steps.flat()).toEqual(named);
        steps.slice(1).forEach((ids, i) => ids.forEach((id) => expect(g.plan.tasks.find((t) => t.taskId === id)?.after.some((before) => steps[i]?.includes(before))).toBe(true)));
        for (const { taskId, by, date } of bounds) expect(on(calendar, g.plan.tasks.find((t) => t.taskId === taskId)?.[by])).toBe(on(calendar, date));
      }
      const innocent = new Set(g.plan.tasks.map((t) => t.taskId).filter((id) => !found.some((f) => f.tasks.includes(id))));
      if (innocent.size > 0) expect(canFinish(only(innocent), site)).toBe(true);
    }), runs));

  it('names two chains that are short each for itself, side by side what does not wait, and the dates that cannot move', () => {
    const found = faults(...tasks(['A', 9, []], ['听证', 1, ['A'], { fixed: '2026-03-12' }], ['B', 4, [], { due: '2026-03-04' }], ['C', 10, []], ['D', 10, []], ['E', 9, ['C', 'D']]));
    expect(found.map(scheduleWords).map((w) => w.zh)).toEqual([
      '工期不足 5 个工作日: C、D → E (任务最迟 2026-03-19 做完)',
      '工期不足 1 个工作日: A → 听证 (听证 固定于 2026-03-12)',
      '工期不足 1 个工作日: B (B 时限 2026-03-04)',
    ]);
    expect(scheduleWords(found[1] as (typeof found)[number]).en).toBe('1 working day short: A → 听证 (听证 is fixed on 2026-03-12)');
  });

  it('shows critical tasks chain by chain: nothing stands behind what it does not wait for', () => {
    const found = backwardSchedule(pack.calendar, { ...spring, tasks: tasks(['T1', 3, []], ['T2', 4, ['T1']], ['T3', 2, [], { fixed: '2026-03-03' }], ['T4', 7, ['T2']]) });
    expect(found).toMatchObject({ kind: 'feasible', chain: ['T1', 'T3', 'T2', 'T4'], chains: [[['T1'], ['T2'], ['T4']], [['T3']]] });
    fc.assert(fc.property(givens, (g) => {
      const { chain, chains } = scheduled(g);
      expect(chains.flat(2).toSorted()).toEqual([...chain].toSorted());
      for (const steps of chains) steps.slice(1).forEach((ids, i) => ids.forEach((id) => expect(g.plan.tasks.find((t) => t.taskId === id)?.after.some((before) => steps[i]?.includes(before))).toBe(true)));
    }), { numRuns: 500 });
  });

  it('names every date that binds: both of one task, and one inside a chain as well as its end', () => {
    const words = (...list: Draft[]) => faults(...list).map((f) => scheduleWords(f).zh);
    expect(words(...tasks(['A', 1, [], { due: '2026-03-04', fixed: '2026-03-11' }]))[0]).toBe('工期不足 5 个工作日: A (A 固定于 2026-03-11, A 时限 2026-03-04)');
    expect(words(...tasks(['A', 6, [], { due: '2026-03-06' }], ['B', 2, ['A'], { fixed: '2026-03-10' }]))[0]).toBe('工期不足 1 个工作日: A → B (A 时限 2026-03-06, B 固定于 2026-03-10)');
  });

  it('names a node that what follows has to wait for', () => {
    const [first] = faults(...tasks(['听证', 1, [], { fixed: '2026-03-16' }], ['A', 5, ['听证']]));
    expect(first && scheduleWords(first).zh).toBe('工期不足 2 个工作日: 听证 → A (听证 固定于 2026-03-16, 任务最迟 2026-03-19 做完)');
  });

  it('keeps eight working days free by default', () => expect(reserveDays(defaultReserve)).toBe(8));
});
