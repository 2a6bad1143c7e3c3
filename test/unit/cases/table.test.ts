import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditions } from '../../../cases/conditions.ts';
import type { Look } from '../../../cases/look.ts';
import { machineOf, currentVersion } from '../../../cases/index.ts';
import { effects } from '../../../cases/effects/index.ts';
import { payloadRules, tests } from '../../../cases/rules.ts';
import { regions } from '../../../cases/machine/regions.ts';
import { rows } from '../../../cases/table.ts';
import { commandTypes, commands, payloads, zhOf } from '../../../schemas/index.ts';
import { readTable, rendered } from '../../../tools/generate.ts';
import { evaluate, literalsIn, namesIn } from '../../support/expression.ts';

const table = readTable();

/** Values that a name may have, drawn around the literals with which the expression compares it. */
const valueFor = (text: string) => fc.oneof(fc.constantFrom<unknown>(null, true, false, '', 'x', 0, 1, ...literalsIn(text), ...literalsIn(text).map((l) => (typeof l === 'number' ? l + 1 : `${l}x`))), fc.constant([]), fc.constant(['x']));
const lookFor = (text: string) => {
  const space = (name: string) => fc.record(Object.fromEntries(namesIn(text, name).map((n) => [n, valueFor(text)])));
  return fc.record({ c: space('c'), f: space('f'), a: space('a') });
};
const agree = (text: string, test: (look: Look) => boolean) =>
  fc.assert(fc.property(lookFor(text), (look) => test(look as unknown as Look) === evaluate(text, look)), { numRuns: 150 });

describe('the case table', () => {
  it('is what the generated files were made from', () => {
    for (const [file, text] of Object.entries(rendered(table))) expect(readFileSync(file, 'utf8'), file).toBe(text);
  });
  it('has 106 rows and 104 commands, and each command has a payload and its Chinese name', () => {
    expect(rows.length).toBe(106);
    expect(new Set(rows.map((r) => r.command)).size).toBe(104);
    expect(Object.keys(payloads).sort()).toEqual([...commandTypes].sort());
    for (const t of table.transitions) {
      expect((commands as Record<string, { rows: readonly string[] }>)[t.command]?.rows).toContain(t.row);
      expect(zhOf(t.command as never)).toContain(t.zh);
    }
  });
  it('leads from one stage by one command to one row only', () => {
    const seen = rows.flatMap((r) => r.from.map((s) => `${s} ${r.command}`));
    expect(new Set(seen).size).toBe(seen.length);
  });
  it('has a verb for every effect it names, and no verb that it does not name', () => {
    const named = Object.keys(table.effects).filter((e) => e !== 'fireOrPassOn' && e !== 'dropProposal');
    expect(Object.keys(effects).sort()).toEqual(named.sort());
  });
  it('makes a chart without invocations, delays or wildcards, whose one final stage is retired', () => {
    const chart = machineOf(currentVersion)?.chart;
    const text = JSON.stringify(chart?.config);
    expect(text).not.toMatch(/"invoke"|"after"|"\*"|"always"/);
    expect([...text.matchAll(/"type":"final"/g)].length).toBe(1);
    expect(chart?.root.states['retired']?.type).toBe('final');
    for (const [id, region] of Object.entries(regions)) expect(JSON.stringify(region.config), id).not.toMatch(/"invoke"|"after"|"\*"|"always"|"final"|"actions"/);
  });
});

describe('the rules in code say what the table says', () => {
  const tested = Object.entries(table.rules).filter(([, r]) => r.test !== undefined);
  it('has a test in code for every rule that the table decides', () => {
    expect(Object.keys(tests).sort()).toEqual(tested.map(([id]) => id).sort());
  });
  for (const [id, rule] of tested) it(`${id} agrees with the table's words for every look`, () => agree(rule.test as string, (tests as Record<string, (l: Look) => boolean>)[id] as never));
  it('knows which rules need a payload', () => {
    for (const id of payloadRules) expect(namesIn(table.rules[id]?.test ?? '', 'f').length, id).toBeGreaterThan(0);
  });
});

describe('the conditions in code say what the table says', () => {
  it('are the same ones', () => expect(Object.keys(conditions).sort()).toEqual(Object.keys(table.conditions).sort()));
  for (const [id, text] of Object.entries(table.conditions)) it(`${id} agrees with the table's words for every look`, () => agree(text, conditions[id as keyof typeof conditions]));
});
