/** 启用日历版本, 改用限时方案: a recorded act, in which the past stays as it was. */
import { describe, expect, it } from 'vitest';
import { adopt, adoptionId, compileCalendar, datesUnder, deadlinesOf, packWith, refold } from '../../../cases/index.ts';
import { type CaseState, Edition, type Pack } from '../../../schemas/index.ts';
import calendarCn from '../../../data/calendar-cn.json' with { type: 'json' };
import { adoptIn, adoptionOf, lookupIn, policyWith, withOff } from '../../support/adopting.ts';
import { go, hub, toClosed, toImmediate, toPublic, toRegistered, toTriaged, toVerifying, uc } from '../../support/scenarios/build.ts';
import { recorded } from '../../support/walk.ts';
import { World, actor, day, monday, pack } from '../../support/world.ts';

const closedWeek = withOff(['2026-03-04', '2026-03-05', '停止办公']);
const assigned = (w = new World()): World => {
  toTriaged(w, 'blue', 'immediate');
  go(w, 'assign', hub, { due: undefined });
  return w;
};
const codeOf = (r: ReturnType<typeof adoptIn>): string => (r.ok ? 'ok' : `${r.refusal.code} ${r.refusal.field ?? ''}`.trim());
const dueOfId = (w: World, id: string): number => deadlinesOf(w.state, w.pack).find((d) => d.id === id)?.due ?? 0;
const refolds = (w: World, ...packs: Pack[]): void => {
  const again = refold(recorded(w.entries), lookupIn(...packs));
  expect(again.divergence).toBeNull();
  expect(again.state).toEqual(w.state);
  expect(again.pack).toEqual(w.pack);
};

