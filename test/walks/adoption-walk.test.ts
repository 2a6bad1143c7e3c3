/** Cases that adopt other calendars and policies in the middle of anything: the past stays, and the record replays. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adopt, allMarks, compileCalendar, deadlinesOf, fold, packWith, refold, runningOf, type Stepped } from '../../cases/index.ts';
import { timeRank } from '../../cases/clock/marks.ts';
import { wrongFirings } from '../../demo/oracle/index.ts';
import { shippedPolicy } from '../../import/index.ts';
import published from '../../data/calendar-cn.json' with { type: 'json' };
import { type CaseState, CaseState as Schema, Edition, type Pack } from '../../schemas/index.ts';
import { adoptIn, adoptionOf, editionWith, lookupIn, policyWith } from '../support/adopting.ts';
import { move, random, recorded } from '../support/walk.ts';
import { World, pack } from '../support/world.ts';

const policy = policyWith((p) => ({
  totals: { ...p.totals, blue: { immediate: { amount: 4, unit: 'wd' }, list: { amount: 40, unit: 'wd' } } },
  publicity: { amount: 7, unit: 'wd' },
  marks: [
    { id: 'third', command: 'remind', at: { elapsed: 0.33 } },
    { id: 'soon', command: 'nearDue', at: { left: 0.1 } },
    { id: 'gone', command: 'fallOverdue', at: { elapsed: 1 } },
  ],
}));
const editions = [
  editionWith(['2026-03-04', '2026-03-06', '停']),
  editionWith(['2026-03-10', '2026-03-13', '停'], ['2026-04-13', '2026-04-17', '停']),
  editionWith(['2026-05-11', '2026-05-12', '停']),
];
const calendars = [...editions.map((e) => compileCalendar(e)), pack.calendar];
type Other = Parameters<typeof adoptIn>[1];
const others: readonly Other[] = [...calendars.map((calendar) => ({ calendar })), { policy }, { policy: pack.policy }];

type Look = { state: CaseState; pack: Pack; at: number };
type Adopted = { before: Look; after: Look; result: Extract<Stepped, { ok: true }>; kind: 'calendar' | 'policy' };
type Walk = { w: World; packs: Pack[]; adopted: Adopted[]; refused: string[] };

const walk = (seed: number, among: readonly Other[] = others): Walk => {
  const w = new World(`YC-2026-JY-${String(3000 + seed)}`);
  const rnd = random(seed * 7919);
  const out: Walk = { w, packs: [pack], adopted: [], refused: [] };
  for (let i = 0; i < 120; i += 1) {
    if (w.state.stage !== 'uncaptured' && rnd() < 0.12) {
      const other = among[Math.floor(rnd() * among.length)] as Other;
      w.wait(60_000);
      const before = { state: w.state, pack: w.pack, at: w.at };
      const result = adoptIn(w, other, undefined, 0);
      if (result.ok && !result.repeat) {
        out.packs.push(w.pack);
        out.adopted.push({
          before,
          after: { state: w.state, pack: w.pack, at: w.at },
          result,
          kind: 'calendar' in other ? 'calendar' : 'policy',
        });
      } else out.refused.push(result.ok ? 'repeat' : `${result.refusal.code} ${result.refusal.field ?? ''}`.trim());
    }
    move(w, rnd);
  }
  return out;
};
const walks = Array.from({ length: 24 }, (_, i) => walk(i + 1));
const adopted = walks.flatMap((x) => x.adopted);
const runs = ({ state, pack: of }: Look): Set<string> => new Set(deadlinesOf(state, of).map(runningOf));
const stored = ({ state: s }: Look): Record<string, number | null> => ({
  total: s.clocks.totalDue,
  original: s.clocks.originalDue,
  publicity: s.publicity?.until ?? null,
  supplement: s.application?.supplement?.due ?? null,
  ratification: s.ratification.due,
  ...Object.fromEntries(s.acts.map((a) => [a.act, a.replyBy])),
  ...Object.fromEntries(s.lookback.plan.map((l, i) => [`lookback ${i}`, l.at])),
});

const through = ({ state, pack: from }: Look, to: Pack, at: number): Look => {
  if (to.calendar.hash === from.calendar.hash) return { state, pack: from, at };
  const done = adopt(state, adoptionOf(state, to), { at, from, to });
  if (!done.ok) throw new Error(done.refusal.code);
  return { state: done.state, pack: to, at };
};

const usual = Edition.parse(published);
const policyText = await shippedPolicy('default');
const known = Object.fromEntries([...editions, usual].map((edition) => [compileCalendar(edition).hash, { edition }]));

describe('walks in which cases adopt another pack', () => {
  it('record nothing that an oracle would not have recorded, calendar after calendar', () => {
    let [adoptions, firings] = [0, 0];
    for (let seed = 101; seed < 113; seed += 1) {
      const { w, adopted: mine } = walk(seed, calendars.map((calendar) => ({ calendar })));
      w.wait(0);
      expect(wrongFirings(w.entries, { policyText, edition: usual, others: known }, w.at), `seed ${seed}`).toEqual([]);
      adoptions += mine.length;
      firings += w.entries.filter((e) => e.effectiveAt !== undefined).length;
    }
    expect(adoptions).toBeGreaterThan(25);
    expect(firings).toBeGreaterThan(50);
  });

  it('adopt in many stages, with dates that move and dates that have passed, so that what follows is not said of nothing', () => {
    expect(adopted.length).toBeGreaterThan(100);
    expect(new Set(adopted.map((a) => a.before.state.stage)).size).toBeGreaterThan(10);
    expect(adopted.filter((a) => JSON.stringify(stored(a.before)) !== JSON.stringify(stored(a.after))).length).toBeGreaterThan(5);
    expect(adopted.filter((a) => Object.keys(a.after.state.time?.passed ?? {}).length > 0).length).toBeGreaterThan(0);
    expect(adopted.filter((a) => a.before.state.clocks.overdueAt !== null).length).toBeGreaterThan(0);
  });

  it('refuse for nothing but that the case has it already, or has ended', () => {
    expect(
      [...new Set(walks.flatMap((x) => x.refused))]
        .sort()
        .filter((code) => !['BAD-INPUT calendar', 'BAD-INPUT policy', 'CASE-ENDED'].includes(code)),
    ).toEqual([]);
  });

  it('keep what was told, and tell nothing new by the act itself', () => {
    for (const { before, after, kind, result } of adopted) {
      const [was, is] = [before.state.time?.told ?? [], after.state.time?.told ?? []];
      const cycleStays = (id: string): boolean => runs(after).has(id.slice(0, id.lastIndexOf('~')));
      for (const id of was.filter(cycleStays)) expect(is, `${before.state.caseNo} ${before.state.stage}`).toContain(id);
      expect(is.length).toBeGreaterThanOrEqual(was.filter(cycleStays).length);
      if (kind === 'calendar') expect(is.filter((id) => !was.includes(id) && id.endsWith('~half'))).toEqual([]);
      expect(result.effects.every((e) => e.name.startsWith('adopt'))).toBe(true);
      expect(after.state.proposals).toEqual(before.state.proposals);
    }
  });

  it('never move an instant that has passed: of dates that are kept, of limits that are derived, of a breach', () => {
    for (const { before, after } of adopted) {
      const [was, is] = [stored(before), stored(after)];
      for (const [name, at] of Object.entries(was)) if (at !== null && at <= after.at) expect(is[name], name).toBe(at);
      const limits = deadlinesOf(after.state, after.pack);
      for (const d of deadlinesOf(before.state, before.pack))
        if (d.due <= after.at) expect(limits.find((x) => runningOf(x) === runningOf(d))?.due ?? d.due, d.id).toBe(d.due);
      expect(after.state.clocks.overdueAt).toBe(before.state.clocks.overdueAt);
    }
  });

  it('tell nobody by the adoption itself what was said of that limit before', () => {
    let marks = 0;
    for (const { before, after } of adopted) {
      const said = allMarks(before.state, before.pack).filter((m) => before.state.time?.told.includes(m.id));
      for (const e of fold(after.state, after.at, after.pack).entries.filter((x) => typeof x.body.payload['deadline'] === 'string')) {
        const known = said.filter((m) => m.deadline.id === e.body.payload['deadline'] && runs(after).has(runningOf(m.deadline)));
        for (const m of known)
          expect(timeRank[m.command], `${before.state.caseNo} ${m.id} ${e.type}`).toBeLessThan(timeRank[e.type as keyof typeof timeRank]);
        marks += 1;
      }
    }
    expect(marks).toBeGreaterThan(0);
  });

  it('have every date back when they adopt another calendar and the old one again before any of these dates has passed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...adopted), fc.constantFrom(...calendars), ({ before, after: { at } }, calendar) => {
        const there = through(before, packWith(before.pack, { calendar }), at);
        const back = through(there, before.pack, at);
        const [was, meanwhile, is] = [stored(before), stored(there), stored(back)];
        for (const [name, due] of Object.entries(was))
          if (due === null || (due > at && (meanwhile[name] ?? 0) > at)) expect(is[name], name).toBe(due);
      }),
    );
  });

  it('refold from their entries and the packs that the headers name, to the same state and pack', () => {
    for (const { w, packs } of walks) {
      const again = refold(recorded(w.entries), lookupIn(...packs));
      expect(again.divergence, w.state.caseNo).toBeNull();
      expect(again.state).toEqual(w.state);
      expect(again.pack).toEqual(w.pack);
      expect(Schema.parse(w.state)).toEqual(w.state);
    }
  }, 120_000);

  it('do not refold when a pack is missing, or another stands in its place', () => {
    const one = walks.find((x) => x.adopted.length > 1) as Walk;
    expect(refold(recorded(one.w.entries), lookupIn(pack)).divergence?.what).toContain('missing');
    expect(refold(recorded(one.w.entries), pack).divergence).not.toBeNull();
  });
});
