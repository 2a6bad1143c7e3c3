import fc from 'fast-check';
import { expect, it } from 'vitest';
import { metrics, reasons, wilson } from '../../../cases/index.ts';
import { metricOf } from '../../../cases/statistics/metric.ts';

const z = 1.959963984540054;

it('the interval ends where the score test rejects: |p - share| = z sqrt(p (1 - p) / n)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const k = Math.round(n * share);
      const { low, high } = wilson(k, n) ?? { low: NaN, high: NaN };
      for (const p of [low, high]) if (p > 1e-6 && p < 1 - 1e-6) expect(Math.abs(p - k / n)).toBeCloseTo(z * Math.sqrt((p * (1 - p)) / n), 6);
      expect(low <= k / n + 1e-12 && k / n <= high + 1e-12).toBe(true);
      expect(low >= 0 && high <= 1).toBe(true);
    }),
  );
});

it('three of three proves little, three thousand of three thousand much', () => {
  expect(wilson(3, 3)?.low).toBeCloseTo(0.4385, 4);
  expect(wilson(3000, 3000)?.low).toBeCloseTo(0.9987, 4);
  expect(wilson(0, 0)).toBeNull();
});

it('every item counts once: in the numerator, in the denominator alone, or left out under its reason', () => {
  const verdict = fc.constantFrom('yes' as const, 'no' as const, ...(Object.keys(reasons) as (keyof typeof reasons)[]));
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(metrics) as (keyof typeof metrics)[])), fc.array(verdict), (id, verdicts) => {
      const m = metricOf(id, verdicts);
      expect((m.denominator ?? 0) + m.leftOut.reduce((n, l) => n + l.n, 0)).toBe(verdicts.length);
      expect(m.rate === null).toBe(m.denominator === 0);
      expect(m.leftOut.every((l) => l.n > 0)).toBe(true);
    }),
  );
});