describe('a case that adopts another calendar', () => {
  it('has its total where the amount leads, is judged by the new one from then on, and refolds', () => {
    const w = assigned();
    const was = w.state.clocks.totalDue ?? 0;
    expect(codeOf(adoptIn(w, { calendar: closedWeek }))).toBe('ok');
    expect(w.state.clocks).toMatchObject({ totalDue: was + 2 * day, originalDue: was + 2 * day });
    expect(w.state.calendar).toBe(closedWeek.hash);
    go(w, 'signFor', uc);
    expect(w.entries.slice(-2).map((e) => [e.type, e.calendar])).toEqual([
      ['adoptCalendar', closedWeek.hash],
      ['signFor', closedWeek.hash],
    ]);
    refolds(w, pack, w.pack);
  });

  it('says in its entry what moved and why, to the unit when that is about the unit, and tells each once', () => {
    const w = assigned();
    const r = adoptIn(w, { calendar: closedWeek });
    expect(r.ok && r.entries[0]).toMatchObject({
      audience: { scope: 'case' },
      actor: { role: 'HUB' },
      body: { documents: [], payload: { calendar: closedWeek.hash } },
    });
    expect(r.ok && r.entries[0]?.body.payload['changes']).toMatchObject([
      { what: 'totalDue', change: 'moved', before: '2026-03-09', after: '2026-03-11' },
    ]);
    expect(r.ok && r.effects.map((e) => [e.name, e.to])).toEqual([
      [
        'adoptCalendar',
        [
          { role: 'HUB', unit: null },
          { role: 'UH', unit: 'U1' },
        ],
      ],
    ]);
  });

  it("stays a matter of the office where nothing of the unit moves: look-backs are nobody else's", () => {
    const w = new World();
    toClosed(w, 'red');
    const [plan] = w.state.lookback.plan;
    const date = new Date((plan?.at ?? 0) - 1 + 8 * 3_600_000).toISOString().slice(0, 10);
    const [seen, shown] = [w.state.unitRevision, w.state.revision];
    const r = adoptIn(w, { calendar: withOff([date, date, '停止办公']) });
    expect(r.ok && r.entries[0]?.audience).toEqual({ scope: 'office' });
    expect(w.state.lookback.plan[0]?.at).toBeGreaterThan(plan?.at ?? 0);
    expect([w.state.unitRevision, w.state.revision]).toEqual([seen, shown + 1]);
    expect(r.ok && r.effects.flatMap((e) => e.to)).toEqual([{ role: 'HUB', unit: null }]);
    refolds(w, pack, w.pack);
  });

  it('keeps the public notice of a unit-side entry free of what only the office may know', () => {
    const w = new World();
    toPublic(w);
    const until = w.state.publicity?.until ?? 0;
    const date = new Date(until - 1 + 8 * 3_600_000).toISOString().slice(0, 10);
    const calendar = withOff([date, date, '停止办公']);
    const all = datesUnder(w.state, w.pack, packWith(w.pack, { calendar }), w.at);
    const r = adoptIn(w, { calendar });
    expect(w.state.publicity?.until).toBeGreaterThan(until);
    const told = (r.ok ? r.entries[0]?.body.payload['changes'] : []) as { what: string }[];
    expect(told.map((c) => c.what)).toContain('publicity');
    expect(all.map((c) => c.what)).toContain('limit stage');
    expect(told.map((c) => c.what)).not.toContain('limit stage');
  });

  it('does not undo a breach: what was overdue stays overdue, and nobody is told again', () => {
    const w = assigned();
    go(w, 'signFor', uc);
    w.wait((w.state.clocks.totalDue ?? 0) - w.at + 60_000);
    const before = w.state;
    expect(before.clocks.overdueAt).not.toBeNull();
    expect(codeOf(adoptIn(w, { calendar: closedWeek }))).toBe('ok');
    expect(w.state.clocks).toEqual(before.clocks);
    expect([w.state.alert, w.state.time?.told]).toEqual([before.alert, before.time?.told]);
    const count = w.entries.length;
    w.wait(3 * day);
    expect(w.entries.slice(count).filter((e) => e.body.payload['deadline'] === 'total')).toEqual([]);
    refolds(w, pack, w.pack);
  });

  it('does not undo a limit of the office that was missed: it keeps the instant at which it ended', () => {
    const w = new World();
    toVerifying(w);
    w.wait(4 * day);
    const missed = dueOfId(w, 'stage');
    expect(missed).toBeLessThan(w.at);
    const told = w.state.time?.told;
    adoptIn(w, { calendar: withOff(['2026-03-03', '2026-03-06', '停止办公']) });
    expect(dueOfId(w, 'stage')).toBe(missed);
    expect(w.state.time?.told).toEqual(told);
    const count = w.entries.length;
    w.wait(10 * day);
    expect(w.entries.slice(count).filter((e) => e.body.payload['deadline'] === 'stage')).toEqual([]);
    go(w, 'confirmValid', actor('VERIFIER'));
    expect(w.state.time?.passed).toEqual({});
    refolds(w, pack, w.pack);
  });

  it('reminds at the new instants of what had not been said', () => {
    const w = assigned();
    go(w, 'signFor', uc);
    adoptIn(w, { calendar: closedWeek });
    const due = w.state.clocks.totalDue ?? 0;
    w.wait(due - w.at);
    const marks = w.entries.filter((e) => e.body.payload['deadline'] === 'total').map((e) => [e.type, e.body.payload['mark']]);
    expect(new Set(marks.map(String)).size).toBe(marks.length);
    expect(w.entries.find((e) => e.type === 'fallOverdue' && e.body.payload['deadline'] === 'total')?.effectiveAt).toBe(due);
  });

  it('says each thing once of a limit that begins where a moved one ends', () => {
    const w = new World();
    toPublic(w);
    const until = w.state.publicity?.until ?? 0;
    const said = () =>
      w.entries
        .filter((e) => e.body.payload['deadline'] === 'stage' && e.body.from === 'publicizing.open')
        .map((e) => String(e.body.payload['mark']));
    w.wait(until - w.at - 60_000 * 2);
    expect(said()).toEqual([]);
    const date = new Date(until - 1 + 8 * 3_600_000).toISOString().slice(0, 10);
    adoptIn(w, { calendar: withOff([date, date, '停止办公']) });
    w.wait(12 * day);
    expect(said()).toContain('overdue');
    expect(new Set(said()).size).toBe(said().length);
    refolds(w, pack, w.pack);
  });

  it('is certain of a date once its year is published', () => {
    const edition = Edition.parse(calendarCn);
    const w = assigned(new World('YC-2026-JY-0001', Date.UTC(2027, 2, 1, 2)));
    expect(w.state.clocks.provisional).toBe(true);
    adoptIn(w, {
      calendar: compileCalendar({ ...edition, years: [...edition.years, { year: 2027, provisional: false, off: [], on: [] }] }),
    });
    expect(w.state.clocks.provisional).toBe(false);
  });

  it('gives a suspended case the days that remained, by the new calendar', () => {
    const w = new World();
    toImmediate(w, 'yellow');
    w.state = {
      ...w.state,
      stage: 'suspended',
      suspension: { state: 'running', from: 'immediate', since: w.at, resumeBy: w.at + 20 * day, remaining: 5 },
    };
    const { totalDue } = w.state.clocks;
    adoptIn(w, { calendar: closedWeek });
    expect([w.state.clocks.totalDue, w.state.suspension.remaining]).toEqual([totalDue, 5]);
  });
});

