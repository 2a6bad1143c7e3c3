/** Policy packs as they ship: what compiles, to which bytes, and how the file is read. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilStart, msPerDay } from '../../../demo/pack.ts';
import { bare } from '../../../cases/policy/compile.ts';
import { compilePack, notByTable, policyLimit, policyPart, standard } from '../../../cases/policy/index.ts';
import { rows } from '../../../cases/table.ts';
import { readPolicyFile, shippedPolicies, shippedPolicy, writePolicy } from '../../../import/index.ts';
import { Policy, type PolicyPack, canonical, codeOf, hashOf } from '../../../schemas/index.ts';
import { parseActor, readTable } from '../../../tools/generate.ts';
import { root } from '../../support/source.ts';

const table = readTable();
const packs = await shippedPolicies();
const [standardPack, demo, city] = packs as [PolicyPack, PolicyPack, PolicyPack];
const codeFrom = (text: string): unknown => {
  try {
    return readPolicyFile(text).name;
  } catch (error) {
    return codeOf(error);
  }
};

/** What cases of earlier releases pin. */
const released = { default: '535aee4b88075dfa2e5ad10457a3082d99047e4d1dd834ff55bd3dd2c3ad7fc4', demo: '737ee8a289a1bc74d03f35035575e2439c38ca2da7840d05815148e2699a99f1' } as const;

describe('the packs that ship', () => {
  it('default compiles to what cases pin already', async () => {
    const amounts = Policy.omit({ hash: true }).parse(JSON.parse(await readFile(join(root, 'data/policy-default.json'), 'utf8')));
    expect(compilePack(await shippedPolicy('default'))).toEqual({ ...amounts, hash: released.default });
    expect(hashOf(amounts)).toBe(released.default);
  });

  it('the demonstration differs from its first version, which its recorded cases pin, by the hours that half a second a day leaves no room for', async () => {
    const amounts = Policy.omit({ hash: true }).parse(JSON.parse(await readFile(join(root, 'data/policy-demo.json'), 'utf8')));
    expect(hashOf(amounts)).toBe(released.demo);
    const { id, hash: _hash, limits, ...rest } = compilePack(await shippedPolicy('demo'));
    expect({ id, rows: Object.keys(limits ?? {}) }).toEqual({ id: 'demo-2', rows: ['12', '50', '12a', '50a'] });
    const { id: _id, ...first } = amounts;
    expect(rest).toEqual(first);
  });

  it('the example says that it is one, in both languages, and its invented articles are marked', () => {
    expect(city.notice?.zh).toContain('不是法律意见');
    expect(city.notice?.en).toContain('not legal advice');
    expect(Object.entries(city.sources).filter(([id]) => id.startsWith('city')).every(([, s]) => s.kind === 'example' && s.title.includes('虚构'))).toBe(true);
  });

  it('the demonstration alone scales time, as its stories do', () => {
    expect(packs.map((p) => p.demonstration)).toEqual([false, true, false]);
    expect(demo.scale?.msPerDay).toBe(msPerDay);
    expect(Date.parse(demo.scale?.civilStart ?? '')).toBe(civilStart);
  });

  it('carry no more than 3 KB into a workflow', () => {
    for (const pack of packs) expect(canonical(compilePack(pack)).length).toBeLessThan(3072);
  });

  it('promise nothing about people and counts that the case table does not keep', () => {
    expect(packs.map(notByTable)).toEqual([[], [], []]);
    const other = structuredClone(standardPack);
    other.caps.renewals.value = 3;
    expect(notByTable(other)).toEqual(['caps.renewals']);
  });
});

