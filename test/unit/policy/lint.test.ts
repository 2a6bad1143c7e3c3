/** A pack that is wrong in one way is found in that way, and in no other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlinesOf } from '../../../cases/index.ts';
import { diffPolicies, lintPolicy, lintRules, type LintRule } from '../../../cases/policy/index.ts';
import { directory } from '../../../demo/directory.ts';
import { shippedPolicies } from '../../../import/index.ts';
import { Anchor, type PolicyPack, type RoleId, stages } from '../../../schemas/index.ts';
import * as b from '../../support/scenarios/build.ts';
import { move, random } from '../../support/walk.ts';
import { World } from '../../support/world.ts';

const packs = await shippedPolicies();
const of = { directory, today: '2026-03-02' };
const base = fc.constantFrom(...packs);
const shipped = packs.find((p) => p.name === 'default') as PolicyPack;
type Wrong = { pack: PolicyPack; rule: LintRule; path: string };

const changed = (pack: PolicyPack, change: (p: PolicyPack) => void): PolicyPack => {
  const copy = structuredClone(pack);
  change(copy);
  return copy;
};

/** The row whose act each open stage waits for, by hand. */
const rowOf: Record<string, string> = {
  captured: '3', verifying: '4', invalidReview: '8', registered: '10', triaged: '11', assigned: '12', reassignReview: '14', immediate: '16', planDrafting: '18', planReview: '19', rectifying: '27', suspended: '26', 'closureApplied.filed': '28',
  'closureApplied.supplementing': '28b', prelimReview: '29', 'reinspection.awaiting': '31', 'reinspection.active': '32', signoff: '36', 'publicizing.open': '40', 'publicizing.checking': '39',
};

const limitless: fc.Arbitrary<Wrong> = fc.tuple(base, fc.constantFrom(...Object.values(rowOf))).map(([pack, row]) => ({
  rule: 'STAGE-WITHOUT-LIMIT', path: `limits.${row}`, pack: changed(pack, (p) => void (p.limits[row] = { amount: null, unit: 'none', anchor: null, pause: 'none', cite: ['design'] })),
}));

/** Any level may be missing, the highest as well. */
const gap: fc.Arbitrary<Wrong> = fc.tuple(base, fc.integer({ min: 0, max: 7 })).map(([pack, level]) => ({ rule: 'LADDER-GAP', path: 'ladder', pack: { ...pack, ladder: pack.ladder.filter((r) => r.level !== level) } }));

const lateAt = fc.oneof(
  fc.double({ min: 1.001, max: 10, noNaN: true }).map((elapsed) => ({ elapsed })),
  fc.double({ min: -10, max: -0.001, noNaN: true }).map((left) => ({ left })),
  fc.integer({ min: 1, max: 30 }).map((amount) => ({ after: { amount, unit: 'wd' as const } })),
);
const late: fc.Arbitrary<Wrong> = fc.tuple(base, fc.nat(4), lateAt).map(([pack, n, at]) => ({ rule: 'MARK-AFTER-DUE', path: `marks.${n}`, pack: changed(pack, (p) => void ((p.marks[n] as PolicyPack['marks'][number]).at = at)) }));

type Mark = PolicyPack['marks'][number];
const markAt = (pack: PolicyPack, n: number): Mark => pack.marks[n] as Mark;
const overdueAt = (pack: PolicyPack): number => pack.marks.findIndex((m) => m.command === 'fallOverdue');
const neverOverdue: fc.Arbitrary<Wrong> = base.map((pack) => ({ rule: 'OVERDUE-NOT-AT-DUE', path: 'marks', pack: { ...pack, marks: pack.marks.filter((m) => m.command !== 'fallOverdue') } }));
const earlyAt = fc.oneof(
  fc.double({ min: 0.01, max: 0.999, noNaN: true }).map((elapsed) => ({ elapsed })),
  fc.double({ min: 0.001, max: 0.99, noNaN: true }).map((left) => ({ left })),
  fc.integer({ min: 1, max: 30 }).map((amount) => ({ before: { amount, unit: 'wd' as const } })),
);
const redTooEarly: fc.Arbitrary<Wrong> = fc.tuple(base, earlyAt).map(([pack, at]) => ({ rule: 'OVERDUE-NOT-AT-DUE', path: `marks.${overdueAt(pack)}`, pack: changed(pack, (p) => void (markAt(p, overdueAt(p)).at = at)) }));
/** Beside the one at the end: earlier, or at the end as well. */
const overdueTwice: fc.Arbitrary<Wrong> = fc.tuple(base, fc.oneof(earlyAt, fc.constantFrom({ elapsed: 1 }, { left: 0 }))).map(([pack, at]) => ({
  rule: 'OVERDUE-NOT-AT-DUE', path: `marks.${pack.marks.length}`, pack: { ...pack, marks: [...pack.marks, { id: 'again', command: 'fallOverdue', at, cite: ['design'] }] },
}));

