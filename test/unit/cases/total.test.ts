import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowed, boardOf, viewOf } from '../../../cases/index.ts';
import { type CommandType, ErrorCode, commandTypes, payloads } from '../../../schemas/index.ts';
import { goodPayload } from '../../support/payloads.ts';
import { everybody, move, random } from '../../support/walk.ts';
import { World } from '../../support/world.ts';

/** Worlds in as many stages as a few walks meet. */
const worlds = (): World[] => {
  const found = new Map<string, World>();
  for (let seed = 100; seed < 112; seed += 1) {
    const w = new World();
    const rnd = random(seed);
    for (let i = 0; i < 90; i += 1) {
      move(w, rnd);
      if (!found.has(w.state.stage)) found.set(w.state.stage, w.copy());
    }
  }
  return [...found.values()];
};
const places = worlds();

const strange = fc.oneof(
  fc.constantFrom<unknown>(null, '', 0, -1, 1e308, true, [], {}, '9999-12-31', '0001-01-01', '2026-02-30', '__proto__', 'constructor', '\u202e', '\u0000', 'x'.repeat(4001)),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.array(fc.string({ maxLength: 5 }), { maxLength: 4 }),
  fc.record({ taskId: fc.string({ maxLength: 4 }), due: fc.constantFrom('9999-12-31', '2026-03-09') }),
);

/** A good payload with some of its fields replaced by strange ones, where the schema still takes it. */
const bend = (type: CommandType, w: World, by: (typeof everybody)[number], changes: Record<string, unknown>): unknown => {
  const good = goodPayload[type](w, by, () => 0.3) as Record<string, unknown>;
  const bent = { ...good, ...changes };
  const parsed = payloads[type].safeParse(bent);
  return parsed.success ? parsed.data : payloads[type].safeParse(good).data;
};

describe('the core is total', () => {
  it('answers whatever its schemas let in with a receipt or a rule, and never throws', () => {
    expect(places.length).toBeGreaterThan(10);
    const codes = new Set<string>();
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...commandTypes), fc.constantFrom(...everybody), fc.dictionary(fc.constantFrom('due', 'resumeBy', 'rework', 'taskId', 'raterId', 'evidence', 'team', 'plan', 'reason', 'colour', 'proofs', 'proposalId', 'compared', 'points'), strange, { maxKeys: 3 }), (n, type, by, changes) => {
        const w = (places[n % places.length] as World).copy();
        const payload = bend(type, w, by, changes);
        if (payload === undefined) return;
        const { revision } = w.state;
        const s = w.send(w.envelope(type, by, JSON.parse(JSON.stringify(payload))));
        codes.add(s.ok ? 'ok' : s.refusal.code);
        if (!s.ok) {
          expect(ErrorCode.options).toContain(s.refusal.code);
          expect(s.refusal.code).not.toBe('INTERNAL');
          expect(s.refusal.zh.length).toBeGreaterThan(0);
          expect(w.state.revision).toBe(revision);
        }
      }),
      { numRuns: 3000 },
    );
    expect(codes.has('ok')).toBe(true);
    expect(codes.size).toBeGreaterThan(10);
    expect([...codes]).not.toContain('COMMAND-ID-REUSED');
  });

  it('shows every stage to everybody without a throw', () => {
    for (const w of places) {
      boardOf(w.state, w.pack);
      for (const a of everybody) {
        viewOf(w.state, a, w.at, w.pack);
        allowed(w.state, a, w.at, w.pack);
      }
    }
  });
});
