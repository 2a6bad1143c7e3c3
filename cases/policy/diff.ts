import { type PolicyPack, canonical } from '../../schemas/index.ts';

export type Change = { path: string; before: string | null; after: string | null };

/** Leaves of a pack by dotted path; an amount and its unit are one leaf, and a list of plain words is, too. */
function leaves(value: unknown, path: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, typeof value === 'string' ? value : canonical(value)]];
  if (Array.isArray(value) && value.every((v) => typeof v !== 'object')) return [[path, value.join(' ')]];
  const { amount, unit, ...rest } = value as { amount?: number | null; unit?: string };
  const joined: [string, string][] = unit === undefined ? [] : [[path, amount == null ? '—' : `${amount} ${unit}`]];
  return [...joined, ...Object.entries(unit === undefined ? value : rest).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))];
}

/** What differs between two packs, path by path. */
export function diffPolicies(before: PolicyPack, after: PolicyPack): Change[] {
  const [a, b] = [new Map(leaves(before, '')), new Map(leaves(after, ''))];
  const paths = [...new Set([...a.keys(), ...b.keys()])];
  return paths.flatMap((path) => (a.get(path) === b.get(path) ? [] : [{ path, before: a.get(path) ?? null, after: b.get(path) ?? null }]));
}