describe('a case that is moved to another policy pack', () => {
  it('has its total by the new amount, keeps its calendar, and refolds', () => {
    const w = assigned();
    const policy = policyWith((p) => ({
      totals: { ...p.totals, ordinary: { immediate: { amount: 9, unit: 'wd' }, list: p.totals.ordinary.list } },
    }));
    const { calendar } = w.state;
    expect(codeOf(adoptIn(w, { policy }))).toBe('ok');
    expect(w.entries.at(-1)).toMatchObject({ type: 'adoptPolicy', policy: policy.hash, calendar });
    expect(w.entries.at(-1)?.body.payload['changes']).toMatchObject([{ what: 'totalDue', before: '2026-03-09', after: '2026-03-13' }]);
    refolds(w, pack, w.pack);
  });

  it('is not told again under marks of other names what it was told', () => {
    const w = assigned();
    go(w, 'signFor', uc);
    w.wait((w.state.clocks.totalDue ?? 0) - w.at + 60_000);
    const marks = [
      { id: 'soon', command: 'nearDue' as const, at: { left: 0.3 } },
      { id: 'gone', command: 'fallOverdue' as const, at: { elapsed: 1 } },
    ];
    adoptIn(w, { policy: policyWith(() => ({ marks })) });
    const count = w.entries.length;
    w.wait(3 * day);
    expect(w.entries.slice(count).filter((e) => e.body.payload['deadline'] === 'total')).toEqual([]);
    expect(w.state.alert.level).toBe('red');
    refolds(w, pack, w.pack);
  });

  it('goes back to the pack that it was born with by another act', () => {
    const w = assigned();
    const policy = policyWith((p) => ({ totals: { ...p.totals, ordinary: p.totals.red } }));
    const due = w.state.clocks.totalDue;
    const ids = [{ policy }, { policy: pack.policy }, { policy }].map((to) => {
      expect(codeOf(adoptIn(w, to))).toBe('ok');
      return w.entries.at(-1)?.commandId;
    });
    expect(new Set(ids).size).toBe(3);
    expect(w.entries.at(-2)?.policy).toBe(pack.policy.hash);
    adoptIn(w, { policy: pack.policy });
    expect(w.state.clocks.totalDue).toBe(due);
    refolds(w, pack, packWith(pack, { policy }));
  });
});

describe('adopting is refused', () => {
  const to = packWith(pack, { calendar: closedWeek });
  const ask = (w: World, change: { state?: CaseState; by?: ReturnType<typeof actor>; pack?: Pack; commandId?: string } = {}): string =>
    codeOf(
      adopt(change.state ?? w.state, adoptionOf(w.state, to, change.by ?? hub, change.commandId), {
        at: w.at,
        from: w.pack,
        to: change.pack ?? to,
      }),
    );

  it.each(['SUP', 'LDR_CHIEF', 'UH', 'INTAKE', 'SYS'] as const)('to %s', (role) =>
    expect(ask(assigned(), { by: actor(role) })).toBe('ROLE-NOT-ALLOWED'),
  );

  it('to a head of the office who stands on the side of the case, or is in conflict about it', () => {
    expect(ask(assigned(), { by: { ...hub, memberOf: ['U1'] } })).toBe('OWN-UNIT');
    expect(ask(assigned(), { by: { ...hub, conflicted: true } })).toBe('CONFLICT-DECLARED');
  });

  it('in a case that was never taken in, has ended or is halted', () => {
    const w = assigned();
    expect(ask(new World())).toBe('NOT-IN-THIS-STATE');
    expect(ask(w, { state: { ...w.state, stage: 'retired' } })).toBe('CASE-ENDED');
    expect(ask(w, { state: { ...w.state, halted: { code: 'LEDGER-FORK', at: 1 } } })).toBe('CASE-HALTED');
  });

  it('when the content is not what its hash says, or not what was asked for, or more than was asked for', () => {
    const w = assigned();
    const other = withOff(['2026-04-01', '2026-04-01', '']);
    expect(ask(w, { pack: { ...to, calendar: { ...other, hash: closedWeek.hash } } })).toBe('BAD-INPUT calendar.hash');
    expect(ask(w, { pack: packWith(pack, { calendar: other }) })).toBe('BAD-INPUT payload.calendar');
    expect(ask(w, { pack: packWith(to, { policy: policyWith(() => ({ reRateDays: 3 })) }) })).toBe('BAD-INPUT policy');
  });

  it('at another pace than that of the case, and for what the case has already', () => {
    const w = assigned();
    const scale = { realEpoch: monday, civilEpoch: monday, msPerDay: day / 2 };
    const fast = { ...pack, calendar: compileCalendar(Edition.parse(calendarCn), scale) };
    expect(codeOf(adopt(w.state, adoptionOf(w.state, fast), { at: w.at, from: w.pack, to: fast }))).toBe('BAD-INPUT calendar.scale');
    expect(codeOf(adopt(w.state, adoptionOf(w.state, pack), { at: w.at, from: w.pack, to: pack }))).toBe('BAD-INPUT policy');
  });

  it('under an id that stands for something else; the same again gives the same receipt', () => {
    const w = new World();
    toRegistered(w);
    const commandId = adoptionId(w.state, closedWeek.hash);
    const before = w.pack;
    const first = adoptIn(w, { calendar: closedWeek });
    const repeat = adopt(w.state, adoptionOf({ ...w.state, calendar: before.calendar.hash }, to, hub, commandId), {
      at: w.at,
      from: w.pack,
      to,
    });
    expect(repeat).toMatchObject({ ok: true, repeat: true, entries: [], receipt: first.ok ? first.receipt : null });
    expect(
      codeOf(adopt(w.state, adoptionOf(w.state, packWith(pack, { calendar: withOff() }), hub, commandId), { at: w.at, from: w.pack, to })),
    ).toBe('COMMAND-ID-REUSED');
  });
});