describe('every row of the case table', () => {
  const limitOf = (row: (typeof table.transitions)[number]) => row.limit as object;
  it.each(table.transitions.map((r) => [r.row, r] as const))('%s has its limit and anchor in the default pack', (id, row) => {
    expect(bare(standardPack.limits[id])).toEqual(limitOf(row));
  });

  it('and nothing else has one', () => {
    expect(Object.keys(standardPack.limits).sort()).toEqual(table.transitions.map((r) => r.row).sort());
  });

  it('that asks one level more under a condition is a line of the approvers', () => {
    const chained = table.transitions.filter((r) => parseActor(r.actor, table.aliases.roles).some((s) => s.if !== undefined) && ['main', 'extension', 'task'].includes(r.part) && !['1', '2'].includes(r.row));
    for (const row of chained) {
      const conditions = parseActor(row.actor, table.aliases.roles).flatMap((s) => s.if ?? []);
      expect(standardPack.approvers.filter((a) => a.act === row.command).map((a) => a.when), row.row).toEqual([...conditions, undefined]);
    }
  });
});

describe('a compiled pack', () => {
  it('says nothing of what is standard, and the standard is what the default pack says', () => {
    const { extensionShare: _, ...compiled } = compilePack(standardPack);
    for (const part of ['caps', 'thresholds', 'marks', 'ladder', 'limits'] as const) expect(compiled[part], part).toBeUndefined();
    expect(standard.marks).toEqual(bare(standardPack.marks));
    expect(standard.ladder).toEqual(bare(standardPack.ladder));
    expect(standard.thresholds).toEqual(bare(standardPack.thresholds));
    expect(bare(standardPack.caps)).toMatchObject(standard.caps);
  });

  it('carries a row limit of its own and leaves the others to the table', () => {
    const policy = compilePack(city);
    for (const row of rows) expect(policyLimit(policy, row), row.row).toEqual(bare(city.limits[row.row]));
    expect(Object.keys(policy.limits ?? {})).toEqual(['12', '18', '24']);
  });

  it('has another hash whenever an amount differs, and the same whenever only words do', () => {
    const amount = fc.record({ row: fc.constantFrom(...rows.filter((r) => standardPack.limits[r.row]?.amount != null).map((r) => r.row)), by: fc.integer({ min: 1, max: 50 }) });
    fc.assert(fc.property(amount, ({ row, by }) => {
      const pack = structuredClone(standardPack);
      const limit = pack.limits[row];
      if (limit?.amount != null) limit.amount += by;
      expect(compilePack(pack).hash).not.toBe(released.default);
      expect(compilePack({ ...standardPack, title: { zh: `改${by}`, en: 'x' } }).hash).toBe(released.default);
    }), { numRuns: 50 });
  });

  it('answers marks of its own where the pack has some', () => {
    const pack = { ...standardPack, marks: standardPack.marks.slice(1) };
    expect(policyPart(compilePack(pack), 'marks')).toEqual(bare(pack.marks));
    expect(policyPart(compilePack(standardPack), 'marks')).toEqual(standard.marks);
  });

  it('is refused where rows of the table are missing, strange or under an unknown condition', () => {
    const { '12': _, ...fewer } = standardPack.limits;
    const strange = { ...standardPack.limits, '999': { amount: null, unit: 'none' as const, anchor: null, pause: 'none' as const, cite: ['design'] } };
    const unknown = structuredClone(standardPack.limits);
    if (unknown['12']?.alt?.[0]) unknown['12'].alt[0].if = 'whenever';
    for (const limits of [fewer, strange, unknown]) expect(() => compilePack({ ...standardPack, limits })).toThrow(/BAD-INPUT/);
  });
});

