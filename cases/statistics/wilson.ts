/** 95 % of the normal distribution. */
const z = 1.959963984540054;

/** Wilson score interval of a share, 95 %: honest also for few cases and shares near 0 or 1. Null without a denominator. */
export function wilson(numerator: number, denominator: number): { low: number; high: number } | null {
  if (denominator <= 0) return null;
  const p = numerator / denominator;
  const z2n = (z * z) / denominator;
  const middle = p + z2n / 2;
  const spread = z * Math.sqrt((p * (1 - p)) / denominator + z2n / (4 * denominator));
  return { low: Math.max(0, (middle - spread) / (1 + z2n)), high: Math.min(1, (middle + spread) / (1 + z2n)) };
}