/** A limit that cites a text with a ceiling, and the one that national law bounds. */
const bounded = [['limits.3', 1, 'wd'], ['limits.31', 10, 'd'], ['totals.blue.immediate', 5, 'wd'], ['limits.F3', 30, 'd']] as const;
const at = (p: PolicyPack, path: string): { amount: number } => path.split('.').reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], p) as { amount: number };
const over: fc.Arbitrary<Wrong> = fc.tuple(base, fc.constantFrom(...bounded), fc.integer({ min: 1, max: 500 })).map(([pack, [path, most], by]) => ({ rule: 'CEILING-EXCEEDED', path, pack: changed(pack, (p) => void (at(p, path).amount = most + by)) }));
const short: fc.Arbitrary<Wrong> = fc.tuple(base, fc.integer({ min: 1, max: 29 }), fc.boolean()).map(([pack, days, row]) => ({
  rule: 'RIGHT-SHORTENED', path: row ? 'limits.F1' : 'caps.appealDays', pack: changed(pack, (p) => void (row ? (at(p, 'limits.F1').amount = days) : (p.caps.appealDays.value = days))),
}));

const anchors = Anchor.options;
const anchoredAt = (pack: PolicyPack, row: string, anchor: (typeof anchors)[number]): PolicyPack =>
  changed(pack, (p) => void (p.limits[row] = { amount: 1, unit: 'wd', anchor, pause: 'none', cite: ['design'] }));

/** Cases that just came into a stage: on the ways that random acts take, and by hand where these seldom lead. */
function* standing(): Generator<World> {
  for (let seed = 1; seed <= 7; seed += 1) {
    const w = new World();
    const dice = random(seed * 17);
    for (let n = 0, before = ''; n < 60; n += 1, before = w.state.stage) {
      move(w, dice);
      if (w.state.stage !== before) yield w;
    }
  }
  const scenes: ((w: World) => void)[] = [
    (w) => { b.toVerifying(w); b.go(w, 'flagInvalid', b.verifier); },
    b.toReturned,
    b.toUrgent,
    (w) => { b.toRectifying(w); b.both(w, 'suspend', [b.uh, b.deputy]); },
    (w) => { b.toApplied(w); b.go(w, 'returnForSupplement', b.intake); },
    b.toPrelim,
    b.toAwaiting,
  ];
  for (const scene of scenes) {
    const w = new World();
    scene(w);
    yield w;
  }
}