describe('the file of a pack', () => {
  const amounts = fc.record({ pack: fc.constantFrom(...packs), days: fc.integer({ min: 1, max: 400 }), share: fc.double({ min: 0.01, max: 1, noNaN: true }), zh: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).filter((s) => s.length <= 300) });

  it('round-trips: written and read again it is the same pack with the same hash', () => {
    fc.assert(fc.property(amounts, ({ pack, days, share, zh }) => {
      const changed: PolicyPack = { ...pack, title: { zh, en: zh }, caps: { ...pack.caps, extensionShare: { value: share, cite: ['design'] } }, fixed: { ...pack.fixed, publicity: { amount: days, unit: 'd', cite: ['design'] } } };
      const again = readPolicyFile(writePolicy(changed));
      expect(again).toEqual(changed);
      expect(compilePack(again).hash).toBe(compilePack(changed).hash);
    }), { numRuns: 30 });
  });

  /** Paths of every object within a pack. */
  const objects = (value: unknown, path: string[] = []): string[][] =>
    typeof value !== 'object' || value === null ? [] : [...(Array.isArray(value) ? [] : [path]), ...Object.entries(value).flatMap(([key, inner]) => objects(inner, [...path, key]))];

  it('may have no key that we do not know, wherever it stands', () => {
    const at = fc.constantFrom(...objects(city));
    fc.assert(fc.property(at, (path) => {
      const pack = structuredClone(city) as unknown as Record<string, unknown>;
      const place = path.reduce((found, key) => found[key] as Record<string, unknown>, pack);
      place['limitt'] = 3;
      expect(codeFrom(writePolicy(pack as unknown as PolicyPack)), path.join('.')).toBe('BAD-INPUT');
    }), { numRuns: 100 });
  });

  it('may not name what every object has as a key, where keys are free', () => {
    const text = writePolicy(standardPack);
    for (const part of ['sources', 'limits']) expect(codeFrom(text.replace(`\n${part}:\n`, `\n${part}:\n  __proto__: {title: x, kind: design}\n`)), part).toBe('BAD-INPUT');
  });

  it('is refused when it would grow: aliases, a key twice, too many bytes, too deep', () => {
    const laughs = ['a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]', ...'bcdefghi'.split('').map((c, n) => `${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[n]}`).join(', ')}]`)].join('\n');
    const text = writePolicy(standardPack);
    for (const bad of [laughs, `${text}\nname: default\n`, `${text}# ${'x'.repeat(300_000)}`, '['.repeat(100_000), '', '- 1', 'null', '<<: {a: 1}']) expect(codeFrom(bad)).toBe('BAD-INPUT');
    expect(codeFrom(text)).toBe('default');
  });

  it('cites something for every amount, only what it lists, and no name that every object has', () => {
    for (const cite of [undefined, [], ['nowhere'], ['constructor'], ['valueof']]) {
      const pack = structuredClone(standardPack);
      pack.fixed.publicity.cite = cite as string[];
      expect(codeFrom(writePolicy(pack)), String(cite)).toBe('BAD-INPUT');
    }
  });

  it('pairs amount and unit, has each level and mark once, none where nothing is gone yet, and scales time in a demonstration alone', () => {
    const wrong: ((p: PolicyPack) => void)[] = [
      (p) => void ((p.limits['12'] as { amount: number | null }).amount = null),
      (p) => void p.ladder.push(...p.ladder.slice(0, 1)),
      (p) => void p.marks.push(...p.marks.slice(0, 1)),
      (p) => void p.marks.push({ id: 'at-once', command: 'remind', at: { elapsed: 0 }, cite: ['design'] }),
      (p) => void p.marks.push({ id: 'at-once', command: 'remind', at: { left: 1 }, cite: ['design'] }),
      (p) => void (p.scale = { civilStart: '2026-03-02T09:00:00+08:00', msPerDay: 500 }),
      (p) => void (p.effectiveFrom = '2026-02-30'),
      (p) => void Object.assign(p.sources['sh30'] as object, { covers: ['limits.999'] }),
      (p) => void Object.assign(p.sources['design'] as object, { covers: ['limits.12'] }),
    ];
    for (const change of wrong) {
      const pack = structuredClone(standardPack);
      change(pack);
      expect(codeFrom(writePolicy(pack)), change.toString()).toBe('BAD-INPUT');
    }
  });
});