describe('lint', () => {
  it('finds nothing in the packs that ship', () => {
    expect(packs.map((pack) => lintPolicy(pack, of))).toEqual([[], [], []]);
  });

  it('says beforehand what could not be adopted, and where one limit is written twice', () => {
    const decided = { ...shipped, approvers: shipped.approvers.map((a) => (a.act === 'renewSuspension' ? { ...a, steps: [['HUB' as const]] } : a)) };
    expect(lintPolicy(decided, null).map((f) => f.rule)).toEqual(['NOT-BY-TABLE']);
    const other = shipped.limits['49'];
    if (!other) throw new Error('row 49');
    const twice = { ...shipped, limits: { ...shipped.limits, '49': { ...other, amount: 9 } } };
    expect(lintPolicy(twice, null).map((f) => [f.rule, f.path])).toEqual([['TWO-AMOUNTS', 'limits.49']]);
  });

  it('finds what one change made wrong, by its rule and place, in both languages, and nothing else', () => {
    fc.assert(fc.property(fc.oneof(limitless, gap, late, over, short, neverOverdue, redTooEarly, overdueTwice), ({ pack, rule, path }) => {
      const found = lintPolicy(pack, of);
      expect(found.map((f) => [f.rule, f.path])).toEqual([[rule, path]]);
      expect(found[0]?.zh).toContain(lintRules[rule].zh);
      expect(found[0]?.en).toContain(lintRules[rule].en);
    }), { numRuns: 500 });
  });

  it('finds an approver whose role nobody has, or nobody has today; without a directory it does not ask', () => {
    const asked = [...new Set(packs[0]?.approvers.flatMap((a) => a.steps.flat()))];
    fc.assert(fc.property(base, fc.constantFrom(...asked), fc.constantFrom('none', 'past', 'future'), (pack, role: RoleId, how) => {
      const people = directory.people.map((p) => ({ ...p, terms: p.terms.flatMap((t) => (t.role !== role ? [t] : how === 'none' ? [] : [how === 'past' ? { ...t, to: '2026-03-01' } : { ...t, from: '2026-03-03' }])) }));
      expect(lintPolicy(pack, { ...of, directory: { ...directory, people } }).map((f) => [f.rule, f.path, f.en.includes(role)])).toEqual([['APPROVER-MISSING', 'approvers', true]]);
      expect(lintPolicy(pack, null)).toEqual([]);
    }));
  });

  it('asks a limit of every open stage, and of no settled one', () => {
    expect(Object.keys(rowOf).sort()).toEqual(Object.entries(stages).filter(([, s]) => s.kind === 'open').map(([id]) => id).sort());
    const pack = packs[0] as PolicyPack;
    const none = { ...pack, limits: Object.fromEntries(Object.keys(pack.limits).map((row) => [row, { amount: null, unit: 'none' as const, anchor: null, pause: 'none' as const, cite: ['design'] }])) };
    expect(lintPolicy(none, null)).toHaveLength(20);
  });

  it('takes an anchor for a limit only where every case in that stage has the date it counts from', () => {
    const { policy } = new World().pack;
    const without = new Set<string>();
    const stood = new Map<string, number>();
    for (const w of standing()) {
      const { stage } = w.state;
      const seen = stood.get(stage) ?? 0;
      if (rowOf[stage] === undefined || seen >= 6) continue;
      stood.set(stage, seen + 1);
      for (const anchor of anchors) {
        const limits = { [rowOf[stage]]: { amount: 1, unit: 'wd' as const, anchor, pause: 'none' as const } };
        const runs = deadlinesOf(w.state, { ...w.pack, policy: { ...policy, limits } }).some((d) => d.id === 'stage' || (anchor === 'due' && d.id === 'total' && ['immediate', 'rectifying'].includes(stage)));
        if (!runs) without.add(`${stage} ${anchor}`);
      }
    }
    expect([...stood.keys()].sort()).toEqual(Object.keys(rowOf).sort());
    const found = anchors.flatMap((anchor) => Object.entries(rowOf).flatMap(([stage, row]) => lintPolicy(anchoredAt(shipped, row, anchor), null).filter((f) => f.rule === 'STAGE-WITHOUT-LIMIT').map(() => `${stage} ${anchor}`)));
    expect(found.sort()).toEqual([...without].sort());
  });

  it('holds an amount to the law that covers it, whatever the amount cites', () => {
    const city = packs.find((p) => p.name === 'example-city') as PolicyPack;
    const escaping = (path: string, amount: number) => lintPolicy(changed(city, (p) => void Object.assign(at(p, path), { amount, unit: 'wd', cite: ['design'] })), null).map((f) => [f.rule, f.path]);
    expect(escaping('limits.12', 2)).toEqual([['CEILING-EXCEEDED', 'limits.12']]);
    expect(escaping('limits.11', 2)).toEqual([['CEILING-EXCEEDED', 'limits.11']]);
    expect(escaping('limits.19', 2)).toEqual([]);
  });

  it('takes for a limit what runs in its stage, and not what stands still there', () => {
    const row = (id: string, over: object) => lintPolicy(changed(shipped, (p) => void Object.assign(p.limits[id] as object, over)), null).map((f) => f.path);
    expect(row('40', { amount: 5, unit: 'wd', anchor: null })).toEqual([]);
    expect(row('26', { amount: 30, unit: 'd', anchor: 'stateEntered', pause: 'suspension' })).toEqual(['limits.26']);
    expect(row('26', { amount: 30, unit: 'd', anchor: 'stateEntered', pause: 'none' })).toEqual([]);
  });

  it('takes a date of the work for a limit where the work waits for it, not where somebody else decides', () => {
    const dated = (row: string, anchor: 'due' | 'resumeBy') => lintPolicy(changed(shipped, (p) => void Object.assign(p.limits[row] as object, { amount: null, unit: 'none', anchor })), null).map((f) => f.path);
    expect(['16', '27'].flatMap((row) => dated(row, 'due'))).toEqual([]);
    expect(['10', '14', '28', '36', '26'].flatMap((row) => dated(row, 'due'))).toEqual(['limits.10', 'limits.14', 'limits.28', 'limits.36', 'limits.26']);
    expect(['26', '36'].flatMap((row) => dated(row, 'resumeBy'))).toEqual(['limits.36']);
  });

  it('lets amounts in another unit pass only when they are surely within the ceiling', () => {
    const withF3 = (amount: number, unit: 'wd' | 'd' | 'h') => lintPolicy(changed(packs[0] as PolicyPack, (p) => void Object.assign(at(p, 'limits.F3'), { amount, unit })), null).length;
    expect([withF3(20, 'wd'), withF3(22, 'wd'), withF3(720, 'h'), withF3(721, 'h')]).toEqual([0, 1, 0, 1]);
  });
});

describe('diff', () => {
  it('is empty between a pack and itself, and names just the amount that was changed, either way round', () => {
    fc.assert(fc.property(base, fc.integer({ min: 1, max: 300 }), (pack, by) => {
      expect(diffPolicies(pack, pack)).toEqual([]);
      const other = changed(pack, (p) => void (p.fixed.supplement.amount += by));
      const before = `${pack.fixed.supplement.amount} wd`;
      const after = `${other.fixed.supplement.amount} wd`;
      expect(diffPolicies(pack, other)).toEqual([{ path: 'fixed.supplement', before, after }]);
      expect(diffPolicies(other, pack)).toEqual([{ path: 'fixed.supplement', before: after, after: before }]);
    }), { numRuns: 50 });
  });
});
